"""The hub on PostgreSQL: wait for the journal's own word that something was written."""

import time  # the wall clock is not read: sleep only
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection

from titian.kernel.journal import CHANNEL
from titian.web.live.reader import Reader

LISTEN_SECONDS = 5.0
GATHER_SECONDS = 0.03
"""What is written within this goes to the open pages in one piece."""
OURS = ("pool", "cursor_factory", "context", "prepare_threshold")
LOST = (psycopg.Error,)


@contextmanager
def reader() -> Iterator[Reader]:
    """A connection of its own, outside the pool."""
    settings = connection.get_connection_params()
    for ours in OURS:
        settings.pop(ours, None)
    with psycopg.connect(**settings, autocommit=True) as raw:
        yield Reader(raw, lambda sql, args: raw.execute(sql, args).fetchall(), "%s")


def follow(read: Reader) -> Iterator[None]:
    """Wake on NOTIFY, and now and then in case one was missed."""
    read.raw.execute(f"LISTEN {CHANNEL}")
    while True:
        yield
        if list(read.raw.notifies(timeout=LISTEN_SECONDS, stop_after=1)):
            time.sleep(GATHER_SECONDS)  # once, however many came together
            list(read.raw.notifies(timeout=0))  # written before the journal is read
