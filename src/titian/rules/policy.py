"""Who keeps the rules, who asks about them, who brings a permit where."""

from collections.abc import Callable

from titian.kernel.actor import HOUSE, Actor
from titian.kernel.models import Event
from titian.people.models import Delegation
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


PERMIT_SIDES: dict[str, Callable[[Actor, Permit], bool]] = {
    "guest": is_the_guests,
    "desk": is_the_desk,
}


def may(actor: Actor, name: str, permit: Permit) -> bool:
    """Whether ``actor`` is of the side whose move ``name`` is."""
    return PERMIT_SIDES[permit.machine[name].by](actor, permit)


def moves_open_to(actor: Actor, permit: Permit) -> list[str]:
    """What ``actor`` could do to the permit now: one button each."""
    moves = permit.machine.moves_from(permit.state)
    return [move.name for move in moves if may(actor, move.name, permit)]
