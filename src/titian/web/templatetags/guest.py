"""Template words of the guest's page."""

from datetime import datetime
from typing import Any

from django import template

from titian.web.guest import zones

register = template.Library()


@register.simple_tag(takes_context=True)
def own_time(context: dict[str, Any], instant: datetime | None) -> str:
    """The instant on the guest's own clocks, where they were asked for and differ."""
    return zones.own_time(context["event"], instant, context["my_zone"])
