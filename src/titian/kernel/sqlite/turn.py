"""Whose turn it is to write: one line for every thread and process of a database.

SQLite has one writer at a time and lets the others sleep for longer and longer before
they look again; with sixteen of them most of the time is slept away, and the unlucky
one waits for seconds. Standing in line costs nothing and is fair. The lock of SQLite
itself still decides: who does not get its turn in time simply goes and asks it.
"""

import os
import threading
import time  # the wall clock is not read: sleep and monotonic only
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: threads stand in line, processes ask SQLite
    fcntl = None  # type: ignore[assignment]

PATIENCE_SECONDS = 20.0
LOOK_AGAIN_SECONDS = 0.0002


class Turn:
    """The line before one database file; the file beside it is the other processes'."""

    def __init__(self, database: Path) -> None:
        self._threads = threading.Lock()
        self._beside = database.with_name(f"{database.name}-turn")
        self._opened: tuple[int, int] | None = None  # process, descriptor

    def take(self) -> bool:
        """Wait for the turn; whether it came within ``PATIENCE_SECONDS``."""
        until = time.monotonic() + PATIENCE_SECONDS
        if not self._threads.acquire(timeout=PATIENCE_SECONDS):
            return False
        if fcntl is None or self._among_processes(until):
            return True
        self._threads.release()
        return False

    def give_back(self) -> None:
        """Let the next one write."""
        if fcntl is not None:
            fcntl.flock(self._descriptor(), fcntl.LOCK_UN)
        self._threads.release()

    def _among_processes(self, until: float) -> bool:
        while True:
            with suppress(BlockingIOError):
                fcntl.flock(self._descriptor(), fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            if time.monotonic() > until:
                return False
            time.sleep(LOOK_AGAIN_SECONDS)

    def _descriptor(self) -> int:
        here = os.getpid()
        if self._opened is None or self._opened[0] != here:  # a fork has its own
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
            self._opened = here, os.open(self._beside, flags, 0o600)
        return self._opened[1]


_turns: dict[Path, Turn] = {}


def turn_at(database: Path) -> Turn:
    """The one line of this process for the file."""
    return _turns.setdefault(database.resolve(), Turn(database.resolve()))
