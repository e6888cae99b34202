"""The programme as it was printed, brought in by a list."""

from collections.abc import Sequence

from titian.kernel.models import Event
from titian.kernel.registering import Batch, Row, link, merge, registers
from titian.people.models import Delegation


@registers("programme.registered")
def register_activities(event: Event, rows: Sequence[Row]) -> Batch:
    """Items of the rundown, one for each code; ``delegations`` are ids of who comes.

    Only what is planned is brought in: expected and actual times are acts.
    """
    activities, batch = merge(
        event.activities.all(),
        [
            {
                "event_id": event.pk,
                **{name: value for name, value in row.items() if name != "delegations"},
            }
            for row in rows
        ],
        key=("event_id", "code"),
    )
    known = Delegation.objects.filter(event=event).in_bulk()
    invited = {
        activity: [known[pk] for pk in row.get("delegations", ())]
        for activity, row in zip(activities, rows, strict=True)
    }
    link("delegations", invited, batch)
    return batch
