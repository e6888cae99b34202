"""Who keeps the rules, who asks about them, who brings a permit where."""

from titian.kernel.actor import HOUSE, Actor
from titian.kernel.models import Event
from titian.people.models import Delegation, Seat
from titian.people.policy import (
    accompanies,
    brings_word_of,
    coordinates,
    keeps_any_seat,
    sits_at,
    stands_for,
)
from titian.rules.models import Article, Permit


def may_keep(actor: Actor, event: Event, article: Article | None = None) -> bool:
    """Whether ``actor`` edits the rules: a coordinator, or the team that keeps it."""
    owner = article.owner if article else None
    is_owner = owner is not None and sits_at(actor, owner, event)
    return is_owner or coordinates(actor, event)


def may_ask(actor: Actor, delegation: Delegation) -> bool:
    """Whether ``actor`` asks for the delegation: its officer, or one of the hosts."""
    return accompanies(actor, delegation) or keeps_any_seat(actor, delegation.event)


def is_the_guests(actor: Actor, permit: Permit | Delegation) -> bool:
    """The guest, the officer on the guest's word, or a coordinator who has the form."""
    side = permit.delegation if isinstance(permit, Permit) else permit
    is_guest = stands_for(actor, side.party) or brings_word_of(actor, side)
    return is_guest or coordinates(actor, side.event)


def is_the_desk(actor: Actor, permit: Permit) -> bool:
    """The team that brings it to the authority, or a coordinator."""
    desk = permit.desk
    sits = desk is not None and sits_at(actor, desk, permit.event)
    return sits or coordinates(actor, permit.event) or actor == HOUSE


def desks_of(actor: Actor, event: Event) -> frozenset[int]:
    """The ids of the teams whose permits ``actor`` brings to the authority."""
    if actor.person_id is None or actor.on_word_of is not None:
        return frozenset()
    seats = Seat.objects.filter(event=event, person=actor.person_id)
    working = seats.exclude(role=Seat.Role.AUDITOR)
    return frozenset(working.values_list("team", flat=True))
