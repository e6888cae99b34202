"""What holds for any town, also for those nobody would send guests to."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.planning.rooms_town import towns
from titian.planning.check.rooms import violations
from titian.planning.rooms import (
    Effort,
    Problem,
    as_data,
    impossible,
    repair,
    solve,
    without,
)
from titian.planning.search import Iterations

pytestmark = pytest.mark.slow

MANY = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
ROUNDS = Iterations(2)


@MANY
@given(towns(), st.integers(0, 2**70))
def test_every_plan_passes_the_checker(problem: Problem, seed: int) -> None:
    plan = solve(problem, stop=ROUNDS, seed=seed)

    assert violations(problem, plan) == ()


@MANY
@given(towns())
def test_the_same_input_and_seed_give_the_same_plan(problem: Problem) -> None:
    first, second = (solve(problem, stop=ROUNDS, seed=3) for _time in "ab")

    assert as_data(first) == as_data(second)


@MANY
@given(towns())
def test_no_plan_is_below_its_bound(problem: Problem) -> None:
    plan = solve(problem, stop=ROUNDS, proof=Effort(nodes=20))

    value, least = dict(plan.objective), dict(plan.bound)
    assert value["unhoused"] >= least["unhoused"]
    if value["unhoused"] == least["unhoused"]:
        assert value["spread"] >= least["spread"]


@MANY
@given(towns())
def test_a_rule_relaxed_leaves_nobody_more_without_a_room(problem: Problem) -> None:
    relaxed = replace(
        problem,
        groups=tuple(
            replace(one, standard=0, apart=(), secure=False) for one in problem.groups
        ),
        parties=tuple(replace(one, accessible=False) for one in problem.parties),
    )

    first, second = (
        dict(solve(one, stop=ROUNDS).objective) for one in (problem, relaxed)
    )

    assert second["unhoused"] <= first["unhoused"]


@MANY
@given(towns())
def test_a_repair_with_no_change_is_the_same_plan(problem: Problem) -> None:
    plan = solve(problem, stop=ROUNDS)

    assert repair(problem, plan)[0].plan is plan


@MANY
@given(towns(), st.sampled_from("HI"), st.sampled_from([None, 1]))
def test_every_repair_passes_the_checker(
    problem: Problem, lost: str, floor: int | None
) -> None:
    plan, less = solve(problem, stop=ROUNDS), without(problem, lost, floor)

    for way in repair(less, plan):
        told = way.burden if way.ring != "none" else 0
        assert violations(less, way.plan, told=told) == ()


@MANY
@given(towns())
def test_every_party_without_a_room_is_told_what_would_have_to_give(
    problem: Problem,
) -> None:
    plan = solve(problem, stop=ROUNDS)

    for key in plan.unhoused:
        assert bool(impossible(problem, plan, key).rules) == bool(problem.rooms)
