"""What follows when a meeting ends: its officers are asked for a contact report."""

from django.utils.translation import gettext as _

from titian.kernel import telling
from titian.kernel.models import Consequence
from titian.reactions.people import coordinators, officers
from titian.reactions.telling import tell
from titian.reactions.wording import Said, noted
from titian.talks.commands import reports, texts
from titian.talks.models import Meeting, Report


def watch_the_new_end(owed: Consequence) -> None:
    """An item was moved: if it is a meeting, its report is asked at the new end."""
    for meeting in Meeting.objects.filter(activity=owed.entry.subject_id):
        reports.watch(meeting.pk, at=owed.entry.heard_at, key=owed.key)


def ask_for_the_report(owed: Consequence) -> None:
    """An item is over: if it is a meeting, its officers are asked now."""
    for meeting in Meeting.objects.filter(activity=owed.entry.subject_id):
        reports.ask_for(meeting.pk, at=owed.entry.heard_at)


def tell_the_officer(owed: Consequence) -> None:
    """A report is asked for, or is late: the side's officers hear until when."""
    report = _report(owed)
    if not report.is_written:
        said = _late if report.late_at else _asked
        tell(officers(report.side), lambda: said(report), owed, about=_about(report))


def tell_the_coordinator(owed: Consequence) -> None:
    """It is still not written: the coordinator hears whose it is."""
    report = _report(owed)
    if not report.is_written:
        people = coordinators(report.event)
        tell(people, lambda: _late(report), owed, about=_about(report))


def forget_words(owed: Consequence) -> None:
    """A person was erased: what she wrote of meetings and texts is emptied too."""
    person_id, at = owed.entry.subject_id, owed.entry.said_at
    reports.forget_words_of(person_id, at=at)
    texts.forget_notes_of(person_id, at=at)


def _report(owed: Consequence) -> Report:
    rows = Report.objects.select_related(
        "meeting__event",
        "meeting__activity",
        "meeting__party_a__party",
        "meeting__party_b__party",
        "side__party",
    )
    return rows.get(pk=owed.entry.subject_id)


def _asked(report: Report) -> Said:
    subject = _("Contact report on “%(meeting)s” by %(hour)s") % _named(report)
    return noted(subject, _("Write it on your phone or on the page of the meeting."))


def _late(report: Report) -> Said:
    subject = _("%(side)s: the contact report on “%(meeting)s” is late") % _named(
        report
    )
    return noted(subject, _("It was due at %(hour)s.") % _named(report))


def _named(report: Report) -> dict[str, object]:
    assert report.due_at is not None
    return {
        "side": report.side.name,
        "meeting": report.meeting.activity.title,
        "hour": telling.hour(report.event, report.due_at),
    }


def _about(report: Report) -> str:
    return f"{report._meta.label_lower}:{report.pk}"
