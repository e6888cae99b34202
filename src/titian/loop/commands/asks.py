"""What can be done to an ask. Every change to one enters here."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal, sealing
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.policy import require
from titian.loop import routing
from titian.loop.models import Ask, Topic
from titian.loop.models.topic import Weight
from titian.loop.policy import SIDE_WORDS, is_asking_side, is_officer, may
from titian.people.models import Delegation, Party
from titian.people.queries import speaker

PATIENCE = timedelta(minutes=10)
LEFT_WAITING = "titian.loop.timers.left_waiting"
ANSWER_DUE = "titian.loop.timers.answer_due"
LONGEST = 4000


class Empty(ValueError):
    """Words are needed and there are none, or more than the house keeps."""


@transaction.atomic
def ask(
    delegation_id: int,
    words: str,
    *,
    language: str = "",
    channel: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Write down what a guest asks, in the guest's own words.

    Raises ``Forbidden`` unless the actor is of the asking side, ``Empty`` without
    words or with more than 4,000 characters.
    """
    if entry := journal.replayed(key, "ask.said", None, actor=actor):
        return Ask.objects.get(pk=entry.subject_id)

    delegation = Delegation.objects.select_related("party").get(pk=delegation_id)
    said = Ask(
        event_id=delegation.event_id,
        asked_by=delegation,
        said_by=speaker(actor),
        words=_some(words),
        language=language,
        channel=channel,
        said_at=at,
        code=next_code(delegation.event_id),
    )
    require(
        is_asking_side(actor, said), _("Only a guest asks, or the officer for one.")
    )
    return _keep(said, "ask.said", actor=actor, at=at, key=key, words=words)


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

    The topic's rule names the team and the least weight; ``details`` are the officer's
    reading: who, how many, where, when. An exact ask must be said back field by field.
    Raises ``LeftOut`` if it is exact and has no fields, ``NoTeam`` if no rule fits.
    """
    if journal.replayed(key, "ask.passed_on", ask_id, actor=actor):
        return Ask.objects.get(pk=ask_id)

    ask = _for_move("pass_on", ask_id, actor=actor)
    topic = _topic(ask, topic_id)
    ask.move("pass_on")
    ask.topic, ask.gloss, ask.title = topic, gloss.strip(), title.strip()[:120]
    ask.gloss_by_id, ask.gloss_is_machine = actor.person_id, gloss_is_machine
    ask.urgency, ask.is_private = Ask.Urgency(urgency), is_private
    ask.read_as(details or {}, _weight(weight, topic, details or {}))
    ask.pass_to(routing.owner_of(ask, topic, team_id), at=at)
    ask.due_at = due_at or at + _answer_time(topic)
    kept = _keep(
        ask,
        "ask.passed_on",
        actor=actor,
        at=at,
        key=key,
        gloss=gloss,
        details=ask.details,
    )
    if topic is not None:
        kept.informed.set(topic.informed.all())
    return kept


@transaction.atomic
def hear(ask_id: int, *, actor: Actor, at: datetime, key: UUID | None = None) -> Ask:
    """The owning team has opened it; looking again changes nothing."""
    ask = Ask.objects.select_for_update().get(pk=ask_id)
    require(may(actor, "accept", ask), _("Only the owning team hears it."))
    if ask.state != Ask.State.PASSED or ask.opened_at is not None:
        return ask
    ask.opened_at, ask.holder_id = at, actor.person_id
    return _keep(ask, "ask.heard", actor=actor, at=at, key=key)


@transaction.atomic
def verify_gloss(
    ask_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Ask:
    """A person has checked a machine's translation and stands for it."""
    if journal.replayed(key, "ask.gloss_verified", ask_id, actor=actor):
        return Ask.objects.get(pk=ask_id)

    ask = Ask.objects.select_for_update().get(pk=ask_id)
    require(is_officer(actor, ask), _("Only the LO stands for the meaning."))
    ask.gloss_is_machine, ask.gloss_by_id = False, actor.person_id
    return _keep(ask, "ask.gloss_verified", actor=actor, at=at, key=key)


