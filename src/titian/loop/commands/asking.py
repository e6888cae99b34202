"""What the guest does, and the officer: the moves of an ask on its asking side."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.policy import require
from titian.loop import routing, saying
from titian.loop.clocks import HEARD_WITHIN, answer_time
from titian.loop.commands.thread import (
    LEFT_WAITING,
    answer_timers,
    keep,
    locked,
    make_move,
    next_code,
    take_number,
    waiting_timers,
    word_timer,
)
from titian.loop.models import Ask
from titian.loop.models.topic import Weight
from titian.loop.policy import is_asking_side, is_officer, speaks_for
from titian.people.models import Delegation
from titian.people.queries import speaker


@transaction.atomic
def ask(
    delegation_id: int,
    words: str,
    *,
    language: str = "",
    channel: str = "",
    where: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Write down what a guest asks, in the guest's own words; ``where`` it was said.

    Raises ``Forbidden`` unless the actor is of the asking side, ``Empty`` without
    words or with more than 4,000 characters.
    """
    delegation = Delegation.objects.select_related("party").get(pk=delegation_id)
    event = take_number(delegation.event_id)
    if entry := journal.replayed(key, "ask.said", None, actor=actor):
        return Ask.objects.get(pk=entry.subject_id)

    right = speaks_for(actor, delegation)
    require(right, _("Only a guest asks, or the officer for one."))
    said = Ask(
        event=event,
        asked_by=delegation,
        said_by=speaker(actor),
        words=saying.some(words),
        language=language[:8],
        channel=channel[:20],
        said_where=where.strip()[:120],
        said_at=at,
        code=next_code(event.pk),
    )
    waiting = [(LEFT_WAITING, at + HEARD_WITHIN[Ask.Urgency.ROUTINE])]
    return keep(
        said,
        "ask.said",
        actor=actor,
        at=at,
        key=key,
        owe=waiting,
        sealed={"words": said.words},
    )


