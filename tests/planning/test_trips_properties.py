"""What holds for any day of cars, also for those nobody would plan."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.planning.trips_day import orders, problems
from titian.planning.check.trips import violations
from titian.planning.search import Iterations
from titian.planning.trips import Problem, as_data, repair, solve
from titian.planning.trips.model import ENDLESS

pytestmark = pytest.mark.slow

MANY = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
ROUNDS = Iterations(1)


@MANY
@given(problems(), st.integers(0, 2**70))
def test_every_plan_passes_the_checker(problem: Problem, seed: int) -> None:
    plan = solve(problem, stop=ROUNDS, seed=seed)

    assert violations(problem, plan) == ()


@MANY
@given(orders(), st.integers(0, 9))
def test_breaks_motorcades_and_shuttles_pass_the_checker_too(
    problem: Problem, seed: int
) -> None:
    plan = solve(problem, stop=ROUNDS, seed=seed)

    assert violations(problem, plan) == ()
    assert as_data(plan) == as_data(solve(problem, stop=ROUNDS, seed=seed))


@MANY
@given(orders(), st.integers(0, 3))
def test_with_a_vehicle_less_the_repaired_day_passes_the_checker(
    problem: Problem, gone: int
) -> None:
    plan = solve(problem, stop=ROUNDS, seed=3)
    cars = [v for n, v in enumerate(problem.vehicles) if n != gone]
    assume(cars)
    less = replace(problem, vehicles=tuple(cars))

    for found in repair(less, plan):
        assert violations(less, found.plan, told=found.burden) == ()


@MANY
@given(problems())
def test_the_same_input_and_seed_give_the_same_plan(problem: Problem) -> None:
    first, second = (solve(problem, stop=ROUNDS, seed=3) for _time in "ab")

    assert as_data(first) == as_data(second)


@MANY
@given(problems())
def test_more_rounds_never_make_a_plan_worse(problem: Problem) -> None:
    first = solve(problem, stop=Iterations(0), seed=3)
    better = solve(problem, stop=ROUNDS, seed=3)

    assert [v for _level, v in better.objective] <= [v for _level, v in first.objective]


@MANY
@given(problems())
def test_longer_rides_and_duties_leave_nobody_more_behind(problem: Problem) -> None:
    relaxed = replace(
        problem,
        requests=tuple(replace(r, longest_ride=ENDLESS) for r in problem.requests),
        vehicles=tuple(replace(v, longest_duty=ENDLESS) for v in problem.vehicles),
    )

    first = dict(solve(problem, stop=Iterations(3), seed=3).objective)
    second = dict(solve(relaxed, stop=Iterations(3), seed=3).objective)

    assert second["unserved"] <= first["unserved"]
