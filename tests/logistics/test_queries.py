"""The arrivals board, where each delegation is, and when it was last heard of."""

from datetime import date, datetime, timedelta

import pytest

from tests.scene import make_airport, make_arrival, wind_to
from tests.world import HOUR, MINUTE, NOON, World, make_party, make_person, with_account
from titian.kernel import journal
from titian.kernel.actor import FEED
from titian.logistics.commands.journeys import call_off, expect, mark
from titian.logistics.models import Journey, Stay
from titian.logistics.queries import arrivals, hotels_of, last_heard, where_is
from titian.people.models import Assignment, Delegation, Officer

TODAY, TOMORROW = date(2027, 5, 1), date(2027, 5, 2)
EVENING = datetime.fromisoformat("2027-05-01T23:30:00Z")


def board(world: World, day: date, **seen: object) -> list[str]:
    return [one.journey.code for one in arrivals(world.event, day, **seen)]  # type: ignore[arg-type]


def test_planned_expected_and_actual_stand_side_by_side(world: World) -> None:
    journey = make_arrival(world, NOON)
    expect(journey.pk, NOON + HOUR, actor=world.marco, at=NOON)
    wind_to(world.event, NOON + 2 * HOUR)
    mark(journey.pk, "landed", actor=world.marco, at=NOON + HOUR + 5 * MINUTE)

    (line,) = arrivals(world.event, TODAY)

    assert (line.planned_at, line.expected_at, line.actual_at) == (
        NOON,
        NOON + HOUR,
        NOON + HOUR + 5 * MINUTE,
    )
    assert (line.best_at, line.late) == (line.actual_at, 65 * MINUTE)


def test_the_board_is_in_the_order_of_what_is_known_best(world: World) -> None:
    make_arrival(world, NOON, code="first", expected_at=NOON + 3 * HOUR)
    make_arrival(world, NOON + HOUR, code="second")

    assert board(world, TODAY) == ["second", "first"]


def test_one_that_slips_past_midnight_stands_on_both_days(world: World) -> None:
    make_arrival(world, EVENING, expected_at=EVENING + HOUR)

    days = [board(world, day) for day in (TODAY, TOMORROW, date(2027, 5, 3))]

    assert days == [["J1"], ["J1"], []]


@pytest.mark.parametrize(
    ("zone", "day"),
    [  # 16:30 UTC: still 23:30 in Jakarta (WIB), already 00:30 in Makassar (WITA)
        ("Asia/Jakarta", TODAY),
        ("Asia/Makassar", TOMORROW),
    ],
)
def test_the_day_of_an_arrival_is_the_day_where_the_event_is(
    world: World, zone: str, day: date
) -> None:
    world.event.zone = zone
    world.event.save()
    make_arrival(world, datetime.fromisoformat("2027-05-01T16:30:00Z"))

    assert [board(world, one) for one in (TODAY, TOMORROW)] == [
        ["J1"] if one == day else [] for one in (TODAY, TOMORROW)
    ]


def test_a_landing_the_day_after_is_on_that_days_board_too(world: World) -> None:
    journey = make_arrival(world, EVENING)
    wind_to(world.event, EVENING + 2 * HOUR)
    mark(journey.pk, "landed", actor=world.marco, at=EVENING + HOUR)

    assert board(world, TOMORROW) == ["J1"]


def test_an_arrival_known_by_its_day_tells_no_hour(world: World) -> None:
    make_arrival(world, NOON, precision="day")

    (line,) = arrivals(world.event, TODAY)

    assert (line.is_dated_only, line.late) == (True, timedelta(0))


def test_departures_and_what_is_called_off_are_no_arrivals(world: World) -> None:
    make_arrival(world, NOON, code="D", kind="departure")
    off = make_arrival(world, NOON, code="O")
    call_off(off.pk, actor=world.bruna, at=NOON)

    assert board(world, TODAY) == []


def test_each_sees_its_own_arrivals(world: World) -> None:
    make_arrival(world, NOON)
    make_arrival(world, NOON, delegation=world.selaya, code="J2")

    seen = [
        board(world, TODAY, actor=actor)
        for actor in (world.wati, world.marco, world.eve)
    ]

    assert seen == [["J1", "J2"], ["J1"], ["J2"]]


def test_before_the_landing_it_is_where_it_is_expected(world: World) -> None:
    journey = make_arrival(world)

    found = where_is([world.arunika, world.selaya], NOON)

    assert found[world.selaya.pk] is None
    here = found[world.arunika.pk]
    assert here is not None
    assert (here.journey, here.state, here.place, here.since) == (
        journey,
        "scheduled",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("state", "place"),
    [
        ("landed", "Sky Field"),
        ("cleared", "Sky Field"),
        ("on_the_road", None),
        ("at_the_hotel", "Lagoon Inn"),
    ],
)
def test_after_a_tap_it_is_where_the_tap_says(
    world: World, state: str, place: str | None
) -> None:
    mark(make_arrival(world).pk, state, actor=world.marco, at=NOON)

    here = where_is([world.arunika], NOON)[world.arunika.pk]

    assert here is not None
    assert (here.state, here.place and here.place.name, here.since) == (
        state,
        place,
        NOON,
    )


