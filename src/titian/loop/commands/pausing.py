"""A pause is an act with a name, a reason and an end; nothing else stops a clock."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.loop import saying
from titian.loop.commands.thread import (
    PAUSE_OVER,
    answer_timers,
    keep,
    locked,
    word_timer,
)
from titian.loop.models import Ask
from titian.loop.policy import is_team

LONGEST = 300


@transaction.atomic
def pause(
    ask_id: int,
    until: datetime,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Let the answer's clock stand until an hour, and say why; the guest hears it.

    The promised hour moves by as much; the words to the guest go on in their rhythm.
    Raises ``Forbidden`` unless the actor is of the owning team, ``IllegalMove`` if it
    is not in hand, paused already or late (what is late stays late), ``BadHour`` for
    an hour that has passed, ``Empty`` without a reason.
    """
    ask = locked(ask_id)
    if journal.replayed(key, "ask.paused", ask_id, actor=actor):
        return ask

    require(is_team(actor, ask), _("Only the team that owns the matter does this."))
    _require_running(ask, at)
    why = saying.some(reason)[:LONGEST]
    ask.pause(saying.hour_after(until, at), why, at=at)
    return keep(
        ask,
        "ask.paused",
        actor=actor,
        at=at,
        key=key,
        owe=[(PAUSE_OVER, until), *answer_timers(ask), *word_timer(ask, at)],
        sealed={"words": why},
    )


@transaction.atomic
def resume(ask_id: int, *, actor: Actor, at: datetime, key: UUID | None = None) -> Ask:
    """Let the clock go on before the pause is over; what was left does not count."""
    ask = locked(ask_id)
    if journal.replayed(key, "ask.resumed", ask_id, actor=actor):
        return ask

    require(is_team(actor, ask), _("Only the team that owns the matter does this."))
    if ask.paused_until is None or ask.merged_into_id is not None:
        raise IllegalMove("cannot resume what is not paused")
    ask.go_on(at=at)
    timers = answer_timers(ask)
    return keep(ask, "ask.resumed", actor=actor, at=at, key=key, owe=timers)


def _require_running(ask: Ask, at: datetime) -> None:
    is_late = ask.due_at is not None and ask.due_at <= at
    if ask.state != Ask.State.IN_HAND or ask.merged_into_id is not None or is_late:
        raise IllegalMove("cannot pause what is not in hand, or late")
    if ask.paused_until is not None:
        raise IllegalMove("cannot pause what is paused")
