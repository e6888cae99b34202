"""How delegations come, sleep and are driven, brought in by lists."""

from collections.abc import Mapping, Sequence
from typing import Any

from titian.kernel.models import Event
from titian.kernel.registering import Batch, Row, merge, registers
from titian.logistics.models import Milestone


@registers("vehicles.registered")
def register_vehicles(event: Event, rows: Sequence[Row]) -> Batch:
    """Cars and their drivers, one for each plate."""
    key = ("event_id", "plate")
    return merge(event.vehicles.all(), _at(event, rows), key=key)[1]


@registers("stays.registered")
def register_stays(event: Event, rows: Sequence[Row]) -> Batch:
    """Where delegations sleep: one row for each delegation, house and first night."""
    key = ("event_id", "delegation_id", "place_id", "from_on")
    return merge(event.stays.all(), _at(event, rows), key=key)[1]


@registers("blocks.registered")
def register_blocks(event: Event, rows: Sequence[Row]) -> Batch:
    """What hotels hold for the event: one row for each house and category."""
    key = ("event_id", "place_id", "category")
    given = [{"category": "room", **row} for row in rows]
    return merge(event.blocks.all(), _at(event, given), key=key)[1]


@registers("trips.registered")
def register_trips(event: Event, rows: Sequence[Row]) -> Batch:
    """Which car drives whom, one row for each code."""
    return merge(event.trips.all(), _at(event, rows), key=("event_id", "code"))[1]


@registers("journeys.registered")
def register_journeys(event: Event, rows: Sequence[Row]) -> Batch:
    """Arrivals and departures, one for each code.

    ``milestones`` are rows of what was already reported: state, instant, precision.
    Where no hotel is given, it is the first house the delegation stays at.
    """
    hotels: dict[int, int] = {}
    for delegation_id, place_id in event.stays.order_by("pk").values_list(
        "delegation", "place"
    ):
        hotels.setdefault(delegation_id, place_id)
    given = [
        {
            **_hotel(hotels, row["delegation_id"]),
            **{name: value for name, value in row.items() if name != "milestones"},
        }
        for row in rows
    ]
    key = ("event_id", "code")
    journeys, batch = merge(event.journeys.all(), _at(event, given), key=key)
    steps = [
        {"journey_id": journey.pk, **step}
        for journey, row in zip(journeys, rows, strict=True)
        for step in row.get("milestones", ())
    ]
    reported = Milestone.objects.filter(journey__event=event)
    batch.add(merge(reported, steps, key=("journey_id", "state"))[1])
    return batch


def _hotel(hotels: Mapping[int, int], delegation_id: int) -> dict[str, int]:
    found = hotels.get(delegation_id)
    return {"hotel_id": found} if found else {}


def _at(event: Event, rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [{**row, "event_id": event.pk} for row in rows]
