"""Template words of the desk's forms."""

from collections.abc import Sequence
from datetime import datetime, time

from django import template
from django.utils.text import capfirst

from titian.kernel.models import Event
from titian.kernel.questions import Break
from titian.kernel.telling import hour_of, is_indonesian
from titian.logistics.models import Journey
from titian.web.desk import moments

register = template.Library()


@register.filter
def for_input(moment: datetime | None, event: Event) -> str:
    """A moment as a date-and-hour field wants it."""
    return moments.for_input(moment, event)


@register.filter
def hour(of_day: time | None) -> str:
    """08.00 in Indonesian, 08:00 in English: an hour of any day."""
    return "" if of_day is None else hour_of(of_day)


@register.filter
def sentence(found: Break) -> str:
    """What would no longer hold, in the reader's language."""
    indonesian = getattr(found, "sentence_id", "")
    return indonesian if is_indonesian() and indonesian else found.sentence


@register.filter
def said(pair: Sequence[str]) -> str:
    """Of the same in English and Indonesian, the reader's."""
    return pair[is_indonesian()]


@register.filter
def milestone(state: str) -> str:
    """A milestone's name, as it stands on its button."""
    return capfirst(str(Journey.State(state).label))
