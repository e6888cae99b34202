"""How an hour or a span is said in a sentence, in the reader's language. Only here."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import get_language

from titian.kernel import clock
from titian.kernel.models import Event


def is_indonesian() -> bool:
    """Whether the reader reads Indonesian."""
    return (get_language() or "id").startswith("id")


def hour_of(local: datetime | time) -> str:
    """19.40 in Indonesian, 19:40 in English, as ``local`` itself reads."""
    return f"{local:{'%H.%M' if is_indonesian() else '%H:%M'}}"


def hour(event: Event, instant: datetime) -> str:
    """19.40 or 19:40, as the clocks on the event's wall."""
    return hour_of(clock.local(event, instant))


def hour_near(
    event: Event, instant: datetime, *, near: datetime, zone: str = ""
) -> str:
    """The hour as it is read in ``zone`` or the event's.

    The day stands before it when it is another than that of ``near``; the zone behind
    it when people of the event live by another.
    """
    there = ZoneInfo(zone or event.zone)
    local, today = instant.astimezone(there), near.astimezone(there).date()
    words = hour_of(local)
    if local.date() != today:
        words = f"{formats.date_format(local, 'D j M')} {words}"
    return words if there.key == event.zone else f"{words} {clock.zone_name(there.key)}"


def moment(event: Event, instant: datetime) -> str:
    """13 November 20:00, with the month as the reader writes it."""
    day = formats.date_format(clock.local(event, instant), "j F")
    return f"{day} {hour(event, instant)}"


def span(event: Event, starts_at: datetime, ends_at: datetime) -> str:
    """13 November 20:00 to 23:00; the second day is told when it is another one."""
    first, last = clock.local(event, starts_at), clock.local(event, ends_at)
    tell = hour if first.date() == last.date() else moment
    return f"{moment(event, starts_at)}–{tell(event, ends_at)}"


def day_of(event: Event, instant: datetime) -> str:
    """13 November, whatever the hour."""
    return formats.date_format(clock.local(event, instant), "j F")


def day(event: Event, instant: datetime) -> str:
    """13 November, or 13 November 20:00 where the hour is not midnight."""
    local = clock.local(event, instant)
    if (local.hour, local.minute) == (0, 0):
        return formats.date_format(local, "j F")
    return moment(event, instant)
