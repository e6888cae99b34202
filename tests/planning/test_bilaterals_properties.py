"""What holds for any afternoon of meetings, also for those nobody would ask for."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.planning.bilaterals_day import problems
from titian.planning.bilaterals import (
    EVER,
    Problem,
    as_data,
    impossible,
    repair,
    solve,
    why,
)
from titian.planning.check.bilaterals import violations
from titian.planning.search import Iterations

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
def test_leaders_with_more_time_are_refused_no_more(problem: Problem) -> None:
    relaxed = replace(
        problem, leaders=tuple(replace(one, free=EVER) for one in problem.leaders)
    )

    first = dict(solve(problem, stop=ROUNDS, seed=3).objective)
    second = dict(solve(relaxed, stop=ROUNDS, seed=3).objective)

    assert second["refused"] <= first["refused"]


@MANY
@given(problems())
def test_where_nothing_changed_nobody_is_moved(problem: Problem) -> None:
    plan = solve(problem, stop=ROUNDS, seed=3)

    assert [one.plan for one in repair(problem, plan)] == [plan]


@MANY
@given(problems(), st.integers(0, 9), st.integers(0, 3))
def test_every_repair_passes_the_checker(
    problem: Problem, late: int, which: int
) -> None:
    plan = solve(problem, stop=ROUNDS, seed=3)
    key = problem.leaders[which].key
    changed = replace(
        problem,
        leaders=tuple(
            replace(one, free=tuple(s for s in one.free if s.first >= late))
            if one.key == key
            else one
            for one in problem.leaders
        ),
    )

    for one in repair(changed, plan):
        assert violations(changed, one.plan, told=one.burden) == ()
        assert not set(one.told) & set(one.lost)


@MANY
@given(problems())
def test_every_meeting_is_explained(problem: Problem) -> None:
    """Whatever is refused names a rule; whatever is held can be asked about."""
    plan = solve(problem, stop=ROUNDS, seed=3)

    for one in plan.refused:
        assert one.rule in {code for code, _many in one.ruled_out}
        assert impossible(problem, plan, one.meeting).ruled_out == one.ruled_out
    for held in plan.held:
        assert why(problem, plan, held.meeting).held == held
