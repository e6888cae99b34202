"""Contact reports: asked of the officer when a meeting ends, and missed when late."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal, sealing
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.models import Entry, Event
from titian.kernel.policy import Forbidden, require
from titian.people.policy import present_assignments
from titian.people.queries import speaker
from titian.talks.models import Meeting, Report, said
from titian.talks.models.report import REPORT_AT_MOST
from titian.talks.policy import may_report, side_of

WITHIN = timedelta(hours=1)
"""How soon after a meeting its report is written."""
GRACE = timedelta(minutes=15)
"""How long the officer alone knows that it is late; then the coordinator hears."""
OVER = "titian.talks.timers.meeting_over"
REPORT_DUE = "titian.talks.timers.report_due"
STILL_UNWRITTEN = "titian.talks.timers.report_still_unwritten"


@transaction.atomic
def watch(
    meeting_id: int, *, actor: Actor = HOUSE, at: datetime, key: UUID | None = None
) -> None:
    """Set a timer for the end of a meeting to come, as its hour stands now."""
    if journal.replayed(key, "meeting.watched", meeting_id, actor=actor):
        return

    meeting = _meeting(meeting_id)
    if meeting.state == Meeting.State.PLANNED and meeting.activity.ends >= at:
        owed = [(OVER, meeting.activity.ends)]
        journal.write(
            "meeting.watched",
            meeting,
            actor=actor,
            at=at,
            key=key,
            owe=owed,
            topics=(),
        )


@transaction.atomic
def watch_all(event_id: int, *, actor: Actor, at: datetime) -> None:
    """Set one timer for each end of the event's meetings to come, if it is an hour."""
    event = Event.objects.get(pk=event_id)
    planned = event.meetings.filter(state=Meeting.State.PLANNED)
    hours = [one.activity for one in planned.select_related("activity")]
    ends = {hour.ends for hour in hours if not hour.is_dated_only}
    if owed := [(OVER, end) for end in sorted(ends) if end >= at]:
        journal.write(
            "event.meetings_watched", event, actor=actor, at=at, owe=owed, topics=()
        )


def ending_at(entry: Entry, end: datetime) -> list[int]:
    """The meetings this timer was set for that end then, as their hours stand now."""
    rows = Meeting.objects.select_related("activity").order_by("pk")
    if entry.subject_kind == Event._meta.label_lower:
        day = timedelta(days=1)
        rows = rows.filter(
            event=entry.subject_id, activity__starts_at__range=(end - day, end + day)
        )
    else:
        rows = rows.filter(pk=entry.subject_id)
    known = [one for one in rows if not one.activity.is_dated_only]
    return [one.pk for one in known if one.activity.ends == end]


@transaction.atomic
def ask_for(meeting_id: int, *, at: datetime) -> list[Report]:
    """Ask the officer of each side for a contact report within the hour.

    A side without an officer is asked nothing; asked once, a side is not asked again,
    and of a meeting called off nothing is asked.
    """
    meeting = _meeting(meeting_id)
    if meeting.state == Meeting.State.CANCELLED:
        return []
    asked = []
    for side in meeting.sides:
        if not present_assignments(side).exists():
            continue
        report, is_new = Report.objects.get_or_create(
            meeting=meeting,
            side=side,
            kind=Report.Kind.CONTACT,
            defaults={"due_at": at + WITHIN},
        )
        if is_new:
            owed = [(REPORT_DUE, at + WITHIN)]
            journal.write("report.asked", report, actor=HOUSE, at=at, owe=owed)
            asked.append(report)
    return asked


@transaction.atomic
def write(
    report_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Report:
    """Write the report of one's side; a better text replaces it.

    Raises ``Forbidden`` unless the actor is the side's officer on her own word, or
    protocol; ``Wordless`` without words.
    """
    if journal.replayed(key, "report.written", report_id, actor=actor):
        return _report(report_id)

    Report.objects.select_for_update().get(pk=report_id)
    report = _report(report_id)
    require(
        report.kind == Report.Kind.CONTACT and may_report(actor, report),
        _("Only the LO of this side writes its contact report."),
    )
    report.write(said(words, at_most=REPORT_AT_MOST), by=speaker(actor), at=at)
    return _keep("report.written", report, actor=actor, at=at, key=key)


@transaction.atomic
def differ(
    meeting_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Report:
    """Say for one's side what it remembers otherwise than the minutes say.

    What the side had agreed to is taken back. Raises ``Forbidden`` for who does not
    speak for a side, ``IllegalMove`` without minutes or once both have agreed.
    """
    if entry := journal.replayed(key, "report.differed", None, actor=actor):
        return _report(entry.subject_id)

    Meeting.objects.select_for_update().get(pk=meeting_id)
    meeting = _meeting(meeting_id)
    side = side_of(actor, meeting)
    if side is None:
        raise Forbidden(_("Only a guest of one of the two sides says so."))
    meeting.take_back(side)
    meeting.save()
    report, _new = Report.objects.get_or_create(
        meeting=meeting, side=side, kind=Report.Kind.VIEW
    )
    report.write(said(words, at_most=REPORT_AT_MOST), by=speaker(actor), at=at)
    return _keep("report.differed", report, actor=actor, at=at, key=key)


@transaction.atomic
def mark_late(report_id: int, *, at: datetime, key: UUID) -> None:
    """Enter that a report is not there within its hour: its officer hears it."""
    report = _report(report_id)
    if report.is_written or report.late_at is not None:
        return
    report.late_at = at
    report.save()
    owed = [(STILL_UNWRITTEN, at + GRACE)]
    journal.write("report.late", report, actor=HOUSE, at=at, key=key, owe=owed)


@transaction.atomic
def escalate(report_id: int, *, at: datetime, key: UUID) -> None:
    """Enter that it is still not there: the coordinator hears it too."""
    report = _report(report_id)
    is_told = journal.replayed(key, "report.escalated", report_id, actor=HOUSE)
    if not report.is_written and not is_told:
        journal.write("report.escalated", report, actor=HOUSE, at=at, key=key)


@transaction.atomic
def forget_words_of(person_id: int, *, at: datetime) -> None:
    """Empty what an erased person wrote of meetings; that she wrote it stays.

    A second time nothing is left to empty.
    """
    for report in Report.objects.filter(written_by=person_id).exclude(words=""):
        report.words = ""
        report.save(update_fields=["words"])
        journal.write("report.words_forgotten", report, actor=HOUSE, at=at)


def _keep(
    verb: str, report: Report, *, actor: Actor, at: datetime, key: UUID | None
) -> Report:
    words = report.words
    if report.written_by_id and sealing.is_destroyed(report.written_by_id):
        report.words = ""  # said before, heard after the erasure
    report.save()
    journal.write(
        verb,
        report,
        actor=actor,
        at=at,
        key=key,
        about=report.written_by_id,
        sealed={"words": words},
        meeting=report.meeting_id,
    )
    return report


def _meeting(meeting_id: int) -> Meeting:
    rows = Meeting.objects.select_related(
        "event", "activity", "party_a__party", "party_b__party"
    )
    return rows.get(pk=meeting_id)


def _report(report_id: int) -> Report:
    rows = Report.objects.select_related(
        "meeting__event",
        "meeting__activity",
        "meeting__party_a__party",
        "meeting__party_b__party",
        "side__party",
    )
    return rows.get(pk=report_id)
