"""The hub on SQLite: look every few hundredths of a second whether anybody wrote."""

import sqlite3
import time  # the wall clock is not read: sleep only
from collections.abc import Iterator
from contextlib import closing, contextmanager

from django.db import connection

from titian.web.live.reader import Reader

POLL_SECONDS = 0.05
LOST = (sqlite3.Error,)


@contextmanager
def reader() -> Iterator[Reader]:
    """A connection of its own to the house's file."""
    name = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(name, isolation_level=None, timeout=20)) as raw:
        yield Reader(raw, lambda sql, args: raw.execute(sql, args).fetchall(), "?")


def follow(read: Reader) -> Iterator[None]:
    """Wake whenever another connection has committed."""
    version: int | None = None
    while True:
        now = read.execute("PRAGMA data_version", ())[0][0]
        if now != version:
            version = now
            yield
        time.sleep(POLL_SECONDS)
