"""A matter that is another team's whoever has it: it goes there, or back again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.loop import routing, saying
from titian.loop.clocks import answer_time
from titian.loop.commands.thread import (
    answer_timers,
    keep,
    locked,
    waiting_timers,
    word_timer,
)
from titian.loop.models import Ask


@transaction.atomic
def divert(
    ask_id: int,
    team_id: int,
    *,
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Give the ask to the team, which has neither heard nor said back anything yet.

    Who may is the caller's to decide. The hour promised to the guest stays; where none
    was promised, one is. Raises ``NoTeam`` for no team of ours, ``IllegalMove`` if it
    is answered or over.
    """
    ask = locked(ask_id)
    if journal.replayed(key, "ask.diverted", ask_id, actor=actor):
        return ask

    ask.move("divert")
    was_said, promised = ask.owner_id is None, ask.due_at
    ask.pass_to(routing.inner_team(team_id), at=at)
    if ask.due_at is None:
        ask.due_at = at + answer_time(ask.topic, ask.urgency)
    timers = waiting_timers(ask, at)
    timers += answer_timers(ask) if ask.due_at != promised else []
    timers += word_timer(ask, at) if was_said else []
    sealed = {"reason": saying.at_most(reason)}
    return keep(
        ask, "ask.diverted", actor=actor, at=at, key=key, owe=timers, sealed=sealed
    )


@transaction.atomic
def give_back(
    ask_id: int,
    *,
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Let the officer have it again, who has not passed it on.

    Who may is the caller's to decide. Raises ``IllegalMove`` if it was answered.
    """
    ask = locked(ask_id)
    if journal.replayed(key, "ask.given_back", ask_id, actor=actor):
        return ask

    ask.move("give_back")
    ask.pass_to(None, at=at)
    ask.passed_at = None
    sealed = {"reason": saying.at_most(reason)}
    return keep(ask, "ask.given_back", actor=actor, at=at, key=key, sealed=sealed)
