"""What is known when somebody has not sorted everything: from at least to at most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from titian.planning.bargain.model import Domain, Profile

MOST_WEIGHT = 10.0
"""The length of a bar: how much more than another an issue can matter."""

type Range = tuple[float, float]

ANYTHING: Range = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a side has said of what it wants, as far as it has said it.

    Parameters
    ----------
    bars
        How much an issue matters to it, from 0 to 10; an issue not named may matter
        anything.
    sorted
        For an issue, groups of options it would as soon have as one another, the best
        group first; an option in no group may be as good as the best or as bad as the
        worst.
    unacceptable
        Pairs of issue and option to which it never agrees.
    reserve
        What walking away is worth to it, as a share of the best package: 0 to 1.
    """

    bars: Mapping[str, float]
    sorted: Mapping[str, Sequence[Sequence[str]]]
    unacceptable: frozenset[tuple[str, str]] = frozenset()
    reserve: float = 0.0


def values(wishes: Wishes, issue: str, options: Sequence[str]) -> tuple[Range, ...]:
    """What each option is worth within its issue: 1 is the best group, 0 the last.

    Groups lie at equal distances. One group alone is worth 1. An option not sorted is
    worth anything from 0 to 1; one that is unacceptable, and not sorted, 0.
    """
    groups = [group for group in wishes.sorted.get(issue, ()) if group]
    last = max(1, len(groups) - 1)
    place = {
        option: 1.0 - number / last
        for number, group in enumerate(groups)
        for option in group
    }
    barred = {option for key, option in wishes.unacceptable if key == issue}
    return tuple(
        (place[option], place[option])
        if option in place
        else ((0.0, 0.0) if option in barred else ANYTHING)
        for option in options
    )


def weight(wishes: Wishes, issue: str) -> Range:
    """How much the issue may matter: its bar, or anything if it has none."""
    if issue in wishes.bars:
        return wishes.bars[issue], wishes.bars[issue]
    return 0.0, MOST_WEIGHT


def span(domain: Domain, wishes: Wishes, package: Sequence[str]) -> Range:
    """At least and at most what the package is worth, whatever is still unsaid.

    A share of the best: the mean of the options' values by the bars, so from 0 to 1.
    Both ends are reached by some completion of what was said. Where no bar is above
    zero, every issue counts the same.

    Raises
    ------
    ValueError
        If the package does not pick one option of each issue.

    Notes
    -----
    A weighted mean over a box of weights is least where the weights of all values
    above a threshold are least and the others most; each threshold is tried. O(n²)
    for n issues.
    """
    if len(package) != len(domain.issues):
        raise ValueError("A package has one option for each issue.")
    rows = [
        (
            weight(wishes, issue.key),
            values(wishes, issue.key, issue.options)[issue.options.index(option)],
        )
        for issue, option in zip(domain.issues, package, strict=True)
    ]
    if all(high == 0 for (_low, high), _value in rows):
        rows = [((1.0, 1.0), value) for _weight, value in rows]
    least = _least([(bars, low) for bars, (low, _high) in rows])
    most = 1 - _least([(bars, 1 - high) for bars, (_low, high) in rows])
    return least, most


def is_complete(domain: Domain, wishes: Wishes) -> bool:
    """Whether nothing is left unsaid that could change what a package is worth."""
    return not unsaid(domain, wishes)


def unsaid(domain: Domain, wishes: Wishes) -> tuple[str, ...]:
    """The issues with no bar, or with options that are not sorted."""
    return tuple(
        issue.key
        for issue in domain.issues
        if issue.key not in wishes.bars
        or any(low < high for low, high in values(wishes, issue.key, issue.options))
    )


def profile(domain: Domain, wishes: Wishes, lean: float = 0.5) -> Profile:
    """One completion of what was said: each unsaid value ``lean`` of the way up.

    0 takes every unsorted option for the worst, 1 for the best; an issue without a bar
    matters as much as the side's others on average. Weights add up to one, so that a
    package is worth a share of the best.
    """
    known = [wishes.bars[i.key] for i in domain.issues if i.key in wishes.bars]
    usual = sum(known) / len(known) if known else MOST_WEIGHT / 2
    bars = [wishes.bars.get(issue.key, usual) for issue in domain.issues]
    whole = sum(bars)
    shares = [bar / whole if whole else 1 / len(bars) for bar in bars]
    return Profile(
        tuple(shares),
        tuple(
            tuple(
                low + lean * (high - low)
                for low, high in values(wishes, issue.key, issue.options)
            )
            for issue in domain.issues
        ),
        reserve=wishes.reserve,
        unacceptable=wishes.unacceptable,
    )


def _least(rows: Sequence[tuple[Range, float]]) -> float:
    """The least weighted mean of the values, each weight anywhere in its range."""
    ranked = sorted(rows, key=lambda row: row[1])
    means = []
    for cut in range(len(ranked) + 1):
        heavy = [(high, value) for (_low, high), value in ranked[:cut]]
        light = [(low, value) for (low, _high), value in ranked[cut:]]
        whole = sum(bar for bar, _value in heavy + light)
        if whole > 0:
            means.append(sum(bar * value for bar, value in heavy + light) / whole)
    return min(means)
