"""Each rule of bilaterals, by itself, on three lines of data."""

import pytest
from django.utils import translation

from tests.planning.bilaterals_day import afternoon, leader, meeting, room
from titian.foresight.sentences import BILATERAL_RULES
from titian.planning.bilaterals import (
    SENTENCES,
    Held,
    Interpreters,
    Meeting,
    Problem,
    Room,
    Rules,
)
from titian.planning.bilaterals import rules as law
from titian.planning.bilaterals.table import Table

OURS = meeting("arn bor")
THEIRS = Held("bor cal", "lotus", 2)
QUARTER = Rules(reset=1, pause=1)


@pytest.mark.parametrize(
    ("wish", "place", "keeps"),
    [
        (meeting(people=8), room(seats=8), True),
        (meeting(people=9), room(seats=8), False),
        (meeting(), room(level=3), False),  # kept for those above level 4
        (meeting(rooms=("teak",)), room(), False),
    ],
)
def test_a_room_suits_by_size_level_and_name(
    wish: Meeting, place: Room, keeps: bool
) -> None:
    assert law.suits(afternoon(wish, place), wish, place) is keeps


def at(problem: Problem, wish: Meeting, start: int, *held: Held) -> str | None:
    """The first rule against that hour."""
    return law.first_broken(Table(problem, held), wish, start)


LONG = meeting("arn bor", length=2)
EARLY = meeting("arn bor", (0, 3))
FRENCH = meeting("arn bor", languages=("fr", "ar"))
BESIDE = meeting("cal dun", languages=("ar", "fr"))
TEAM = Interpreters(("ar", "fr"), 1)
TWO_ROOMS = (room(), room("teak"))


@pytest.mark.parametrize(
    ("problem", "wish", "start", "held", "code"),
    [
        (afternoon(meeting(people=9)), meeting(people=9), 0, (), "fit"),
        (afternoon(FRENCH), FRENCH, 0, (), "language"),
        (afternoon(FRENCH, TEAM), FRENCH, 0, (), None),
        (afternoon(LONG, days=(3, 3)), LONG, 2, (), "day"),
        (afternoon(LONG, days=(3, 3)), LONG, 3, (), None),
        (afternoon(EARLY), EARLY, 3, (), "wanted"),
        (afternoon(OURS, leader("bor", (2, 4))), OURS, 4, (), "leader"),
        (afternoon(OURS, meeting("bor cal"), *TWO_ROOMS), OURS, 2, (THEIRS,), "busy"),
        (afternoon(OURS, meeting("bor cal"), *TWO_ROOMS), OURS, 3, (THEIRS,), None),
        (
            afternoon(OURS, meeting("bor cal"), *TWO_ROOMS, rules=QUARTER),
            OURS,
            3,
            (THEIRS,),
            "busy",  # a quarter of an hour to walk
        ),
        (
            afternoon(FRENCH, BESIDE, TEAM, *TWO_ROOMS),
            FRENCH,
            1,
            (Held("cal dun", "teak", 1),),
            "interpreter",
        ),
        (
            afternoon(OURS, meeting("cal dun")),
            OURS,
            1,
            (Held("cal dun", "lotus", 1),),
            "room",
        ),
        (
            afternoon(OURS, meeting("cal dun"), rules=QUARTER),
            OURS,
            2,
            (Held("cal dun", "lotus", 1),),
            "room",  # being reset
        ),
    ],
)
def test_the_first_rule_in_the_way_is_named(
    problem: Problem, wish: Meeting, start: int, held: tuple[Held, ...], code: str
) -> None:
    assert at(problem, wish, start, *held) == code


@pytest.mark.parametrize("words", SENTENCES.values())
def test_every_sentence_names_the_meeting_and_no_reason_of_a_side(words: str) -> None:
    assert "Arunika" in words % {"meeting": "Arunika and Borneria"}


def test_every_sentence_is_said_in_both_languages() -> None:
    with translation.override("en"):
        assert {c: str(words) for c, words in BILATERAL_RULES.items()} == SENTENCES
    with translation.override("id"):
        assert not set(map(str, BILATERAL_RULES.values())) & set(SENTENCES.values())
