"""Template words of the desk's forms."""

from datetime import datetime

from django import template
from django.utils.text import capfirst

from titian.kernel.models import Event
from titian.kernel.questions import Break
from titian.logistics.models import Journey
from titian.web.desk import moments
from titian.web.templatetags.titian import is_indonesian

register = template.Library()


@register.filter
def for_input(moment: datetime | None, event: Event) -> str:
    """A moment as a date-and-hour field wants it."""
    return moments.for_input(moment, event)


@register.filter
def sentence(found: Break) -> str:
    """What would no longer hold, in the reader's language."""
    indonesian = getattr(found, "sentence_id", "")
    return indonesian if is_indonesian() and indonesian else found.sentence


@register.filter
def milestone(state: str) -> str:
    """A milestone's name, as it stands on its button."""
    return capfirst(str(Journey.State(state).label))
