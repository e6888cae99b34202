"""The checker catches what was spoiled on purpose."""

from dataclasses import replace

import pytest

from tests.planning.cover_week import (
    CALL,
    arunika,
    at,
    demand,
    duty,
    officer,
    problem,
)
from titian.planning.check.cover import violations
from titian.planning.cover import Gap, Nearest, Officer, Plan, Problem, solve

DAYS = tuple(demand(24 * day + 8, 24 * day + 16) for day in range(8))


def codes(asked: Problem, plan: Plan) -> set[str]:
    """The codes of all violations, but for the objective that any spoiling changes."""
    return {found.code for found in violations(asked, plan)} - {"objective"}


@pytest.mark.parametrize(
    ("who", "code"),
    [
        (officer("wati", "A2"), "language"),
        (officer("wati", clearance=5), "clearance"),
        (officer("wati", declined=("ARN",)), "declined"),
        (officer("wati", away=[(15.5, 20)]), "away"),
        (officer("wati", held=(duty("wati", 9, 10, post="ELSEWHERE"),)), "busy"),
        (officer("wati", held=(duty("wati", 9, 10, CALL, "ELSEWHERE"),)), "busy"),
        (officer("wati", held=(duty("wati", 16, 19, post="ELSEWHERE"),)), "hours"),
        (officer("wati", held=(duty("wati", -6, 0, post="ELSEWHERE"),)), "rest"),
    ],
)
def test_a_duty_against_a_rule(who: Officer, code: str) -> None:
    fine = solve(problem([arunika()], [officer("wati")]))
    asked = problem([arunika()], [who])

    assert code in codes(asked, replace(fine, input_hash=_hash(asked)))


def _hash(asked: Problem) -> str:
    return solve(asked).input_hash


def test_six_telephones_at_once() -> None:
    posts = [replace(arunika(demand(8, 16, CALL)), key=f"P{n}") for n in range(6)]
    asked = problem(posts, [officer("wati")])
    plan = solve(asked)

    more = duty("wati", 8, 16, CALL, plan.gaps[0].post)

    assert codes(asked, replace(plan, duties=(*plan.duties, more), gaps=())) == {
        "on_call_limit"
    }


def test_seven_days_without_one_off() -> None:
    asked = problem([arunika(*DAYS)], [officer("wati")], days=9)
    plan = solve(asked)

    told = {one.start for one in plan.duties}
    day = next(day for day in range(8) if at(24 * day + 8) not in told)
    more = duty("wati", 24 * day + 8, 24 * day + 16)

    found = codes(asked, replace(plan, duties=(*plan.duties, more)))
    assert found >= {"day_off", "false_gap"}


def test_hours_that_nobody_asked_for() -> None:
    asked = problem([arunika()], [officer("wati"), officer("marco", "B2")])
    plan = solve(asked)

    more = duty("marco", 17, 20)

    assert codes(asked, replace(plan, duties=(*plan.duties, more))) == {"idle"}


def test_an_hour_that_is_neither_held_nor_told() -> None:
    asked = problem([arunika()], [officer("wati")])
    plan = solve(asked)

    assert codes(asked, replace(plan, duties=())) == {"untold"}


def test_a_gap_that_somebody_could_fill() -> None:
    asked = problem([arunika()], [officer("wati")])
    plan = solve(asked)

    lazy = Gap("ARN", at(8), at(16), ruled_out=(("busy", 1),))

    assert codes(asked, replace(plan, duties=(), gaps=(lazy,))) == {"avoidable"}


@pytest.mark.parametrize("counts", [(), (("free", 1),), (("away", 2),)])
def test_a_gap_that_counts_wrongly(counts: tuple[tuple[str, int], ...]) -> None:
    asked = problem([arunika()], [officer("wati", "")])
    plan = solve(asked)

    lie = replace(plan.gaps[0], ruled_out=counts)

    assert codes(asked, replace(plan, gaps=(lie,))) == {"counts"}


@pytest.mark.parametrize(
    "near",
    [
        Nearest("wati", "rest"),  # it is the language
        Nearest("wati", "language", at(12)),  # which is not learnt by noon
    ],
)
def test_a_gap_that_names_the_wrong_nearest(near: Nearest) -> None:
    asked = problem([arunika()], [officer("wati", "")])
    plan = solve(asked)

    lie = replace(plan.gaps[0], nearest=near)

    assert codes(asked, replace(plan, gaps=(lie,))) == {"nearest"}


def test_what_was_held_is_left_out() -> None:
    held = duty("wati", 8, 16)
    asked = problem([arunika()], [officer("wati", held=(held,)), officer("marco")])
    plan = solve(asked)

    swapped = replace(plan, duties=(duty("marco", 8, 16),))

    assert codes(asked, swapped) == {"missing"}


def test_strangers_end_the_check_at_once() -> None:
    asked = problem([arunika()], [officer("wati")])
    plan = solve(asked)

    strange = (duty("nobody", 8, 16), duty("wati", 8, 16, post="NOWHERE"))

    assert codes(asked, replace(plan, duties=strange)) == {"unknown"}


@pytest.mark.parametrize("level", ["uncovered", "faces", "changed"])
def test_a_plan_that_praises_itself(level: str) -> None:
    asked = problem([arunika()], [officer("wati")])
    plan = solve(asked)

    praised = tuple(
        (name, -1 if name == level else value) for name, value in plan.objective
    )

    found = violations(asked, replace(plan, objective=praised))
    assert [one.code for one in found] == ["objective"]


def test_a_plan_of_another_problem() -> None:
    asked = problem([arunika()], [officer("wati")])
    plan = solve(asked)

    assert codes(problem([arunika()], [officer("wati", "B2")]), plan) == {"hash"}
