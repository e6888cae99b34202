"""The hours in which nobody is woken for towels."""

from datetime import datetime, time, timedelta

from titian.kernel import clock
from titian.kernel.models import Event
from titian.loop.models import Ask

QUIET_FROM, QUIET_UNTIL = time(22), time(6)
AWAKE = frozenset({Ask.Urgency.URGENT, Ask.Urgency.EMERGENCY})
"""What is as urgent as this wakes whoever is called."""


def is_quiet(event: Event, at: datetime) -> bool:
    """Whether the event's people sleep at that minute."""
    there = clock.local(event, at).time()
    return there >= QUIET_FROM or there < QUIET_UNTIL


def morning_after(event: Event, at: datetime) -> datetime:
    """``at``, or the end of the quiet hours in which it lies."""
    if not is_quiet(event, at):
        return at
    there = clock.local(event, at)
    day = there.date()
    if there.time() >= QUIET_FROM:
        day += timedelta(days=1)
    return datetime.combine(day, QUIET_UNTIL, tzinfo=clock.zone_of(event))


def not_by_night(ask: Ask, at: datetime) -> datetime:
    """``at`` for what is urgent; else not before the quiet hours are over."""
    if Ask.Urgency(ask.urgency) in AWAKE:
        return at
    return morning_after(ask.event, at)
