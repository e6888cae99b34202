"""The worker: carries out what the journal owes, chains it, and waits for more."""

import signal
import threading
import time
from collections.abc import Collection, Sequence
from types import FrameType

from titian.cli import parser
from titian.cli.keeping import start

IDLE_SECONDS = 0.5
BESIDE_SECONDS = 3
SEARCH_SECONDS = 1.0
AT_ONCE = 50
"""How many consequences of one event before the next event gets its turn."""


def work(words: Sequence[str]) -> int:
    """Work until told to stop; with ``--once``, until nothing is due."""
    reader = parser("work")
    reader.add_argument("--once", action="store_true", help="stop when nothing is due")
    chosen = reader.parse_args(words)
    start()
    stop = threading.Event()

    def leave(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    if chosen.once:
        return _work(stop, once=True)
    beside = [_read_the_mailbox(stop), _search(stop)]
    try:
        return _work(stop, once=False)
    finally:
        stop.set()
        for thread in filter(None, beside):
            thread.join(BESIDE_SECONDS)


def _work(stop: threading.Event, *, once: bool) -> int:
    from titian.reactions.searches import LONG

    while not stop.is_set():
        busy = one_round(without=() if once else LONG)
        if not busy and once:
            return 0
        if not busy:
            stop.wait(IDLE_SECONDS)
    return 0


def _read_the_mailbox(stop: threading.Event) -> threading.Thread | None:
    """Beside the work, for a mail server may be slow; nothing without a mailbox."""
    from django.conf import settings

    if not settings.IMAP_URL or settings.DEMO:
        return None
    from titian.intake.mailbox import watch

    reading = threading.Thread(target=watch, args=(stop,), daemon=True)
    reading.start()
    return reading


def _search(stop: threading.Event) -> threading.Thread:
    """A spare hand for what takes minutes; told to leave, it leaves it to the next."""
    from titian.reactions.searches import LONG

    def search() -> None:
        while not stop.wait(SEARCH_SECONDS):
            one_round(only=LONG)

    spare = threading.Thread(target=search, daemon=True)
    spare.start()
    return spare


def one_round(*, only: Collection[str] = (), without: Collection[str] = ()) -> int:
    """Everything due now in every event, and the chain; how much there was to do.

    ``only`` these handlers (then without the chain), or all ``without`` those.
    """
    from django.db import OperationalError, close_old_connections

    from titian.kernel import chain, clock
    from titian.kernel.consequences import carry_out, claim
    from titian.kernel.models import Event

    close_old_connections()
    done = 0
    try:
        for event in [None, *Event.objects.all()]:
            for _turn in range(AT_ONCE):
                at = clock.time_at(event)
                owed = claim(event, at=at, only=only, without=without)
                if owed is None:
                    break
                carry_out(owed)
                done += 1
        done += 0 if only else chain.extend()
    except OperationalError:  # the database is away: come back later
        time.sleep(IDLE_SECONDS)
    return done
