"""Which step holds up the rest, and what a slip would push."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from titian.loop.timeline import (
    Circle,
    Named,
    Node,
    Push,
    RedPath,
    cause,
    pushed_by,
    red_path,
    standings,
)

NOON = datetime(2027, 5, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def node(
    code: str, due: float, *after: str, takes: float = 1, done: float | None = None
) -> Node:
    """A step due so many days from noon."""
    done_at = None if done is None else NOON + done * DAY
    return Node(code, NOON + due * DAY, takes * DAY, after, done_at)


NAMES = node("names", -2)
BADGES = node("badges", -1, "names")
DOORS = node("doors", 0.5, "badges")
FLOWERS = node("flowers", 3)
LIST = [NAMES, BADGES, DOORS, FLOWERS]


def test_a_late_step_and_all_that_it_makes_late_are_the_red_path() -> None:
    assert red_path(LIST, NOON) == RedPath(
        ("names", "badges", "doors"), 1.5 * DAY, waiting=2
    )


def test_where_everything_has_room_nothing_is_red() -> None:
    assert red_path([node("a", 2), node("b", 4, "a")], NOON) is None


def test_a_step_not_late_itself_is_red_when_it_leaves_too_little_time() -> None:
    tight = [node("a", 2, takes=2), node("b", 3, "a", takes=2)]

    assert red_path(tight, NOON) == RedPath(("a", "b"), DAY, 1)


def test_what_is_done_holds_nothing_up() -> None:
    done = node("names", -2, done=-1)

    path = red_path([done, BADGES, DOORS], NOON)

    assert path == RedPath(("badges", "doors"), 0.5 * DAY, 1)


def test_a_chain_comes_before_a_single_step_that_is_later() -> None:
    old = node("thanks", -30)

    path = red_path([*LIST, old], NOON)

    assert path is not None
    assert path.codes == ("names", "badges", "doors")


def test_the_slack_of_a_step_is_what_its_followers_leave_it() -> None:
    found = standings([node("a", 9), node("b", 10, "a", takes=4)], NOON)

    assert found["a"].latest == NOON + 6 * DAY
    assert found["a"].slack == found["a"].latest - found["a"].earliest


def test_steps_that_wait_for_each_other_are_refused() -> None:
    with pytest.raises(Circle, match="a"):
        red_path([node("a", 1, "b"), node("b", 1, "a")], NOON)


def test_a_code_that_no_step_has_is_passed_over() -> None:
    assert red_path([node("a", 2, "withdrawn")], NOON) is None


def test_a_slip_pushes_only_what_it_leaves_no_time() -> None:
    steps = [node("a", 1), node("b", 2, "a"), node("c", 9, "b"), node("d", 2)]

    assert pushed_by(steps, "a", NOON + 3 * DAY) == (
        Push("b", NOON + 2 * DAY, NOON + 4 * DAY),
    )


def test_a_slip_pushes_through_to_the_end_of_the_chain() -> None:
    steps = [node("a", 1), node("b", 2, "a"), node("c", 3, "b")]

    assert [push.code for push in pushed_by(steps, "a", NOON + 5 * DAY)] == ["b", "c"]


def test_what_is_done_is_never_pushed() -> None:
    steps = [node("a", 1), node("b", 2, "a", done=0)]

    assert pushed_by(steps, "a", NOON + 5 * DAY) == ()


def test_moving_earlier_pushes_nothing() -> None:
    assert pushed_by(LIST, "names", NOON - 9 * DAY) == ()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            0,
            "“Names” (Accreditation) was due Apr 29 and is still open: 2 steps wait for"
            " it, and “Doors” would be at least 36 hours late.",
        ),
        (
            1,
            "“Nama” (Akreditasi) seharusnya selesai Apr 29 dan masih terbuka: 2 langkah"
            " menunggunya, dan “Pintu” akan terlambat sedikitnya 36 jam.",
        ),
    ],
)
def test_the_cause_is_one_sentence_in_each_language(
    language: int, sentence: str
) -> None:
    path = red_path(LIST, NOON)
    assert path is not None
    called = {
        "names": Named("Names", "Nama", "Accreditation", "Akreditasi"),
        "doors": Named("Doors", "Pintu", "Venue", "Tempat"),
    }

    said = cause(path, LIST, called, NOON, lambda moment: f"{moment:%b %d}")

    assert said[language] == sentence


CODES = "abcdefgh"


@some.composite
def lists(draw: some.DrawFn) -> list[Node]:
    """Up to eight steps, each waiting only for such as stand before it."""
    count = draw(some.integers(1, 8))
    days = some.integers(-20, 20)
    return [
        node(
            CODES[i],
            draw(days),
            *(c for c in CODES[:i] if draw(some.booleans())),
            takes=draw(some.integers(0, 5)),
            done=draw(some.none() | some.integers(-20, -1)),
        )
        for i in range(count)
    ]


@given(lists())
def test_every_step_of_a_red_path_waits_for_the_one_before_it(
    steps: list[Node],
) -> None:
    path = red_path(steps, NOON)

    known = {one.code: one for one in steps}
    if path is not None:
        pairs = zip(path.codes, path.codes[1:], strict=False)
        assert all(first in known[second].after for first, second in pairs)
        assert all(known[code].done_at is None for code in path.codes)
        assert path.late > timedelta(0)
    else:
        assert all(one.done_at or one.due_at >= NOON for one in steps)


@given(lists(), some.integers(0, 40))
def test_after_the_pushes_nobody_must_end_before_who_they_wait_for(
    steps: list[Node], days: int
) -> None:
    slipped = steps[0]
    to_at = slipped.due_at + days * DAY

    pushes = pushed_by(steps, slipped.code, to_at)

    due = {one.code: one.due_at for one in steps} | {slipped.code: to_at}
    due |= {push.code: push.to_at for push in pushes}
    moved = {slipped.code, *(push.code for push in pushes)}
    for one in steps:
        if one.code in moved - {slipped.code}:
            ends = [due[code] for code in one.after if code in moved]
            assert due[one.code] == max(ends) + one.takes
    assert all(push.to_at > push.from_at for push in pushes)
