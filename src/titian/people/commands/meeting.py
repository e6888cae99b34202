"""That officer and guests meet in time: asked for, watched, said when it was missed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from titian.kernel import journal
from titian.kernel.actor import HOUSE
from titian.people.models import Assignment, Seat
from titian.people.queries import LEAD, LEADER, Roster
from titian.people.queries.met import is_to_be_met, meeting_due_at

MEETING_DUE = "titian.people.timers.meeting_due"


@transaction.atomic
def watch_the_meeting(assignment_id: int, *, at: datetime, key: UUID) -> bool:
    """Set the hour by which they must have met; whether there is anything to watch."""
    watched = _row(assignment_id)
    if journal.replayed(key, "officer.meeting_watched", assignment_id, actor=HOUSE):
        return True
    due = meeting_due_at(watched)
    if due is None or not is_to_be_met(watched, at):
        return False
    journal.write(
        "officer.meeting_watched",
        watched,
        actor=HOUSE,
        at=at,
        key=key,
        owe=[(MEETING_DUE, max(due, at))],
        topics=(),
        officer=watched.officer_id,
        due_at=due.isoformat(),
    )
    return True


@transaction.atomic
def miss_the_meeting(assignment_id: int, *, at: datetime, key: UUID) -> None:
    """Twelve hours are left and they have not met: the leader and the house hear it.

    Said once an assignment; who is called is the roster's of that minute.
    """
    missed = _row(assignment_id)
    if journal.replayed(key, "officer.not_met", assignment_id, actor=HOUSE):
        return
    if missed.meeting_missed_at is not None:
        return
    missed.meeting_missed_at = at
    missed.save(update_fields=["meeting_missed_at"])
    above = [
        one.person.pk
        for one in Roster(missed.delegation).at(at)
        if one.role in {LEADER, LEAD}
    ]
    over = Seat.objects.filter(event=missed.event, role=Seat.Role.COORDINATOR)
    journal.write(
        "officer.not_met",
        missed,
        actor=HOUSE,
        at=at,
        key=key,
        officer=missed.officer_id,
        called=list(dict.fromkeys([*above, *over.values_list("person", flat=True)])),
    )


def _row(assignment_id: int) -> Assignment:
    rows = Assignment.objects.select_related("officer__person", "delegation__event")
    return rows.select_for_update(of=("self",)).get(pk=assignment_id)
