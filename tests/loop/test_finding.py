"""Near a hotel, on a flight, with a person: conditions that combine."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from titian.loop.finding import ANY, Condition, NoCondition, found

NEAR = {1: ("near", "dekat"), 2: ("near", "dekat")}
FLIGHT = {2: ("flies", "terbang"), 3: ("flies", "terbang")}
SOURCES = {"near": lambda value: NEAR, "flight": lambda value: FLIGHT}
EVERYBODY = [1, 2, 3, 4]
HOTEL, GA = Condition("near", "INN"), Condition("flight", "GA1")


def test_all_conditions_must_hold_and_all_reasons_are_told() -> None:
    assert found([HOTEL, GA], SOURCES, EVERYBODY) == {2: (NEAR[2], FLIGHT[2])}


def test_any_condition_is_enough_when_any_is_asked() -> None:
    assert list(found([HOTEL, GA], SOURCES, EVERYBODY, mode=ANY)) == [1, 2, 3]


def test_a_negated_condition_leaves_out_whom_it_names() -> None:
    without = Condition("flight", "GA1", is_not=True)

    assert found([HOTEL, without], SOURCES, EVERYBODY) == {1: (NEAR[1],)}


def test_who_is_not_among_those_asked_about_is_never_found() -> None:
    assert found([HOTEL], SOURCES, [2]) == {2: (NEAR[2],)}


@pytest.mark.parametrize("conditions", [[], [Condition("weather", "rain")]])
def test_a_question_nobody_answers_is_refused(conditions: list[Condition]) -> None:
    with pytest.raises(NoCondition):
        found(conditions, SOURCES, EVERYBODY)


@given(
    some.lists(
        some.builds(
            Condition,
            some.sampled_from(["near", "flight"]),
            some.just(""),
            some.booleans(),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_whoever_meets_all_meets_any(conditions: list[Condition]) -> None:
    every = found(conditions, SOURCES, EVERYBODY)

    assert set(every) <= set(found(conditions, SOURCES, EVERYBODY, mode=ANY))
