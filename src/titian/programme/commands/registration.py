"""The programme as it was printed, and its seating plans, brought in by lists."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.registering import (
    Batch,
    Row,
    link,
    merge,
    registers,
    require_registrar,
)
from titian.people.models import Delegation
from titian.programme.commands.seating import SeatTaken, record
from titian.programme.models import Placing
from titian.programme.models.seating import same_words


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


@transaction.atomic
def register_placings(
    event_id: int,
    rows: Sequence[Row],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Batch:
    """A seating plan: one seat for each item, delegation and person of it.

    Each seat that becomes another is entered as changed by hand would be, so that
    whom it touches hears of it. Raises ``Forbidden`` unless a coordinator, or the
    house, brings it; ``SeatTaken`` if two would sit on one seat.
    """
    if journal.replayed(key, "placings.registered", event_id, actor=actor):
        return Batch()

    event = Event.objects.get(pk=event_id)
    require_registrar(actor, event)
    items = {row["activity_id"] for row in rows}
    locked = event.activities.select_for_update().filter(pk__in=items)
    items = {item.pk for item in locked.order_by("pk")}
    there = Placing.objects.filter(activity__in=items)
    names = ("activity_id", "delegation_id", "member_id")
    _placings, batch = merge(there, rows, key=names)
    _require_one_each(items)
    _record_changes(batch, actor=actor, at=at)
    journal.write(
        "placings.registered",
        event,
        actor=actor,
        at=at,
        key=key,
        topics=[f"programme:{event.pk}", f"event:{event.pk}"],
        made=batch.made_count,
        changed=len(batch.changed),
    )
    return batch


def _require_one_each(items: Iterable[int]) -> None:
    """Every other way was looked at row by row: this is for two lists at one moment."""
    given = Placing.objects.given().filter(activity__in=items)
    seats = [
        (item, same_words(seat)) for item, seat in given.values_list("activity", "seat")
    ]
    if len(seats) != len(set(seats)):
        raise SeatTaken(_("Two of this list would sit on one seat. Read it again."))


def _record_changes(batch: Batch, *, actor: Actor, at: datetime) -> None:
    changed = [one.id for one in batch.changed]
    rows = Placing.objects.filter(pk__in=changed).order_by("pk")
    for placing in rows.select_related("activity__event", "delegation__party"):
        record("changed", placing, actor=actor, at=at, key=None)
