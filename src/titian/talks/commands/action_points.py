"""What a meeting decided somebody will do: an ask, so that it is heard and closed."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.loop.commands.asks import ask, pass_on
from titian.people.models import Delegation
from titian.people.policy import brings_word_of
from titian.talks.models import ActionPoint, Meeting


@transaction.atomic
def act_on(
    meeting_id: int,
    words: str,
    delegation_id: int,
    *,
    topic_id: int | None = None,
    team_id: int | None = None,
    title: str = "",
    details: Mapping[str, str] | None = None,
    due_at: datetime | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> ActionPoint:
    """Write an action point down as an ask of one side, and pass it on at once.

    The side's officer does it on the word of one of its guests, who alone will say
    that it is done. Raises ``Forbidden`` for anybody else, ``Delegation.DoesNotExist``
    for one that did not sit there, ``IllegalMove`` of a meeting called off, and what
    ``ask`` and ``pass_on`` raise.
    """
    if done := journal.replayed(key, "meeting.acted_on", meeting_id, actor=actor):
        return ActionPoint.objects.get(pk=done.facts["action_point"])

    meeting, side = _sat_at(meeting_id, delegation_id)
    require(
        brings_word_of(actor, side),
        _("Only the side's LO writes an action point, on the word of its guest."),
    )
    if meeting.state == Meeting.State.CANCELLED:
        raise IllegalMove(f"cannot act on what is {meeting.state}")
    told = ask(
        side.pk, words, channel="meeting", actor=actor, at=at, key=_part(key, "ask")
    )
    passed = pass_on(
        told.pk,
        topic_id=topic_id,
        team_id=team_id,
        title=title,
        details=details,
        due_at=due_at,
        actor=actor,
        at=at,
        key=_part(key, "passing on"),
    )
    point = ActionPoint.objects.create(meeting=meeting, ask=passed)
    journal.write(
        "meeting.acted_on",
        meeting,
        actor=actor,
        at=at,
        key=key,
        action_point=point.pk,
        ask=passed.pk,
    )
    return point


def _sat_at(meeting_id: int, delegation_id: int) -> tuple[Meeting, Delegation]:
    """The meeting, and the one of its sides whose action point it is."""
    meetings = Meeting.objects.select_related(
        "event", "party_a__party", "party_b__party"
    )
    meeting = meetings.get(pk=meeting_id)
    side = next((side for side in meeting.sides if side.pk == delegation_id), None)
    if side is None:
        raise Delegation.DoesNotExist
    return meeting, side


def _part(key: UUID | None, what: str) -> UUID | None:
    """The retry key of one part of the act."""
    return uuid5(key, what) if key else None
