"""One thread a process reads the journal as it grows and hands it to the open pages."""

import asyncio
import json
import logging
import threading
import time  # the wall clock is not read: sleep and monotonic only
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module

from django.db import connection

from titian.web.live.reader import Reader, Row

log = logging.getLogger(__name__)

WAITING = 500
"""How much news a page may be behind before it has to come back and replay."""
READERS = {
    "sqlite": "titian.web.live.sqlite",
    "postgresql": "titian.web.live.postgresql",
}
"""By vendor, and loaded by need: half a house never pays for the other database."""


@dataclass(eq=False)
class Subscriber:
    """An open page: what it may hear of, and what it has not been sent yet."""

    topics: frozenset[str]
    seats: frozenset[str] = frozenset()
    waiting: deque[bytes] = field(default_factory=deque)
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    is_lost: bool = False

    def tell(self, news: bytes) -> None:
        """Let it have the news; one that is too slow is lost and must come back."""
        if len(self.waiting) >= WAITING:
            self.is_lost = True
        else:
            self.waiting.append(news)
        self.woken.set()

    def taken(self) -> bytes:
        """All that waits, as one piece: what came together goes together."""
        self.woken.clear()
        news = b"".join(self.waiting)
        self.waiting.clear()
        return news

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
        reading = import_module(READERS[connection.vendor])
        last: int | None = None
        while True:
            try:
                with reading.reader() as read:
                    last = last if last is not None else read.newest()
                    for _wake in reading.follow(read):
                        last = self._pass_on(read, last)
            except reading.LOST:
                log.exception("the live hub lost the database; it tries again")
                time.sleep(1)

    def _pass_on(self, read: Reader, last: int) -> int:
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
                    subscriber.tell(news)


hub = Hub()
