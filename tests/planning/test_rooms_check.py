"""The checker finds each fault, and is not told where to look."""

from dataclasses import replace
from typing import Any

import pytest

from tests.planning.rooms_town import group, hotel, party, town
from titian.planning.check.rooms import violations
from titian.planning.rooms import Plan, Problem, Stay, solve

PROBLEM = town((party("A1"), party("B1")), hotel("H", 2), (group("A"), group("B")))
PLAN = solve(PROBLEM)


def codes(problem: Problem, plan: Plan = PLAN) -> set[str]:
    """What is wrong, but for what the objective says of it."""
    return {one.code for one in violations(problem, plan)} - {"objective"}


def with_party(**said: Any) -> Problem:
    """The problem, were the first party another."""
    changed = replace(PROBLEM.parties[0], **said)
    return replace(PROBLEM, parties=(changed, *PROBLEM.parties[1:]))


def test_a_sound_plan_has_no_fault() -> None:
    assert violations(PROBLEM, PLAN) == ()


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (with_party(category="suite"), "category"),
        (with_party(accessible=True), "accessible"),
        (with_party(names=("Somebody else",)), "names"),
        (replace(PROBLEM, groups=(group("A", standard=5), group("B"))), "standard"),
        (replace(PROBLEM, groups=(group("A", apart=("B",)), group("B"))), "apart"),
        (replace(PROBLEM, groups=(group("A", secure=True), group("B"))), "security"),
        (replace(PROBLEM, rooms=PROBLEM.rooms[1:]), "unknown"),
        (replace(PROBLEM, parties=(*PROBLEM.parties, party("B2"))), "lost"),
    ],
)
def test_each_rule_is_looked_at(problem: Problem, code: str) -> None:
    assert code in codes(problem)


def test_two_in_one_bed_and_one_in_two_are_seen() -> None:
    first, second = PLAN.stays
    shared = replace(PLAN, stays=(first, replace(second, room=first.room)))
    twice = replace(PLAN, stays=(*PLAN.stays, Stay("A1", second.room, first.names)))

    assert codes(PROBLEM, shared) == {"free"}
    assert codes(PROBLEM, twice) == {"twice", "free"}


def test_a_plan_that_flatters_itself_is_seen() -> None:
    flattering = replace(PLAN, objective=tuple((n, 0) for n, _v in PLAN.objective))

    assert "objective" in {one.code for one in violations(PROBLEM, flattering)}
