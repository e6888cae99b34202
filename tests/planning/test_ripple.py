"""Lateness runs down the order, and gaps soak it up."""

from datetime import UTC, datetime, timedelta

import pytest

from titian.planning.ripple import Slot, ripple

NINE = datetime(2027, 5, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
HALF = timedelta(minutes=30)

TALK = Slot("talk", NINE, HOUR)
LUNCH = Slot("lunch", NINE + HOUR, HOUR, after=("talk",))
WALK = Slot("walk", NINE + 2 * HOUR + HALF, HOUR, after=("lunch",))


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        (timedelta(0), [0, 0, 0]),  # on time: nothing moves
        (HALF, [30, 30, 0]),  # the gap before the walk soaks it up
        (HOUR, [60, 60, 30]),  # the gap soaks up half of it
    ],
)
def test_gaps_soak_up_what_they_can(late: timedelta, expected: list[int]) -> None:
    found = ripple([TALK, LUNCH, WALK], {"talk": late})

    assert [one.late / timedelta(minutes=1) for one in found] == expected


def test_what_waits_for_nothing_late_starts_on_time() -> None:
    beside = Slot("beside", NINE + HOUR, HOUR)

    _talk, other = ripple([TALK, beside], {"talk": HOUR})

    assert (other.late, other.cause) == (timedelta(0), None)


def test_the_later_of_two_pushes() -> None:
    other = Slot("other", NINE, 2 * HOUR)
    last = Slot("last", NINE + HOUR, HOUR, after=("talk", "other"))

    *_both, found = ripple([TALK, other, last], {})

    assert (found.start, found.cause) == (NINE + 2 * HOUR, "other")


@pytest.mark.parametrize(
    ("slots", "late"),
    [
        ([TALK, TALK], {}),  # the same key twice
        ([LUNCH], {}),  # waits for one that is not there
        ([TALK], {"talk": -HOUR}),  # early is not late
        ([TALK], {"dinner": HOUR}),  # nobody knows a dinner
        ([Slot("long", NINE, -HOUR)], {}),
        (
            [Slot("a", NINE, HOUR, ("b",)), Slot("b", NINE, HOUR, ("a",))],
            {},
        ),  # a circle
    ],
)
def test_what_makes_no_sense_is_refused(
    slots: list[Slot], late: dict[str, timedelta]
) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        ripple(slots, late)
