"""One thread a process reads the journal as it grows and hands it to the open pages."""

import asyncio
import json
import logging
import sqlite3
import threading
import time  # the wall clock is not read: sleep and monotonic only
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection

from titian.kernel.journal import CHANNEL

log = logging.getLogger(__name__)

QUEUE = 500
POLL_SECONDS = 0.05
LISTEN_SECONDS = 5.0
BATCH = 1000

Row = tuple[int, str, str, int, int | None, list[str]]
COLUMNS = "id, verb, subject_kind, subject_id, concerns_id, topics"


@dataclass(eq=False)
class Subscriber:
    """An open page: what it may hear of, and what it has not been sent yet."""

    topics: frozenset[str]
    seats: frozenset[str] = frozenset()
    queue: asyncio.Queue[bytes | None] = field(
        default_factory=lambda: asyncio.Queue(QUEUE)
    )

    def may_hear(self, verb: str, topics: Iterable[str]) -> bool:
        """Its own topics; movements and the programme, for whoever keeps the event."""
        if self.topics.intersection(topics):
            return True
        is_movement = verb.partition(".")[0] in {"journey", "activity", "duty"}
        return is_movement and bool(self.seats.intersection(topics))


def message(row: Row) -> bytes:
    """The news without words: which act on which subject; pages fetch what they may."""
    number, verb, kind, subject, concerns, _topics = row
    news = {"id": number, "verb": verb, "kind": kind, "subject": subject}
    if concerns is not None:
        news["concerns"] = concerns
    return f"id: {number}\ndata: {json.dumps(news)}\n\n".encode()


class Hub:
    """Fans the journal out; starts with the first subscriber and never stops."""

    def __init__(self) -> None:
        self._subscribers: set[Subscriber] = set()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def join(self, subscriber: Subscriber) -> None:
        """From now on the subscriber's queue fills; call in the event loop."""
        self._subscribers.add(subscriber)
        if self._thread is None:
            self._loop = asyncio.get_running_loop()
            self._thread = threading.Thread(target=self._run, daemon=True, name="hub")
            self._thread.start()

    def leave(self, subscriber: Subscriber) -> None:
        """Forget the subscriber."""
        self._subscribers.discard(subscriber)

    def _run(self) -> None:
        follow = (
            _follow_postgresql if connection.vendor == "postgresql" else _follow_sqlite
        )
        last: int | None = None
        while True:
            try:
                with _reader() as read:
                    last = last if last is not None else _newest(read)
                    for _wake in follow(read):
                        last = self._pass_on(read, last)
            except (sqlite3.Error, psycopg.Error):
                log.exception("the live hub lost the database; it tries again")
                time.sleep(1)

    def _pass_on(self, read: "Reader", last: int) -> int:
        while rows := read.after(last):
            last = rows[-1][0]
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._fan_out, rows)
        return last

    def _fan_out(self, rows: list[Row]) -> None:
        for row in rows:
            news = message(row)
            for subscriber in list(self._subscribers):
                if subscriber.may_hear(row[1], row[5]):
                    self._offer(subscriber, news)

    def _offer(self, subscriber: Subscriber, news: bytes) -> None:
        try:
            subscriber.queue.put_nowait(news)
        except asyncio.QueueFull:  # too slow: let it come back and replay
            self.leave(subscriber)
            subscriber.queue.get_nowait()
            subscriber.queue.put_nowait(None)


@dataclass(frozen=True)
class Reader:
    """A connection of the hub's own, outside Django's."""

    raw: Any
    execute: Callable[..., list[tuple[Any, ...]]]
    mark: str

    def after(self, last: int) -> list[Row]:
        """The journal's rows behind ``last``, oldest first."""
        found = self.execute(
            f"SELECT {COLUMNS} FROM kernel_entry WHERE id > {self.mark}"
            f" ORDER BY id LIMIT {BATCH}",
            (last,),
        )
        return [(*row[:5], _listed(row[5])) for row in found]


def _listed(topics: str | list[str]) -> list[str]:
    return list(json.loads(topics)) if isinstance(topics, str) else topics


def _newest(read: Reader) -> int:
    return int(read.execute("SELECT coalesce(max(id), 0) FROM kernel_entry", ())[0][0])


@contextmanager
def _reader() -> Iterator[Reader]:
    if connection.vendor == "postgresql":
        settings = connection.get_connection_params()
        for ours in ("pool", "cursor_factory", "context", "prepare_threshold"):
            settings.pop(ours, None)
        with psycopg.connect(**settings, autocommit=True) as raw:
            yield Reader(raw, lambda sql, args: raw.execute(sql, args).fetchall(), "%s")
    else:
        name = connection.settings_dict["NAME"]
        lite = sqlite3.connect(name, isolation_level=None, timeout=20)
        try:
            yield Reader(
                lite, lambda sql, args: lite.execute(sql, args).fetchall(), "?"
            )
        finally:
            lite.close()


def _follow_sqlite(read: Reader) -> Iterator[None]:
    """Wake whenever another connection has committed."""
    version: int | None = None
    while True:
        now = read.execute("PRAGMA data_version", ())[0][0]
        if now != version:
            version = now
            yield
        time.sleep(POLL_SECONDS)


def _follow_postgresql(read: Reader) -> Iterator[None]:
    """Wake on NOTIFY, and now and then in case one was missed."""
    read.raw.execute(f"LISTEN {CHANNEL}")
    while True:
        yield
        for _notice in read.raw.notifies(timeout=LISTEN_SECONDS, stop_after=1):
            pass


hub = Hub()
