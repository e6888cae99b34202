"""The cars on the page: the fleet, what breaks without one, one press."""

import pytest

from tests.scene import make_car, make_trip
from tests.web.pressing import form_with, indonesian, seen_by
from tests.world import HOUR, NOON, World
from titian.logistics.models import Trip, Vehicle

HOURS = (NOON + 2 * HOUR, NOON + 3 * HOUR)


@pytest.fixture
def car(world: World) -> Vehicle:
    car = make_car(world, "SK 1", "Dede", permit="P-7")
    make_trip(world, car, HOURS)
    make_car(world, "SK 2", "Eko")
    return car


def address(car: Vehicle, step: str = "outage/") -> str:
    return f"/cars/{car.pk}/{step}"


def test_the_fleet_names_its_drivers_and_what_they_drive(
    world: World, car: Vehicle
) -> None:
    page = seen_by("wati").get("/cars/").text

    assert all(word in page for word in ("SK 1", "saloon", "P-7", "Dede", "ARN"))


def test_first_what_breaks_then_one_press(world: World, car: Vehicle) -> None:
    wati = seen_by("wati")
    page = wati.get(address(car)).text
    form = form_with(page, "stop")

    answer = wati.post(address(car), form.values, follow=True)

    assert "SK 1 cannot drive Arunika at 14:00" in page
    assert page.count('name="mend"') == 2  # one way, and to leave it open
    assert "is out of service; all whom it touches are told." in answer.text
    assert str(Trip.objects.get().vehicle) == "SK 2"


def test_what_is_seen_too_late_is_said(world: World, car: Vehicle) -> None:
    wati = seen_by("wati")
    form = form_with(wati.get(address(car)).text, "stop")
    Vehicle.objects.filter(plate="SK 2").update(out_since=NOON)

    answer = wati.post(address(car), form.values)

    assert (answer.status_code, answer.text.count("No other car can come")) == (409, 1)


def test_it_drives_again(world: World, car: Vehicle) -> None:
    Vehicle.objects.filter(pk=car.pk).update(out_since=NOON)
    wati = seen_by("wati")
    form = form_with(wati.get(address(car, "")).text, "back")

    wati.post(address(car, "return/"), form.values)

    assert Vehicle.objects.get(pk=car.pk).out_since is None


def test_in_indonesian_as_well(world: World, car: Vehicle) -> None:
    page = indonesian("wati").get(address(car)).text

    assert "Cara terkecil" in page and "Tanpa SK 1" in page


@pytest.mark.parametrize("step", ["", "outage/"])
def test_the_cars_are_the_host_teams(world: World, car: Vehicle, step: str) -> None:
    assert seen_by("bruna").get(address(car, step)).status_code == 200
    assert seen_by("marco").get(address(car, step)).status_code == 403
