"""A leader is late: who is told another hour, and who is not."""

from tests.planning.bilaterals_day import afternoon, leader, meeting, published, room
from titian.planning.bilaterals import Held, Rules, repair

WISHES = tuple(meeting(sides) for sides in ("arn bor", "bor cal", "cal dun"))
TOLD = published(
    Held("arn bor", "lotus", 0),
    Held("bor cal", "lotus", 1),
    Held("cal dun", "lotus", 2),
)


def test_where_an_hour_is_free_nobody_else_is_told() -> None:
    late = afternoon(*WISHES, leader("arn", (2, 6)))

    best = repair(late, TOLD)[0]

    assert (best.moved, best.told, best.lost) == (("arn bor",), (), ())
    assert best.plan.held[1:] == TOLD.held[1:]
    assert best.proven


def test_where_none_is_free_one_other_makes_way() -> None:
    late = afternoon(*WISHES, leader("arn", (1, 2)))

    best = repair(late, TOLD)[0]

    assert (best.moved, best.told, best.lost) == (("arn bor",), ("bor cal",), ())
    assert best.burden == 8


def test_telling_somebody_whose_meeting_is_near_weighs_double() -> None:
    late = afternoon(*WISHES, leader("arn", (1, 2)), rules=Rules(urgent=4))

    assert repair(late, TOLD, now=0)[0].burden == 16


def test_the_lightest_makes_way() -> None:
    """Arn can come at one or at two; who holds two weighs less."""
    told = published(*TOLD.held[:2], Held("cal dun", "lotus", 2))
    late = afternoon(*WISHES[:2], meeting("cal dun", weight=1), leader("arn", (1, 3)))

    assert repair(late, told)[0].told == ("cal dun",)


def test_who_can_meet_at_no_hour_any_more_is_named() -> None:
    away = afternoon(*WISHES, leader("arn", (6, 6)))

    (only,) = repair(away, TOLD)

    assert (only.lost, only.told) == (("arn bor",), ())
    assert [one.rule for one in only.plan.refused] == ["leader"]


def test_a_lost_room_sends_its_meetings_to_another() -> None:
    moved = afternoon(*WISHES, room("teak"))

    best = repair(moved, TOLD)[0]

    assert {held.room for held in best.plan.held} == {"teak"}
    assert [held.start for held in best.plan.held] != []
    assert best.lost == ()


def test_at_most_three_ways_are_offered() -> None:
    late = afternoon(*WISHES, leader("arn", (2, 6)))

    ways = repair(late, TOLD)

    assert len(ways) == 3
    assert len({way.plan.held for way in ways}) == 3
