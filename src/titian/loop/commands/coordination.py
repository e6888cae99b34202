"""What the morning meeting decides: a matter with one owner and an hour."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.policy import require
from titian.loop import routing, saying
from titian.loop.commands.thread import (
    answer_timers,
    keep,
    next_code,
    take_number,
    waiting_timers,
)
from titian.loop.models import Ask
from titian.people.commands.delegations import own_side
from titian.people.models import Delegation
from titian.people.policy import coordinates
from titian.people.queries import speaker


@transaction.atomic
def put_to(
    event_id: int,
    words: str,
    *,
    owner_id: int,
    due_at: datetime,
    delegation_id: int | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Give what was said at the meeting to one team by an hour: an ask of the house.

    ``delegation_id`` names whose complaint it was; the words are the coordinator's, so
    the house asks and closes. Raises ``Forbidden`` unless the actor coordinates,
    ``NoTeam``, ``BadHour``, ``Empty``.
    """
    event = take_number(event_id)
    if entry := journal.replayed(key, "ask.passed_on", None, actor=actor):
        return Ask.objects.get(pk=entry.subject_id)
    require(coordinates(actor, event), _("Only a coordinator does this."))
    asker = speaker(actor)
    whose = ""
    if delegation_id is not None:
        side = Delegation.objects.select_related("party")
        whose = side.get(pk=delegation_id, event=event).name
    said = saying.some(words)
    put = Ask(
        event=event,
        code=next_code(event.pk),
        asked_by=own_side(event, asker.party),
        said_by=asker,
        said_at=at,
        channel="meeting",
        words=said,
        title=said[:120],
        details={"who": whose} if whose else {},
        urgency=Ask.Urgency.SOON,
        due_at=saying.hour_after(due_at, at),
    )
    put.move("pass_on")
    put.pass_to(routing.inner_team(owner_id), at=at)
    put.save()
    return keep(
        put,
        "ask.passed_on",
        actor=actor,
        at=at,
        key=key,
        owe=[*waiting_timers(put, at), *answer_timers(put)],
        sealed={"title": put.title, "details": put.details},
    )
