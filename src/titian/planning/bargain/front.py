"""The packages nobody can improve for one side without taking from the other."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from titian.planning.bargain.model import (
    FINE,
    SAME,
    Domain,
    Ints,
    Point,
    Profile,
    check,
    open_options,
    utilities,
)


@dataclass(frozen=True, slots=True, eq=False)
class Front:
    """The Pareto front, from the best for a to the best for b.

    Parameters
    ----------
    a, b
        Shape (points,): the utilities in units of 10⁻⁹; ``a`` falls, ``b`` rises.
    choices
        Shape (points, issues): the number of the option of each issue. Of several
        packages worth the same to both sides one is kept.
    """

    domain: Domain
    a: Ints
    b: Ints
    choices: Ints

    def __len__(self) -> int:
        return len(self.a)

    def point(self, number: int) -> Point:
        """The package at this place of the front; IndexError beyond its end."""
        package = tuple(
            issue.options[choice]
            for issue, choice in zip(
                self.domain.issues, self.choices[number].tolist(), strict=True
            )
        )
        a, b = int(self.a[number]), int(self.b[number])
        return Point(a / SAME, b / SAME, package)

    @property
    def points(self) -> tuple[Point, ...]:
        """All of them, with their packages."""
        return tuple(self.point(number) for number in range(len(self)))


def front(domain: Domain, a: Profile, b: Profile) -> Front:
    """The exact Pareto front of two sides with additive utilities.

    Empty if one issue has no option acceptable to both. The reserves do not matter
    here: they say which points of the front somebody would agree to.

    Raises
    ------
    ValueError
        If a profile does not fit the domain.

    Notes
    -----
    Sums issue by issue (Minkowski) and drops after each what is dominated: whatever
    is dominated in part stays so however the rest is settled (Bellman 1957; Kung,
    Luccio & Preparata 1975 for the sweep). O(Σ f·o · log(f·o)) for fronts of f points
    and issues of o options, never O(Π o). Sums are whole numbers of 10⁻¹²; the
    outcome is rounded to 10⁻⁹ and swept again, so that what differs only by the noise
    of floating point is one point. f may grow with the resolution of the values:
    many issues with opposed values of many digits have long fronts.
    """
    check(domain, a)
    check(domain, b)
    allowed = tuple(open_options(domain, a, b))
    if any(not len(options) for options in allowed):
        none = np.zeros(0, np.int64)
        return Front(domain, none, none, np.zeros((0, len(domain.issues)), np.int64))
    return _summed(domain, utilities(a), utilities(b), allowed)


def skyline(a: Ints, b: Ints) -> NDArray[np.intp]:
    """Places of the undominated of (a, b), shape (n,) each, by falling a. O(n log n).

    Of equal pairs the first is kept.
    """
    order = np.lexsort((-b, -a))
    ranked = b[order]
    best = np.maximum.accumulate(ranked)
    keep = np.ones(len(order), bool)
    keep[1:] = ranked[1:] > best[:-1]
    return order[keep]


def _summed(
    domain: Domain, us: Sequence[Ints], vs: Sequence[Ints], allowed: Sequence[Ints]
) -> Front:
    a = b = np.zeros(1, np.int64)
    steps: list[tuple[Ints, Ints]] = []
    for u, v, options in zip(us, vs, allowed, strict=True):
        width = len(options)
        left = (a[:, None] + u[options]).ravel()
        right = (b[:, None] + v[options]).ravel()
        kept = skyline(left, right)
        a, b = left[kept], right[kept]
        steps.append((kept // width, options[kept % width]))
    a, b = _rounded(a), _rounded(b)
    kept = skyline(a, b)
    return Front(domain, a[kept], b[kept], _traced(steps, kept))


def _rounded(fine: Ints) -> Ints:
    unit = FINE // SAME
    return (fine + unit // 2) // unit


def _traced(steps: Sequence[tuple[Ints, Ints]], kept: NDArray[np.intp]) -> Ints:
    choices = np.zeros((len(kept), len(steps)), np.int64)
    at = kept
    for column in range(len(steps) - 1, -1, -1):
        before, option = steps[column]
        choices[:, column] = option[at]
        at = before[at]
    return choices
