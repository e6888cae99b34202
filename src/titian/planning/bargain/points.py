"""Four ways to single out one package of the front, each with what it stands for.

None is *the* answer: the table says why somebody might want it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from titian.planning.bargain.front import Front
from titian.planning.bargain.model import Point

type Score = Callable[[int, int, int, int], int]


@dataclass(frozen=True, slots=True)
class Solution:
    """A rule with its code, its axioms as a sentence, and how it scores gains.

    ``score`` takes what a and b gain over no agreement, and the most either could
    gain among the packages both would agree to, in units of 10⁻⁹.
    """

    code: str
    sentence: str
    score: Score


def _product(a: int, b: int, most_a: int, most_b: int) -> int:
    return a * b


def _share(a: int, b: int, most_a: int, most_b: int) -> int:
    return min(a * most_b, b * most_a)


def _least(a: int, b: int, most_a: int, most_b: int) -> int:
    return min(a, b)


def _sum(a: int, b: int, most_a: int, most_b: int) -> int:
    return a + b


SOLUTIONS = (
    Solution(
        "nash",
        "The product of both gains is largest: neither the scale of a side's points "
        "nor the removal of packages nobody chose would change it.",
        _product,
    ),
    Solution(
        "kalai",
        "Both get as nearly as possible the same share of the most they could hope "
        "for: who gains better options does not end up with less.",
        _share,
    ),
    Solution(
        "egalitarian",
        "Who gains less gains as much as possible: more to share harms neither side, "
        "but the points of both must mean the same.",
        _least,
    ),
    Solution(
        "sum",
        "Both gains together are largest: nothing is lost on the whole, but one side "
        "may get nearly all, and the points of both must mean the same.",
        _sum,
    ),
)
SENTENCES = {solution.code: solution.sentence for solution in SOLUTIONS}
_BY_CODE = {solution.code: solution for solution in SOLUTIONS}


def points(front: Front, disagreement: tuple[int, int]) -> dict[str, Point]:
    """The package each rule singles out: "nash", "kalai", "egalitarian", "sum".

    Empty if there is no package that gives both at least what no agreement gives.

    Parameters
    ----------
    front
        ``n`` points.
    disagreement
        What no agreement is worth to a and to b, in units of 10⁻⁹ (``model.nano``).

    Notes
    -----
    O(n), in whole numbers. Of equals the one where who gains less gains more, then
    the better one for a. Nash 1950; Kalai & Smorodinsky 1975; Kalai 1977; the ideal
    point is taken over what both would agree to. On a front of packages the shares or
    gains can be equal only nearly.
    """
    chosen = {
        solution.code: place(front, disagreement, solution.code)
        for solution in SOLUTIONS
    }
    return {
        code: front.point(number)
        for code, number in chosen.items()
        if number is not None
    }


def place(front: Front, disagreement: tuple[int, int], code: str) -> int | None:
    """The place on the front of what the rule ``code`` singles out, or None.

    Raises KeyError for an unknown rule.
    """
    score = _BY_CODE[code].score
    a, b = front.a - disagreement[0], front.b - disagreement[1]
    fair = np.flatnonzero((a >= 0) & (b >= 0))
    if not len(fair):
        return None
    left, right = a[fair].tolist(), b[fair].tolist()
    most_a, most_b = left[0], right[-1]
    ranked = max(
        (score(x, y, most_a, most_b), min(x, y), x, number)
        for number, (x, y) in enumerate(zip(left, right, strict=True))
    )
    return int(fair[ranked[-1]])


def supported(front: Front) -> tuple[bool, ...]:
    """For each point whether some weighing of the two sides makes it the best.

    The others lie in a dent: no price between the sides leads there, only a talk.

    Notes
    -----
    The upper hull by a monotone chain (Andrew 1979), in whole numbers; points on an
    edge count as supported. O(n).
    """
    pairs = list(zip(front.a.tolist(), front.b.tolist(), strict=True))
    hull: list[int] = []
    for number, point in enumerate(pairs):
        while len(hull) > 1 and _dented(pairs[hull[-2]], pairs[hull[-1]], point):
            hull.pop()
        hull.append(number)
    on = set(hull)
    return tuple(number in on for number in range(len(pairs)))


def _dented(
    first: tuple[int, int], mid: tuple[int, int], last: tuple[int, int]
) -> bool:
    run_a, run_b = last[0] - first[0], last[1] - first[1]
    return run_a * (mid[1] - first[1]) - run_b * (mid[0] - first[0]) > 0
