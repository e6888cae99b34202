"""They are in the air: not here yet, and the hour may still move."""

import pytest

from tests.scene import make_arrival, wind_to
from tests.web.pressing import seen_by
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.actor import FEED
from titian.logistics.commands.journeys import call_off, expect, mark, take_back
from titian.logistics.models import Journey
from titian.logistics.queries import where_is


@pytest.fixture
def aloft(world: World) -> Journey:
    """To land at one; wheels up was at noon."""
    arrival = make_arrival(world)
    return mark(arrival.pk, "wheels_up", actor=FEED, at=NOON)


def test_in_the_air_the_expected_hour_moves(world: World, aloft: Journey) -> None:
    expect(aloft.pk, NOON + 2 * HOUR, actor=FEED, at=NOON)

    aloft.refresh_from_db()
    assert (aloft.state, aloft.expected_at) == ("wheels_up", NOON + 2 * HOUR)


def test_it_has_not_landed_and_is_at_no_place(world: World, aloft: Journey) -> None:
    where = where_is([world.arunika], NOON)[world.arunika.pk]

    assert aloft.has_landed is False
    assert where is not None
    assert (where.state, where.place) == ("wheels_up", None)


def test_then_it_lands(world: World, aloft: Journey) -> None:
    wind_to(world.event, NOON + HOUR)

    landed = mark(aloft.pk, "landed", actor=world.marco, at=NOON + HOUR)

    assert (landed.state, landed.has_landed) == ("landed", True)


def test_told_after_the_landing_it_moves_nothing_back(world: World) -> None:
    journey = make_arrival(world)
    mark(journey.pk, "landed", actor=world.marco, at=NOON)

    told = mark(journey.pk, "wheels_up", happened_at=NOON - HOUR, actor=FEED, at=NOON)

    assert told.state == "landed"
    assert told.landing is not None
    assert told.landing.state == "landed"


def test_taken_back_it_is_on_the_ground_again(world: World) -> None:
    journey = make_arrival(world)
    mark(journey.pk, "wheels_up", actor=world.marco, at=NOON)

    back = take_back(journey.pk, "wheels_up", actor=world.marco, at=NOON + MINUTE)

    assert back.state == "scheduled"


def test_it_may_turn_round(world: World, aloft: Journey) -> None:
    assert call_off(aloft.pk, actor=FEED, at=NOON).state == "called_off"


def test_the_room_counts_it_among_those_to_come(world: World, aloft: Journey) -> None:
    text = seen_by("wati").get("/room/").text

    assert "0 of 2 reported arrived" in text
    assert "Wheels up 12:00" in text
