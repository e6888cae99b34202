"""What is next and what is now, merged from every room that keeps hours."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from tests.scene import make_activity, make_arrival, wind_to
from tests.world import HOUR, MINUTE, NOON, World, make_party
from titian.logistics.commands.journeys import call_off, mark
from titian.logistics.models import Journey, Stay
from titian.people.models import Delegation
from titian.places.models import Place
from titian.places.queries import Way
from titian.programme.commands.activities import cancel, finish, move, start
from titian.programme.lateness import why_late
from titian.programme.queries import NowNext, next_items, now_of, rundown


def book(world: World) -> None:
    Stay.objects.create(
        event=world.event, delegation=world.arunika, place=world.hotel, rooms=4
    )


def titles(world: World, at: object = NOON, n: int = 9) -> list[str]:
    return [item.title for item in next_items(world.arunika, NOON, n)]


def test_the_next_three_are_landing_hotel_and_dinner(world: World) -> None:
    book(world)
    make_arrival(world, NOON + HOUR)
    make_activity(world, "Dinner", NOON + 4 * HOUR, place=world.pier, is_for_all=True)
    make_activity(world, "Ball", NOON + 8 * HOUR, is_for_all=True)

    items = next_items(world.arunika, NOON)

    assert [(item.title, item.starts_at) for item in items] == [
        ("Landing", NOON + HOUR),
        ("At the hotel", NOON + HOUR + 50 * MINUTE),
        ("Dinner", NOON + 4 * HOUR),
    ]


def test_one_leaves_for_each_in_time_from_where_one_is(world: World) -> None:
    book(world)
    make_arrival(world, NOON + HOUR)
    make_activity(world, "Dinner", NOON + 4 * HOUR, place=world.pier, is_for_all=True)
    make_activity(world, "Toast", NOON + 5 * HOUR, place=world.pier, is_for_all=True)

    leaving = [item.leave_by for item in next_items(world.arunika, NOON, 4)]

    assert leaving == [
        NOON + 15 * MINUTE,  # from the hotel: 35 minutes and ten more
        NOON + HOUR + 50 * MINUTE,  # the drive ends there
        NOON + 3 * HOUR + 30 * MINUTE,  # from the hotel: 20 minutes and ten more
        NOON + 5 * HOUR,  # there already
    ]


def test_after_a_long_gap_one_is_taken_to_be_at_the_hotel(world: World) -> None:
    book(world)
    make_activity(world, "Race", NOON + HOUR, place=world.pier, is_for_all=True)
    make_activity(world, "Dance", NOON + 9 * HOUR, place=world.pier, is_for_all=True)

    _race, dance = next_items(world.arunika, NOON)

    assert dance.way == Way(20, "estimate")


def test_it_tells_dress_and_contact(world: World) -> None:
    make_activity(
        world,
        "Dinner",
        NOON + HOUR,
        who=(world.arunika,),
        dress_en="Dark suit",
        contact=world.kitchen,
        place=world.pier,
    )

    (dinner,) = next_items(world.arunika, NOON)

    assert (dinner.dress, dinner.contact, dinner.place) == (
        "Dark suit",
        world.kitchen,
        world.pier,
    )


@pytest.mark.parametrize(
    ("mode", "terminal", "hours"),
    [
        ("state_aircraft", "VVIP", 1),
        ("", "VVIP", 1),
        ("commercial", "Domestic", 2),
        ("commercial", "Domestik", 2),
        ("commercial", "VVIP", 3),
        ("commercial", "International", 3),
        ("", "", 3),
    ],
)
def test_one_leaves_for_a_departure_with_the_time_at_the_airport(
    world: World, mode: str, terminal: str, hours: int
) -> None:
    book(world)
    flight = NOON + 8 * HOUR
    make_arrival(
        world,
        flight,
        kind=Journey.Kind.DEPARTURE,
        mode=mode,
        terminal=terminal,
        hotel=None,
    )

    (item,) = next_items(world.arunika, NOON)

    assert (item.title, item.starts_at) == ("Departure", flight)
    assert item.sets_out_at == flight - hours * HOUR - 45 * MINUTE  # 35 and ten more


def test_who_is_already_there_sets_out_to_nothing(world: World) -> None:
    make_activity(world, "Tea", NOON + HOUR, place=world.pier, who=(world.arunika,))
    make_activity(
        world, "Talks", NOON + 2 * HOUR, place=world.pier, who=(world.arunika,)
    )

    talks = next_items(world.arunika, NOON, 4)[1]

    assert (talks.title, talks.sets_out_at) == ("Talks", None)


def test_moved_one_leaves_by_the_new_hour(world: World) -> None:
    book(world)
    dinner = make_activity(
        world, "Dinner", NOON + HOUR, place=world.pier, who=(world.arunika,)
    )
    move(dinner.pk, NOON + 2 * HOUR, actor=world.wati, at=NOON)

    (item,) = next_items(world.arunika, NOON)

    assert (item.leave_by, item.late) == (NOON + 90 * MINUTE, HOUR)


def test_what_should_have_begun_is_still_next_but_what_runs_or_is_off_is_not(
    world: World,
) -> None:
    mine = (world.arunika,)
    make_activity(world, "Late", NOON - 10 * MINUTE, who=mine)
    running = make_activity(world, "Running", NOON - HOUR, 3 * HOUR, who=mine)
    off = make_activity(world, "Off", NOON + HOUR, who=mine)
    make_activity(world, "Over", NOON - 2 * HOUR, who=mine)
    make_activity(world, "Some day", NOON + HOUR, who=mine, precision="day")
    start(running.pk, actor=world.wati, at=NOON)
    cancel(off.pk, reason="rain", actor=world.wati, at=NOON)

    assert titles(world) == ["Late"]


def test_another_delegations_hours_are_not_ours(world: World) -> None:
    make_activity(world, "Theirs", NOON + HOUR, who=(world.selaya,))
    make_activity(world, "Theirs alone", NOON + HOUR, is_for_all=True, is_private=True)
    make_arrival(world, delegation=world.selaya)

    assert titles(world) == []


def test_ones_own_private_item_is_next(world: World) -> None:
    make_activity(world, "Quiet", NOON + HOUR, who=(world.arunika,), is_private=True)

    assert titles(world) == ["Quiet"]


def test_a_journey_called_off_or_ended_is_not_next(world: World) -> None:
    off, done = make_arrival(world), make_arrival(world, code="J2")
    call_off(off.pk, actor=world.bruna, at=NOON)
    wind_to(world.event, NOON + 2 * HOUR)
    mark(done.pk, "at_the_hotel", actor=world.marco, at=NOON + 2 * HOUR)

    assert titles(world) == []


def test_a_departure_is_next(world: World) -> None:
    make_arrival(world, NOON + HOUR, kind="departure")

    assert titles(world) == ["Departure"]


def test_titles_are_in_the_readers_language(world: World) -> None:
    make_activity(world, "Dinner", NOON + HOUR, who=(world.arunika,), title_id="Jamuan")

    with override("id"):
        assert titles(world) == ["Jamuan"]


def test_now_and_next_of_a_head_of_delegation(world: World) -> None:
    plenary = make_activity(world, "Plenary", NOON, is_for_all=True)
    make_activity(world, "Lunch", NOON + 2 * HOUR, is_for_all=True)
    start(plenary.pk, actor=world.wati, at=NOON)

    found = now_of([world.arunika], NOON)[world.arunika.pk]

    assert found.now is not None and found.next is not None
    assert (found.now.title, found.next.title) == ("Plenary", "Lunch")


def test_on_the_road_is_what_one_does_now(world: World) -> None:
    book(world)
    journey = make_arrival(world, NOON)
    mark(journey.pk, "on_the_road", actor=world.marco, at=NOON)

    found = now_of([world.arunika], NOON + 5 * MINUTE)[world.arunika.pk]

    assert found.now is not None
    assert (found.now.title, found.now.is_running) == ("on the road", True)


def test_nothing_to_do_is_an_answer_too(world: World) -> None:
    assert now_of([world.arunika], NOON) == {world.arunika.pk: NowNext()}


def test_private_items_stay_off_the_wall(world: World) -> None:
    quiet = make_activity(world, "Quiet", NOON, who=(world.arunika,), is_private=True)
    start(quiet.pk, actor=world.wati, at=NOON)

    wall = now_of([world.arunika], NOON)[world.arunika.pk]
    own = now_of([world.arunika], NOON, private=True)[world.arunika.pk]

    assert (wall.now, own.now and own.now.title) == (None, "Quiet")


@pytest.mark.parametrize("count", [1, 48])
def test_now_and_next_cost_the_same_for_48_delegations(
    world: World, count: int, django_assert_num_queries: object
) -> None:
    delegations = []
    for number in range(count):
        party = make_party(f"D{number}", f"Land {number}", "state")
        one = Delegation.objects.create(party=party, event=world.event)
        make_arrival(world, NOON + HOUR, delegation=one, code=f"J{number}")
        make_activity(world, f"Own {number}", NOON + 3 * HOUR, who=(one,))
        Stay.objects.create(event=world.event, delegation=one, place=world.hotel)
        delegations.append(one)
    make_activity(world, "Plenary", NOON + 2 * HOUR, place=world.pier, is_for_all=True)

    with django_assert_num_queries(12):  # type: ignore[operator]
        found = now_of(delegations, NOON)

    assert len(found) == count
    assert {one.next.title for one in found.values() if one.next} == {"Landing"}


def test_the_rundown_has_a_lane_for_each_place(world: World) -> None:
    make_activity(world, "Race", NOON, place=world.pier)
    make_activity(world, "Tea", NOON - HOUR, place=world.hotel)
    make_activity(world, "Prizes", NOON + HOUR, place=world.pier)
    make_activity(world, "Summit", NOON, precision="day")
    make_activity(world, "Tomorrow", NOON + 24 * HOUR)

    day = rundown(world.event, date(2027, 5, 1))

    assert [
        (lane.place, [row.activity.title_en for row in lane.rows]) for lane in day.lanes
    ] == [(world.hotel, ["Tea"]), (world.pier, ["Race", "Prizes"])]
    assert [item.title_en for item in day.dated_only] == ["Summit"]


def test_the_rundown_shows_each_what_it_may_see(world: World) -> None:
    make_activity(world, "Quiet", NOON, who=(world.arunika,), is_private=True)
    make_activity(
        world, "Quiet day", NOON, who=(world.arunika,), is_private=True, precision="day"
    )

    days = {
        who: rundown(world.event, date(2027, 5, 1), actor=getattr(world, who))
        for who in ("marco", "bruna")
    }

    assert [len(days["marco"].lanes), len(days["marco"].dated_only)] == [1, 1]
    assert [len(days["bruna"].lanes), len(days["bruna"].dated_only)] == [0, 0]


def test_what_is_over_is_neither_now_nor_next(world: World) -> None:
    race = make_activity(world, "Race", NOON, is_for_all=True)
    start(race.pk, actor=world.wati, at=NOON)
    finish(race.pk, actor=world.wati, at=NOON)

    assert now_of([world.arunika], NOON) == {world.arunika.pk: NowNext()}


@pytest.mark.parametrize("count", [1, 3])
def test_a_day_costs_the_same_for_one_place_and_for_three(
    world: World, count: int
) -> None:
    for number in range(count):
        place = Place.objects.create(code=f"HALL{number}", name="A hall", zone="UTC")
        make_activity(world, f"Heat {number}", NOON, place=place, who=(world.arunika,))

    with CaptureQueriesContext(connection) as asked:
        found = rundown(world.event, NOON.date(), at=NOON, actor=world.marco)
        told = [why_late(row) for lane in found.lanes for row in lane.rows]

    assert told == [""] * count
    assert len(asked) == 4
