"""Ninety minutes later: greeter, car, driver, rooms, first item, press call."""

import pytest

from tests.scene import (
    make_activity,
    make_arrival,
    make_car,
    make_duty,
    make_trip,
    seat_at,
    wind_to,
)
from tests.world import HOUR, MINUTE, NOON, World
from titian.foresight.commands.moves import expect_arrival, expecting
from titian.foresight.queries import breaks, breaks_hash
from titian.kernel.actor import Actor
from titian.kernel.questions import Break
from titian.logistics.models import Journey, Stay
from titian.loop.commands.confirmations import confirm
from titian.loop.models import Confirmation
from titian.programme.models import PRESS_CALL

PLANNED = NOON + HOUR
LATER = PLANNED + 90 * MINUTE  # 14:30, at the inn 15:20


@pytest.fixture
def desks(world: World) -> dict[str, Actor]:
    """Everybody who owns one of the six."""
    rooms, protocol = seat_at(world, "ACM", "Agus"), seat_at(world, "PRO", "Paulo")
    return {
        "cars": world.bruna,
        "rooms": rooms[1],
        "protocol": protocol[1],
        "press": world.petra,
        "officer": world.marco,
    }


@pytest.fixture
def landing(world: World, desks: dict[str, Actor]) -> Journey:
    """Arunika lands at one; six things are promised round it."""
    journey = make_arrival(world, PLANNED, greeters="the mayor")
    Stay.objects.create(
        event=world.event,
        delegation=world.arunika,
        place=world.hotel,
        ready_at=PLANNED + 50 * MINUTE,
    )
    make_duty(world, NOON, NOON + 8 * HOUR)
    car = make_car(world, "SK 1", "Dede")
    make_trip(world, car, journey=journey)
    make_trip(world, car, (NOON - 9 * HOUR, NOON - 8 * HOUR))
    make_trip(world, car, (NOON - 2 * HOUR, NOON - HOUR))
    make_activity(
        world, "Lunch", NOON + 3 * HOUR, place=world.pier, who=(world.arunika,)
    )
    make_activity(
        world,
        "Photo",
        PLANNED,
        20 * MINUTE,
        place=journey.airport,
        who=(world.arunika,),
        kind=PRESS_CALL,
        contact=world.press,
    )
    return journey


def found_by(world: World, journey: Journey) -> tuple[Break, ...]:
    change = expecting(journey.pk, LATER, actor=world.marco, at=NOON)
    return breaks(change)


def move(world: World, journey: Journey) -> None:
    found = found_by(world, journey)
    seen = breaks_hash(found)
    expect_arrival(journey.pk, LATER, seen_breaks_hash=seen, actor=world.marco, at=NOON)


def test_all_six_are_listed_each_with_its_owner(
    world: World, landing: Journey, desks: dict[str, Actor]
) -> None:
    found = found_by(world, landing)

    said = {one.sentence for one in found}
    assert said == {
        "SK 1 (Dede) must be at Sky Field for Arunika at 14:15.",
        "The driver of SK 1 would work from 03:00 to 15:20 without 8 hours of rest; "
        "12 hours are the most.",
        "The rooms of Arunika at Lagoon Inn, promised for 13:50, must be kept until "
        "15:20.",
        "Lagoon Inn must be ready to greet Arunika at 15:20.",
        "Who greets Arunika must be at Sky Field at 14:30.",
        "Arunika would not have arrived for “Lunch”.",
        "The press call “Photo” at 13:00 does not meet Arunika, who would land at "
        "14:30.",
        "Marco receives Arunika at 14:30.",
    }
    assert all(one.owner_team_id or one.owner_person_id for one in found)


def test_each_owner_confirms_and_the_others_stay_visible(
    world: World, landing: Journey, desks: dict[str, Actor]
) -> None:
    move(world, landing)

    press = Confirmation.objects.get(owner_team=world.press)
    confirm(press.pk, actor=desks["press"], at=NOON)

    waiting = Confirmation.objects.filter(confirmed_at=None)
    assert press.sentence_en.startswith("The press call")
    assert (waiting.count(), waiting.filter(owner_team=world.press).count()) == (7, 0)


def test_an_earlier_landing_finds_the_rooms_not_ready(
    world: World, landing: Journey
) -> None:
    change = expecting(landing.pk, NOON + HOUR / 2, actor=world.marco, at=NOON)

    said = {one.sentence for one in breaks(change)}
    assert (
        "The rooms of Arunika at Lagoon Inn are promised for 13:50; they would be "
        "there before, at 13:20." in said
    )


def test_a_car_that_meets_another_landing_would_be_at_two_places(
    world: World, landing: Journey
) -> None:
    selaya = make_arrival(world, NOON + 3 * HOUR, delegation=world.selaya, code="J2")
    make_trip(
        world,
        landing.trips.get().vehicle,
        journey=selaya,
        delegation=world.selaya,
    )

    said = [one.sentence for one in found_by(world, landing)]

    assert "SK 1 would drive Arunika and Selaya at the same time, at 14:45." in said


def test_a_call_that_still_meets_its_guests_is_not_broken(
    world: World, landing: Journey
) -> None:
    change = expecting(landing.pk, PLANNED + 20 * MINUTE, actor=world.marco, at=NOON)

    assert not any("press call" in one.sentence for one in breaks(change))


def test_what_broke_before_is_not_this_change_s_doing(
    world: World, landing: Journey
) -> None:
    move(world, landing)
    wind_to(world.event, NOON + MINUTE)
    again = expecting(landing.pk, LATER, actor=world.marco, at=NOON + MINUTE)

    assert breaks(again) == ()
