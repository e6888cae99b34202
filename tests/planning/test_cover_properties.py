"""What holds for any problem, also for those nobody would put."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.planning.cover_week import UNCOVERED_FIRST, problems
from titian.planning.check.cover import violations
from titian.planning.cover import Mode, Problem, as_data, impossible, solve, why
from titian.planning.cover.board import Board, piece_of
from titian.planning.cover.construct import construct, takers
from titian.planning.cover.explain import codes, verdicts
from titian.planning.cover.improve import improve
from titian.planning.cover.roster import Roster
from titian.planning.cover.rules import broken
from titian.planning.search import Iterations

pytestmark = pytest.mark.slow

MANY = settings(
    max_examples=examples(30, 120),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@MANY
@given(problems())
def test_every_plan_passes_the_checker(problem: Problem) -> None:
    plan = solve(problem, stop=Iterations(12), seed=7)

    assert violations(problem, plan) == ()


@MANY
@given(problems())
def test_the_same_input_and_seed_give_the_same_plan(problem: Problem) -> None:
    first, second = (solve(problem, stop=Iterations(8), seed=3) for _time in "ab")

    assert as_data(first) == as_data(second)


@MANY
@given(problems())
def test_more_rounds_never_make_a_plan_worse(problem: Problem) -> None:
    first = solve(problem, stop=Iterations(0), seed=3)
    better = solve(problem, stop=Iterations(20), seed=3)

    assert [v for _level, v in better.objective] <= [v for _level, v in first.objective]


@MANY
@given(problems(), st.integers(0, 7))
def test_a_round_taken_back_leaves_no_trace(problem: Problem, seed: int) -> None:
    plan = solve(problem, stop=Iterations(2), seed=7)
    roster = construct(replace(problem, published=plan.duties, order=UNCOVERED_FIRST))

    improve(roster, Iterations(6), Random(seed))

    fresh = Roster(Board(roster.problem))
    for number, one in enumerate(problem.officers):
        for duty in one.held:
            fresh.pin(fresh.board.piece(duty), number)
    for piece, officer in (one for held in roster.held for one in held.items()):
        fresh.put(piece, officer)
    assert roster.score() == fresh.score()
    assert (roster.now.who == fresh.now.who).all()


@MANY
@given(problems())
def test_asked_later_a_plan_gives_the_same_reasons(problem: Problem) -> None:
    plan = solve(problem, stop=Iterations(4), seed=5)

    told = [(one, one.reason) for one in plan.duties if one.reason]
    assert [why(problem, plan, one) for one, _reason in told] == [r for _o, r in told]
    assert [as_data(impossible(problem, plan, gap)) for gap in plan.gaps] == [
        as_data(gap) for gap in plan.gaps
    ]


@MANY
@given(problems(), st.sampled_from(Mode), st.integers(1, 26))
def test_who_may_take_a_piece_is_who_breaks_no_rule(
    problem: Problem, mode: Mode, length: int
) -> None:
    roster = construct(problem)
    board, crew = roster.board, range(len(problem.officers))
    for start in range(board.grid.first - 3, board.grid.last, 3):
        piece = piece_of(0, start, start + length, mode)
        told = [broken(board, officer, piece) for officer in crew]

        assert sorted(takers(roster, piece)) == [o for o in crew if not told[o]]
        assert [tuple(codes(one)) for one in verdicts(roster, piece)] == told
