"""A day of cars goes wrong: who must be told, and who need not know."""

from dataclasses import replace

from hypothesis import given

from tests.planning.test_trips_properties import MANY, ROUNDS
from tests.planning.test_trips_solve import busy_day, driven
from tests.planning.trips_day import car, day, guest, problems
from titian.planning.check.trips import violations
from titian.planning.search import Iterations
from titian.planning.trips import OBJECTIVE, Plan, Problem, Request, repair, solve

BOTH = ("seat", "wheelchair")


def planned(problem: Problem) -> Plan:
    return solve(problem, stop=Iterations(2), seed=1)


def with_request(problem: Problem, request: Request) -> Problem:
    """The same day with this request instead of the one of its key."""
    others = [r if r.key != request.key else request for r in problem.requests]
    return replace(problem, requests=tuple(others))


def two_cars(*people: Request) -> Problem:
    return day(*people, car(), car("car 2"), order=OBJECTIVE)


def test_where_nothing_changed_the_plan_is_the_same() -> None:
    problem = busy_day()
    plan = planned(problem)

    (only,) = repair(problem, plan)

    assert only.plan is plan
    assert (only.told, only.moved, only.lost) == ((), (), ())


def test_a_late_flight_moves_nobody_else() -> None:
    problem = two_cars(guest(), guest("tomas", drop="hall", ride=60))
    plan = planned(problem)
    late = with_request(problem, guest(ready=(240, 270)))

    found = repair(late, plan)

    assert [violations(late, one.plan) for one in found] == [()] * len(found)
    assert (found[0].told, found[0].moved, found[0].lost) == ((), ("ingrid",), ())
    before, after = (trip_of(p, "tomas") for p in (plan, found[0].plan))
    assert before == after


def trip_of(plan: Plan, key: str) -> list[tuple[str, float]]:
    """The vehicle and the minute at which somebody is picked up."""
    return [
        (trip.vehicle, stop.begins)
        for trip in plan.trips
        for stop in trip.stops
        if stop.request == key and stop.is_pickup
    ]


def test_a_car_that_breaks_down_gives_its_guests_to_another() -> None:
    problem = two_cars(guest(), guest("tomas", drop="hall", ride=60))
    plan = planned(problem)
    (broken,) = driven(plan)
    left = replace(
        problem, vehicles=tuple(v for v in problem.vehicles if v.key != broken)
    )

    found = repair(left, plan)

    assert violations(left, found[0].plan) == ()
    assert found[0].moved == ("ingrid", "tomas")
    assert found[0].lost == ()


def test_one_other_guest_makes_room_where_nobody_else_can() -> None:
    """Only the van takes wheelchairs; whoever sits in it can take the sedan."""
    tomas = guest("tomas", ready=(60, 60), load=(2, 0))
    van = car("van", seats=((2, 0), (1, 1)), base="airport")
    sedan = car("sedan", seats=((3, 0),), base="beach")
    plan = planned(day(tomas, van, sedan, order=OBJECTIVE, seats=BOTH))
    assert driven(plan) == {"van": ["tomas"]}
    wayan = guest("wayan", ready=(60, 60), load=(0, 1))
    problem = day(tomas, wayan, van, sedan, order=OBJECTIVE, seats=BOTH)

    found = repair(problem, plan)

    assert violations(problem, found[0].plan, told=found[0].burden) == ()
    assert driven(found[0].plan) == {"van": ["wayan"], "sedan": ["tomas"]}
    assert (found[0].ring, found[0].told) == ("ejection", ("tomas",))


def test_who_goes_soon_weighs_double() -> None:
    problem = two_cars(guest(level=4))
    plan = planned(problem)
    gone = replace(problem, vehicles=(car("car 3"),))

    soon, later = (repair(gone, plan, now=at)[0] for at in (50, -500))

    assert soon.moved == later.moved == ("ingrid",)


def test_what_cannot_be_mended_is_said() -> None:
    problem = day(guest(), order=OBJECTIVE)
    plan = planned(problem)
    far = with_request(problem, guest(ready=(700, 710), due=(0, 900)))

    found = repair(far, plan)

    assert found[0].lost == ("ingrid",)
    assert found[0].plan.unserved == ("ingrid",)


def test_at_most_three_ways_are_offered_and_none_twice() -> None:
    problem = busy_day()
    plan = planned(problem)
    late = with_request(problem, guest("guest 3", "beach", "hall", ready=(0, 600)))

    found = repair(replace(late, order=OBJECTIVE), plan)

    assert 1 <= len(found) <= 3
    assert len({repr(one.plan.trips) for one in found}) == len(found)


@MANY
@given(problems())
def test_repair_without_a_change_returns_the_same_plan(problem: Problem) -> None:
    plan = solve(problem, stop=ROUNDS, seed=3)

    assert repair(problem, plan)[0].plan == plan


@MANY
@given(problems())
def test_every_repair_of_a_lost_vehicle_passes_the_checker(problem: Problem) -> None:
    plan = solve(problem, stop=ROUNDS, seed=3)
    left = replace(problem, vehicles=problem.vehicles[1:])

    for one in repair(left, plan):
        assert violations(left, one.plan, told=one.burden) == ()
