"""Whose move it is."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.loop.clocks import RUNNING
from titian.loop.models import Ask, Confirmation, HandOver, Promise
from titian.people.models import Delegation, Officer
from titian.people.policy import (
    accompanies,
    brings_word_of,
    coordinates,
    is_the_officer,
    sits_at,
    stands_for,
)


def speaks_for(actor: Actor, delegation: Delegation) -> bool:
    """The guest, or the officer on the guest's word; never the officer alone."""
    return stands_for(actor, delegation.party) or brings_word_of(actor, delegation)


def is_with(actor: Actor, delegation: Delegation) -> bool:
    """The officer, on her own word or a guest's; never on a stranger's."""
    own_word = actor.on_word_of is None and accompanies(actor, delegation)
    return own_word or brings_word_of(actor, delegation)


def is_officer(actor: Actor, ask: Ask) -> bool:
    """Whether the actor accompanies the guests who ask."""
    return is_with(actor, ask.asked_by)


def is_team(actor: Actor, ask: Ask) -> bool:
    """Whether the actor sits at the team that owns the matter."""
    return ask.owner is not None and sits_at(actor, ask.owner, ask.event)


def is_asking_side(actor: Actor, ask: Ask) -> bool:
    """Whoever speaks for the guests; of an alarm also the officer who raised it."""
    return speaks_for(actor, ask.asked_by) or (
        actor.on_word_of is None
        and actor.person_id == ask.said_by_id
        and accompanies(actor, ask.asked_by)
    )


def is_of_the_hosts(actor: Actor, ask: Ask) -> bool:
    """Whoever has a hand in it on our side: the officer, or the owning team."""
    return is_officer(actor, ask) or is_team(actor, ask)


def is_with_the_guests(actor: Actor, ask: Ask) -> bool:
    """The guest who asks, or the officer on either word."""
    return is_officer(actor, ask) or is_asking_side(actor, ask)


def can_be_hurried(ask: Ask) -> bool:
    """Whether it waits for an answer, is its own matter, and is not urgent yet."""
    is_calm = ask.urgency in {Ask.Urgency.ROUTINE, Ask.Urgency.SOON}
    waits = ask.state in RUNNING or ask.state == Ask.State.SAID
    return is_calm and waits and ask.merged_into_id is None


def may_hurry(actor: Actor, ask: Ask) -> bool:
    """The guest or the officer, of what can still be hurried."""
    return can_be_hurried(ask) and is_with_the_guests(actor, ask)


def may_merge(actor: Actor, ask: Ask, into: Ask) -> bool:
    """The officer of the guests, a coordinator, or who sits at both owning teams."""
    if is_officer(actor, ask) or coordinates(actor, ask.event):
        return True
    return is_team(actor, ask) and is_team(actor, into)


def may_pause(actor: Actor, ask: Ask, at: datetime) -> bool:
    """The owning team, of what it has in hand and what is not late already."""
    is_late = ask.due_at is not None and ask.due_at <= at
    stands = ask.paused_until is not None or ask.merged_into_id is not None
    in_hand = ask.state == Ask.State.IN_HAND and not is_late and not stands
    return in_hand and is_team(actor, ask)


def may_route(actor: Actor, event: Event) -> bool:
    """Who writes the rules of where a matter goes: a coordinator."""
    return coordinates(actor, event)


def recovers(actor: Actor, ask: Ask) -> bool:
    """Who looks after an unhappy word: the officer of the guests, or a coordinator."""
    return is_officer(actor, ask) or coordinates(actor, ask.event)


def is_the_press_gate(actor: Actor, ask: Ask) -> bool:
    """Never a button: the gate diverts and gives back, and asks its own rights."""
    return False


SIDES: dict[str, Callable[[Actor, Ask], bool]] = {
    "officer": is_officer,
    "team": is_team,
    "hosts": is_of_the_hosts,
    "asking side": is_asking_side,
    "press gate": is_the_press_gate,
    "who recovers": recovers,
}
SIDE_WORDS = {
    "officer": _("Only the LO of this delegation does this."),
    "team": _("Only the team that owns the matter does this."),
    "hosts": _("Only the LO or the team that owns the matter does this."),
    "asking side": _("Only the guest does this, or the LO on the guest's word."),
    "press gate": _("This goes through the press desk."),
    "who recovers": _("Only the LO looks after it, or a coordinator."),
}


ONLY_WHO_RAISED = _("An emergency is called off only by the one who raised it.")


def is_anothers_alarm(actor: Actor, name: str, ask: Ask) -> bool:
    """Whether it would call off an emergency that somebody else raised.

    What an officer saw burning is not a wish of her guests: they cannot wish it away.
    """
    speaker_id = actor.on_word_of.person_id if actor.on_word_of else actor.person_id
    is_alarm = ask.urgency == Ask.Urgency.EMERGENCY
    return name == "withdraw" and is_alarm and speaker_id != ask.said_by_id


