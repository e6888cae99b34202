"""What falls due in talks. Each handler first looks whether it is still wanted."""

from uuid import uuid5

from titian.kernel.models import Consequence
from titian.talks.commands import hours, keeping, offers, reports
from titian.talks.models import Agreement, Bilateral, Deliverable, Issue, Offer
from titian.talks.models.agreement import DeliverableQuerySet
from titian.talks.models.report import Report


def line_due(owed: Consequence) -> None:
    """The hour of a line has come: what is still unmet is entered as overdue.

    Owed by an entry of the line itself or of its whole agreement; a line whose hour
    was moved has a timer of its own.
    """
    for line in _lines(owed).unmet().filter(due_at=owed.due_at):
        key = uuid5(owed.key, str(line.pk))
        keeping.mark_overdue(line.pk, at=owed.due_at, key=key)


def line_still_unmet(owed: Consequence) -> None:
    """Overdue for a while and still unmet: it goes one step up."""
    for line in _lines(owed).unmet().filter(due_at__lt=owed.due_at):
        keeping.escalate(line.pk, at=owed.due_at, key=owed.key)


def _lines(owed: Consequence) -> DeliverableQuerySet:
    entry = owed.entry
    if entry.subject_kind == Agreement._meta.label_lower:
        return Deliverable.objects.filter(agreement=entry.subject_id)
    return Deliverable.objects.filter(pk=entry.subject_id)


def meeting_over(owed: Consequence) -> None:
    """A meeting ends: a contact report is asked for, if this is its end still."""
    for meeting_id in reports.ending_at(owed.entry, owed.due_at):
        reports.ask_for(meeting_id, at=owed.due_at)


def report_due(owed: Consequence) -> None:
    """The hour for a contact report has passed: unwritten, it is late."""
    if Report.objects.filter(pk=owed.entry.subject_id).exists():
        reports.mark_late(owed.entry.subject_id, at=owed.due_at, key=owed.key)


def report_still_unwritten(owed: Consequence) -> None:
    """Late for a while and still not written: it goes one step up."""
    reports.escalate(owed.entry.subject_id, at=owed.due_at, key=owed.key)


def offer_lapses(owed: Consequence) -> None:
    """The last hour of an offer has come: unanswered, it lapses."""
    offer = Offer.objects.filter(pk=owed.entry.subject_id).first()
    if offer is not None and offer.expires_at == owed.due_at:
        offers.lapse(offer.pk, at=owed.due_at, key=owed.key)


def issues_stuck(owed: Consequence) -> None:
    """So long ago something moved at a talk: the topics that lie still are named."""
    entry = owed.entry
    talk_id = entry.subject_id
    if entry.subject_kind == Offer._meta.label_lower:
        talk_id = Offer.objects.values_list("talk", flat=True).get(pk=talk_id)
    rows = Issue.objects.filter(talk=talk_id, stuck_at=None)
    for issue in rows.exclude(state=Issue.State.AGREED).order_by("order"):
        key = uuid5(owed.key, str(issue.pk))
        offers.mark_stuck(issue.pk, at=owed.due_at, key=key)


def bilateral_asks_again(owed: Consequence) -> None:
    """Two hours before a bilateral: both sides are asked again, if that is its hour."""
    bilateral = _bilateral(owed)
    if bilateral.is_to_come and bilateral.asks_again_at == owed.due_at:
        hours.ask_again(bilateral.pk, at=owed.due_at, key=owed.key)


def bilateral_unconfirmed(owed: Consequence) -> None:
    """A side has not said that it comes: the hour is released for others."""
    bilateral = _bilateral(owed)
    if bilateral.is_to_come and bilateral.confirm_by == owed.due_at:
        hours.release(bilateral.pk, at=owed.due_at, key=owed.key)


def _bilateral(owed: Consequence) -> Bilateral:
    rows = Bilateral.objects.select_related("meeting__activity")
    return rows.get(pk=owed.entry.subject_id)
