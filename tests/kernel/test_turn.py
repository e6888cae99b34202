"""SQLite's writers stand in line, among threads and among processes."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.utils import ConnectionHandler

from titian.kernel.sqlite import turn
from titian.kernel.sqlite.base import DatabaseWrapper
from titian.kernel.sqlite.turn import Turn

IN_FRONT = """
import sys
from pathlib import Path
from titian.kernel.sqlite.turn import Turn
assert Turn(Path(sys.argv[1])).take()
print("mine", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "house.sqlite3"


@pytest.fixture
def somebody_in_front(database: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that has the turn and keeps it."""
    command = [sys.executable, "-c", IN_FRONT, str(database)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "mine\n"
        yield other
        other.kill()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "PATIENCE_SECONDS", 0.05)


def opened(database: Path) -> DatabaseWrapper:
    """A connection of the house's engine to a file of its own."""
    settings = {"ENGINE": "titian.kernel.sqlite", "NAME": str(database)}
    settings["OPTIONS"] = {"transaction_mode": "IMMEDIATE"}  # type: ignore[assignment]
    found = ConnectionHandler({"default": settings})["default"]
    assert isinstance(found, DatabaseWrapper)
    return found


def is_free(database: Path) -> bool:
    line = Turn(database)
    taken = line.take()
    if taken:
        line.give_back()
    return taken


def test_the_second_thread_waits_for_the_first(database: Path) -> None:
    line, order = Turn(database), list[str]()
    assert line.take()

    def second() -> None:
        line.take()
        order.append("second")
        line.give_back()

    waiting = threading.Thread(target=second)
    waiting.start()
    order.append("first")
    line.give_back()
    waiting.join(5)

    assert order == ["first", "second"]


def test_another_process_is_waited_for_and_not_for_ever(
    database: Path, somebody_in_front: "subprocess.Popen[str]", impatient: None
) -> None:
    assert not is_free(database)


def test_who_is_killed_leaves_the_line(
    database: Path, somebody_in_front: "subprocess.Popen[str]"
) -> None:
    somebody_in_front.kill()
    somebody_in_front.wait()

    assert is_free(database)


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_a_transaction_has_the_turn_until_it_ends(
    database: Path, impatient: None, end: str
) -> None:
    connection = opened(database)
    connection.set_autocommit(
        False, force_begin_transaction_with_broken_autocommit=True
    )
    during = is_free(database)

    getattr(connection, end)()

    assert (during, is_free(database)) == (False, True)
    connection.close()


@pytest.mark.django_db
def test_without_a_turn_sqlite_is_asked_itself(
    database: Path, somebody_in_front: "subprocess.Popen[str]", impatient: None
) -> None:
    connection = opened(database)

    connection.set_autocommit(
        False, force_begin_transaction_with_broken_autocommit=True
    )
    connection.rollback()

    connection.close()
    assert somebody_in_front.poll() is None