def may(actor: Actor, name: str, ask: Ask) -> bool:
    """Whether ``actor`` is of the side whose move ``name`` is."""
    by_side = SIDES[ask.machine[name].by](actor, ask)
    return by_side and not is_anothers_alarm(actor, name, ask)


def moves_open_to(actor: Actor, ask: Ask) -> list[str]:
    """What ``actor`` could do to ``ask`` now: one button each; each side asked once."""
    moves = ask.moves
    sides = {by: SIDES[by](actor, ask) for by in {move.by for move in moves}}
    return [
        move.name
        for move in moves
        if sides[move.by] and not is_anothers_alarm(actor, move.name, ask)
    ]


def may_tell(actor: Actor, ask: Ask) -> bool:
    """Whether ``actor`` may say how it stands: the owning team, before it answers."""
    is_own = ask.state in RUNNING and ask.merged_into_id is None
    return is_own and is_team(actor, ask)


def may_verify(actor: Actor, ask: Ask) -> bool:
    """Whether a machine glossed it, and ``actor`` is of those who stand for it."""
    return ask.gloss_is_machine and is_with_the_guests(actor, ask)


def may_promise(actor: Actor, promise: Promise) -> bool:
    """Whoever gives the word: ours, an inner team's or the officer's; theirs, them."""
    if promise.direction == Promise.Direction.THEIRS:
        return speaks_for(actor, promise.delegation)
    return _is_ours(actor, promise)


def may_promise_on(actor: Actor, ask: Ask) -> bool:
    """Whether ``actor`` may write down what the owning team promises about the ask."""
    ours = Promise.Direction.OURS
    word = Promise(
        event=ask.event, delegation=ask.asked_by, direction=ours, owner_team=ask.owner
    )
    return may_promise(actor, word)


def may_settle(actor: Actor, promise: Promise) -> bool:
    """The owner; the officer, who sees it happen; a coordinator."""
    if promise.direction == Promise.Direction.THEIRS:
        return is_with(actor, promise.delegation) or coordinates(actor, promise.event)
    return _is_ours(actor, promise)


def may_give_word(actor: Actor, promise: Promise) -> bool:
    """Who says that the guest has heard of it: the officer, or a coordinator."""
    if actor.on_word_of is not None:
        return False
    with_them = accompanies(actor, promise.delegation)
    return with_them or coordinates(actor, promise.event)


def _is_ours(actor: Actor, promise: Promise) -> bool:
    at_team = promise.owner_team is not None and sits_at(
        actor, promise.owner_team, promise.event
    )
    in_person = (
        actor.on_word_of is None
        and actor.person_id is not None
        and actor.person_id == promise.owner_person_id
        and promise.pk is not None  # nobody becomes the owner by saying so
    )
    return (
        at_team
        or in_person
        or is_with(actor, promise.delegation)
        or coordinates(actor, promise.event)
    )


def may_confirm(actor: Actor, asked: Confirmation) -> bool:
    """The one who was asked, or a coordinator for her."""
    if actor.on_word_of is not None or actor.person_id is None:
        return False
    at_team = asked.owner_team is not None and sits_at(
        actor, asked.owner_team, asked.event
    )
    return (
        at_team
        or actor.person_id == asked.owner_person_id
        or coordinates(actor, asked.event)
    )


def confirmable(actor: Actor, waiting: Iterable[Confirmation]) -> set[int]:
    """Which of those that wait ``actor`` may confirm; each owner is asked once."""
    known: dict[tuple[int, int | None, int | None], bool] = {}
    found: set[int] = set()
    for asked in waiting:
        owner = (asked.event_id, asked.owner_team_id, asked.owner_person_id)
        if owner not in known:
            known[owner] = may_confirm(actor, asked)
        if known[owner]:
            found.add(asked.pk)
    return found


HANDOVER_SIDES: dict[str, Callable[[Actor, HandOver], bool]] = {
    "outgoing": lambda actor, row: is_the_officer(actor, row.outgoing),
    "incoming": lambda actor, row: is_the_officer(actor, row.incoming),
    "coordinator": lambda actor, row: coordinates(actor, row.event),
    "who leads it": lambda actor, row: (
        is_the_officer(actor, row.outgoing) or coordinates(actor, row.event)
    ),
}
HANDOVER_WORDS = {
    "outgoing": _("Only the LO who hands over does this."),
    "incoming": _("Only the LO who takes over does this."),
    "coordinator": _("Only a coordinator lets an LO go before that."),
    "who leads it": _("Only the LO who hands over or a coordinator calls it off."),
}


def may_begin_handover(
    actor: Actor, delegation: Delegation, outgoing: Officer, incoming: Officer
) -> bool:
    """Either of the two officers, or a coordinator for them."""
    two = is_the_officer(actor, outgoing) or is_the_officer(actor, incoming)
    return two or coordinates(actor, delegation.event)
