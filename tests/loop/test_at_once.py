"""Many at once: no act is lost, none doubled, and everybody gets an answer."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

pytestmark = pytest.mark.slow  # a house of its own, eight people at once

HERE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The address of an empty PostgreSQL database; "" for SQLite in a file."""
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        yield ""
        return
    name = f"crowd_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory, database: str) -> dict[str, Any]:
    """What the stories of the crowd came to."""
    env = os.environ | {
        "TITIAN_HOME": str(tmp_path_factory.mktemp("crowd")),
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "titian.settings",
        "PYTHONPATH": f"{HERE / 'src'}{os.pathsep}{HERE}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.loop.crowd"],
        cwd=HERE,
        env=env,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_one_act_that_arrives_eight_times_is_kept_once(crowd: dict[str, Any]) -> None:
    assert crowd["one_key"] == {"answers": 1, "entries": 1, "asks": 1}


def test_numbers_follow_each_other_without_a_gap(crowd: dict[str, Any]) -> None:
    assert crowd["numbers"] == {"gapless": True}


def test_of_eight_takers_one_has_it_and_seven_are_too_late(
    crowd: dict[str, Any],
) -> None:
    assert crowd["one_taker"] == {"in_hand": 1, "too late": 7}


def test_one_tap_that_arrives_eight_times_is_answered_eight_times(
    crowd: dict[str, Any],
) -> None:
    assert crowd["one_tap"] == {"in_hand": 8}


def test_of_two_offers_that_are_accepted_at_once_one_is_agreed(
    crowd: dict[str, Any],
) -> None:
    assert crowd["one_agreement"] == {"accepted": 1, "too late": 7, "agreed": 1}


def test_a_reader_never_meets_an_earlier_entry_later(crowd: dict[str, Any]) -> None:
    assert crowd["in_order"] == {"late": 0, "read": True}


def test_four_workers_do_each_thing_once(crowd: dict[str, Any]) -> None:
    assert crowd["workers"] == {"left": 0, "twice": 0, "some": True}