def test_told_out_of_order_it_is_still_as_far_as_it_got(world: World) -> None:
    journey = make_arrival(world)
    mark(journey.pk, "at_the_hotel", actor=world.marco, at=NOON)
    mark(journey.pk, "landed", actor=world.marco, at=NOON)

    here = where_is([world.arunika], NOON)[world.arunika.pk]

    assert here is not None and here.state == "at_the_hotel"


def test_a_moment_ago_it_was_where_it_was_then(world: World) -> None:
    journey = make_arrival(world)
    mark(journey.pk, "landed", actor=world.marco, at=NOON - HOUR)
    mark(journey.pk, "on_the_road", actor=world.marco, at=NOON)

    here = where_is([world.arunika], NOON - MINUTE)[world.arunika.pk]

    assert here is not None and here.state == "landed"


def test_the_main_party_is_looked_for_before_the_advance_team(world: World) -> None:
    make_arrival(world, NOON + HOUR, code="A", group="advance")
    main = make_arrival(world, NOON + 5 * HOUR, code="M")

    here = where_is([world.arunika], NOON)[world.arunika.pk]

    assert here is not None and here.journey == main


def test_the_last_word_is_the_officers_and_nobody_elses(world: World) -> None:
    journey = make_arrival(world)
    mark(journey.pk, "landed", actor=world.marco, at=NOON - 5 * MINUTE)
    mark(journey.pk, "cleared", actor=FEED, at=NOON)
    mark(journey.pk, "on_the_road", actor=world.bruna, at=NOON)

    heard = last_heard([world.arunika, world.selaya])

    assert list(heard) == [world.arunika.pk]
    assert (heard[world.arunika.pk].said_at, heard[world.arunika.pk].person) == (
        NOON - 5 * MINUTE,
        world.officer.person,
    )


def test_said_and_heard_are_told_apart(world: World) -> None:
    wind_to(world.event, NOON + HOUR)
    mark(make_arrival(world).pk, "landed", actor=world.marco, at=NOON)

    heard = last_heard([world.arunika])[world.arunika.pk]

    assert (heard.said_at, heard.heard_at) == (NOON, NOON + HOUR)


def test_of_two_officers_the_last_heard_counts(world: World) -> None:
    person = make_person("Rani", world.officer.person.party)
    officer = Officer.objects.create(person=person, event=world.event, code="LO-2")
    Assignment.objects.create(
        officer=officer, delegation=world.arunika, role="relief", consent="agreed"
    )
    rani = with_account(person)
    journey = make_arrival(world)
    mark(journey.pk, "landed", actor=world.marco, at=NOON)
    wind_to(world.event, NOON + HOUR)
    mark(journey.pk, "cleared", actor=rani, at=NOON + HOUR)

    assert last_heard([world.arunika])[world.arunika.pk].person == person


def test_a_word_about_another_delegation_is_none_about_this(world: World) -> None:
    other = make_arrival(world, delegation=world.selaya)
    journal.write("journey.marked", other, actor=world.marco, at=NOON)

    assert last_heard([world.arunika, world.selaya]) == {}


def test_one_sleeps_at_ones_first_stay_or_where_the_arrival_goes(world: World) -> None:
    Stay.objects.create(event=world.event, delegation=world.arunika, place=world.pier)
    make_arrival(world)
    make_arrival(world, delegation=world.selaya, code="J2")

    assert hotels_of([world.arunika, world.selaya]) == {
        world.arunika.pk: world.pier,
        world.selaya.pk: world.hotel,
    }


@pytest.mark.parametrize("count", [1, 48])
def test_48_delegations_cost_no_more_than_one(
    world: World, count: int, django_assert_num_queries: object
) -> None:
    make_airport(world)
    delegations = []
    for number in range(count):
        party = make_party(f"D{number}", f"Land {number}", "state")
        one = Delegation.objects.create(party=party, event=world.event)
        officer = Officer.objects.create(
            person=make_person(f"Officer {number}", party),
            event=world.event,
            code=f"L{number}",
        )
        Assignment.objects.create(officer=officer, delegation=one)
        journey = make_arrival(world, NOON, delegation=one, code=f"J{number}")
        mark(journey.pk, "landed", actor=world.bruna, at=NOON)
        delegations.append(one)

    with django_assert_num_queries(2):  # type: ignore[operator]
        where = where_is(delegations, NOON)
    with django_assert_num_queries(2):  # type: ignore[operator]
        last_heard(delegations)
    with django_assert_num_queries(2):  # type: ignore[operator]
        lines = arrivals(world.event, TODAY)

    assert (len(where), len(lines)) == (count, count)


def test_hours_of_a_journey_are_told_in_the_airports_zone(world: World) -> None:
    airport = make_airport(world, zone="Asia/Jakarta")

    assert make_arrival(world, airport=airport).zone == "Asia/Jakarta"
    assert Journey(event=world.event).zone == "UTC"
