"""What the owning team does: the moves of an ask on the side that answers."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.loop import routing, saying
from titian.loop.clocks import RUNNING
from titian.loop.commands.thread import (
    answer_timers,
    close_timer,
    confirm_timer,
    keep,
    locked,
    make_move,
    require_side,
    waiting_timers,
    word_timer,
)
from titian.loop.models import Ask
from titian.loop.models.topic import Weight
from titian.loop.policy import is_team


@transaction.atomic
def hear(ask_id: int, *, actor: Actor, at: datetime, key: UUID | None = None) -> Ask:
    """The owning team has opened it; looking again changes nothing.

    Raises ``Forbidden`` unless the actor is of the owning team.
    """
    ask = locked(ask_id)
    if journal.replayed(key, "ask.heard", ask_id, actor=actor):
        return ask

    require(is_team(actor, ask), _("Only the owning team hears it."))
    if ask.state != Ask.State.PASSED or ask.opened_at is not None:
        return ask
    if ask.merged_into_id is not None:
        return ask
    ask.opened_at = at
    return keep(ask, "ask.heard", actor=actor, at=at, key=key)


@transaction.atomic
def accept(ask_id: int, *, actor: Actor, at: datetime, key: UUID | None = None) -> Ask:
    """Take the words as they stand: for a routine ask, that is the read-back.

    ``at`` is when it was said, in the event's time: the phone may have been offline
    since. A retry with the same ``key`` changes nothing. Raises ``Forbidden`` unless
    the actor is of the owning team, ``IllegalMove`` if it is exact or has moved on.
    """
    ask = locked(ask_id)
    if journal.replayed(key, "ask.accepted", ask_id, actor=actor):
        return ask

    make_move("accept", ask, actor)
    ask.opened_at = ask.opened_at or at
    ask.in_hand_at, ask.holder_id = at, actor.person_id
    timers = word_timer(ask, at)
    return keep(ask, "ask.accepted", actor=actor, at=at, key=key, owe=timers)


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
    ask = locked(ask_id)
    if journal.replayed(key, "ask.restated", ask_id, actor=actor):
        return ask

    require_side("restate", ask, actor)
    ask.restate(saying.fields(heard_as))
    ask.opened_at = ask.opened_at or at
    ask.restated_at, ask.restated_by_id = at, actor.person_id
    ask.holder_id = actor.person_id
    return keep(
        ask,
        "ask.restated",
        actor=actor,
        at=at,
        key=key,
        owe=[*confirm_timer(ask, at), *word_timer(ask, at)],
        sealed={"heard_as": ask.heard_as},
    )


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
    """Give the ask to the team that should have had it, and say why.

    The hour promised to the guest stays as it was. Raises ``NoTeam`` unless it is
    another of our teams, ``Empty`` without a reason.
    """
    ask = locked(ask_id)
    if journal.replayed(key, "ask.bounced", ask_id, actor=actor):
        return ask

    make_move("bounce", ask, actor)
    if team_id == ask.owner_id:
        raise routing.NoTeam(_("Choose the team that should have it."))
    promised = ask.due_at
    ask.pass_to(routing.inner_team(team_id), at=at)
    moved = answer_timers(ask) if ask.due_at != promised else []
    return keep(
        ask,
        "ask.bounced",
        actor=actor,
        at=at,
        key=key,
        owe=[*waiting_timers(ask, at), *moved],
        sealed={"reason": saying.some(reason)},
    )


@transaction.atomic
def make_exact(
    ask_id: int,
    details: Mapping[str, str],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Raise the class: every field of it must now be said back. Nobody lowers it.

    The team that has it hears it anew. Raises ``Forbidden`` unless the actor is the
    officer or of the owning team, ``LeftOut`` without a field, ``IllegalMove`` if it
    is exact already or has moved on.
    """
    ask = locked(ask_id)
    if journal.replayed(key, "ask.made_exact", ask_id, actor=actor):
        return ask

    make_move("make_exact", ask, actor)
    promised = ask.due_at
    ask.read_as({**ask.details, **saying.fields(details)}, Weight.EXACT)
    ask.pass_to(ask.owner, at=at)
    moved = answer_timers(ask) if ask.due_at != promised else []
    return keep(
        ask,
        "ask.made_exact",
        actor=actor,
        at=at,
        key=key,
        owe=[*waiting_timers(ask, at), *moved],
        sealed={"details": ask.details},
    )


@transaction.atomic
def tell(
    ask_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Let the asking side know how it stands, before there is an answer.

    Raises ``Forbidden`` unless the actor is of the owning team, ``IllegalMove`` if it
    is answered or over, ``Empty`` without words.
    """
    ask = locked(ask_id)
    if journal.replayed(key, "ask.told", ask_id, actor=actor):
        return ask

    require(is_team(actor, ask), _("Only the team that owns the matter does this."))
    if ask.state not in RUNNING or ask.merged_into_id is not None:
        raise IllegalMove(f"cannot tell of what is {ask.state}, or merged")
    return keep(
        ask,
        "ask.told",
        actor=actor,
        at=at,
        key=key,
        owe=word_timer(ask, at),
        sealed={"words": saying.some(words)},
    )


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
    ask = locked(ask_id)
    if journal.replayed(key, "ask.answered", ask_id, actor=actor):
        return ask

    make_move("answer", ask, actor)
    ask.answer_words = saying.some(words)
    ask.answered_at, ask.answered_by_id = at, actor.person_id
    ask.go_on(at=at)
    return keep(
        ask,
        "ask.answered",
        actor=actor,
        at=at,
        key=key,
        owe=close_timer(at),
        sealed={"words": ask.answer_words},
    )
