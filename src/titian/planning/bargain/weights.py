"""How far one weight may move before another package is proposed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from titian.planning.bargain.front import front
from titian.planning.bargain.model import Domain, Profile, nano, worth
from titian.planning.bargain.points import place

STEPS = 24
HALVINGS = 20

type Question = Callable[[float], bool]


@dataclass(frozen=True, slots=True)
class Leeway:
    """Between these weights of the issue the proposal stays as it is.

    ``low`` and ``high`` are the last weights found at which it does; ``falls`` and
    ``rises`` say whether beyond them, below and above, another package is proposed.
    """

    issue: str
    now: float
    low: float
    high: float
    falls: bool
    rises: bool


def leeway(
    domain: Domain, a: Profile, b: Profile, *, side: str, issue: str, rule: str
) -> Leeway:
    """How far ``side`` ("a", "b") may move one weight, its others kept in proportion.

    The sum of the side's weights stays, as with bars that share one length. With a
    single weight there is nothing to move.

    Parameters
    ----------
    rule
        Which package is proposed: a code of ``points.SOLUTIONS``.

    Raises
    ------
    ValueError
        If a profile does not fit, or there is nothing to propose as things stand.
    KeyError
        For an unknown rule, side or issue.

    Notes
    -----
    For "nash" and "sum" the weights at which a package is proposed form an interval
    (each comparison with another package is linear in the weight), so the bounds are
    exact to a millionth of the range. For the others a shorter excursion than 1/24 of
    the range may be missed. O(44 fronts) to each side.
    """
    column = _column(domain, issue)
    sides = {"a": a, "b": b}
    mine = sides[side]
    found = front(domain, a, b)
    number = place(found, (nano(a.reserve), nano(b.reserve)), rule)
    if number is None:
        raise ValueError("There is nothing both would agree to.")
    package = found.point(number).package
    now, whole = mine.weights[column], sum(mine.weights)
    if now == whole:
        return Leeway(issue, now, now, now, False, False)

    def stays(weight: float) -> bool:
        moved = {**sides, side: _moved(mine, column, weight)}
        return _proposed(domain, moved["a"], moved["b"], rule, package)

    low, falls = _last(stays, now, 0.0)
    high, rises = _last(stays, now, whole)
    return Leeway(issue, now, low, high, falls, rises)


def _column(domain: Domain, issue: str) -> int:
    return {one.key: column for column, one in enumerate(domain.issues)}[issue]


def _moved(profile: Profile, column: int, weight: float) -> Profile:
    now, whole = profile.weights[column], sum(profile.weights)
    weight = max(0.0, weight)  # the last of many steps may miss zero by a hair
    rest = max(0.0, whole - weight) / (whole - now)
    weights = [
        weight if at == column else one * rest for at, one in enumerate(profile.weights)
    ]
    return replace(profile, weights=tuple(weights))


def _proposed(
    domain: Domain, a: Profile, b: Profile, rule: str, package: tuple[str, ...]
) -> bool:
    """Whether the package, or one worth the same to both, is still what is proposed."""
    found = front(domain, a, b)
    number = place(found, (nano(a.reserve), nano(b.reserve)), rule)
    if number is None:
        return False
    here = worth(domain, a, package), worth(domain, b, package)
    return here == (int(found.a[number]), int(found.b[number]))


def _last(stays: Question, now: float, end: float) -> tuple[float, bool]:
    """The last weight from now to the end before the answer changes, and if it does."""
    held = now
    for step in range(1, STEPS + 1):
        ahead = now + (end - now) * step / STEPS
        if not stays(ahead):
            return _halved(stays, held, ahead), True
        held = ahead
    return end, False


def _halved(stays: Question, held: float, lost: float) -> float:
    for _halving in range(HALVINGS):
        middle = (held + lost) / 2
        held, lost = (middle, lost) if stays(middle) else (held, middle)
    return held
