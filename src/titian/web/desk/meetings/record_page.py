"""What the page of a meeting shows of its record besides agenda and minutes."""

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.machine import Machine
from titian.talks.models import Meeting
from titian.talks.models.report import Handout, Report
from titian.talks.policy import keeps_the_record, may_bring, may_report, side_of
from titian.web.desk.speakers import speakers_for


def record_of(actor: Actor, meeting: Meeting) -> dict[str, object]:
    """Decisions, papers, reports and differing views that the actor may read."""
    at = clock.time_at(meeting.event)
    seen = Report.objects.visible_to(actor).filter(meeting=meeting)
    rows = list(seen.select_related("side__party", "written_by"))
    for row in rows:
        row.meeting = meeting
    keeps = keeps_the_record(actor, meeting)
    papers = Handout.objects.visible_to(actor).filter(meeting=meeting)
    return {
        "decisions": list(meeting.decisions.select_related("owner__party")),
        "handouts": [
            (one, one.is_late(at), may_bring(actor, one))
            for one in papers.select_related("owed_by__party", "meeting")
        ],
        "views": [one for one in rows if one.kind == Report.Kind.VIEW],
        "reports": [
            (one, may_report(actor, one), _is_late(one, meeting))
            for one in rows
            if one.kind == Report.Kind.CONTACT
        ],
        "may_decide": keeps and _has(meeting.machine, meeting.state, "minute"),
        "may_ask_paper": keeps and meeting.state != Meeting.State.CANCELLED,
        "may_differ": _has(meeting.machine, meeting.state, "approve")
        and side_of(actor, meeting) is not None,
        "differing": speakers_for(actor, meeting.sides)
        if _has(meeting.machine, meeting.state, "approve")
        else [],
    }


def _has(machine: Machine, state: str, name: str) -> bool:
    return name in {move.name for move in machine.moves_from(state)}


def _is_late(report: Report, meeting: Meeting) -> bool:
    now = clock.time_at(meeting.event)
    return not report.is_written and report.due_at is not None and report.due_at < now
