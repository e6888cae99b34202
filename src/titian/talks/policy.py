"""Whose move it is: who owes, who is entitled, who sits at the table."""

from collections.abc import Callable, Iterable

from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.people.models import Delegation
from titian.people.policy import (
    accompanies,
    brings_word_of,
    coordinates,
    keeps,
    sits_at,
    stands_for,
)
from titian.programme.policy import may_keep
from titian.talks.models import (
    Agreement,
    Deliverable,
    Envoy,
    Meeting,
    Paper,
    Signatory,
    Talk,
)
from titian.talks.models.card import TalkingCard
from titian.talks.models.meeting import PROTOCOL
from titian.talks.models.report import Handout, Report
from titian.talks.models.talk import UNSEEING

SIDES: frozenset[str] = frozenset({Envoy.Side.A.value, Envoy.Side.B.value})


def speaks_for(actor: Actor, delegation: Delegation) -> bool:
    """The guest, or the officer on the guest's word; never the officer alone."""
    return stands_for(actor, delegation.party) or brings_word_of(actor, delegation)


def acts_for(actor: Actor, delegation: Delegation) -> bool:
    """The guest, the officer on the guest's word, or the officer on her own."""
    by_the_officer = actor.on_word_of is None and accompanies(actor, delegation)
    return by_the_officer or speaks_for(actor, delegation)


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


def reads_the_set_up(actor: Actor, meeting: Meeting) -> bool:
    """Who keeps its record, and the crew that keeps the rundown; never the guests."""
    return keeps_the_record(actor, meeting) or may_keep(actor, meeting.event)


def may_report(actor: Actor, report: Report) -> bool:
    """The side's officer, on her own word; protocol and coordinators."""
    by_the_officer = actor.on_word_of is None and accompanies(actor, report.side)
    return by_the_officer or keeps(actor, report.event, PROTOCOL)


def may_bring(actor: Actor, handout: Handout) -> bool:
    """Who keeps the meeting's record, and the side that owes the paper."""
    owes = handout.owed_by
    return keeps_the_record(actor, handout.meeting) or (
        owes is not None and speaks_for(actor, owes)
    )


def drafts_card(actor: Actor, delegation: Delegation) -> bool:
    """The party's officer on her own word, protocol, a coordinator."""
    if actor.on_word_of is not None:
        return False
    return accompanies(actor, delegation) or keeps(actor, delegation.event, PROTOCOL)


def approves_card(actor: Actor, card: TalkingCard) -> bool:
    """The one person named for it, signed in and on her own word."""
    return (
        actor.person_id == card.approver_id
        and actor.on_word_of is None
        and actor.kind not in UNSEEING
    )


def side_of(actor: Actor, meeting: Meeting) -> Delegation | None:
    """The side for which the actor may agree to the text; ``None`` if neither."""
    return next((side for side in meeting.sides if speaks_for(actor, side)), None)


def seat_of(actor: Actor, talk: Talk) -> str:
    """For whom the actor speaks at the talk: "a", "b", "bridge"; "" for nobody.

    Whoever mediates may bring the word of an envoy of either side; nobody else may
    bring anybody's.
    """
    if actor.person_id is None or actor.kind in UNSEEING:
        return ""
    seats = dict(talk.envoys.values_list("person", "side"))
    own = seats.get(actor.person_id, "")
    if actor.on_word_of is None:
        return own
    given = seats.get(actor.on_word_of.person_id, "")
    return given if own == Envoy.Side.BRIDGE and given in SIDES else ""


def may_open_talk(actor: Actor, event: Event) -> bool:
    """Whether the actor brings two parties to a talk: protocol, a coordinator."""
    return keeps(actor, event, PROTOCOL)


def may_name(actor: Actor, talk: Talk, side: str) -> bool:
    """Whether the actor names somebody for this side.

    A side names its own people; who mediates names the first of a side, never one
    more: nobody is put behind a side's back. Who mediates is named when it is opened.
    """
    own = seat_of(actor, talk)
    if side not in SIDES or actor.on_word_of is not None:
        return False
    is_first = not talk.envoys.filter(side=side).exists()
    return own == side or (own != "" and is_first)


def may_file(actor: Actor, event: Event) -> bool:
    """Whether the actor keeps the event's register: protocol, a coordinator."""
    return keeps(actor, event, PROTOCOL)


def may_file_for(actor: Actor, event: Event, parties: Iterable[Delegation]) -> bool:
    """Who keeps the register; else the officer of every party named, on her word."""
    if may_file(actor, event):
        return True
    named = list(parties)
    own_word = actor.on_word_of is None
    return own_word and bool(named) and all(accompanies(actor, p) for p in named)


def may_revise(actor: Actor, paper: Paper) -> bool:
    """Who might file it and is allowed to see it: a private one by name alone."""
    seen = Paper.objects.visible_to(actor).filter(pk=paper.pk).exists()
    return seen and may_file_for(actor, paper.event, paper.parties.all())


def may_keep_agreement(actor: Actor, agreement: Agreement) -> bool:
    """Whether the actor takes an agreement through its life: as the register."""
    return keeps(actor, agreement.event, PROTOCOL)


def may_enter_signature(actor: Actor, signatory: Signatory) -> bool:
    """The keeper; of the other side's people also that side, or its officer."""
    agreement = signatory.agreement
    if may_keep_agreement(actor, agreement):
        return True
    side = signatory.delegation
    return side is not None and (speaks_for(actor, side) or accompanies(actor, side))
