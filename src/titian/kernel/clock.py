"""What time it is, in the world and at an event. Nobody else looks at a clock."""

from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from titian.kernel.models import Event

ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
SLACK = timedelta(minutes=5)
"""How far a phone's clock may run ahead of the event's."""


class NotYet(ValueError):
    """Somebody says that a thing happened at an hour that is still to come."""


def real_time() -> datetime:
    """The world's time: for sign-in, links and other matters of no event."""
    return timezone.now()


def time_at(event: Event | None, real: datetime | None = None) -> datetime:
    """The event's time: the world's, unless it runs on a rehearsal clock."""
    real = real or real_time()
    if event is None or event.clock_set_at is None or event.clock_reads is None:
        return real
    return event.clock_reads + (real - event.clock_set_at) * event.clock_speed


def zone_of(event: Event) -> tzinfo:
    """The zone in which the event's people live their day."""
    return ZoneInfo(event.zone)


def local(event: Event, instant: datetime) -> datetime:
    """``instant`` as the clocks on the wall show it there."""
    return instant.astimezone(zone_of(event))


def require_happened(event: Event, moment: datetime) -> None:
    """``NotYet``, with a sentence, if ``moment`` is still to come at the event."""
    if moment > time_at(event) + SLACK:
        raise NotYet(
            _("This hour is still to come. Say what happened when it has happened.")
        )


def zone_name(zone: str) -> str:
    """WIB, WITA, WIT; elsewhere the zone's own name for itself."""
    return ZONES.get(zone, zone.rpartition("/")[2].replace("_", " "))


def day_of(event: Event, day: date) -> tuple[datetime, datetime]:
    """The first instant of ``day`` where the event is, and the first of the next."""
    there = zone_of(event)
    start = datetime.combine(day, time.min, tzinfo=there)
    end = datetime.combine(day + timedelta(days=1), time.min, tzinfo=there)
    return start, end
