"""The worker: carries out what the journal owes, chains it, and waits for more."""

import signal
import threading
import time
from collections.abc import Sequence
from types import FrameType

from titian.cli import parser
from titian.cli.keeping import start

IDLE_SECONDS = 0.5
MAILBOX_SECONDS = 3
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
    reading = None if chosen.once else _read_the_mailbox(stop)
    try:
        return _work(stop, chosen.once)
    finally:
        stop.set()
        if reading is not None:
            reading.join(MAILBOX_SECONDS)


def _work(stop: threading.Event, once: bool) -> int:
    while not stop.is_set():
        busy = one_round()
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


def one_round() -> int:
    """Everything due now in every event, and the chain; how much there was to do."""
    from django.db import OperationalError, close_old_connections

    from titian.kernel import chain, clock
    from titian.kernel.consequences import carry_out, claim
    from titian.kernel.models import Event

    close_old_connections()
    done = 0
    try:
        for event in [None, *Event.objects.all()]:
            for _turn in range(AT_ONCE):
                owed = claim(event, at=clock.time_at(event))
                if owed is None:
                    break
                carry_out(owed)
                done += 1
        done += chain.extend()
    except OperationalError:  # the database is away: come back later
        time.sleep(IDLE_SECONDS)
    return done
