"""Each rule of cover, by itself, on three lines of data."""

import pytest

from tests.planning.cover_week import CALL, arunika, board, duty, officer, piece
from titian.planning.cover import Duty, Mode, Rules
from titian.planning.cover import rules as law

WEEK = tuple(duty("wati", 24 * day + 8, 24 * day + 16) for day in range(6))


@pytest.mark.parametrize(
    ("french", "keeps"),
    [
        ("", False),  # none at all
        ("B1", False),  # not well enough
        ("B2", True),
        ("C2", True),
    ],
)
def test_one_must_speak_a_wanted_language(french: str, keeps: bool) -> None:
    found = board(officer("wati", french))

    assert law.speaks(found, 0, piece(found, 8, 16)) is keeps


def test_who_wants_no_language_is_understood_by_all() -> None:
    found = board(officer("wati", ""), arunika(wanted=()))

    assert law.speaks(found, 0, piece(found, 8, 16))


def test_the_language_spoken_best_is_the_one_that_counts() -> None:
    post = arunika(wanted=(("fr", "B1"), ("ar", "B1")))
    wati = officer("wati", "B1")

    assert law.tongue(post, wati) == ("fr", "B1")


@pytest.mark.parametrize(("clearance", "keeps"), [(3, True), (4, False)])
def test_one_must_be_cleared_for_the_level(clearance: int, keeps: bool) -> None:
    found = board(officer("wati", clearance=clearance), arunika(level=3))

    assert law.cleared(found, 0, piece(found, 8, 16)) is keeps


def test_who_declined_is_not_asked_again() -> None:
    found = board(officer("wati", declined=("ARN",)))

    assert not law.willing(found, 0, piece(found, 8, 16))


@pytest.mark.parametrize(("start", "keeps"), [(8, False), (12, True)])
def test_one_must_be_there(start: int, keeps: bool) -> None:
    found = board(officer("wati", away=[(7.5, 11.25)]))

    assert law.present(found, 0, piece(found, start, 16)) is keeps


@pytest.mark.parametrize(
    ("held", "asked", "keeps"),
    [
        (duty("wati", 8, 12), (12, 16), True),  # one after the other
        (duty("wati", 8, 12), (11, 16), False),  # two delegations at once
        (duty("wati", 8, 12, CALL), (11, 16), False),  # the telephone rings meanwhile
    ],
)
def test_one_is_with_one_delegation_at_a_time(
    held: Duty, asked: tuple[int, int], keeps: bool
) -> None:
    found = board(officer("wati", held=(held,)))

    assert law.alone(found, 0, piece(found, *asked)) is keeps


@pytest.mark.parametrize(("mode", "keeps"), [(Mode.ATTACHED, False), (CALL, True)])
def test_calls_may_be_held_together_but_not_beside_a_guest(
    mode: Mode, keeps: bool
) -> None:
    found = board(officer("wati", held=(duty("wati", 20, 24, mode),)))

    assert law.alone(found, 0, piece(found, 22, 26, CALL)) is keeps


@pytest.mark.parametrize(("held", "keeps"), [(4, True), (5, False)])
def test_at_most_five_telephones_ring(held: int, keeps: bool) -> None:
    calls = tuple(duty("wati", 22, 30, CALL, post=f"P{n}") for n in range(held))
    found = board(officer("wati", held=calls))

    assert law.within_calls(found, 0, piece(found, 29, 32, CALL)) is keeps


@pytest.mark.parametrize(
    ("held", "asked", "keeps"),
    [
        ((8, 14), (14, 18), True),  # ten hours
        ((8, 14), (14, 19), False),  # eleven
        ((8, 16), (32, 40), True),  # the same hours on two days
        ((14, 22), (34, 40), False),  # twelve from 14:00 to 14:00
        ((8, 14), (0, 5), False),  # before what is held: eleven in a day
        ((8, 14), (31, 36), True),  # never more than ten within a day
    ],
)
def test_at_most_ten_hours_in_any_twenty_four(
    held: tuple[int, int], asked: tuple[int, int], keeps: bool
) -> None:
    found = board(officer("wati", held=(duty("wati", *held),)))

    assert law.within_hours(found, 0, piece(found, *asked)) is keeps


def test_hours_on_call_are_no_hours_with_a_guest() -> None:
    found = board(officer("wati", held=(duty("wati", 8, 18),)))

    assert law.within_hours(found, 0, piece(found, 18, 22, CALL))


@pytest.mark.parametrize(
    ("held", "asked", "keeps"),
    [
        ((8, 16), (27, 33), True),  # eleven hours lie between
        ((8, 16), (26, 32), False),  # ten hours: one day of work from 8 to 8
        ((8, 12), (17, 21), True),  # one day of work, thirteen hours long
        ((8, 12), (18, 22), False),  # fourteen
        ((18, 22), (8, 12), False),  # the same, asked the other way round
        ((18, 22), (0, 7), True),  # eleven hours lie between
    ],
)
def test_eleven_hours_of_rest_in_a_day(
    held: tuple[int, int], asked: tuple[int, int], keeps: bool
) -> None:
    found = board(officer("wati", held=(duty("wati", *held),)))

    assert law.rested(found, 0, piece(found, *asked)) is keeps


def test_a_night_on_call_is_no_rest() -> None:
    found = board(officer("wati", held=(duty("wati", 22, 30, CALL),)))

    assert not law.rested(found, 0, piece(found, 32, 40))


@pytest.mark.parametrize(
    ("days", "asked", "keeps"),
    [
        (WEEK[:5], (24 * 5 + 8, 24 * 5 + 16), True),  # six days in a row
        (WEEK, (24 * 6 + 8, 24 * 6 + 16), False),  # seven
        (WEEK, (24 * 7 + 8, 24 * 7 + 16), True),  # the seventh was free
        (WEEK[1:], (8, 16), True),  # the first of six
    ],
)
def test_one_day_in_seven_is_free(
    days: tuple[Duty, ...], asked: tuple[int, int], keeps: bool
) -> None:
    found = board(officer("wati", held=days))

    assert law.has_day_off(found, 0, piece(found, *asked)) is keeps


def test_all_rules_broken_are_named_in_their_order() -> None:
    found = board(officer("wati", "A2", away=[(8, 9)], held=(duty("wati", 9, 18),)))
    asked = piece(found, 8, 16)

    assert law.broken(found, 0, asked) == ("language", "away", "busy")


def test_every_rule_has_its_sentence_and_its_limit() -> None:
    limits = {rule.limit for rule in law.RULES if rule.limit}

    assert all("%(officer)s" in sentence for sentence in law.SENTENCES.values())
    assert limits == {"on_call_limit", "attached_limit", "rest"}
    assert all(hasattr(Rules(), limit) for limit in limits)


def test_what_was_put_can_be_taken_back_from_under_another_call() -> None:
    found = board(officer("wati"))
    first, second = piece(found, 20, 26, CALL), piece(found, 22, 30, CALL)
    found.put(first, 0)
    found.put(second, 0)

    found.take(first, 0)

    assert found.calls[0] == [second.mask, 0, 0, 0, 0]
