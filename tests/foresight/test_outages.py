"""A car that cannot drive: what breaks, three ways to mend it, one press."""

from typing import Any

import pytest

from tests.scene import make_car, make_trip
from tests.world import HOUR, NOON, World
from titian.foresight.commands.outages import take_car_out
from titian.foresight.errors import WorldMovedOn
from titian.foresight.outages import Outlook, without_car
from titian.foresight.plans import NoSuchChange
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.logistics.models import Trip, Vehicle
from titian.loop.models import Confirmation

HOURS = (NOON + 2 * HOUR, NOON + 3 * HOUR)


@pytest.fixture
def car(world: World) -> Vehicle:
    car = make_car(world, "SK 1", "Dede")
    make_trip(world, car, HOURS)
    make_car(world, "SK 2", "Eko")
    return car


def look(world: World, car: Vehicle) -> Outlook:
    there = Vehicle.objects.select_related("event").get(pk=car.pk)
    return without_car(there, actor=world.wati, at=NOON)


def stop(world: World, car: Vehicle, **more: Any) -> Vehicle:
    given: dict[str, Any] = {
        "mend": 0,
        "seen": look(world, car).seen,
        "actor": world.wati,
        "at": NOON,
        **more,
    }
    return take_car_out(car.pk, **given)


def test_it_tells_what_breaks_and_keeps_nothing(world: World, car: Vehicle) -> None:
    found = look(world, car)

    assert [one.sentence for one in found.breaks] == [
        "SK 1 cannot drive Arunika at 14:00: it is out of service."
    ]
    assert [str(swap.car) for way in found.ways for swap in way.swaps] == ["SK 2"]
    assert Entry.objects.count() == 0
    assert Vehicle.objects.filter(out_since=None).count() == 2


def test_one_press_stops_it_and_another_car_comes(world: World, car: Vehicle) -> None:
    stopped = stop(world, car)

    assert stopped.out_since == NOON
    assert str(Trip.objects.get().vehicle) == "SK 2"
    assert Confirmation.objects.count() == 0


def test_without_a_way_the_desk_is_asked(world: World, car: Vehicle) -> None:
    stop(world, car, mend=None)

    asked = Confirmation.objects.get()
    assert (asked.delegation, str(Trip.objects.get().vehicle)) == (
        world.arunika,
        "SK 1",
    )


def test_a_car_that_stands_still_can_be_mended_later(
    world: World, car: Vehicle
) -> None:
    stop(world, car, mend=None)

    found = look(world, car)
    assert (len(found.breaks), len(found.ways)) == (1, 1)
    stop(world, car)
    assert str(Trip.objects.get().vehicle) == "SK 2"


def test_what_was_seen_too_late_is_refused(world: World, car: Vehicle) -> None:
    seen = look(world, car).seen
    Vehicle.objects.filter(plate="SK 2").update(out_since=NOON)

    with pytest.raises(WorldMovedOn):
        stop(world, car, seen=seen)
    assert Entry.objects.count() == 0


def test_a_way_that_was_not_shown_is_none(world: World, car: Vehicle) -> None:
    with pytest.raises(NoSuchChange):
        stop(world, car, mend=7)


def test_an_officer_does_not_stop_cars(world: World, car: Vehicle) -> None:
    with pytest.raises(Forbidden):
        without_car(car, actor=world.marco, at=NOON)
