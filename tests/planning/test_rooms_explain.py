"""Why this room, and what would have to give for one."""

from itertools import combinations

import pytest

from tests.planning.rooms_town import group, hotel, party, town
from titian.planning.rooms import impossible, solve, why
from titian.planning.rooms.board import Board
from titian.planning.rooms.rules import allows_but


def test_the_runner_up_says_what_it_would_add() -> None:
    problem = town((party(),), hotel("H", 1) + hotel("I", 1))

    reason = why(problem, solve(problem), "A1")

    assert (reason.room, reason.runner_up) == ("H10", "I10")
    assert reason.regret == (("spread", 15),)


def test_every_other_room_has_the_first_rule_in_its_way() -> None:
    rooms = hotel("H", 1) + hotel("I", 2, category="suite")
    problem = town((party(),), rooms)

    assert why(problem, solve(problem), "A1").ruled_out == (("category", 2),)


def test_a_smallest_set_of_rules_is_enough_and_no_less_would_be() -> None:
    groups = group("A", standard=5), group("B", 1, secure=True)
    guests = party("A1", accessible=True), party("B1")
    problem = town(guests, hotel("H", 2), groups)
    plan = solve(problem)

    relaxation = impossible(problem, plan, "A1")

    board = Board(problem)
    board.load(plan.stays)
    rooms = range(len(problem.rooms))
    assert relaxation.rules == ("standard", "accessible", "security")
    assert any(allows_but(board, 0, room, relaxation.rules) for room in rooms)
    for fewer in combinations(relaxation.rules, len(relaxation.rules) - 1):
        assert not any(allows_but(board, 0, room, fewer) for room in rooms)


def test_who_is_housed_is_not_asked_what_would_have_to_give() -> None:
    problem = town((party(),), hotel("H", 1))
    plan = solve(problem)

    with pytest.raises(ValueError, match="has a room"):
        impossible(problem, plan, "A1")
    with pytest.raises(ValueError, match="no party"):
        why(problem, plan, "Z9")
