"""The day goes on: one delay moves what hangs on it, and nothing else is looked at."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from titian.planning.ripple import Forecast, Slot, ripple
from titian.planning.running import RunningOrder

NINE = datetime(2027, 5, 1, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = 60 * MINUTE

TALK = Slot("talk", NINE, HOUR)
LUNCH = Slot("lunch", NINE + HOUR, HOUR, after=("talk",))
FLIGHT = Slot("flight", NINE + 3 * HOUR, HOUR, ("lunch",), latest=NINE + 4 * HOUR)
ASIDE = Slot("aside", NINE, HOUR)


def days() -> st.SearchStrategy[list[Slot]]:
    """Up to eight slots; each may wait for earlier ones and share one of two places."""

    def slot(number: int) -> st.SearchStrategy[Slot]:
        keys = st.sampled_from([str(one) for one in range(number)] or [""])
        return st.builds(
            Slot,
            key=st.just(str(number)),
            start=st.integers(0, 300).map(lambda late: NINE + late * MINUTE),
            length=st.integers(0, 90).map(lambda long: long * MINUTE),
            after=st.lists(keys, max_size=2 if number else 0, unique=True).map(tuple),
            place=st.sampled_from(["", "A", "B"]),
            gap=st.integers(0, 20).map(lambda long: long * MINUTE),
            latest=st.none() | st.integers(500, 900).map(lambda m: NINE + m * MINUTE),
        )

    return st.tuples(*(slot(number) for number in range(8))).map(list)


def circle(slots: list[Slot]) -> bool:
    """Whether places and people wait for each other: not a day that can be run."""
    try:
        ripple(slots, {})
    except ValueError:
        return True
    return False


DAYS = days().filter(lambda slots: not circle(slots))
NEWS = st.lists(
    st.tuples(
        st.sampled_from(["delay", "begin", "finish"]),
        st.integers(0, 7).map(str),
        st.integers(0, 200).map(lambda late: late * MINUTE),
    ),
    max_size=6,
)


@given(DAYS, NEWS)
def test_piece_by_piece_it_says_what_a_whole_new_forecast_says(
    slots: list[Slot], news: list[tuple[str, str, timedelta]]
) -> None:
    order = RunningOrder(slots)
    known, late = {slot.key: slot for slot in slots}, dict[str, timedelta]()
    for kind, key, after in news:
        before = {one.slot.key: one for one in order.forecasts()}
        slot = known[key]
        if kind == "delay":
            late[key], moved = after, order.delay(key, after)
        elif kind == "begin" and not slot.actual_end:
            known[key] = replace(slot, actual_start=slot.start + after)
            moved = order.begin(key, slot.start + after)
        elif slot.actual_start:
            known[key] = replace(slot, actual_end=slot.actual_start + after)
            moved = order.finish(key, slot.actual_start + after)
        else:
            continue
        whole = ripple([known[slot.key] for slot in slots], late)

        assert order.forecasts() == whole
        assert {one.slot.key for one in moved} == {
            one.slot.key for one in whole if times(one) != times(before[one.slot.key])
        }


def times(one: Forecast) -> tuple[datetime, str | None, datetime]:
    return one.start, one.cause, one.end


@given(DAYS)
def test_slack_is_the_most_it_may_be_late(slots: list[Slot]) -> None:
    assume(not broken(RunningOrder(slots)))
    for key in (slot.key for slot in slots):
        order = RunningOrder(slots)
        slack, late = order.slack(key), now(order, key)
        if slack is None:
            continue
        order.delay(key, late + slack)

        assert not broken(order)

        order.delay(key, late + slack + MINUTE)

        assert broken(order)


def now(order: RunningOrder, key: str) -> timedelta:
    """How late it is foretold to be."""
    return next(one.late for one in order.forecasts() if one.slot.key == key)


def broken(order: RunningOrder) -> set[str]:
    return {
        one.slot.key
        for one in order.forecasts()
        if one.slot.latest is not None and one.start > one.slot.latest
    }


def test_a_delay_is_told_to_those_it_moves_alone() -> None:
    order = RunningOrder([TALK, LUNCH, FLIGHT, ASIDE])

    moved = order.delay("talk", HOUR)

    assert [one.slot.key for one in moved] == ["talk", "lunch"]


def test_a_window_far_down_says_how_late_the_first_may_be() -> None:
    order = RunningOrder([TALK, LUNCH, FLIGHT])

    assert order.slack("talk") == 2 * HOUR

    order.delay("talk", 3 * HOUR)

    assert order.slack("talk") == -HOUR


def test_what_has_begun_owes_its_window_nothing_more() -> None:
    order = RunningOrder([TALK, LUNCH, FLIGHT])
    order.begin("flight", NINE + 3 * HOUR)

    assert order.slack("talk") is None


def test_the_same_news_twice_moves_nothing() -> None:
    order = RunningOrder([TALK, LUNCH])
    order.delay("talk", HOUR)

    assert order.delay("talk", HOUR) == ()


def test_nobody_ends_what_did_not_begin() -> None:
    with pytest.raises(ValueError, match="without a start"):
        RunningOrder([TALK]).finish("talk", NINE)


def test_an_unknown_slot_is_named() -> None:
    with pytest.raises(KeyError, match="walk"):
        RunningOrder([TALK]).delay("walk", HOUR)
