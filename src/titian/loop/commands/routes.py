"""Writing the rules of where a matter goes: drafted, tried, put in force, retired."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.loop import routing, saying
from titian.loop.models import Route
from titian.loop.models.topic import Weight
from titian.loop.policy import may_route
from titian.people.models import Delegation, Party

ORDERS = range(1, 1000)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule says: which asks it fits, and where they go."""

    team_id: int
    order: int = 100
    topic_id: int | None = None
    party_kind: str = ""
    level: str = ""
    where: str = ""
    from_hour: time | None = None
    until_hour: time | None = None
    informed: Sequence[int] = ()
    weight: str = Weight.ROUTINE


@transaction.atomic
def draft(
    event_id: int,
    rule: Rule,
    *,
    replaces_id: int | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Route:
    """Write a rule that is not in force yet, new or in the place of another.

    Raises ``Forbidden`` unless the actor coordinates, ``NoTeam`` if the owner or one
    informed is none of our teams, ``Unknown`` for an order, a kind, a level or a
    weight there is not, ``Topic.DoesNotExist`` or ``Route.DoesNotExist`` for those of
    another event.
    """
    event = Event.objects.get(pk=event_id)
    if entry := journal.replayed(key, "route.drafted", None, actor=actor):
        return Route.objects.get(pk=entry.subject_id)

    _require_right(actor, event)
    _require_words(rule)
    topic = event.ask_topics.get(pk=rule.topic_id) if rule.topic_id else None
    route = Route.objects.create(
        event=event,
        order=rule.order,
        topic=topic,
        party_kind=rule.party_kind,
        level=rule.level,
        where=rule.where.strip()[:80],
        from_hour=rule.from_hour,
        until_hour=rule.until_hour,
        team=routing.inner_team(rule.team_id),
        weight=rule.weight,
        replaces=event.routes.live().get(pk=replaces_id) if replaces_id else None,
        made_at=at,
        made_by_id=actor.person_id,
    )
    route.informed.set([routing.inner_team(team) for team in rule.informed])
    return _enter("route.drafted", route, actor=actor, at=at, key=key)


@transaction.atomic
def put_in_force(
    route_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Route:
    """From now on it decides, and the one that it replaces does not any more.

    Asks passed on before stay where they are. Raises ``Forbidden`` unless the actor
    coordinates, ``IllegalMove`` if it is no draft or the one it replaces is retired.
    """
    route = _locked(route_id)
    if journal.replayed(key, "route.in_force", route_id, actor=actor):
        return route
    _require_right(actor, route.event)
    old = _locked(route.replaces_id) if route.replaces_id else None
    if not route.is_draft or (old is not None and old.retired_at is not None):
        raise IllegalMove("cannot put in force what is no draft")
    if old is not None:
        old.retired_at = at
        old.save(update_fields=["retired_at"])
        _enter("route.replaced", old, actor=actor, at=at, key=None)
    route.live_at = at
    route.save(update_fields=["live_at"])
    return _enter("route.in_force", route, actor=actor, at=at, key=key)


@transaction.atomic
def retire(
    route_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Route:
    """It decides no more; a draft is thrown away. The row stays, with its dates."""
    route = _locked(route_id)
    if journal.replayed(key, "route.retired", route_id, actor=actor):
        return route
    _require_right(actor, route.event)
    if route.retired_at is not None:
        raise IllegalMove("cannot retire what is retired")
    route.retired_at = at
    route.save(update_fields=["retired_at"])
    return _enter("route.retired", route, actor=actor, at=at, key=key)


def _locked(route_id: int) -> Route:
    rows = Route.objects.select_for_update(of=("self",))
    return rows.select_related("event", "team").get(pk=route_id)


def _require_right(actor: Actor, event: Event) -> None:
    require(may_route(actor, event), _("Only a coordinator writes the rules."))


def _require_words(rule: Rule) -> None:
    if rule.order not in ORDERS:
        raise saying.Unknown(_("Give the rule a place from 1 to 999."))
    saying.one_of(Weight, rule.weight)
    if rule.party_kind:
        saying.one_of(Party.Kind, rule.party_kind)
    if rule.level:
        saying.one_of(Delegation.Level, rule.level)
    if (rule.from_hour is None) != (rule.until_hour is None):
        raise saying.Unknown(_("Give both hours, or none."))


def _enter(
    verb: str, route: Route, *, actor: Actor, at: datetime, key: UUID | None
) -> Route:
    journal.write(
        verb,
        route,
        actor=actor,
        at=at,
        key=key,
        order=route.order,
        team=route.team_id,
        replaces=route.replaces_id,
    )
    return route
