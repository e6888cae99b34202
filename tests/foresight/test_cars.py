"""A car that cannot keep its trip: another one, and nobody else is moved."""

from datetime import datetime

import pytest

from tests.scene import make_car, make_trip
from tests.world import HOUR, NOON, World
from titian.foresight.cars import CarMend, Garage, cars_of, mends
from titian.logistics.cars import drives
from titian.logistics.models import Vehicle

HOURS = (NOON + 2 * HOUR, NOON + 3 * HOUR)


def without_car(world: World, car: Vehicle) -> list[CarMend]:
    before = drives(NOON, world.event.pk)
    car.out_since = NOON
    car.save()
    after = drives(NOON, world.event.pk)
    return mends(Garage(before, after, cars_of(world.event)), NOON)


def told(found: list[CarMend]) -> list[list[tuple[str, str]]]:
    return [
        [(str(one.drive.trip.delegation), str(one.car)) for one in way.swaps]
        for way in found
    ]


def test_a_free_car_of_its_class_comes_and_says_why(world: World) -> None:
    car = make_car(world, "SK 1", "Dede")
    make_trip(world, car, HOURS)
    make_car(world, "SK 2", "Eko")
    make_car(world, "BUS", "Fitri", car_class="bus")

    found = without_car(world, car)

    assert told(found) == [[("Arunika", "SK 2")]]
    assert found[0].swaps[0].why == ("SK 1 is out of service. No other car could come.")


def test_another_class_comes_where_none_of_its_own_is_free(world: World) -> None:
    car = make_car(world, "SK 1", "Dede")
    make_trip(world, car, HOURS)
    make_car(world, "BUS", "Fitri", car_class="bus")

    assert told(without_car(world, car)) == [[("Arunika", "BUS")]]


@pytest.mark.parametrize(
    "busy",
    [
        (HOURS[0] + HOUR / 2, HOURS[1] + HOUR),  # at another place
        (HOURS[0] - 12 * HOUR, HOURS[0] - HOUR),  # thirteen hours on the road
    ],
)
def test_a_car_that_is_busy_or_tired_is_not_asked(
    world: World, busy: tuple[datetime, datetime]
) -> None:
    car = make_car(world, "SK 1", "Dede")
    make_trip(world, car, HOURS)
    make_trip(world, make_car(world, "SK 2", "Eko"), busy, delegation=world.selaya)

    assert without_car(world, car) == []


def test_what_another_delegation_was_lent_is_left_to_it(world: World) -> None:
    car = make_car(world, "SK 1", "Dede")
    make_trip(world, car, HOURS)
    make_car(world, "SK 2", "Eko", delegation=world.selaya)

    assert without_car(world, car) == []


def test_three_ways_at_most(world: World) -> None:
    car = make_car(world, "SK 1", "Dede")
    make_trip(world, car, HOURS)
    for n in range(5):
        make_car(world, f"SK {n + 2}", f"Driver{n}")

    assert len(without_car(world, car)) == 3
