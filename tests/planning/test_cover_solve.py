"""A delegation is held by few rested faces, and what was announced stays."""

from dataclasses import replace

import pytest

from tests.planning.cover_week import (
    CALL,
    UNCOVERED_FIRST,
    arunika,
    at,
    demand,
    duty,
    officer,
    problem,
)
from titian.planning.check.cover import violations
from titian.planning.cover import Duty, Plan, Post, Problem, Role, solve
from titian.planning.search import Iterations

DAYS = tuple(demand(24 * day + 6, 24 * day + 23) for day in range(3))
CREW = [officer(key) for key in ("wati", "marco", "petra", "eve")]


def hours(plan: Plan) -> list[tuple[str, float, float]]:
    """Who holds from when until when, in hours from the first midnight."""
    return [
        (one.officer, (one.start - at(0)).total_seconds() / 3600, _end(one))
        for one in plan.duties
    ]


def _end(one: Duty) -> float:
    return (one.end - at(0)).total_seconds() / 3600


def test_two_faces_share_three_days() -> None:
    asked = problem([arunika(*DAYS)], CREW)

    plan = solve(asked, stop=Iterations(50))

    assert plan.gaps == () and violations(asked, plan) == ()
    assert len({one.officer for one in plan.duties}) == 2
    assert len(plan.duties) == 6


def test_nobody_to_hold_and_nothing_to_be_held_are_plans_too() -> None:
    nobody = solve(problem([arunika()], []), stop=Iterations(3))
    nothing = solve(problem([], CREW), stop=Iterations(3))

    assert [(gap.post, gap.ruled_out, gap.nearest) for gap in nobody.gaps] == [
        ("ARN", (), None)
    ]
    assert (nothing.duties, nothing.gaps) == ((), ())


def test_a_face_already_met_is_kept() -> None:
    asked = problem([arunika(kept=("petra", "gone home"))], CREW)

    assert hours(solve(asked)) == [("petra", 8, 16)]


def test_with_two_faces_met_a_third_costs() -> None:
    away = [officer(key, away=[(0, 24)]) for key in ("petra", "eve")]
    asked = problem([arunika(kept=("petra", "eve"))], [CREW[0], *away])

    assert dict(solve(asked).objective)["faces"] == 1


def test_a_head_of_state_is_not_left_alone_for_a_delegate() -> None:
    king = replace(arunika(level=1), key="KNG")
    asked = problem([arunika(level=7), king], [officer("wati")])

    plan = solve(asked, stop=Iterations(0))

    assert [one.post for one in plan.duties] == ["KNG"]
    assert [gap.post for gap in plan.gaps] == ["ARN"]


def test_one_telephone_serves_five_delegations_at_night() -> None:
    night = [_night(f"P{n}") for n in range(6)]
    asked = problem(night, CREW)

    plan = solve(asked, stop=Iterations(30))

    assert plan.gaps == () and violations(asked, plan) == ()
    assert len({one.officer for one in plan.duties}) == 2


def _night(key: str) -> Post:
    return replace(arunika(demand(23, 30, CALL)), key=key)


def test_a_part_is_better_than_nothing() -> None:
    asked = problem([arunika()], [officer("wati", away=[(8, 10)])])

    plan = solve(asked)

    assert hours(plan) == [("wati", 10, 16)]
    assert [(gap.start, gap.end) for gap in plan.gaps] == [(at(8), at(10))]


def test_the_face_of_the_day_is_primary() -> None:
    asked = problem([arunika(demand(8, 16), demand(16, 19))], CREW)

    roles = {one.officer: one.role for one in solve(asked).duties}

    assert sorted(roles.values()) == [Role.PRIMARY, Role.RELIEF]


def test_who_is_only_called_is_nobodys_face() -> None:
    plan = solve(problem([_night("P0")], CREW))

    assert [one.role for one in plan.duties] == [Role.RELIEF]


def test_what_is_held_stays_even_against_the_rules() -> None:
    held = duty("wati", 8, 22)  # fourteen hours, on somebody's own word
    asked = problem([arunika(demand(8, 24))], [officer("wati", held=(held,)), CREW[1]])

    plan = solve(asked)

    assert hours(plan) == [("wati", 8, 22), ("marco", 22, 24)]
    assert plan.duties[0].reason is None and violations(asked, plan) == ()


def test_what_is_held_elsewhere_weighs_on_rest() -> None:
    night = duty("wati", -4, 2, post="ELSEWHERE")
    asked = problem([arunika()], [officer("wati", held=(night,))])

    plan = solve(asked)

    assert hours(plan) == [("wati", 13, 16)]


def test_what_was_announced_does_not_move() -> None:
    told = (duty("eve", 8, 13), duty("petra", 13, 16))

    plan = solve(problem([arunika()], CREW, published=told))

    assert hours(plan) == [("eve", 8, 13), ("petra", 13, 16)]
    assert dict(plan.objective)["changed"] == 0


@pytest.mark.parametrize(
    "told",
    [
        duty("eve", 8, 16),  # she is away now
        duty("gone home", 8, 16),
        duty("wati", 20, 24),  # nobody asks for these hours any more
        duty("wati", 8, 16, post="ELSEWHERE"),
    ],
)
def test_what_can_no_longer_be_held_is_changed(told: Duty) -> None:
    crew = [CREW[0], officer("eve", away=[(9, 10)])]

    plan = solve(problem([arunika()], crew, published=(told,)))

    assert hours(plan) == [("wati", 8, 16)]
    assert dict(plan.objective)["changed"] == 1


def _needing_a_move(order: tuple[str, ...]) -> Problem:
    """Eve holds those whom Wati could hold too; only Eve speaks Arabic."""
    eve = replace(CREW[3], languages={"fr": "C1", "ar": "C1"})
    other = replace(arunika(wanted=(("ar", "B1"),), level=1), key="BEL")
    return problem(
        [arunika(), other],
        [CREW[0], eve],
        published=(duty("eve", 8, 16),),
        order=order,
    )


def test_a_gap_moves_what_was_announced_only_if_it_is_told_to() -> None:
    stays = solve(_needing_a_move(problem([], []).order), stop=Iterations(60))
    moves = solve(_needing_a_move(UNCOVERED_FIRST), stop=Iterations(60))

    assert [(one.post, one.officer) for one in stays.duties] == [("ARN", "eve")]
    assert sorted((one.post, one.officer) for one in moves.duties) == [
        ("ARN", "wati"),
        ("BEL", "eve"),
    ]
    assert dict(moves.objective)["changed"] == 1


def test_a_plan_says_where_it_came_from() -> None:
    plan = solve(problem([arunika()], CREW), stop=Iterations(4), seed=11)

    assert (plan.seed, plan.iterations, plan.engine) == (11, 4, "cover 1")
    assert len(plan.input_hash) == 64


def test_half_hours_are_held_too() -> None:
    asked = problem(
        [arunika(demand(8.5, 12))],
        CREW,
        rules=replace(problem([], []).rules, step_minutes=30),
    )

    plan = solve(asked)

    assert [(one.start, one.end) for one in plan.duties] == [(at(8.5), at(12))]
