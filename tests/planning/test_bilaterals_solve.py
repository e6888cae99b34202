"""A timetable that a protocol officer would have drawn."""

import pytest

from tests.planning.bilaterals_day import LEADERS, afternoon, leader, meeting, room
from titian.planning.bilaterals import (
    Held,
    Problem,
    Rules,
    as_data,
    impossible,
    solve,
    why,
)
from titian.planning.search import Iterations

ROUND_ROBIN = tuple(meeting(f"{a} {b}") for a in LEADERS for b in LEADERS if a < b)


def levels(problem: Problem) -> dict[str, float]:
    return dict(solve(problem, stop=Iterations(2), seed=1).objective)


def test_everybody_meets_everybody_with_no_break() -> None:
    plan = solve(afternoon(*ROUND_ROBIN, room(), room("teak")), stop=Iterations(2))

    assert dict(plan.objective) == {"refused": 0, "told": 0, "uneven": 0, "breaks": 0}
    assert plan.iterations <= 20_000  # nothing could be better: so it stops


def test_the_smallest_room_that_will_do_is_taken() -> None:
    plan = solve(afternoon(meeting(), room("banyan", 40), room("teak", 6)))

    assert [held.room for held in plan.held] == ["teak"]


def test_where_there_is_one_hour_the_higher_level_has_it() -> None:
    wishes = meeting("arn bor", (0, 1)), meeting("cal dun", (0, 1))

    plan = solve(afternoon(*wishes, leader("dun", level=1)), stop=Iterations(1))

    assert [held.meeting for held in plan.held] == ["cal dun"]
    (refused,) = plan.refused
    assert (refused.meeting, refused.rule) == ("arn bor", "room")
    assert refused.ruled_out == (("wanted", 5), ("room", 1))
    assert refused.nearest == Held("arn bor", "lotus", 0)


def test_what_was_announced_stays_even_at_the_price_of_a_break() -> None:
    told = Held("arn bor", "lotus", 0), Held("bor cal", "lotus", 4)
    wishes = meeting("arn bor"), meeting("bor cal"), meeting("arn cal")

    plan = solve(afternoon(*wishes, *told), stop=Iterations(2))

    assert set(told) <= set(plan.held)
    assert dict(plan.objective)["told"] == 0


def test_a_room_is_reset_before_the_next() -> None:
    wishes = [meeting(sides, (0, 4)) for sides in ("arn bor", "cal dun", "arn cal")]

    plan = solve(afternoon(*wishes, rules=Rules(reset=1)), stop=Iterations(1))

    assert [one.meeting for one in plan.refused] != []
    assert abs(plan.held[0].start - plan.held[1].start) >= 2


def test_the_other_hours_are_told_and_what_they_would_cost() -> None:
    problem = afternoon(*(meeting(s) for s in ("arn bor", "bor cal")))
    plan = solve(problem, stop=Iterations(1))

    reason = why(problem, plan, "bor cal")

    assert len(reason.eligible) + len(reason.ruled_out) == 5
    assert reason.ruled_out[0][1] == "busy"


def test_the_impossible_says_what_must_give_and_who_is_displaced() -> None:
    wishes = meeting("arn bor", (0, 1)), meeting("bor cal", (0, 1))
    problem = afternoon(*wishes, leader("arn", level=1), room(), room("teak"))
    plan = solve(problem, stop=Iterations(1))

    told = impossible(problem, plan, "bor cal")

    assert (told.slack, told.displaced) == (("busy",), ("arn bor",))


@pytest.mark.parametrize("key", ["arn bor", "nobody"])
def test_only_what_is_refused_can_be_asked_about(key: str) -> None:
    problem = afternoon(meeting())

    with pytest.raises(ValueError, match=key):
        impossible(problem, solve(problem), key)


def test_the_same_seed_gives_the_same_bytes_twenty_times() -> None:
    problem = afternoon(*ROUND_ROBIN, rules=Rules(reset=1))

    plans = {
        str(as_data(solve(problem, stop=Iterations(1), seed=7))) for _ in range(20)
    }

    assert len(plans) == 1


@pytest.mark.parametrize(
    ("sides", "days"), [("arn arn", (6,)), ("arn zzz", (6,)), ("arn bor", (70,))]
)
def test_what_makes_no_sense_is_not_planned(sides: str, days: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"xpected|nobody"):
        afternoon(meeting(sides), days=days)
