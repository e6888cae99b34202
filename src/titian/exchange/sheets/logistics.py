"""Cars, rooms, arrivals and departures."""

from typing import Any

from titian.exchange import cells
from titian.exchange.known import Known
from titian.exchange.reasons import Refused
from titian.exchange.sheets.declaration import Before, Column, Sheet, Values
from titian.exchange.sheets.shared_columns import BASIS, GROUP, PARTY_AT_EVENT, SOURCE
from titian.logistics.commands.registration import (
    register_blocks,
    register_journeys,
    register_stays,
    register_trips,
    register_vehicles,
)
from titian.logistics.models import Journey

STEPS = {
    "landed_at": "landed",
    "cleared_at": "cleared",
    "on_the_road_at": "on_the_road",
    "at_the_hotel_at": "at_the_hotel",
}


def nights_in_order(number: int, values: Values, before: Before) -> None:
    """Nobody leaves a house before coming to it."""
    first, last = values.get("from_on"), values.get("to_on")
    if first and last and last < first:
        raise Refused("ends_before_start", "to")


def met_or_timed(number: int, values: Values, before: Before) -> None:
    """A trip meets a journey, or has hours of its own from which to which."""
    start, end = values.get("starts_at"), values.get("ends_at")
    if values.get("journey_id"):
        if start or end:
            raise Refused("trip_with_both", "start")
    elif not start or not end:
        raise Refused("trip_with_neither", "start")
    elif end <= start:
        raise Refused("ends_before_start", "end")


def _journey(values: Values, known: Known) -> dict[str, Any]:
    """Milestones stand apart; one without an hour has the hour of the journey.

    What would only happen after the event's present hour is not believed: a scenario
    loaded at an earlier hour has those journeys still to come.
    """
    row = {name: value for name, value in values.items() if name not in STEPS}
    steps = {state: values[name] for name, state in STEPS.items() if name in values}
    told = row.get("expected_at") or row.get("planned_at")
    if row.get("state") in STEPS.values() and not steps and told:
        steps[row["state"]] = told
    past = {state: at for state, at in steps.items() if at <= known.now}
    if len(past) < len(steps):
        before = "expected" if "expected_at" in row else "scheduled"
        row["state"] = list(past)[-1] if past else before
    precision = row.get("precision", "minute")
    row["milestones"] = [
        {"state": step, "happened_at": at, "heard_at": at, "precision": precision}
        for step, at in past.items()
    ]
    return row


VEHICLES = Sheet(
    "vehicles",
    (
        Column(
            "plate", headers=("no pol", "pelat", "nopol"), is_needed=True, at_most=20
        ),
        Column(
            "class",
            field="car_class",
            headers=("jenis", "kelas", "type"),
            is_needed=True,
            at_most=80,
        ),
        Column("seats", cells.number, headers=("kursi",)),
        Column("energy", headers=("energi",), at_most=20),
        Column("driver", cells.person, "driver_id", headers=("pengemudi",)),
        Column("permit", headers=("izin",), at_most=40),
        Column("party", cells.delegation, "delegation_id", headers=("delegasi",)),
        GROUP,
        BASIS,
    ),
    register_vehicles,
    key=("plate",),
)
STAYS = Sheet(
    "stays",
    (
        PARTY_AT_EVENT,
        Column(
            "place",
            cells.place,
            "place_id",
            headers=("hotel", "tempat"),
            is_needed=True,
        ),
        Column("rooms", cells.number, headers=("kamar",)),
        Column("from", cells.day, "from_on", headers=("dari", "check in")),
        Column("to", cells.day, "to_on", headers=("sampai", "check out")),
        Column("ready", cells.instant, "ready_at", headers=("siap",)),
        BASIS,
        SOURCE,
        Column("certainty", headers=("kepastian",), at_most=40),
    ),
    register_stays,
    key=("party", "place", "from"),
    checks=(nights_in_order,),
)
BLOCKS = Sheet(
    "blocks",
    (
        Column(
            "place",
            cells.place,
            "place_id",
            headers=("hotel", "tempat"),
            is_needed=True,
        ),
        Column("category", headers=("kategori",), at_most=20),
        Column("rooms", cells.number, headers=("kamar",), is_needed=True),
        Column("from", cells.day, "from_on", headers=("dari",)),
        Column("to", cells.day, "to_on", headers=("sampai",)),
        BASIS,
        SOURCE,
    ),
    register_blocks,
    key=("place", "category"),
    checks=(nights_in_order,),
)
JOURNEYS = Sheet(
    "journeys",
    (
        Column("code", headers=("kode",), is_needed=True, at_most=20),
        PARTY_AT_EVENT,
        Column("kind", cells.one_of(["arrival", "departure"]), headers=("jenis",)),
        Column("group", headers=("kelompok",), at_most=20),
        Column("planned", cells.day_or_instant, "planned_at", headers=("rencana",)),
        Column("expected", cells.day_or_instant, "expected_at", headers=("perkiraan",)),
        Column(
            "status",
            cells.one_of(list(Journey.State.values)),
            "state",
            headers=("keadaan",),
        ),
        *(Column(name, cells.day_or_instant) for name in STEPS),
        Column("airport", cells.place, "airport_id", headers=("bandara",)),
        Column("hotel", cells.place, "hotel_id"),
        Column("terminal", at_most=60),
        Column("mode", headers=("cara",), at_most=20),
        Column("flight", headers=("penerbangan",), at_most=20),
        Column("size", cells.number, headers=("jumlah",)),
        Column("bags", cells.number, headers=("koper",)),
        Column("from_city", headers=("dari kota",), at_most=80),
        Column("greeters", headers=("penyambut",), at_most=300),
        Column("detail", headers=("rincian",), at_most=300),
        Column("precision", cells.one_of(["minute", "day"])),
        BASIS,
        SOURCE,
    ),
    register_journeys,
    key=("code",),
    makes=_journey,
)
TRIPS = Sheet(
    "trips",
    (
        Column("code", headers=("kode",), is_needed=True, at_most=20),
        Column(
            "plate",
            cells.vehicle,
            "vehicle_id",
            headers=("no pol", "pelat", "nopol"),
            is_needed=True,
        ),
        PARTY_AT_EVENT,
        Column("journey", cells.journey, "journey_id", headers=("perjalanan",)),
        Column("start", cells.instant, "starts_at", headers=("mulai",)),
        Column("end", cells.instant, "ends_at", headers=("selesai",)),
        Column("from", cells.place, "origin_id", headers=("dari",)),
        Column("to", cells.place, "destination_id", headers=("ke",)),
        BASIS,
    ),
    register_trips,
    key=("code",),
    checks=(met_or_timed,),
)
