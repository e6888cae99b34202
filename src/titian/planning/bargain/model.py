"""What is on the table, and what each side would rather have."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FINE = 10**12
"""Sums are taken in units of 10⁻¹², as whole numbers: no order of adding matters."""

SAME = 10**9
"""Utilities that agree to nine decimals are the same."""

MOST = 10**6
"""No package may be worth more than this, or less than minus this."""

type Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Issue:
    """Something to be settled, in one of several ways. Keys and options are unique."""

    key: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    """All that is to be settled. A package picks one option of each issue, in order."""

    issues: tuple[Issue, ...]

    @property
    def size(self) -> int:
        """How many packages there are; none is ever listed to find the front."""
        size = 1
        for issue in self.issues:
            size *= len(issue.options)
        return size


@dataclass(frozen=True, slots=True)
class Profile:
    """What one side would rather have; a package is worth Σ weight · value.

    Parameters
    ----------
    weights
        One for each issue, not negative. They need not add up to one.
    values
        One for each option of each issue, in the order of the domain.
    reserve
        What no agreement is worth to this side, in the same unit as a package.
    unacceptable
        Pairs of issue and option to which this side never agrees.
    """

    weights: tuple[float, ...]
    values: tuple[tuple[float, ...], ...]
    reserve: float = 0.0
    unacceptable: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Point:
    """A package and what it is worth to either side."""

    a: float
    b: float
    package: tuple[str, ...]


def check(domain: Domain, profile: Profile) -> None:
    """Raise ValueError, with a sentence, if the profile does not fit the domain."""
    keys = [issue.key for issue in domain.issues]
    if len(set(keys)) < len(keys):
        raise ValueError("Two issues have the same key.")
    if not len(keys) == len(profile.weights) == len(profile.values):
        raise ValueError("A profile has one weight and one row of values per issue.")
    for issue, weight, values in zip(
        domain.issues, profile.weights, profile.values, strict=True
    ):
        _check_issue(issue, weight, values)
    options = {
        (issue.key, option) for issue in domain.issues for option in issue.options
    }
    if not profile.unacceptable <= options:
        raise ValueError("What is unacceptable is not among the options.")
    if not abs(profile.reserve) <= MOST:
        raise ValueError("The reserve is not a number up to a million.")


def _check_issue(issue: Issue, weight: float, values: tuple[float, ...]) -> None:
    if not issue.options or len(set(issue.options)) < len(issue.options):
        raise ValueError(f"{issue.key} has no options, or one of them twice.")
    if len(values) != len(issue.options):
        raise ValueError(f"{issue.key} has one value for each option.")
    if not 0 <= weight < float("inf"):
        raise ValueError(f"The weight of {issue.key} is a number, not below zero.")
    if not all(abs(weight * value) <= MOST for value in values):
        raise ValueError(f"The values of {issue.key} are numbers up to a million.")


def utilities(profile: Profile) -> tuple[Ints, ...]:
    """Weight times value in units of 10⁻¹²: one array of (options,) for each issue.

    Raises ValueError if a package could be worth more than a million either way.
    """
    rows = tuple(
        np.rint(np.array(values) * (weight * FINE)).astype(np.int64)
        for weight, values in zip(profile.weights, profile.values, strict=True)
    )
    if sum(int(np.abs(row).max()) for row in rows) > MOST * FINE:
        raise ValueError("A package would be worth more than a million.")
    return rows


def open_options(domain: Domain, *profiles: Profile) -> Iterator[Ints]:
    """For each issue the numbers of the options acceptable to all these sides."""
    barred = frozenset[tuple[str, str]]().union(*(p.unacceptable for p in profiles))
    for issue in domain.issues:
        yield np.array(
            [
                number
                for number, option in enumerate(issue.options)
                if (issue.key, option) not in barred
            ],
            dtype=np.int64,
        )


def nano(utility: float) -> int:
    """A utility in units of 10⁻⁹, halves upwards, as the front is kept."""
    return (round(utility * FINE) + FINE // SAME // 2) // (FINE // SAME)


def worth(domain: Domain, profile: Profile, package: tuple[str, ...]) -> int:
    """What the package is worth in units of 10⁻⁹; ValueError for an unknown option."""
    if len(package) != len(domain.issues):
        raise ValueError("A package has one option for each issue.")
    total = sum(
        int(row[issue.options.index(option)])
        for issue, row, option in zip(
            domain.issues, utilities(profile), package, strict=True
        )
    )
    return (total + FINE // SAME // 2) // (FINE // SAME)
