"""The oracle of bargains finds what is wrong with a front."""

from dataclasses import replace

from tests.planning.bargain_table import ARUNIKA, HOSTS, TALK
from titian.planning.bargain import front, points
from titian.planning.check.bargain import violations

FOUND = front(TALK, ARUNIKA, HOSTS)
CHOSEN = points(FOUND, (0, 0))


def test_a_missing_package_is_found() -> None:
    short = FOUND.points[1:]

    assert violations(TALK, ARUNIKA, HOSTS, short, CHOSEN) == ("front",)


def test_another_point_than_the_rule_singles_out_is_found() -> None:
    other = {**CHOSEN, "nash": FOUND.points[0]}

    assert violations(TALK, ARUNIKA, HOSTS, FOUND.points, other) == ("points",)


def test_a_package_worth_something_else_is_found() -> None:
    first, *rest = FOUND.points
    wrong = replace(first, package=rest[0].package)

    assert violations(TALK, ARUNIKA, HOSTS, [wrong, *rest], CHOSEN) == ("package",)
