"""Is this what a package is worth at least and at most? Asked of many completions."""

from collections.abc import Sequence
from itertools import product

from titian.planning.bargain.model import Domain
from titian.planning.bargain.ranges import Wishes, values, weight

NEAR = 1e-9


def corners(domain: Domain, wishes: Wishes, package: Sequence[str]) -> list[float]:
    """What the package is worth at every corner of what is unsaid. O(4ⁿ)."""
    rows = [
        (
            weight(wishes, issue.key),
            values(wishes, issue.key, issue.options)[issue.options.index(option)],
        )
        for issue, option in zip(domain.issues, package, strict=True)
    ]
    if all(high == 0 for (_low, high), _value in rows):
        rows = [((1.0, 1.0), value) for _weight, value in rows]
    found = []
    for bars in product(*(bars for bars, _value in rows)):
        if (whole := sum(bars)) <= 0:
            continue
        for worths in product(*(value for _bars, value in rows)):
            pairs = zip(bars, worths, strict=True)
            found.append(sum(bar * worth for bar, worth in pairs) / whole)
    return found


def violations(
    domain: Domain, wishes: Wishes, package: Sequence[str], span: tuple[float, float]
) -> tuple[str, ...]:
    """Ends ("low", "high") where the span is not exactly what the corners reach."""
    found = corners(domain, wishes, package)
    wrong = {
        "low": abs(min(found) - span[0]) > NEAR,
        "high": abs(max(found) - span[1]) > NEAR,
    }
    return tuple(end for end, is_wrong in wrong.items() if is_wrong)
