"""Reading a moment that a person typed, on the clocks of the event's place."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from titian.kernel.models import Event

YEARS = range(1900, 2200)
"""What a hand can mean; beyond, the calendar itself comes to an end."""


def moment_from(text: str, event: Event) -> tuple[datetime | None, str]:
    """The moment, or what is wrong with it; without a zone it is the event's own."""
    if not text.strip():
        return None, _("Give the day and the hour.")
    try:
        moment = _within_reach(datetime.fromisoformat(text.strip()))
    except ValueError:
        sentence = _("“%(text)s” is no day and hour. Write 2022-11-14T20:55.")
        return None, sentence % {"text": text[:40]}
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(event.zone))
    return moment, ""


def _within_reach(moment: datetime) -> datetime:
    """The moment; a year nobody can mean (0022, 9999) is a slip of the hand."""
    if moment.year not in YEARS:
        raise ValueError(moment)
    return moment


def for_input(moment: datetime | None, event: Event) -> str:
    """The moment as a date-and-hour field of a page wants it."""
    if moment is None:
        return ""
    return f"{moment.astimezone(ZoneInfo(event.zone)):%Y-%m-%dT%H:%M}"
