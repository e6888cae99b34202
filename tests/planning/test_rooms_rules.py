"""Each rule of rooms, by itself, on three lines of data."""

import pytest
from django.utils import translation

from tests.planning.rooms_town import group, hotel, party, town
from titian.foresight.sentences import ROOM_RULES
from titian.planning.rooms import RULES, SENTENCES, Problem
from titian.planning.rooms import rules as law
from titian.planning.rooms.board import Board


def board_of(problem: Problem, held: dict[int, int] | None = None) -> Board:
    """The rooms, with some parties in them, by number."""
    board = Board(problem)
    for one, room in (held or {}).items():
        board.put(one, room)
    return board


@pytest.mark.parametrize(("asked", "keeps"), [("twin", True), ("suite", False)])
def test_a_room_is_of_the_category_asked_for(asked: str, keeps: bool) -> None:
    board = board_of(town((party(category=asked),), hotel("H", 1)))

    assert law.of_category(board, 0, 0) is keeps


@pytest.mark.parametrize(("asked", "keeps"), [(4, True), (5, False)])
def test_a_hotel_is_good_enough(asked: int, keeps: bool) -> None:
    board = board_of(town((party(),), hotel("H", 1), (group(standard=asked),)))

    assert law.up_to_standard(board, 0, 0) is keeps


@pytest.mark.parametrize(("needs", "keeps"), [(False, True), (True, False)])
def test_who_needs_an_accessible_room_has_one(needs: bool, keeps: bool) -> None:
    board = board_of(town((party(accessible=needs),), hotel("H", 1)))

    assert law.reachable(board, 0, 0) is keeps


@pytest.mark.parametrize(("key", "keeps"), [("H", False), ("I", True)])
def test_those_apart_are_never_in_one_hotel(key: str, keeps: bool) -> None:
    groups = group("A", apart=("B",)), group("B")
    rooms = hotel("H", 2) + hotel("I", 2)
    board = board_of(town((party("A1"), party("B1")), rooms, groups), {0: 0})

    assert law.kept_apart(board, 1, 1 if key == "H" else 2) is keeps


@pytest.mark.parametrize(("room", "keeps"), [(1, False), (2, True)])
def test_a_secure_group_shares_no_floor(room: int, keeps: bool) -> None:
    groups = group("A", secure=True), group("B")
    board = board_of(town((party("A1"), party("B1")), hotel("H", 2, 2), groups), {0: 0})

    assert law.secured(board, 1, room) is keeps


@pytest.mark.parametrize(("first", "keeps"), [(1, False), (2, True)])
def test_a_room_is_empty_in_every_night(first: int, keeps: bool) -> None:
    guests = party("A1", last=1), party("A2", first=first, last=3)
    board = board_of(town(guests, hotel("H", 1)), {0: 0})

    assert law.free(board, 1, 0) is keeps


def test_every_rule_has_its_sentence_in_both_languages() -> None:
    assert set(ROOM_RULES) == {rule.code for rule in RULES}
    for code, sentence in ROOM_RULES.items():
        with translation.override("en"):
            assert str(sentence) == SENTENCES[code]
        with translation.override("id"):
            assert str(sentence) != SENTENCES[code]
