"""The checker of bilaterals finds what is wrong, and nothing where nothing is."""

from dataclasses import replace

import pytest

from tests.planning.bilaterals_day import afternoon, leader, meeting, room
from titian.planning.bilaterals import Held, Interpreters, Plan, Problem, Refused, Rules
from titian.planning.check.bilaterals import violations

QUARTER = Rules(reset=1, pause=1)
WISHES = (meeting("arn bor"), meeting("bor cal"))
ROOMS = (room(), room("teak", seats=6, level=3))
PROBLEM = afternoon(*WISHES, *ROOMS, leader("bor", (0, 5)), rules=QUARTER)
GOOD = (Held("arn bor", "lotus", 0), Held("bor cal", "lotus", 3))


def plan(*held: Held, refused: float = 0, breaks: float = 1) -> Plan:
    """One break of Bor, which a spread of two allows."""
    levels = ("refused", refused), ("told", 0.0), ("uneven", 0.0), ("breaks", breaks)
    return Plan(held or GOOD, (), levels, 1, "by hand", "")


def codes(problem: Problem, found: Plan) -> set[str]:
    return {one.code for one in violations(problem, found)}


def test_a_good_timetable_passes() -> None:
    assert violations(PROBLEM, plan()) == ()


def second(room: str, start: int) -> Plan:
    """The second meeting elsewhere; as many breaks as it says."""
    return plan(GOOD[0], Held("bor cal", room, start), breaks=start > 2)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (second("lotus", 2), set()),
        (second("lotus", 1), {"pause", "reset"}),
        (second("lotus", 0), {"busy", "room"}),
        (second("lotus", 5), {"leader"}),
        (second("lotus", 6), {"leader", "day", "objective"}),
        (second("teak", 3), {"level"}),
        (second("nowhere", 3), {"unknown", "objective"}),
        (plan(*GOOD, GOOD[0]), {"twice", "busy", "room"}),
        (plan(*GOOD, Held("dun arn", "lotus", 5)), {"unknown"}),
        (plan(GOOD[0], breaks=0), {"lost", "objective"}),
        (plan(breaks=0), {"objective"}),
    ],
)
def test_what_is_wrong_is_said(found: Plan, expected: set[str]) -> None:
    assert codes(PROBLEM, found) == expected


def test_a_refusal_is_weighed_and_named() -> None:
    found = replace(
        plan(GOOD[0], refused=8, breaks=0),
        refused=(Refused("bor cal", (("busy", 6),), "busy"),),
    )

    assert violations(PROBLEM, found) == ()


def test_an_interpreter_in_two_rooms_is_seen() -> None:
    talks = [meeting(k, languages=("ar", "fr")) for k in ("arn bor", "cal dun")]
    problem = afternoon(*talks, room(), room("teak"), Interpreters(("fr", "ar"), 1))
    found = plan(Held("arn bor", "lotus", 1), Held("cal dun", "teak", 1), breaks=0)

    assert codes(problem, found) == {"interpreter"}


def test_a_change_of_what_was_announced_is_counted() -> None:
    problem = replace(PROBLEM, announced=(Held("arn bor", "lotus", 1),))

    assert codes(problem, plan()) == {"objective"}
