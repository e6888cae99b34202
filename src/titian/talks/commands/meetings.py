"""A meeting from its call to the text both sides agree on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.policy import Forbidden, require
from titian.people.models import Delegation
from titian.people.queries import speaker
from titian.programme.commands.activities import Plan, cancel, require_near, schedule
from titian.talks.commands import reports
from titian.talks.models import AgendaItem, Meeting, Wordless, said
from titian.talks.models.report import Report
from titian.talks.policy import keeps_the_record, side_of

POINTS_AT_MOST = 40


class OneSide(ValueError):
    """A delegation does not meet itself."""


@transaction.atomic
def call(
    party_a_id: int,
    party_b_id: int,
    plan: Plan,
    *,
    agenda: Sequence[str] = (),
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Meeting:
    """Bring two delegations to one table: an hour on the rundown, and an agenda.

    ``plan`` says when, where and under which title; who comes are the two sides.
    Raises as ``schedule`` does, so only who keeps the rundown may call;
    ``Delegation.DoesNotExist`` if the two are not of one event, ``OneSide`` if they
    are the same.
    """
    if entry := journal.replayed(key, "meeting.called", None, actor=actor):
        return Meeting.objects.get(pk=entry.subject_id)

    if party_a_id == party_b_id:
        raise OneSide
    one = Delegation.objects.select_related("event").get(pk=party_a_id)
    other = Delegation.objects.get(pk=party_b_id, event=one.event)
    hour = schedule(
        one.event_id,
        replace(plan, kind="meeting", delegation_ids=(one.pk, other.pk)),
        actor=actor,
        at=at,
        key=uuid5(key, "hour") if key else None,
    )
    meeting = Meeting.objects.create(
        event=one.event, activity=hour, party_a=one, party_b=other, basis=plan.basis
    )
    _write_agenda(meeting, agenda)
    journal.write(
        "meeting.called",
        meeting,
        actor=actor,
        at=at,
        key=key,
        owe=[(reports.OVER, hour.ends)],
        activity=hour.pk,
    )
    return meeting


@transaction.atomic
def set_agenda(
    meeting_id: int,
    points: Sequence[str],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Meeting:
    """Write the agenda anew, point by point; blank points are left out.

    Raises ``Forbidden`` unless the actor keeps the meeting's record, ``IllegalMove``
    once it is held, ``Wordless`` if a point, or the number of points, is too long.
    """
    if journal.replayed(key, "meeting.agenda_set", meeting_id, actor=actor):
        return _meeting(meeting_id)

    meeting = _for_record(meeting_id, actor=actor)
    meeting.machine.after(meeting.state, "hold")  # an agenda is for what is to come
    count = _write_agenda(meeting, points)
    journal.write(
        "meeting.agenda_set", meeting, actor=actor, at=at, key=key, points=count
    )
    return meeting


@transaction.atomic
def hold(
    meeting_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Meeting:
    """Say that it took place; the text follows.

    Raises ``BadHours`` for a meeting that is still hours away.
    """
    if journal.replayed(key, "meeting.held", meeting_id, actor=actor):
        return _meeting(meeting_id)

    meeting = _for_record(meeting_id, actor=actor)
    meeting.move("hold")
    require_near(meeting.event, meeting.activity.begins, at)
    meeting.save()
    journal.write("meeting.held", meeting, actor=actor, at=at, key=key)
    reports.ask_for(meeting.pk, at=at)
    return meeting


@transaction.atomic
def minute(
    meeting_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Meeting:
    """Write the minutes; a new text has to be agreed to anew by both sides.

    Raises ``Forbidden`` unless the actor keeps the meeting's record, ``IllegalMove``
    once both have agreed, ``Wordless`` without a text.
    """
    if journal.replayed(key, "meeting.minuted", meeting_id, actor=actor):
        return _meeting(meeting_id)

    meeting = _for_record(meeting_id, actor=actor)
    writer = speaker(actor)
    meeting.minute(words, by=writer, at=at)
    meeting.save()
    _views_of(meeting).delete()  # they differed from the text that was
    reports.ask_for(meeting.pk, at=at)  # to write is to say that it was held
    journal.write(
        "meeting.minuted",
        meeting,
        actor=actor,
        at=at,
        key=key,
        about=writer.pk,
        sealed={"words": meeting.minutes},
    )
    return meeting


@transaction.atomic
def approve(
    meeting_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Meeting:
    """Agree to the text for one's side; agreed by both, it stands.

    A guest of the side agrees, or its officer on the guest's word. Raises
    ``Forbidden`` for anybody else, ``IllegalMove`` without a text or if the side has
    agreed already.
    """
    if journal.replayed(key, "meeting.text_agreed", meeting_id, actor=actor):
        return _meeting(meeting_id)

    meeting = _locked(meeting_id)
    side = side_of(actor, meeting)
    if side is None:
        raise Forbidden(_("Only a guest of one of the two sides agrees to the text."))
    meeting.approve(side, at=at)
    meeting.save()
    _views_of(meeting).filter(side=side).delete()
    journal.write(
        "meeting.text_agreed",
        meeting,
        actor=actor,
        at=at,
        key=key,
        side=side.pk,
        state=meeting.state,
    )
    return meeting


@transaction.atomic
def call_off(
    meeting_id: int,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Meeting:
    """Take a meeting off the rundown, where it stays to be seen, and say why.

    Raises as ``cancel`` does, so only who keeps the rundown may; ``IllegalMove`` once
    it is held.
    """
    if journal.replayed(key, "meeting.called_off", meeting_id, actor=actor):
        return _meeting(meeting_id)

    meeting = _locked(meeting_id)
    meeting.move("call_off")
    cancel(
        meeting.activity_id,
        reason=reason,
        actor=actor,
        at=at,
        key=uuid5(key, "hour") if key else None,
    )
    meeting.save()
    journal.write("meeting.called_off", meeting, actor=actor, at=at, key=key)
    return meeting


def _views_of(meeting: Meeting) -> QuerySet[Report]:
    """What either side remembers otherwise than the text says."""
    return Report.objects.filter(meeting=meeting, kind=Report.Kind.VIEW)


def _meeting(meeting_id: int) -> Meeting:
    rows = Meeting.objects.select_related(
        "event", "activity", "party_a__party", "party_b__party"
    )
    return rows.get(pk=meeting_id)


def _locked(meeting_id: int) -> Meeting:
    Meeting.objects.select_for_update().get(pk=meeting_id)
    return _meeting(meeting_id)


def _for_record(meeting_id: int, *, actor: Actor) -> Meeting:
    """The meeting, locked, for somebody who keeps its record."""
    meeting = _locked(meeting_id)
    require(
        keeps_the_record(actor, meeting),
        _("Only an officer of either side, protocol or a coordinator writes here."),
    )
    return meeting


def _write_agenda(meeting: Meeting, points: Sequence[str]) -> int:
    kept = [said(point, at_most=300) for point in points if point.strip()]
    if len(kept) > POINTS_AT_MOST:
        raise Wordless("too long")
    meeting.agenda.all().delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, order=order, words_en=point)
        for order, point in enumerate(kept, start=1)
    )
    return len(kept)
