"""One car at one place; another car for a trip; a car that cannot drive."""

from uuid import uuid4

import pytest

from tests.scene import make_arrival, make_car, make_trip
from tests.world import HOUR, NOON, World
from titian.foresight.queries import breaks
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.kernel.questions import Change
from titian.logistics.commands.transport import (
    Taken,
    bring_back,
    change_car,
    take_out,
)
from titian.logistics.models import Trip, Vehicle

HOURS = (NOON + HOUR, NOON + 2 * HOUR)


@pytest.fixture
def car(world: World) -> Vehicle:
    return make_car(world, "SK 1", "Dede")


@pytest.fixture
def trip(world: World, car: Vehicle) -> Trip:
    return make_trip(world, car, HOURS)


def change(world: World, trip: Trip, car: Vehicle, **more: object) -> Trip:
    given = {"actor": world.bruna, "at": NOON, **more}
    return change_car(trip.pk, car.pk, **given)  # type: ignore[arg-type]


def test_a_free_car_takes_the_trip(world: World, trip: Trip) -> None:
    other = make_car(world, "SK 2")

    assert change(world, trip, other).vehicle == other

    entry = Entry.objects.get(verb="trip.changed")
    assert (entry.concerns_id, entry.facts["vehicle"]) == (world.arunika.pk, other.pk)


def test_a_car_is_at_one_place(world: World, trip: Trip) -> None:
    other = make_car(world, "SK 2")
    make_trip(world, other, (HOURS[0] + HOUR / 2, HOURS[1] + HOUR))

    with pytest.raises(Taken, match="another place"):
        change(world, trip, other)


def test_a_car_out_of_service_takes_nothing_until_it_is_back(
    world: World, trip: Trip
) -> None:
    other = make_car(world, "SK 2")
    take_out(other.pk, actor=world.bruna, at=NOON)
    with pytest.raises(Taken, match="out of service"):
        change(world, trip, other)

    bring_back(other.pk, actor=world.bruna, at=NOON)

    assert change(world, trip, other).vehicle == other


def test_before_a_car_is_taken_out_it_is_told_whom_that_leaves_waiting(
    world: World, car: Vehicle
) -> None:
    journey = make_arrival(world, NOON + HOUR)
    make_trip(world, car, journey=journey)
    command = "titian.logistics.commands.transport.take_out"

    found = breaks(Change(command, {"vehicle_id": car.pk}, world.bruna, NOON))

    assert [(one.sentence, one.owner_team_id) for one in found] == [
        (
            "SK 1 cannot drive Arunika at 12:45: it is out of service.",
            world.boats.pk,
        )
    ]
    car.refresh_from_db()
    assert car.out_since is None


@pytest.mark.parametrize("who", ["marco", "ingrid", "eve"])
def test_only_the_desk_decides_about_cars(world: World, trip: Trip, who: str) -> None:
    with pytest.raises(Forbidden):
        change(world, trip, make_car(world, "SK 2"), actor=getattr(world, who))
    with pytest.raises(Forbidden):
        take_out(trip.vehicle_id, actor=getattr(world, who), at=NOON)


def test_a_second_tap_changes_nothing(world: World, trip: Trip) -> None:
    other, key = make_car(world, "SK 2"), uuid4()

    for _tap in range(2):
        change(world, trip, other, key=key)

    assert Entry.objects.filter(verb="trip.changed").count() == 1
