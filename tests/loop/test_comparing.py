"""What was said back beside what was asked: no difference is hidden, none invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from titian.loop.comparing import LONG, compared, segments_of

WORD = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=6)
WORDS = st.lists(WORD, max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("asked", "heard", "kind"),
    [
        ("Two cars", "two cars", "same"),  # a capital is no difference
        ("Two cars", "Two  cars.", "same"),  # nor a stop
        ("Two cars", "Two cars, ready at 05.45", "added"),
        ("Two cars", "Three cars", "differs"),
        ("05.30", "05.45", "differs"),
        ("Beach in front of the hotel", "Geger beach", "differs"),
        ("Without press", "Press", "differs"),
        ("Two cars", "", "missing"),
        ("", "Two cars", "added"),
        ("أربعة أشخاص", "ثلاثة أشخاص", "differs"),
    ],
)
def test_a_field_is_the_same_or_not(asked: str, heard: str, kind: str) -> None:
    [one] = compared({"what": asked}, {"what": heard})

    assert one.kind == kind


def test_the_changed_words_are_marked() -> None:
    [one] = compared({"who": "she and four people"}, {"who": "she and three people"})

    assert one.segments == (
        ("same", "she and"),
        ("taken", "four"),
        ("added", "three"),
        ("same", "people"),
    )


def test_what_was_said_back_besides_comes_last() -> None:
    found = compared({"who": "she", "when": "at six"}, {"car": "one", "who": "she"})

    assert [(one.field, one.kind) for one in found] == [
        ("who", "same"),
        ("when", "missing"),
        ("car", "added"),
    ]


def test_what_is_too_long_to_mark_stands_whole() -> None:
    asked, heard = "a " * (LONG + 1), "b"

    assert list(segments_of(asked, heard)) == [("taken", asked), ("added", heard)]


@given(WORDS, WORDS)
def test_no_word_is_lost_between_the_marks(asked: str, heard: str) -> None:
    marked = list(segments_of(asked, heard))

    kept = [words for kind, words in marked if kind in {"same", "taken"}]
    told = [words for kind, words in marked if kind in {"same", "added"}]
    assert " ".join(kept).casefold() == asked.casefold()
    assert " ".join(told) == heard