@transaction.atomic
def pass_on(
    ask_id: int,
    *,
    topic_id: int | None = None,
    team_id: int | None = None,
    gloss: str = "",
    title: str = "",
    details: Mapping[str, str] | None = None,
    urgency: str = Ask.Urgency.ROUTINE,
    weight: str | None = None,
    due_at: datetime | None = None,
    is_private: bool = False,
    gloss_is_machine: bool = False,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Hand the guest's words to the one team that must answer.

    The first rule that fits names the team, those informed and the least weight, which
    may only be raised; where none fits, the topic does. ``details`` are the officer's
    reading: who, how many, where, when. An exact ask must be said back field by field.
    A machine's gloss stays marked until a person stands for it. Raises ``LeftOut`` if
    it is exact and has no fields, ``NoTeam`` if no rule fits, ``BadHour`` if the answer
    would be due before now.
    """
    ask = locked(ask_id)
    if journal.replayed(key, "ask.passed_on", ask_id, actor=actor):
        return ask

    make_move("pass_on", ask, actor)
    read = saying.fields(details)
    way = routing.way_for(
        ask,
        gloss,
        topic_id=topic_id,
        team_id=team_id,
        where=read.get("where", ""),
        at=at,
    )
    topic = way.topic
    ask.topic, ask.is_private = topic, is_private or ask.is_private
    ask.urgency = saying.one_of(Ask.Urgency, urgency)
    ask.read_as(read, _heaviest(weight, topic.weight if topic else None, way.weight))
    _gloss(ask, saying.at_most(gloss), title, gloss_is_machine, actor)
    ask.due_at = saying.hour_after(due_at or at + answer_time(topic, urgency), at)
    ask.pass_to(way.team, at=at)
    ask.informed.set(way.informed)
    return keep(
        ask,
        "ask.passed_on",
        actor=actor,
        at=at,
        key=key,
        owe=[*waiting_timers(ask, at), *answer_timers(ask), *word_timer(ask, at)],
        sealed={"gloss": ask.gloss, "title": ask.title, "details": ask.details},
    )


@transaction.atomic
def verify_gloss(
    ask_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Ask:
    """A person has checked a machine's translation and stands for it; twice is once.

    Raises ``Forbidden`` unless the actor is the officer or the asking side.
    """
    ask = locked(ask_id)
    if journal.replayed(key, "ask.gloss_verified", ask_id, actor=actor):
        return ask

    right = is_officer(actor, ask) or is_asking_side(actor, ask)
    require(right, _("Only the LO stands for the meaning, or the guest."))
    if not ask.gloss_is_machine:
        return ask
    ask.gloss_is_machine, ask.gloss_by = False, speaker(actor)
    return keep(ask, "ask.gloss_verified", actor=actor, at=at, key=key)


@transaction.atomic
def confirm(ask_id: int, *, actor: Actor, at: datetime, key: UUID | None = None) -> Ask:
    """Say that the team heard it right: now the matter is in hand."""
    ask = locked(ask_id)
    if journal.replayed(key, "ask.confirmed", ask_id, actor=actor):
        return ask

    make_move("confirm", ask, actor)
    ask.in_hand_at = at
    timers = word_timer(ask, at)
    return keep(ask, "ask.confirmed", actor=actor, at=at, key=key, owe=timers)


@transaction.atomic
def correct(
    ask_id: int,
    details: Mapping[str, str],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Say what was misheard: ``details`` replace the former reading.

    The same team must hear it again. Raises ``LeftOut`` if nothing is left to be said
    back.
    """
    ask = locked(ask_id)
    if journal.replayed(key, "ask.corrected", ask_id, actor=actor):
        return ask

    make_move("correct", ask, actor)
    ask.read_as(saying.fields(details), Weight(ask.weight))
    ask.pass_to(ask.owner, at=at)
    return keep(
        ask,
        "ask.corrected",
        actor=actor,
        at=at,
        key=key,
        owe=waiting_timers(ask, at),
        sealed={"details": ask.details},
    )


@transaction.atomic
def close(ask_id: int, *, actor: Actor, at: datetime, key: UUID | None = None) -> Ask:
    """Say that the promise is kept: the guest, or the officer on the guest's word."""
    ask = locked(ask_id)
    if journal.replayed(key, "ask.closed", ask_id, actor=actor):
        return ask

    make_move("close", ask, actor)
    ask.closed_at = at
    return keep(ask, "ask.closed", actor=actor, at=at, key=key)


@transaction.atomic
def reopen(
    ask_id: int,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Say that the answer does not hold, and why; the same team has it again.

    An hour promised and not yet past still holds; else a new one runs.
    """
    ask = locked(ask_id)
    if journal.replayed(key, "ask.reopened", ask_id, actor=actor):
        return ask

    make_move("reopen", ask, actor)
    ask.closed_at = ask.answered_at = ask.answered_by = None
    ask.answer_words = ""
    ask.pass_to(ask.owner, at=at)
    timers = [*waiting_timers(ask, at), *word_timer(ask, at)]
    if ask.due_at is None or ask.due_at <= at:
        ask.due_at = at + answer_time(ask.topic, ask.urgency)
        timers += answer_timers(ask)
    sealed = {"reason": saying.some(reason)}
    return keep(
        ask, "ask.reopened", actor=actor, at=at, key=key, owe=timers, sealed=sealed
    )


@transaction.atomic
def withdraw(
    ask_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Ask:
    """Want it no more."""
    ask = locked(ask_id)
    if journal.replayed(key, "ask.withdrawn", ask_id, actor=actor):
        return ask

    make_move("withdraw", ask, actor)
    ask.go_on(at=at)
    return keep(ask, "ask.withdrawn", actor=actor, at=at, key=key)


def _heaviest(*asked: str | None) -> Weight:
    """The officer's weight, the topic's or the rule's: the heaviest of them."""
    named = [saying.one_of(Weight, one) for one in asked if one]
    return Weight.EXACT if Weight.EXACT in named else Weight.ROUTINE


def _gloss(ask: Ask, gloss: str, title: str, is_machine: bool, actor: Actor) -> None:
    """The officer's reading, or a machine's that nobody stands for yet."""
    ask.gloss, ask.title = gloss, title.strip()[:120]
    ask.gloss_is_machine = bool(gloss) and is_machine
    ask.gloss_by_id = actor.person_id if gloss else None
