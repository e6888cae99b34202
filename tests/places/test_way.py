"""How long a way takes: told, told between the houses, or by the straight line."""

from datetime import timedelta

import pytest

from tests.scene import make_activity, make_arrival
from tests.world import HOUR, MINUTE, NOON, World
from titian.places.models import Place, TravelTime
from titian.places.queries import Way, leave_by, way, ways_among

NORTH = {"lat": -8.74, "lon": 115.17}
SOUTH = {"lat": -8.83, "lon": 115.21}
"""Eleven kilometres apart."""


def make_place(code: str, **traits: object) -> Place:
    return Place.objects.create(code=code, name=code, **traits)


def tell(start: Place, end: Place, minutes: int, **traits: object) -> None:
    TravelTime.objects.create(origin=start, destination=end, minutes=minutes, **traits)


def test_the_way_back_takes_as_long(world: World) -> None:
    assert (
        way(world.hotel, world.pier)
        == way(world.pier, world.hotel)
        == Way(20, "estimate")
    )


def test_the_shortest_that_is_told_is_taken_with_its_source(world: World) -> None:
    tell(world.pier, world.hotel, 15, basis="fact", source="the boatman")
    tell(world.hotel, world.pier, 18)

    assert way(world.hotel, world.pier) == Way(15, "fact", "the boatman")


@pytest.mark.parametrize("condition", ["Convoy, cleared road", "ambulance", "escorted"])
def test_what_is_only_true_of_a_convoy_does_not_count(
    world: World, condition: str
) -> None:
    tell(world.hotel, world.pier, 7, condition=condition)

    assert way(world.hotel, world.pier) == Way(20, "estimate")


def test_without_a_word_it_is_the_straight_line_marked_as_an_estimate(
    db: None,
) -> None:
    north, south = make_place("N", **NORTH), make_place("S", **SOUTH)

    found = way(north, south)

    assert found == Way(36, "estimate", "straight line")
    assert found is not None and found.is_estimate


def test_the_straight_line_is_never_quicker_than_a_convoy(db: None) -> None:
    north, south = make_place("N", **NORTH), make_place("S", **SOUTH)
    tell(north, south, 50, condition="convoy")

    assert way(north, south) == Way(50, "estimate", "straight line")


def test_a_convoys_minutes_are_better_than_nothing(db: None) -> None:
    one, other = make_place("ONE"), make_place("OTHER")
    tell(one, other, 25, condition="convoy")

    assert way(one, other) == Way(25, "estimate", "straight line")


def test_of_some_ways_nothing_is_known(db: None) -> None:
    one, other = make_place("ONE"), make_place("OTHER")

    assert (way(one, other), way(None, one), way(one, None)) == (None, None, None)


def test_who_is_there_needs_no_way(world: World) -> None:
    assert way(world.pier, world.pier) == Way(0, "fact")


def test_a_hall_is_as_far_as_its_house(world: World) -> None:
    hall = make_place("PIER-HALL")

    assert way(world.hotel, hall) == Way(20, "estimate")


def test_from_hall_to_hall_one_walks(db: None) -> None:
    make_place("HOUSE")
    one, other = make_place("HOUSE-EAST"), make_place("HOUSE-WEST")

    assert way(one, other) == Way(5, "estimate", "straight line")


def test_a_namesake_far_away_is_not_its_house(db: None) -> None:
    make_place("MULIA", **NORTH)
    far, near = make_place("MULIA-FAR", **SOUTH), make_place("NEAR", **SOUTH)

    assert way(far, near) == Way(5, "estimate", "straight line")


def test_one_leaves_the_way_and_ten_minutes_before(world: World) -> None:
    dinner = make_activity(world, "Dinner", NOON + HOUR, place=world.pier)

    assert leave_by(dinner, world.hotel) == NOON + 30 * MINUTE
    assert leave_by(dinner, world.hotel, buffer_minutes=0) == NOON + 40 * MINUTE


def test_who_is_there_already_needs_no_buffer(world: World) -> None:
    dinner = make_activity(world, "Dinner", NOON + HOUR, place=world.pier)

    assert leave_by(dinner, world.pier) == NOON + HOUR


def test_for_a_landing_one_leaves_by_the_hour_expected_now(world: World) -> None:
    landing = make_arrival(world, NOON + HOUR, expected_at=NOON + 3 * HOUR)

    assert leave_by(landing, world.hotel) == NOON + 2 * HOUR + 15 * MINUTE


def test_without_an_hour_or_a_place_nobody_can_say_when_to_leave(world: World) -> None:
    nowhere = make_activity(world, "Nowhere", NOON)
    undated = make_arrival(world, None)

    assert leave_by(nowhere, world.hotel) is None
    assert leave_by(undated, world.hotel) is None


@pytest.mark.parametrize("count", [1, 20])
def test_a_whole_board_of_ways_costs_two_queries(
    world: World, count: int, django_assert_num_queries: object
) -> None:
    places = [make_place(f"P{number}") for number in range(count)]
    for place in places:
        tell(world.hotel, place, 9)

    with django_assert_num_queries(2):  # type: ignore[operator]
        ways = ways_among([world.hotel, *places])
        found = [ways.between(world.hotel, place) for place in places]

    assert [one.length for one in found if one] == [timedelta(minutes=9)] * count
