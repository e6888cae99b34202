"""Drivers' breaks, motorcades and shuttles, on days with one good answer."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.planning.test_trips_properties import MANY
from tests.planning.trips_day import car, convoy, day, guest, line
from titian.planning.check.trips import violations
from titian.planning.search import Iterations
from titian.planning.trips import (
    Breaks,
    Crowd,
    Motorcade,
    Pause,
    Plan,
    Problem,
    impossible,
    repair,
    solve,
    timetable,
    timetabled,
)
from titian.planning.trips.rules import frequent

OWED = Breaks(after=120, minutes=30)
MOTORCADE = Motorcade("arunika", ("escort", "leader"), 120, 0.5, ("escort",))
ESCORT = car("escort car", skills=("escort",))


def planned(problem: Problem) -> Plan:
    return solve(problem, stop=Iterations(1), seed=1)


def long_day(*waits: str) -> Problem:
    """Two guests, two hours apart, and a driver who may drive for two."""
    people = guest(ready=(60, 60)), guest("tomas", ready=(200, 200))
    return replace(day(*people, replace(car(), breaks=OWED)), waits=waits)


def test_a_driver_rests_where_the_car_may_wait() -> None:
    plan = planned(long_day("hotel"))

    (trip,) = plan.trips
    assert violations(long_day("hotel"), plan) == ()
    assert (plan.unserved, trip.pauses) == ((), (Pause("hotel", 83, 180),))
    assert trip.stops[2].arrives == 200  # went on as late as could be


def test_without_a_place_to_rest_somebody_is_left() -> None:
    plan = planned(long_day("beach"))

    assert len(plan.unserved) == 1
    found = impossible(long_day("beach"), plan, plan.unserved[0])
    assert found.ruled_out == (("car 1", "break"),)


def motorcade_day(*cars: str) -> Problem:
    others = (car(key) for key in cars)
    problem = day(*convoy(), guest(ready=(120, 140)), ESCORT, *others)
    return replace(problem, motorcades=(MOTORCADE,))


def test_a_motorcade_moves_off_in_its_order_with_nobody_else_aboard() -> None:
    problem = motorcade_day("car 1", "car 2")

    plan = planned(problem)

    off = {s.request: s.begins + 2 for t in plan.trips for s in t.stops if s.is_pickup}
    assert violations(problem, plan) == ()
    assert (off["escort"], off["leader"], plan.unserved) == (120, 120.5, ())


def test_a_motorcade_that_lacks_a_vehicle_is_not_driven_at_all() -> None:
    problem = replace(motorcade_day(), requests=convoy())

    plan = planned(problem)

    assert violations(problem, plan) == ()
    assert plan.unserved == ("leader", "escort")
    assert impossible(problem, plan, "leader").slack == (("motorcade", 0.0),)


def test_a_lost_vehicle_is_replaced_and_the_motorcade_still_together() -> None:
    problem = motorcade_day("car 1", "car 2", "car 3")
    plan = planned(problem)
    (lost,) = [t.vehicle for t in plan.trips if t.stops[0].request == "leader"]
    cars = tuple(v for v in problem.vehicles if v.key != lost)
    less = replace(problem, vehicles=cars)

    found = repair(less, plan)[0]

    assert violations(less, found.plan, told=found.burden) == ()
    assert (found.lost, "leader" in found.moved) == ((), True)


def test_a_shuttle_leaves_when_it_is_full_when_they_have_waited_and_on_the_hour() -> (
    None
):
    bus = line(Crowd(110, 2), Crowd(112, 4), wait=20, headway=40, seats=4)

    found = timetable(bus)

    # Full at 112; two of 112 have waited at 132; nobody, but forty minutes later.
    assert [(one.at, one.people) for one in found] == [
        (112, 4),
        (132, 2),
        (172, 0),
        (212, 0),
    ]


@MANY
@given(
    st.lists(st.builds(Crowd, st.integers(100, 220), st.integers(1, 9)), max_size=6),
    st.integers(0, 60),
    st.integers(5, 90),
)
def test_every_timetable_keeps_its_rule(
    crowds: list[Crowd], wait: int, headway: int
) -> None:
    bus = line(*crowds, wait=wait, headway=headway)

    assert frequent(bus, [(one.at, one.people) for one in timetable(bus)])


def test_each_departure_is_driven_at_its_minute() -> None:
    people = line(Crowd(110, 3), Crowd(170, 1))
    problem = timetabled(day(car(), car("car 2")), people)

    plan = planned(problem)

    off = [s.begins + 2 for t in plan.trips for s in t.stops if s.is_pickup]
    assert violations(problem, plan) == ()
    assert (sorted(off), plan.unserved) == ([110, 170], ())


def wrong(problem: Problem, plan: Plan) -> set[str]:
    return {one.code for one in violations(problem, plan)}


def test_the_checker_sees_a_break_that_is_none() -> None:
    plan = planned(long_day("hotel"))
    (trip,) = plan.trips
    (pause,) = trip.pauses

    for other in (
        (),  # none at all
        (replace(pause, ends=pause.begins + 20),),  # short
        (replace(pause, place="beach"),),  # where the car is not
        (replace(pause, begins=70, ends=110),),  # with Ingrid aboard
    ):
        found = replace(plan, trips=(replace(trip, pauses=other),))
        assert wrong(long_day("hotel"), found) == {"break"}


@pytest.mark.parametrize(
    "other",
    [
        replace(MOTORCADE, gap=1.0),  # so that they follow too closely
        replace(MOTORCADE, requests=("leader", "escort")),  # the wrong way round
        replace(MOTORCADE, leaves=110),
    ],
)
def test_the_checker_sees_a_motorcade_out_of_order(other: Motorcade) -> None:
    problem = motorcade_day("car 1", "car 2")
    plan = planned(problem)

    assert wrong(replace(problem, motorcades=(other,)), plan) == {"motorcade"}


def test_the_checker_sees_half_a_motorcade_and_company_in_it() -> None:
    problem = motorcade_day("car 1", "car 2")
    alone = planned(replace(problem, motorcades=()))

    assert "motorcade" in wrong(problem, alone)


@pytest.mark.parametrize(
    "crowds", [(Crowd(110, 3), Crowd(150, 1)), (Crowd(110, 3), Crowd(170, 2))]
)
def test_the_checker_sees_people_who_wait_or_are_left(
    crowds: tuple[Crowd, ...],
) -> None:
    problem = timetabled(day(car(), car("car 2")), line(Crowd(110, 3), Crowd(170, 1)))
    plan = planned(problem)
    (bus,) = problem.shuttles

    problem = replace(problem, shuttles=(replace(bus, crowds=crowds),))
    assert wrong(problem, plan) == {"headway"}


@pytest.mark.parametrize(
    "nonsense",
    [
        lambda: Breaks(0, 30),
        lambda: Motorcade("m", ("a",), 0),
        lambda: Motorcade("m", ("a", "b"), -1),
        lambda: Motorcade("m", ("a", "b"), 0, escorts=("c",)),
        lambda: replace(motorcade_day(), motorcades=(replace(MOTORCADE, gap=30),)),
        lambda: replace(motorcade_day(), motorcades=(replace(MOTORCADE, leaves=1),)),
        lambda: replace(motorcade_day(), motorcades=(MOTORCADE, MOTORCADE)),
        lambda: replace(
            motorcade_day(), motorcades=(replace(MOTORCADE, escorts=("leader",)),)
        ),
        lambda: replace(day(), waits=("moon",)),
        lambda: Crowd(0, 0),
        lambda: line(seats=0),
        lambda: line(Crowd(300, 1)),
    ],
)
def test_orders_that_make_no_sense_are_refused(nonsense: object) -> None:
    with pytest.raises(ValueError, match=r"[Ee]xpected|shut|same"):
        nonsense()  # type: ignore[operator]
