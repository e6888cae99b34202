"""Stretches are cut into duties a person can hold, near the hours of handing over."""

from itertools import pairwise

import pytest

from titian.planning.cover import Mode, Rules
from titian.planning.cover.cut import Cutting, cuts

WITH = Cutting.of(Rules(), Mode.ATTACHED)
CALLS = Cutting.of(Rules(), Mode.ON_CALL)


@pytest.mark.parametrize(
    ("cutting", "start", "length", "expected"),
    [
        (WITH, 9, 2, (2,)),  # shorter than the shortest duty: it stays whole
        (WITH, 9, 10, (10,)),  # one person can
        (WITH, 6, 17, (7, 17)),  # 06-13-23
        (WITH, 5, 24, (8, 16, 24)),  # a whole day, handed over at 13 and 21
        (WITH, 9, 13, (6, 13)),  # 09-15-22: six and seven, not four and nine
        (CALLS, 23, 7, (7,)),  # a night
        (CALLS, 21, 24, (8, 16, 24)),  # a day before they come
    ],
)
def test_duties_are_humane_and_handed_over_at_good_hours(
    cutting: Cutting, start: int, length: int, expected: tuple[int, ...]
) -> None:
    assert cuts(cutting, length, start) == expected


@pytest.mark.parametrize("length", range(3, 60))
@pytest.mark.parametrize("start", [0, 7, 19])
def test_no_duty_is_too_short_or_too_long(start: int, length: int) -> None:
    ends = (0, *cuts(WITH, length, start))

    duties = [after - before for before, after in pairwise(ends)]
    assert sum(duties) == length
    assert min(duties) >= 3 and max(duties) <= 10


def test_half_hours_are_cut_like_hours() -> None:
    halves = Cutting.of(Rules(step_minutes=30), Mode.ATTACHED)

    assert cuts(halves, 48, 10) == (16, 32, 48)


def test_without_preferred_hours_only_length_counts() -> None:
    free = Cutting.of(Rules(handover_hours=()), Mode.ATTACHED)

    assert cuts(free, 16, 3) == (8, 16)