@transaction.atomic
def accept(ask_id: int, *, actor: Actor, at: datetime, key: UUID | None = None) -> Ask:
    """Take the words as they stand: for a routine ask, that is the read-back.

    ``at`` is when it was said, in the event's time: the phone may have been offline
    since. A retry with the same ``key`` changes nothing. Raises ``Forbidden`` unless
    the actor is of the owning team, ``IllegalMove`` if it is exact or has moved on.
    """
    if journal.replayed(key, "ask.accepted", ask_id, actor=actor):
        return Ask.objects.get(pk=ask_id)

    ask = _for_move("accept", ask_id, actor=actor)
    ask.move("accept")
    _take_in_hand(ask, actor=actor, at=at)
    return _keep(ask, "ask.accepted", actor=actor, at=at, key=key)


@transaction.atomic
def restate(
    ask_id: int,
    heard_as: Mapping[str, str],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Say back what was heard; ``LeftOut`` if a field of the ask is missing."""
    if journal.replayed(key, "ask.restated", ask_id, actor=actor):
        return Ask.objects.get(pk=ask_id)

    ask = _for_move("restate", ask_id, actor=actor)
    ask.restate(heard_as)
    ask.opened_at = ask.opened_at or at
    ask.restated_at, ask.restated_by_id = at, actor.person_id
    ask.holder_id = actor.person_id
    return _keep(
        ask, "ask.restated", actor=actor, at=at, key=key, heard_as=ask.heard_as
    )


@transaction.atomic
def confirm(ask_id: int, *, actor: Actor, at: datetime, key: UUID | None = None) -> Ask:
    """Say that the team heard it right: now the matter is in hand."""
    if journal.replayed(key, "ask.confirmed", ask_id, actor=actor):
        return Ask.objects.get(pk=ask_id)

    ask = _for_move("confirm", ask_id, actor=actor)
    ask.move("confirm")
    ask.in_hand_at = at
    return _keep(ask, "ask.confirmed", actor=actor, at=at, key=key)


@transaction.atomic
def correct(
    ask_id: int,
    details: Mapping[str, str],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Say what was misheard: ``details`` replace the former reading."""
    if journal.replayed(key, "ask.corrected", ask_id, actor=actor):
        return Ask.objects.get(pk=ask_id)

    ask = _for_move("correct", ask_id, actor=actor)
    ask.move("correct")
    ask.read_as(details, ask.Weight(ask.weight))
    ask.pass_to(ask.owner, at=at)
    return _keep(ask, "ask.corrected", actor=actor, at=at, key=key, details=ask.details)


@transaction.atomic
def bounce(
    ask_id: int,
    team_id: int,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Give the ask to the team that should have had it, and say why."""
    if journal.replayed(key, "ask.bounced", ask_id, actor=actor):
        return Ask.objects.get(pk=ask_id)

    ask = _for_move("bounce", ask_id, actor=actor)
    ask.move("bounce")
    ask.pass_to(_team(team_id, ask), at=at)
    return _keep(ask, "ask.bounced", actor=actor, at=at, key=key, reason=_some(reason))


@transaction.atomic
def answer(
    ask_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Say what was done about it. This is the team's claim, not the end."""
    if journal.replayed(key, "ask.answered", ask_id, actor=actor):
        return Ask.objects.get(pk=ask_id)

    ask = _for_move("answer", ask_id, actor=actor)
    ask.move("answer")
    ask.answer_words = _some(words)
    ask.answered_at, ask.answered_by_id = at, actor.person_id
    return _keep(ask, "ask.answered", actor=actor, at=at, key=key, words=words)


@transaction.atomic
def reopen(
    ask_id: int,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Say that the answer does not hold, and why; the same team has it again."""
    if journal.replayed(key, "ask.reopened", ask_id, actor=actor):
        return Ask.objects.get(pk=ask_id)

    ask = _for_move("reopen", ask_id, actor=actor)
    ask.move("reopen")
    ask.closed_at = ask.answered_at = None
    ask.pass_to(ask.owner, at=at)
    return _keep(ask, "ask.reopened", actor=actor, at=at, key=key, reason=_some(reason))


@transaction.atomic
def close(ask_id: int, *, actor: Actor, at: datetime, key: UUID | None = None) -> Ask:
    """Say that the promise is kept: the guest, or the officer on the guest's word."""
    if journal.replayed(key, "ask.closed", ask_id, actor=actor):
        return Ask.objects.get(pk=ask_id)

    ask = _for_move("close", ask_id, actor=actor)
    ask.move("close")
    ask.closed_at = at
    return _keep(ask, "ask.closed", actor=actor, at=at, key=key)


@transaction.atomic
def withdraw(
    ask_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Ask:
    """Want it no more."""
    if journal.replayed(key, "ask.withdrawn", ask_id, actor=actor):
        return Ask.objects.get(pk=ask_id)

    ask = _for_move("withdraw", ask_id, actor=actor)
    ask.move("withdraw")
    return _keep(ask, "ask.withdrawn", actor=actor, at=at, key=key)


@transaction.atomic
def escalate(ask_id: int, *, at: datetime, key: UUID) -> None:
    """Enter in the journal that nobody has taken the ask in time."""
    if not journal.replayed(key, "ask.left_waiting", ask_id, actor=HOUSE):
        ask = Ask.objects.get(pk=ask_id)
        journal.write("ask.left_waiting", ask, actor=HOUSE, at=at, key=key)


@transaction.atomic
def forget_words_of(person_id: int, *, at: datetime) -> None:
    """Empty the words of an erased person; what was done about them stays."""
    for ask in Ask.objects.filter(said_by=person_id).exclude(words=""):
        ask.forget_words()
        ask.save()
        journal.write("ask.words_forgotten", ask, actor=HOUSE, at=at)


def _for_move(name: str, ask_id: int, *, actor: Actor) -> Ask:
    """The ask, locked, for somebody of the side whose move it is."""
    ask = Ask.objects.select_for_update().get(pk=ask_id)
    require(may(actor, name, ask), str(SIDE_WORDS[ask.machine[name].by]))
    return ask


def _take_in_hand(ask: Ask, *, actor: Actor, at: datetime) -> None:
    """To accept a routine ask is to have heard it and said it back."""
    ask.opened_at = ask.opened_at or at
    ask.in_hand_at, ask.holder_id = at, actor.person_id


def next_code(event_id: int) -> str:
    """A-0001 and on; asked inside the transaction that takes it."""
    taken = Ask.objects.filter(event=event_id).order_by("-pk").values_list("code")
    last = taken.select_for_update().first()
    number = int(last[0].removeprefix("A-")) if last and last[0] else 0
    return f"A-{number + 1:04d}"


def _topic(ask: Ask, topic_id: int | None) -> Topic | None:
    if topic_id is None:
        return None
    return Topic.objects.get(pk=topic_id, event=ask.event_id)


def _weight(
    asked: str | None, topic: Topic | None, details: Mapping[str, str]
) -> Weight:
    """The topic's weight or the officer's, whichever is the heavier."""
    heavy = Weight.EXACT in {asked, topic.weight if topic else None}
    return Weight.EXACT if heavy else Weight.ROUTINE


def _answer_time(topic: Topic | None) -> timedelta:
    return timedelta(minutes=topic.answer_minutes if topic else 60)


def _team(team_id: int, ask: Ask) -> Party:
    """Another inner team than the one that has it."""
    team = Party.objects.filter(pk=team_id, kind=Party.Kind.TEAM).first()
    if team is None or team.pk == ask.owner_id:
        raise routing.NoTeam(_("Choose the team that should have it."))
    return team


def _some(words: str) -> str:
    words = words.strip()
    if not words or len(words) > LONGEST:
        raise Empty(_("Write some words, at most 4,000 characters."))
    return words


def _keep(
    ask: Ask,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    **words: object,
) -> Ask:
    """Save the row and enter ``verb``; ``words`` are sealed under the guest's key."""
    if sealing.is_destroyed(ask.said_by_id):  # said before, heard after the erasure
        ask.forget_words()
    ask.save()
    journal.write(
        verb,
        ask,
        actor=actor,
        at=at,
        key=key,
        about=ask.said_by_id,
        sealed=words or None,
        state=ask.state,
        owe=_timers(verb, ask, at),
    )
    return ask


def _timers(verb: str, ask: Ask, at: datetime) -> list[tuple[str, datetime]]:
    """Passed on, somebody must take it; and the promised hour of the answer comes."""
    if ask.state != Ask.State.PASSED or verb == "ask.heard":
        return []
    due = [(ANSWER_DUE, ask.due_at)] if ask.due_at else []
    return [(LEFT_WAITING, at + PATIENCE), *due]


@transaction.atomic
def miss_the_hour(ask_id: int, *, at: datetime, key: UUID) -> None:
    """Enter in the journal that the promised hour of the answer has passed."""
    if not journal.replayed(key, "ask.overdue", ask_id, actor=HOUSE):
        ask = Ask.objects.get(pk=ask_id)
        journal.write("ask.overdue", ask, actor=HOUSE, at=at, key=key)
