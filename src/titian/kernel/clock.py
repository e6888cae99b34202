"""What time it is, in the world and at an event. Nobody else looks at a clock."""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone

from titian.kernel.models import Event


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
