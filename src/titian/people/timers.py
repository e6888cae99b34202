"""What falls due among people; each handler first looks whether it is still wanted."""

from uuid import uuid5

from titian.kernel.models import Consequence
from titian.people.commands import meeting
from titian.people.models import Assignment
from titian.people.queries.met import is_to_be_met, meeting_due_at


def meeting_due(owed: Consequence) -> None:
    """Officer and guests should have met by now; moved later, it is watched anew."""
    rows = Assignment.objects.select_related("officer", "delegation__event")
    watched = rows.get(pk=owed.entry.subject_id)
    due = meeting_due_at(watched)
    if due is None or not is_to_be_met(watched, owed.due_at):
        return
    if due > owed.due_at:
        key = uuid5(owed.key, due.isoformat())
        meeting.watch_the_meeting(watched.pk, at=owed.due_at, key=key)
    else:
        meeting.miss_the_meeting(watched.pk, at=owed.due_at, key=owed.key)
