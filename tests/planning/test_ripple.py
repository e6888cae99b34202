"""Lateness runs down the order, and gaps soak it up."""

from datetime import UTC, datetime, timedelta

import pytest

from titian.planning.ripple import Slot, causes, ripple

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


def test_what_follows_in_the_same_place_waits_unasked() -> None:
    first = Slot("first", NINE, HOUR, place="Hall B")
    second = Slot("second", NINE + HOUR, HOUR, place="Hall B")
    other = Slot("other", NINE + HOUR, HOUR, place="Hall C")

    found = ripple([second, other, first], {"first": HALF})

    assert [(one.slot.key, one.late, one.cause) for one in found] == [
        ("second", HALF, "first"),
        ("other", timedelta(0), None),
        ("first", HALF, None),
    ]


def test_what_overlaps_in_one_place_was_planned_so() -> None:
    lunch = Slot("lunch", NINE, 3 * HOUR, place="Garden")
    music = Slot("music", NINE + HOUR, HOUR, place="Garden")
    speech = Slot("speech", NINE + 3 * HOUR, HOUR, place="Garden")

    found = ripple([lunch, music, speech], {"lunch": HALF})

    assert [(one.late, one.cause) for one in found[1:]] == [
        (timedelta(0), None),
        (HALF, "lunch"),
    ]


def test_who_is_said_to_follow_is_not_asked_to_lead() -> None:
    door = Slot("door", NINE, timedelta(0), ("bell",), "Hall B")
    bell = Slot("bell", NINE, timedelta(0), place="Hall B")

    found = ripple([door, bell], {"bell": HALF})

    assert found[0].cause == "bell"


def test_rooms_take_a_while_to_be_made_ready() -> None:
    found = ripple([TALK, Slot("next", NINE + HOUR, HOUR, ("talk",), gap=HALF)], {})

    assert (found[1].late, found[1].cause) == (HALF, "talk")


def test_what_began_is_where_it_is_and_pushes_from_there() -> None:
    talk = Slot("talk", NINE, HOUR, actual_start=NINE + HALF)

    found = ripple([talk, LUNCH], {"talk": 5 * HOUR})

    assert [one.late for one in found] == [HALF, HALF]


def test_what_is_over_pushes_by_when_it_ended() -> None:
    talk = Slot("talk", NINE, HOUR, actual_start=NINE - HALF, actual_end=NINE + HALF)

    found = ripple([talk, LUNCH], {})

    assert [one.late for one in found] == [-HALF, timedelta(0)]


def test_the_chain_of_causes_ends_where_it_began() -> None:
    found = ripple([TALK, LUNCH, WALK], {"talk": HOUR})

    assert causes(found, "walk") == ("lunch", "talk")
    assert causes(found, "talk") == ()


@pytest.mark.parametrize(
    ("slots", "late"),
    [
        ([TALK, TALK], {}),  # the same key twice
        ([LUNCH], {}),  # waits for one that is not there
        ([TALK], {"talk": -HOUR}),  # early is not late
        ([TALK], {"dinner": HOUR}),  # nobody knows a dinner
        ([Slot("long", NINE, -HOUR)], {}),
        ([Slot("long", NINE, HOUR, gap=-HOUR)], {}),
        ([Slot("odd", NINE, HOUR, actual_end=NINE)], {}),  # ended, never began
        ([Slot("odd", NINE, HOUR, actual_start=NINE, actual_end=NINE - HALF)], {}),
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
