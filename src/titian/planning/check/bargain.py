"""Is this the front, and are these its points? Asked of every package, one by one.

Without a line of the solver: sums of fractions, no arrays, nothing pruned on the way.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from titian.planning.bargain.model import Domain, Point, Profile

DECIMALS = 10**9
READ = 10**12
"""An option's weight times value is read to twelve decimals: that is the question."""

type Pair = tuple[int, int]


def packages(domain: Domain, a: Profile, b: Profile) -> set[Pair]:
    """What every acceptable package is worth to both, in units of 10⁻⁹.

    O(Π options): for domains that can be written out.
    """
    left = _sums(domain, a, a.unacceptable | b.unacceptable)
    right = _sums(domain, b, a.unacceptable | b.unacceptable)
    return set(zip(left, right, strict=True))


def brute_front(pairs: Iterable[Pair]) -> list[Pair]:
    """The undominated pairs, by falling first. O(n log n)."""
    found: list[Pair] = []
    for pair in sorted(set(pairs), reverse=True):
        if not found or pair[1] > found[-1][1]:
            found.append(pair)
    return found


def brute_points(pairs: Iterable[Pair], a: Profile, b: Profile) -> dict[str, Pair]:
    """What each rule singles out among all pairs, scored with fractions; or nothing."""
    none_a, none_b = _unit(Fraction(a.reserve)), _unit(Fraction(b.reserve))
    gains = [(x - none_a, y - none_b) for x, y in pairs if x >= none_a and y >= none_b]
    gains = brute_front(gains)
    if not gains:
        return {}
    ideal = max(x for x, _y in gains), max(y for _x, y in gains)
    scores: dict[str, dict[Pair, Fraction]] = {
        "nash": {(x, y): Fraction(x * y) for x, y in gains},
        "kalai": {
            (x, y): min(_part(x, ideal[0]), _part(y, ideal[1])) for x, y in gains
        },
        "egalitarian": {(x, y): Fraction(min(x, y)) for x, y in gains},
        "sum": {(x, y): Fraction(x + y) for x, y in gains},
    }
    best = {
        code: max(gains, key=lambda pair: (score[pair], min(pair), pair[0]))
        for code, score in scores.items()
    }
    return {code: (x + none_a, y + none_b) for code, (x, y) in best.items()}


def brute_supported(front: Iterable[Pair]) -> list[bool]:
    """For each pair whether no two others span a line above it. O(n³)."""
    pairs = list(front)
    return [
        not any(
            (p[0] - q[0]) * (r[1] - q[1]) > (p[1] - q[1]) * (r[0] - q[0])
            for q in pairs
            for r in pairs
            if q[0] < p[0] < r[0]
        )
        for p in pairs
    ]


def violations(
    domain: Domain,
    a: Profile,
    b: Profile,
    front: Iterable[Point],
    points: Mapping[str, Point],
) -> tuple[str, ...]:
    """What is wrong: "front", "points", "package" (worth otherwise), or nothing."""
    front, pairs = list(front), packages(domain, a, b)
    wrong = {
        "front": [_pair(point) for point in front] != brute_front(pairs),
        "points": {code: _pair(point) for code, point in points.items()}
        != brute_points(pairs, a, b),
        "package": any(
            _worth(domain, a, b, point.package) != _pair(point)
            for point in [*front, *points.values()]
        ),
    }
    return tuple(code for code, broken in wrong.items() if broken)


def _pair(point: Point) -> Pair:
    return round(point.a * DECIMALS), round(point.b * DECIMALS)


def _part(gain: int, most: int) -> Fraction:
    return Fraction(gain, most) if most else Fraction(0)


def _unit(value: Fraction) -> int:
    return (2 * value.numerator * DECIMALS + value.denominator) // (
        2 * value.denominator
    )


def _read(total: int) -> int:
    return (2 * total * DECIMALS + READ) // (2 * READ)


def _rows(domain: Domain, profile: Profile) -> list[list[int]]:
    return [
        [round(Fraction(weight) * Fraction(value) * READ) for value in values]
        for weight, values in zip(profile.weights, profile.values, strict=True)
    ]


def _sums(
    domain: Domain, profile: Profile, barred: frozenset[tuple[str, str]]
) -> list[int]:
    rows = [
        [
            value
            for option, value in zip(issue.options, row, strict=True)
            if (issue.key, option) not in barred
        ]
        for issue, row in zip(domain.issues, _rows(domain, profile), strict=True)
    ]
    totals = [0]
    for row in rows:
        totals = [total + step for total in totals for step in row]
    return [_read(total) for total in totals]


def _worth(domain: Domain, a: Profile, b: Profile, package: tuple[str, ...]) -> Pair:
    chosen = [
        issue.options.index(option)
        for issue, option in zip(domain.issues, package, strict=True)
    ]
    left, right = (
        sum(row[at] for row, at in zip(_rows(domain, side), chosen, strict=True))
        for side in (a, b)
    )
    return _read(left), _read(right)
