"""The database is gone for a while: the worker waits, and nothing is lost."""

import os
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from tests.channels.servers import PostOffice, post_office
from tests.crash.test_carriers import ASKS, LEFT, PREPARE, ROOT, Worker

pytestmark = pytest.mark.crash

GONE_SECONDS = 8


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        office.thinks = 0.05
        yield office


@pytest.fixture
def worker(tmp_path: Path, office: PostOffice, own_database: str) -> Worker:
    env = {
        **os.environ,
        "DATABASE_URL": own_database,
        "TITIAN_HOME": str(tmp_path),
        "TITIAN_SMTP_URL": f"smtp://127.0.0.1:{office.port}",
        "DJANGO_SETTINGS_MODULE": "titian.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    worker = Worker(env)
    worker.runs(PREPARE)
    return worker


@contextmanager
def gone(env: dict[str, str]) -> Iterator[None]:
    """Nobody gets at it: no connection is left and none is let in."""
    if not env["DATABASE_URL"]:
        [file] = Path(env["TITIAN_HOME"]).glob("*.sqlite3")
        with closing(sqlite3.connect(file, isolation_level=None, timeout=30)) as link:
            link.execute("BEGIN EXCLUSIVE")
            yield
            link.execute("ROLLBACK")
        return
    server, _slash, name = env["DATABASE_URL"].rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as link:
        is_open = SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        link.execute(is_open.format(Identifier(name), SQL("false")))
        of_it = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        link.execute(f"{of_it} WHERE datname = %s", [name])
        yield
        link.execute(is_open.format(Identifier(name), SQL("true")))


def test_the_worker_waits_for_the_database_and_goes_on(
    worker: Worker, office: PostOffice
) -> None:
    was_away: list[int] = []

    def goes_away_and_comes_back() -> bool:
        if len(office.letters) >= 6 and not was_away:
            with gone(worker.env):
                time.sleep(1)  # what was under way has ended
                before = len(office.letters)
                time.sleep(GONE_SECONDS)
                was_away.append(len(office.letters) - before)
        return len({str(letter["Message-ID"]) for letter in office.letters}) == ASKS

    worker.works_until(goes_away_and_comes_back, seconds=60)
    worker.works_until(lambda: worker.runs(LEFT) == "0 0", seconds=60)

    numbers = Counter(str(letter["Message-ID"]) for letter in office.letters)
    assert was_away == [0], "while it was away nothing was posted"
    assert len(numbers) == ASKS
    assert max(numbers.values()) <= 2
    assert sum(numbers.values()) <= ASKS + 2
