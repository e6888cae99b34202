"""A rule is tried on past asks before it decides: which would have gone elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from titian.loop.models import Ask, Route
from titian.loop.routing import NoTeam, Way, way_by
from titian.people.models import Party

AT_MOST = 500
"""So many of the last asks are tried; older ones say little about tomorrow."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A past ask that the changed rules would send to another team."""

    ask: Ask
    before: Party | None
    after: Party | None


@dataclass(frozen=True, slots=True)
class Trial:
    """How many past asks were tried, and those that would go elsewhere."""

    tried: int
    elsewhere: tuple[Elsewhere, ...]


def tried(route: Route, asks: QuerySet[Ask]) -> Trial:
    """What putting the draft in force would change, had it stood all the time.

    ``asks`` are those the reader may see; nothing is written.
    """
    now = _in_force(route)
    then = [one for one in now if one.pk != route.replaces_id]
    then = sorted([*then, route], key=lambda one: (one.order, one.pk))
    return _compared(asks, now, then)


def tried_without(route: Route, asks: QuerySet[Ask]) -> Trial:
    """What taking the rule out of force would change."""
    now = _in_force(route)
    return _compared(asks, now, [one for one in now if one.pk != route.pk])


def _in_force(route: Route) -> list[Route]:
    rules = Route.objects.filter(event=route.event_id).live()
    return list(rules.select_related("team").prefetch_related("informed"))


def _compared(
    asks: QuerySet[Ask], now: Iterable[Route], then: Iterable[Route]
) -> Trial:
    past = asks.filter(owner__isnull=False, topic__isnull=False)
    rows = past.select_related("event", "asked_by__party", "topic__team")
    found, count = [], 0
    for ask in rows.prefetch_related("topic__informed").order_by("-pk")[:AT_MOST]:
        count += 1
        before, after = _team(ask, now), _team(ask, then)
        if before != after:
            found.append(Elsewhere(ask, before, after))
    return Trial(count, tuple(found))


def _team(ask: Ask, rules: Iterable[Route]) -> Party | None:
    try:
        way: Way = way_by(ask, rules)
    except NoTeam:
        return None
    return way.team
