"""Whose move it is: who owes, who is entitled, who sits at the table."""

from collections.abc import Callable

from titian.kernel.actor import Actor
from titian.people.models import Delegation
from titian.people.policy import (
    accompanies,
    brings_word_of,
    coordinates,
    keeps,
    sits_at,
    stands_for,
)
from titian.talks.models import Deliverable, Meeting
from titian.talks.models.meeting import PROTOCOL


def speaks_for(actor: Actor, delegation: Delegation) -> bool:
    """The guest, or the officer on the guest's word; never the officer alone."""
    return stands_for(actor, delegation.party) or brings_word_of(actor, delegation)


def answers_for_the_house(actor: Actor, line: Deliverable) -> bool:
    """The team that handles the line, or the event's coordinator."""
    handles = line.handled_by is not None and sits_at(
        actor, line.handled_by, line.event
    )
    return handles or coordinates(actor, line.event)


def is_owing_side(actor: Actor, line: Deliverable) -> bool:
    """Ours: the team, the officer on her own word, coordinators. Theirs: the guest."""
    guests = line.agreement.delegation
    if not line.is_ours:
        return speaks_for(actor, guests)
    by_the_officer = actor.on_word_of is None and accompanies(actor, guests)
    return by_the_officer or answers_for_the_house(actor, line)


def is_entitled_side(actor: Actor, line: Deliverable) -> bool:
    """Ours: the guest's side. Theirs: the team that needs it, or the coordinator."""
    if line.is_ours:
        return speaks_for(actor, line.agreement.delegation)
    return answers_for_the_house(actor, line)


LINE_SIDES: dict[str, Callable[[Actor, Deliverable], bool]] = {
    "owing side": is_owing_side,
    "entitled side": is_entitled_side,
}


def may(actor: Actor, name: str, line: Deliverable) -> bool:
    """Whether ``actor`` is of the side whose move ``name`` is."""
    return LINE_SIDES[line.machine[name].by](actor, line)


def moves_open_to(actor: Actor, line: Deliverable) -> list[str]:
    """What ``actor`` could do to the line now: one button each."""
    moves = line.machine.moves_from(line.state)
    return [move.name for move in moves if may(actor, move.name, line)]


def is_of_the_house(actor: Actor, line: Deliverable) -> bool:
    """Whether the actor is on the host's side of the line: she sees what would fail."""
    return accompanies(actor, line.agreement.delegation) or answers_for_the_house(
        actor, line
    )


def keeps_the_record(actor: Actor, meeting: Meeting) -> bool:
    """An officer of either side, on her own word; protocol; a coordinator."""
    if keeps(actor, meeting.event, PROTOCOL):
        return True
    return actor.on_word_of is None and any(
        accompanies(actor, side) for side in meeting.sides
    )


def side_of(actor: Actor, meeting: Meeting) -> Delegation | None:
    """The side for which the actor may agree to the text; ``None`` if neither."""
    return next((side for side in meeting.sides if speaks_for(actor, side)), None)
