"""``titian rehearse``: turn a rehearsal's clock and let the world send what is due."""

import signal
import sys
import threading
from collections.abc import Sequence
from datetime import datetime
from types import FrameType
from typing import TYPE_CHECKING
from uuid import UUID

from titian.cli import parser
from titian.cli.keeping import start

if TYPE_CHECKING:
    from titian.kernel.models import Event

LOOK_SECONDS = 1.0


def main(words: Sequence[str]) -> int:
    """Set the clock, pause it, or play until told to stop."""
    reader = parser("rehearse")
    reader.add_argument("--event", required=True)
    reader.add_argument("--at", type=datetime.fromisoformat, help="what it reads now")
    reader.add_argument("--speed", type=float, help="1 is as fast as life")
    reader.add_argument("--pause", action="store_true")
    reader.add_argument("--play", action="store_true", help="send what the world sends")
    chosen = reader.parse_args(words)
    start()
    from titian.kernel.commands import RealClock
    from titian.kernel.models import Event

    try:
        event = rehearse(
            chosen.event, at=chosen.at, speed=chosen.speed, pause=chosen.pause
        )
    except Event.DoesNotExist:
        print(f"There is no event “{chosen.event}”.", file=sys.stderr)
        return 1
    except RealClock:
        print("This event is no rehearsal: its clock is the world's.", file=sys.stderr)
        return 1
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    if chosen.play:
        _play_on(event.code, _told_to_stop())
    return 0


def rehearse(
    event_code: str,
    *,
    at: datetime | None = None,
    speed: float | None = None,
    pause: bool = False,
) -> "Event":
    """Set the clock of a rehearsal; what is not given stays as it is.

    Raises ``Event.DoesNotExist``, ``RealClock`` for a real event, ``ValueError`` for
    an hour without an offset or a speed that is no speed.
    """
    from titian.kernel import clock
    from titian.kernel.actor import HOUSE
    from titian.kernel.commands import RealClock, set_clock
    from titian.kernel.models import Event

    event = Event.objects.get(code=event_code)
    if not event.is_rehearsal:
        raise RealClock(event_code)
    now = clock.time_at(event)
    if at is not None and at.tzinfo is None:
        raise ValueError("Write the hour with its offset: 2022-11-14T19:40+08:00.")
    pace = 0.0 if pause else event.clock_speed if speed is None else speed
    if not 0 <= pace <= 3600:
        raise ValueError("The speed is a number from 0 to 3600.")
    if at is None and pace == event.clock_speed:
        return event
    return set_clock(event.pk, at or now, pace, actor=HOUSE, at=now)


def _play_on(code: str, stop: threading.Event) -> None:
    """Look every second for what is due, until told to stop."""
    from django.db import OperationalError, close_old_connections

    from titian.exchange.scenario import find
    from titian.kernel.models import Event
    from titian.rehearsal.world import beginning, play

    lines, settled = find(code).world(), set[UUID]()
    while not stop.is_set():
        close_old_connections()
        try:
            event = Event.objects.get(code=code)
            after = beginning(event)
            played = play(event, lines, after=after, settled=settled)
        except OperationalError:  # the database is away or busy: look again later
            stop.wait(LOOK_SECONDS)
            continue
        for line in played.sent:
            print(
                f"{line.at:%d %b %H:%M} {line.act} {line.party} {line.ref}", flush=True
            )
        stop.wait(LOOK_SECONDS)


def _told_to_stop() -> threading.Event:
    stop = threading.Event()

    def leave(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    return stop
