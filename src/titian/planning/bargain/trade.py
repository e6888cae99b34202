"""How far today's offer is from the front, and what each side gives to get there."""

from dataclasses import dataclass

import numpy as np

from titian.planning.bargain.front import Front
from titian.planning.bargain.model import (
    FINE,
    SAME,
    Domain,
    Point,
    Profile,
    utilities,
    worth,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One issue settled otherwise, and what that is worth to a and to b."""

    issue: str
    old: str
    new: str
    a: float
    b: float


@dataclass(frozen=True, slots=True)
class Trade:
    """The way from an offer to a package of the front.

    Parameters
    ----------
    offer, target
        Where one stands, and a package of the front.
    a_gives, b_gives
        The steps that cost this side something and not the other.
    both
        The steps that cost neither, or both: they cost both only if the offer crosses
        a red line.
    """

    offer: Point
    target: Point
    a_gives: tuple[Step, ...]
    b_gives: tuple[Step, ...]
    both: tuple[Step, ...]

    @property
    def left_lying(self) -> tuple[float, float]:
        """What a and b leave lying with the offer; (0, 0) on the front."""
        return self.target.a - self.offer.a, self.target.b - self.offer.b


def trade(front: Front, a: Profile, b: Profile, offer: tuple[str, ...]) -> Trade | None:
    """The trade after which who gains less has gained most; None if there is no front.

    An offer on the front leads to itself. An offer that crosses a red line may be
    better for somebody than anything allowed: then the step that hurts least.

    Raises
    ------
    ValueError
        If the offer is not a package of the domain.

    Notes
    -----
    The distance from the front as the largest smaller gain (Chebyshev). O(n + issues)
    for n points.
    """
    domain = front.domain
    here = worth(domain, a, offer), worth(domain, b, offer)
    if not len(front):
        return None
    left, right = front.a - here[0], front.b - here[1]
    ranked = np.lexsort((left + right, np.minimum(left, right)))
    target = front.point(int(ranked[-1]))
    start = Point(here[0] / SAME, here[1] / SAME, offer)
    if (target.a, target.b) == (start.a, start.b):
        return Trade(start, start, (), (), ())
    return _parted(start, target, _steps(domain, a, b, offer, target.package))


def _steps(
    domain: Domain,
    a: Profile,
    b: Profile,
    old: tuple[str, ...],
    new: tuple[str, ...],
) -> tuple[Step, ...]:
    rows = zip(domain.issues, utilities(a), utilities(b), old, new, strict=True)
    return tuple(
        Step(
            issue.key,
            before,
            after,
            *(
                int(row[issue.options.index(after)] - row[issue.options.index(before)])
                / FINE
                for row in (u, v)
            ),
        )
        for issue, u, v, before, after in rows
        if before != after
    )


def _parted(offer: Point, target: Point, steps: tuple[Step, ...]) -> Trade:
    a_gives = tuple(step for step in steps if step.a < 0 <= step.b)
    b_gives = tuple(step for step in steps if step.b < 0 <= step.a)
    both = tuple(step for step in steps if step not in a_gives + b_gives)
    return Trade(offer, target, a_gives, b_gives, both)
