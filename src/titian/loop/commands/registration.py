"""What the loop starts with, brought in by lists: routing rules and promises."""

from collections.abc import Sequence

from titian.kernel.models import Event
from titian.kernel.registering import Batch, Row, link, merge, registers
from titian.people.models import Party


@registers("topics.registered")
def register_topics(event: Event, rows: Sequence[Row]) -> Batch:
    """Routing rules, one for each code; ``informed`` are the codes of other teams."""
    topics, batch = merge(
        event.ask_topics.all(),
        [
            {
                "event_id": event.pk,
                **{name: value for name, value in row.items() if name != "informed"},
            }
            for row in rows
        ],
        key=("event_id", "code"),
    )
    teams = Party.objects.in_bulk(
        {code for row in rows for code in row.get("informed", ())}, field_name="code"
    )
    informed = {
        topic: [teams[code] for code in row.get("informed", ())]
        for topic, row in zip(topics, rows, strict=True)
    }
    link("informed", informed, batch)
    return batch


@registers("promises.registered")
def register_promises(event: Event, rows: Sequence[Row]) -> Batch:
    """Promises already given, ours and theirs; the same words to the same side once."""
    return merge(
        event.promises.all(),
        [{**row, "event_id": event.pk} for row in rows],
        key=("delegation_id", "direction", "words"),
    )[1]
