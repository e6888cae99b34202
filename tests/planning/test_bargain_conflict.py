"""Where nothing can be agreed, the two demands in the way are named."""

from dataclasses import replace

from tests.planning.bargain_table import ARUNIKA, CABLES, HOSTS, TALK
from titian.planning.bargain import Conflict, Demand, Kind, conflict, front, points

EVERY = tuple(issue.key for issue in TALK.issues)
NOW, LATER = (CABLES.key, "now"), (CABLES.key, "in two weeks")
RED = Kind.UNACCEPTABLE


def test_two_red_lines_that_leave_no_option_are_named() -> None:
    a = replace(ARUNIKA, unacceptable=frozenset({LATER}))
    b = replace(HOSTS, unacceptable=frozenset({NOW}))

    found = conflict(TALK, a, b)

    assert found == Conflict(
        Demand("a", RED, (CABLES.key,)), Demand("b", RED, (CABLES.key,))
    )
    assert points(front(TALK, a, b), (0, 0)) == {}


def test_a_side_that_refuses_every_option_contradicts_the_talk() -> None:
    b = replace(HOSTS, unacceptable=frozenset({NOW, LATER}))

    found = conflict(TALK, ARUNIKA, b)

    settled = Demand("", Kind.SETTLED, (CABLES.key,))
    assert found == Conflict(settled, Demand("b", RED, (CABLES.key,)))


def test_a_least_gain_out_of_reach_names_the_red_line_in_the_way() -> None:
    a = replace(ARUNIKA, reserve=75)
    b = replace(HOSTS, unacceptable=frozenset({NOW}))

    found = conflict(TALK, a, b)

    reserve = Demand("a", Kind.RESERVE, EVERY)
    assert found == Conflict(reserve, Demand("b", RED, (CABLES.key,)))


def test_a_side_may_contradict_itself() -> None:
    a = replace(ARUNIKA, reserve=75, unacceptable=frozenset({NOW}))

    found = conflict(TALK, a, HOSTS)

    assert found is not None
    assert (found.one.side, found.other.side) == ("a", "a")


def test_a_least_gain_no_package_gives_contradicts_the_talk() -> None:
    found = conflict(TALK, ARUNIKA, replace(HOSTS, reserve=81))

    reserve, settled = Demand("b", Kind.RESERVE, EVERY), Demand("", Kind.SETTLED, EVERY)
    assert found == Conflict(reserve, settled)


def test_two_least_gains_too_far_apart_name_each_other() -> None:
    a, b = replace(ARUNIKA, reserve=70), replace(HOSTS, reserve=70)

    found = conflict(TALK, a, b)

    assert found == Conflict(
        Demand("a", Kind.RESERVE, EVERY), Demand("b", Kind.RESERVE, EVERY)
    )


def test_where_something_can_be_agreed_there_is_no_conflict() -> None:
    assert conflict(TALK, ARUNIKA, HOSTS) is None
