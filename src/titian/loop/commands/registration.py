"""What the loop starts with, brought in by lists: routing rules and promises."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.registering import Batch, Row, link, merge, registers
from titian.loop.commands.promises import PROMISE_DUE
from titian.loop.models import Promise
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
def _register_promises(event: Event, rows: Sequence[Row]) -> Batch:
    return merge(
        event.promises.all(),
        [{**row, "event_id": event.pk} for row in rows],
        key=("event_id", "delegation_id", "direction", "words"),
    )[1]


@transaction.atomic
def register_promises(
    event_id: int,
    rows: Sequence[Row],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Batch:
    """Promises already given, ours and theirs; the same words to the same side once.

    The hour of each new one that is open is watched. Raises ``Forbidden`` unless a
    coordinator, or the house, brings them.
    """
    batch = _register_promises(event_id, rows, actor=actor, at=at, key=key)
    new = [pk for _label, ids in batch.made for pk in ids]
    for promise in Promise.objects.filter(pk__in=new, state=Promise.State.OPEN):
        journal.write(
            "promise.watched",
            promise,
            actor=actor,
            at=at,
            owe=[(PROMISE_DUE, promise.due_at)],
        )
    return batch
