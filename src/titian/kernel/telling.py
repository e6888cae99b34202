"""How a moment or a span is said in a sentence, in the reader's language."""

from datetime import datetime

from django.utils import formats
from django.utils.translation import get_language

from titian.kernel import clock
from titian.kernel.models import Event


def hour(event: Event, instant: datetime) -> str:
    """19.40 in Indonesian, 19:40 in English, as the clocks on the event's wall."""
    indonesian = (get_language() or "id").startswith("id")
    return f"{clock.local(event, instant):{'%H.%M' if indonesian else '%H:%M'}}"


def moment(event: Event, instant: datetime) -> str:
    """13 November 20:00, with the month as the reader writes it."""
    day = formats.date_format(clock.local(event, instant), "j F")
    return f"{day} {hour(event, instant)}"


def span(event: Event, starts_at: datetime, ends_at: datetime) -> str:
    """13 November 20:00 to 23:00; the second day is told when it is another one."""
    first, last = clock.local(event, starts_at), clock.local(event, ends_at)
    tell = hour if first.date() == last.date() else moment
    return f"{moment(event, starts_at)}–{tell(event, ends_at)}"
