"""Plans for days so small that the best one is plain."""

import json
import subprocess
import sys
from dataclasses import replace
from itertools import count

import pytest

from tests.planning.trips_day import IN_TURN, car, day, guest
from titian.planning.check.trips import violations
from titian.planning.search import First, Iterations, Seconds, WithoutGain
from titian.planning.trips import Plan, Problem, Rules, as_data, solve

SHORT = Iterations(2)


def driven(plan: Plan) -> dict[str, list[str]]:
    """Who is picked up by which vehicle, in which order."""
    return {
        trip.vehicle: [stop.request for stop in trip.stops if stop.is_pickup]
        for trip in plan.trips
    }


def test_nobody_to_drive_is_a_plan_too() -> None:
    plan = solve(day(), stop=SHORT)

    assert (plan.trips, plan.unserved) == ((), ())


def test_two_who_travel_alike_share_a_car() -> None:
    problem = day(guest(), guest("tomas", drop="hall"), car(), car("car 2"))

    plan = solve(problem, stop=SHORT)

    assert violations(problem, plan) == ()
    assert {key: sorted(who) for key, who in driven(plan).items()} == {
        "car 1": ["ingrid", "tomas"]
    }
    assert dict(plan.objective)["distance"] == 60


def test_a_ride_that_would_be_too_long_takes_a_second_car() -> None:
    direct = guest("tomas", "airport", "beach", ride=50, ready=(60, 60))
    problem = day(guest(ready=(60, 60)), direct, car(), car("car 2"))

    plan = solve(problem, stop=SHORT)

    assert violations(problem, plan) == ()
    assert len(plan.trips) == 2


def test_the_higher_guest_is_driven_where_one_must_be_left() -> None:
    minister = guest("minister", level=2, ready=(60, 60))
    other = guest("aide", "beach", "hall", level=6, ready=(60, 60))

    plan = solve(day(other, minister), stop=SHORT)

    assert plan.unserved == ("aide",)


@pytest.mark.parametrize(
    ("layouts", "served"),
    [
        (((3, 0),), 1),  # no place for a wheelchair
        (((3, 0), (1, 1)), 2),  # a seat folds away
    ],
)
def test_seats_can_be_arranged_another_way(
    layouts: tuple[tuple[int, ...], ...], served: int
) -> None:
    problem = day(
        guest(load=(3, 0)),
        guest("wayan", "hall", "beach", load=(0, 1), ready=(200, 240)),
        car(seats=layouts),
        seats=("seat", "wheelchair"),
    )

    plan = solve(problem, stop=SHORT)

    assert violations(problem, plan) == ()
    assert 2 - len(plan.unserved) == served


@pytest.mark.parametrize(("order", "cars"), [(IN_TURN, 2), ("", 1)])
def test_the_order_of_the_levels_is_kept(order: tuple[str, ...], cars: int) -> None:
    far = guest("tomas", "beach", "hall", ready=(200, 300), due=(0, 600))
    near = guest("ingrid", "airport", "hotel", ready=(60, 90))
    fleet = car(base="airport"), car("car 2", base="beach")
    problem = day(near, far, *fleet)
    if not order:
        problem = replace(problem, order=("unserved", "told", "vehicles", "distance"))

    plan = solve(problem, stop=Iterations(5))

    assert violations(problem, plan) == ()
    assert len(plan.trips) == cars


def test_a_driver_leaves_no_earlier_than_the_first_guest_needs() -> None:
    plan = solve(day(guest(ready=(300, 320), due=(0, 600))), stop=SHORT)

    assert plan.trips[0].leaves == 280


def test_a_level_rides_no_longer_than_the_house_says() -> None:
    rules = Rules(longest_ride=(10, 30, 40, 45, 60, 60, 75))
    problem = day(guest(level=1), rules=rules)

    assert solve(problem, stop=SHORT).unserved == ("ingrid",)


def busy_day(people: int = 12) -> Problem:
    """A day with something to search for."""
    stretch = ("airport", "hotel", "hall", "beach")
    return day(
        *(
            guest(
                f"guest {n}",
                stretch[n % 4],
                stretch[(n * 3 + 1) % 4],
                ready=(20 * n, 20 * n + 40),
                due=(0, 600),
                level=1 + n % 7,
            )
            for n in range(people)
        ),
        *(car(f"car {n}", base=stretch[n % 4]) for n in range(3)),
    )


def test_the_same_problem_seed_and_rounds_give_the_same_bytes() -> None:
    told = {
        json.dumps(as_data(solve(busy_day(), stop=Iterations(4), seed=9)))
        for _time in range(3)
    }

    assert len(told) == 1


def test_every_better_plan_on_the_way_passes_the_checker() -> None:
    problem = busy_day()
    seen: list[Plan] = []

    last = solve(problem, stop=Iterations(4), seed=1, progress=seen.append)

    assert [violations(problem, plan) for plan in seen] == [()] * len(seen)
    assert all(
        [v for _l, v in last.objective] <= [v for _l, v in plan.objective]
        for plan in seen
    )


def test_a_search_ends_when_its_rules_say() -> None:
    ticks = count()
    by_clock = Seconds(3, lambda: float(next(ticks)))

    timed = solve(busy_day(), stop=First((by_clock, Iterations(9))))
    idle = solve(busy_day(3), stop=WithoutGain(2))

    assert timed.iterations == 3 * 200
    assert idle.iterations >= 2 * 200


def test_numba_is_not_loaded_before_a_plan_is_made() -> None:
    code = (
        "import sys, titian.planning.trips, titian.planning.check.trips;"
        "sys.exit('numba' in sys.modules or 'numpy' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: day(guest(), guest()),  # the same key twice
        lambda: day(guest(level=0)),
        lambda: day(guest(load=(1, 1))),  # a kind of seat nobody named
        lambda: day(guest(ride=0)),
        lambda: day(guest(pickup="moon")),
        lambda: day(car(base="moon")),
        lambda: day(car(seats=())),
        lambda: day(order=("unserved",)),
        lambda: replace(day(), minutes=()),
        lambda: guest(ready=(9, 8)),
        lambda: Rules(longest_ride=(1,)),
        lambda: Rules(weight=(0,) * 7),
        lambda: Rules(tolerance=-1),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"[Ee]xpected|same|without"):
        wrong()  # type: ignore[operator]
