"""Somebody falls ill: the least is changed, and everybody else stays."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.planning.cover_week import (
    arunika,
    at,
    demand,
    duty,
    officer,
    problem,
    problems,
    spans,
)
from titian.planning.check.cover import violations
from titian.planning.cover import (
    RULES,
    Duty,
    Officer,
    Plan,
    Problem,
    Span,
    solve,
)
from titian.planning.cover.model import Post
from titian.planning.cover.repair import Repair, Standing, without
from titian.planning.search import Iterations

MORNING = duty("ada", 8, 16)
ILL = Span(at(6), at(20))


def mend(of: Problem, who: str = "ada", span: Span = ILL) -> tuple[Repair, ...]:
    return Standing(of).repairs(who, span, at=at(0))


def broken(of: Problem, duties: tuple[Duty, ...]) -> set[str]:
    """The rules these duties break, asked of the checker."""
    plan = Plan(duties, (), (), 0, "", "", 0)
    codes = {rule.code for rule in RULES} | {"unknown"}
    return {one.code for one in violations(of, plan)} & codes


def test_who_is_free_takes_it_and_nobody_else_is_told() -> None:
    week = problem([arunika()], [officer("ada"), officer("ben")], published=(MORNING,))

    first = mend(week)[0]

    assert first.gone == (MORNING,)
    assert first.new == (duty("ben", 8, 16),)
    assert (first.others, first.ring, first.gaps) == (0, 0, ())


def test_a_known_face_comes_before_a_stranger() -> None:
    kept = arunika(kept=("cyd",))
    crew = [officer("ada"), officer("ben"), officer("cyd")]

    found = mend(problem([kept], crew, published=(MORNING,)))

    assert [one.new[0].officer for one in found] == ["cyd", "ben"]


def test_at_most_three_ways_are_shown() -> None:
    crew = [officer("ada"), *(officer(f"x{n}") for n in range(8))]

    assert len(mend(problem([arunika()], crew, published=(MORNING,)))) == 3


def test_hours_already_served_stay_hers() -> None:
    crew = [officer("ada"), officer("ben")]
    week = problem([arunika()], crew, published=(MORNING,))

    found = Standing(week).repairs("ada", ILL, at=at(11))

    assert set(found[0].new) == {duty("ada", 8, 11), duty("ben", 11, 16)}


def two_sides() -> Problem:
    """Only ben speaks for Arunika as well, and dee for Belimbing; ben is there now."""
    belimbing = Post("BLB", 5, (demand(8, 16),), (("ar", "B2"),))
    crew = [
        officer("ada"),
        Officer("ben", {"fr": "C1", "ar": "C1"}, clearance=1),
        Officer("dee", {"ar": "C1"}, clearance=1),
    ]
    held = duty("ben", 8, 16, post="BLB")
    return problem([arunika(), belimbing], crew, published=(MORNING, held))


def test_one_step_further_somebody_makes_room() -> None:
    first = mend(two_sides())[0]

    assert set(first.new) == {duty("ben", 8, 16), duty("dee", 8, 16, post="BLB")}
    assert (first.others, first.ring, first.gaps) == (1, 1, ())


def test_whom_it_tells_counts_by_level_and_by_how_soon() -> None:
    told = dict(mend(two_sides())[0].cost)["told"]

    # two officers, and a delegation of level 5, all within twelve hours: each twice
    assert told == 2 + 2 + (8 - 5) * 2


def test_what_nobody_can_hold_is_a_gap_with_its_reason() -> None:
    week = problem([arunika()], [officer("ada"), officer("eva", "")])
    week = replace(week, published=(MORNING,))
    standing = Standing(week)

    found = standing.repairs("ada", ILL, at=at(0))[0]
    told = standing.explained(found, "ada", ILL)

    assert [(gap.start, gap.end) for gap in told.gaps] == [(at(8), at(16))]
    assert dict(told.gaps[0].ruled_out) == {"language": 1, "away": 1}


def test_each_new_duty_has_a_reason() -> None:
    crew = [officer("ada"), officer("ben"), officer("cyd", "B2")]
    standing = Standing(problem([arunika()], crew, published=(MORNING,)))

    found = standing.repairs("ada", ILL, at=at(0))[0]
    told = standing.explained(found, "ada", ILL).new[0].reason

    assert told is not None
    assert (told.language, told.runner_up) == ("fr", "cyd")


def test_who_holds_nothing_leaves_nothing_to_mend() -> None:
    crew = [officer("ada"), officer("ben")]

    assert mend(problem([arunika()], crew, published=(MORNING,)), "ben") == ()


def test_what_is_over_is_not_mended() -> None:
    week = problem([arunika()], [officer("ada"), officer("ben")], published=(MORNING,))

    assert Standing(week).repairs("ada", ILL, at=at(22)) == ()


def half_a_day_each() -> Problem:
    """Twenty hours and a half, and two officers, neither of whom may hold them all."""
    crew = [Officer(key, {}, clearance=1) for key in ("L0", "L1")]
    asked = problem([Post("P0", 1, (demand(0, 20.5),))], crew, days=1)
    return replace(asked, published=solve(asked, stop=Iterations(2), seed=7).duties)


@pytest.mark.parametrize(
    ("who", "until"), [("L0", 6.5), ("L1", 1.5), ("L0", 12), ("L1", 20)]
)
def test_asked_twice_it_says_the_same_twice(who: str, until: float) -> None:
    standing = Standing(half_a_day_each())
    before = standing.roster.score()
    span = Span(at(0), at(until))

    found = standing.repairs(who, span, at=at(0))

    assert standing.roster.score() == before
    assert found == standing.repairs(who, span, at=at(0))


@settings(
    max_examples=examples(25, 80),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(problems(), spans(4), st.integers(0, 4), st.integers(0, 48))
def test_no_repair_breaks_a_rule_or_leaves_a_trace(
    asked: Problem, hours: tuple[float, float], who: int, now: int
) -> None:
    plan = solve(asked, stop=Iterations(2), seed=7)
    week = replace(asked, published=plan.duties)
    key = week.officers[who % len(week.officers)].key
    span = Span(at(hours[0]), at(hours[1]))
    standing = Standing(week)
    before = all_of(standing)

    found = standing.repairs(key, span, at=at(now))

    assert found == standing.repairs(key, span, at=at(now))
    assert all_of(standing) == before
    later = Span(max(span.start, at(now)), span.end) if at(now) < span.end else None
    for one in found:
        assert later is not None
        after = one.applied(week.published)
        assert broken(without(week, key, later), after) <= broken(week, week.published)
        assert standing.explained(one, key, span).cost == one.cost
    assert all_of(standing) == before


def all_of(standing: Standing) -> tuple[object, ...]:
    """Who holds what, as the roster and as the board tell it, and what it comes to."""
    roster, board = standing.roster, standing.roster.board
    held = [dict(one) for one in roster.held]
    calls = [list(one) for one in board.calls]
    return held, roster.score(), list(board.attached), calls, board.hours.tobytes()
