"""Template words of the guest's page."""

from datetime import datetime
from typing import Any

from django import template

from titian.people.models import Delegation
from titian.people.vocabulary import words_of
from titian.rules.models import Article
from titian.rules.naming import subject_name
from titian.web.guest import zones

register = template.Library()


@register.simple_tag
def whose_page(delegation: Delegation, day: str) -> str:
    """For whom the page is and until when, in the words of their kind of party."""
    return str(words_of(delegation).page) % {"name": delegation.name, "at": day}


@register.filter
def subject(article: Article) -> str:
    """What a rule is about, as its card says it."""
    return subject_name(article.subject)


@register.simple_tag(takes_context=True)
def own_time(context: dict[str, Any], instant: datetime | None) -> str:
    """The instant on the guest's own clocks, where they were asked for and differ."""
    return zones.own_time(context["event"], instant, context["my_zone"])
