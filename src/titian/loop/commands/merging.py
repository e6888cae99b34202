"""Two asks that are one matter, and one that is two: every word stays where it is."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.loop import saying
from titian.loop.clocks import RUNNING
from titian.loop.commands.asking import pass_on
from titian.loop.commands.thread import (
    answer_timers,
    hurried_timers,
    keep,
    locked,
    next_code,
    take_number,
    waiting_timers,
    word_timer,
)
from titian.loop.models import Ask
from titian.loop.models.topic import Weight
from titian.loop.policy import is_officer, may_merge

S = Ask.State


@transaction.atomic
def merge(
    ask_id: int,
    into_id: int,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Say that it is the same matter as another ask of the same delegation.

    That ask speaks for both from now on: one owner, one answer, closed together.
    Neither thread loses a word, and ``unmerge`` takes them apart again. The sooner of
    the two hours holds, and the greater urgency. Raises ``Forbidden`` unless the actor
    is the officer, a coordinator or of both owning teams; ``IllegalMove`` if either is
    over, or what is exact would lose its read-back; ``Empty`` without a reason.
    """
    take_number(Ask.objects.values_list("event", flat=True).get(pk=ask_id))
    ask, into = locked(ask_id), locked(into_id)
    if journal.replayed(key, "ask.merged", ask_id, actor=actor):
        return ask

    require(may_merge(actor, ask, into), _("Only the LO or the owning team merges."))
    _require_one_matter(ask, into)
    why, promised, before = saying.some(reason), into.due_at, into.urgency
    _lend_hour_and_urgency(ask, into)
    hurried = hurried_timers(into, at) if into.urgency != before else []
    into.save()
    ask.merged_into = into
    ask.go_with(into)
    owe = answer_timers(into) if into.due_at != promised else []
    keep(into, "ask.took_in", actor=actor, at=at, key=None, owe=[*owe, *hurried])
    return keep(ask, "ask.merged", actor=actor, at=at, key=key, sealed={"reason": why})


@transaction.atomic
def unmerge(
    ask_id: int,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Take it out again: another matter after all. The team has it to hear anew.

    Raises ``IllegalMove`` unless it is merged and not over, ``Forbidden`` as merging
    does, ``Empty`` without a reason.
    """
    ask = locked(ask_id)
    if journal.replayed(key, "ask.unmerged", ask_id, actor=actor):
        return ask

    into = ask.merged_into
    if into is None or ask.state not in RUNNING | {S.ANSWERED}:
        raise IllegalMove("cannot take apart what is not merged, or over")
    require(may_merge(actor, ask, into), _("Only the LO or the owning team merges."))
    ask.merged_into, ask.state = None, S.PASSED
    ask.answer_words, ask.answered_at, ask.answered_by = "", None, None
    ask.pass_to(ask.owner, at=at)
    return keep(
        ask,
        "ask.unmerged",
        actor=actor,
        at=at,
        key=key,
        owe=[*waiting_timers(ask, at), *answer_timers(ask), *word_timer(ask, at)],
        sealed={"reason": saying.some(reason)},
    )


@transaction.atomic
def split(
    ask_id: int,
    title: str,
    *,
    topic_id: int | None = None,
    team_id: int | None = None,
    details: Mapping[str, str] | None = None,
    weight: str | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Of the same words another matter, with an owner and clocks of its own.

    All the guest's words go with it, ``title`` says which part is meant; merging the
    new ask into the old one undoes it. Returns the new ask. Raises ``Forbidden``
    unless the actor is the officer, ``IllegalMove`` if the ask is over.
    """
    whole = Ask.objects.select_related("asked_by__party").get(pk=ask_id)
    event = take_number(whole.event_id)
    if entry := journal.replayed(key, "ask.split", None, actor=actor):
        return Ask.objects.get(pk=entry.subject_id)

    require(is_officer(actor, whole), _("Only the LO of this delegation does this."))
    if whole.state not in RUNNING | {S.ANSWERED} or whole.merged_into_id is not None:
        raise IllegalMove(f"cannot split what is {whole.state}, or merged")
    part = Ask(
        event=event,
        code=next_code(event.pk),
        asked_by=whole.asked_by,
        said_by=whole.said_by,
        said_at=whole.said_at,
        language=whole.language,
        channel=whole.channel,
        said_where=whole.said_where,
        words=whole.words,
        split_from=whole,
    )
    keep(part, "ask.split", actor=actor, at=at, key=key, sealed={"words": part.words})
    return pass_on(
        part.pk,
        topic_id=topic_id,
        team_id=team_id,
        title=saying.some(title),
        details=details,
        urgency=whole.urgency,
        weight=weight,
        is_private=whole.is_private,
        actor=actor,
        at=at,
        key=uuid5(key, "pass_on") if key else None,
    )


def can_merge(ask: Ask, into: Ask) -> bool:
    """Whether the first may go into the second, whoever asks: both open, of the same
    guests, each its own matter, and no read-back gets lost.
    """
    return _is_open_to(ask, into) and (
        ask.weight != Weight.EXACT or _says_the_same(ask, into)
    )


def _require_one_matter(ask: Ask, into: Ask) -> None:
    if not can_merge(ask, into) or ask.merged.exists():
        raise IllegalMove("cannot merge these two")


def _is_open_to(ask: Ask, into: Ask) -> bool:
    return (
        ask.pk != into.pk
        and ask.asked_by_id == into.asked_by_id
        and into.state in RUNNING
        and ask.state in RUNNING | {S.SAID}
        and ask.merged_into_id is None
        and into.merged_into_id is None
    )


def _says_the_same(ask: Ask, into: Ask) -> bool:
    return into.weight == Weight.EXACT and ask.details == into.details


def _lend_hour_and_urgency(ask: Ask, into: Ask) -> None:
    order = list(Ask.Urgency)
    both = Ask.Urgency(ask.urgency), Ask.Urgency(into.urgency)
    into.urgency = max(both, key=order.index)
    if ask.due_at and into.paused_until is None:
        into.due_at = min(filter(None, [ask.due_at, into.due_at]))
