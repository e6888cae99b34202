"""The checker of trips finds what is wrong, and nothing where nothing is."""

from dataclasses import replace

import pytest

from tests.planning.trips_day import WAYS, car, day, guest
from titian.planning.check.trips import violations
from titian.planning.trips import Plan, Problem, Request, Stop, Trip

GOOD = (
    Stop("ingrid", True, 60, 60),
    Stop("tomas", True, 62, 62),
    Stop("ingrid", False, 84, 84),
    Stop("tomas", False, 95, 95),
)
PROBLEM = day(guest(ride=25), guest("tomas", drop="hall", ride=40))


def plan(
    stops: tuple[Stop, ...] = GOOD,
    *,
    leaves: float = 40,
    returns: float = 106,
    unserved: tuple[str, ...] = (),
    vehicle: str = "car 1",
) -> Plan:
    """Ingrid to the hotel, Tomás to the hall, and home: 60 minutes of road."""
    objective = (
        ("unserved", 0.0),
        ("told", 0.0),
        ("distance", 60.0),
        ("vehicles", 1.0),
    )
    trips = (Trip(vehicle, leaves, stops, returns),)
    return Plan(trips, unserved, objective, 1, "by hand", "")


def codes(problem: Problem, found: Plan) -> set[str]:
    return {one.code for one in violations(problem, found)}


def test_a_good_plan_passes() -> None:
    assert violations(PROBLEM, plan()) == ()


def moved(at: int, minutes: float) -> tuple[Stop, ...]:
    """One stop begins later or earlier."""
    stop = replace(GOOD[at], begins=GOOD[at].begins + minutes)
    return (*GOOD[:at], stop, *GOOD[at + 1 :])


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            plan(moved(2, 4)),
            {"ride", "way"},
        ),  # 26 minutes aboard, and late for the hall
        (plan(moved(0, -1)), {"early", "way"}),  # before the window, and the way
        (plan(moved(3, 250)), {"late", "ride", "way"}),
        (plan(leaves=45), {"way"}),  # gone too late to be there at 60
        (plan(returns=100), {"way"}),  # home before it can be
        (plan(leaves=-5), {"shift"}),
        (plan(returns=700), {"shift", "duty"}),
        (plan((GOOD[2], GOOD[0], GOOD[1], GOOD[3])), {"order", "way"}),
        (plan(GOOD[:3]), {"order", "objective"}),
        (plan(vehicle="car 9"), {"unknown", "objective"}),
        (plan(unserved=("tomas",)), {"lost", "objective"}),
        (plan((GOOD[0], GOOD[2]), returns=84 + 1), {"lost", "objective"}),
    ],
)
def test_what_is_wrong_is_said(found: Plan, expected: set[str]) -> None:
    assert codes(PROBLEM, found) == expected


@pytest.mark.parametrize(
    ("ingrid", "expected"),
    [
        (guest(ride=25, classes=("van",)), "class"),
        (guest(ride=25, skills=("french",)), "skill"),
        (guest(ride=25, vehicles=("car 2",)), "named"),
    ],
)
def test_a_vehicle_that_will_not_do_is_seen(ingrid: Request, expected: str) -> None:
    problem = day(ingrid, guest("tomas", drop="hall", ride=40))

    assert codes(problem, plan()) == {expected}


def test_who_stands_is_seen() -> None:
    problem = replace(PROBLEM, vehicles=(car(seats=((1,),)),))

    assert codes(problem, plan()) == {"seat"}


def test_somebody_driven_twice_is_seen() -> None:
    found = plan()
    twice = replace(found, trips=(*found.trips, replace(found.trips[0], vehicle="c2")))

    assert "twice" in codes(PROBLEM, twice)


def test_a_ride_of_its_level_is_the_longest_where_none_is_asked() -> None:
    problem = day(guest(level=1), guest("tomas", drop="hall", level=1))

    found = violations(problem, plan())

    assert [(one.code, one.who, one.by) for one in found] == [("ride", "tomas", 1.0)]
    assert len(WAYS) == 4
