"""Where nothing is left to agree on: the two demands that exclude each other."""

from dataclasses import dataclass
from enum import StrEnum

from titian.planning.bargain.front import front
from titian.planning.bargain.model import (
    Domain,
    Profile,
    check,
    nano,
    open_options,
    utilities,
)
from titian.planning.bargain.points import place


class Kind(StrEnum):
    """What is demanded: an option of each issue, no red line crossed, a least gain."""

    SETTLED = "settled"
    UNACCEPTABLE = "unacceptable"
    RESERVE = "reserve"


@dataclass(frozen=True, slots=True)
class Demand:
    """One demand: of "a", of "b", or of the talk itself (""), on these issues."""

    side: str
    kind: Kind
    issues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two demands that cannot both be met, whatever else is settled."""

    one: Demand
    other: Demand


def conflict(domain: Domain, a: Profile, b: Profile) -> Conflict | None:
    """The first two demands that leave no package; None if something can be agreed.

    First issues without an option left, then a side's least gain against the red
    lines (its own before the other's) or against what there is, then the two least
    gains against each other. Where several pairs conflict, one is named: once it is
    settled, ask again.

    Raises
    ------
    ValueError
        If a profile does not fit the domain.

    Notes
    -----
    O(Σ options) but for the last question, which takes the front.
    """
    check(domain, a)
    check(domain, b)
    return (
        _unsettled(domain, a, b)
        or _unreachable(domain, a, b, "a")
        or _unreachable(domain, b, a, "b")
        or _apart(domain, a, b)
    )


def _unsettled(domain: Domain, a: Profile, b: Profile) -> Conflict | None:
    both = tuple(open_options(domain, a, b))
    of_a, of_b = tuple(open_options(domain, a)), tuple(open_options(domain, b))
    for issue, left, left_a, left_b in zip(
        domain.issues, both, of_a, of_b, strict=True
    ):
        if len(left):
            continue
        here = (issue.key,)
        red_a = Demand("a", Kind.UNACCEPTABLE, here)
        red_b = Demand("b", Kind.UNACCEPTABLE, here)
        settled = Demand("", Kind.SETTLED, here)
        if not len(left_a):
            return Conflict(red_a, settled)
        return Conflict(red_a if len(left_b) else settled, red_b)
    return None


def _unreachable(
    domain: Domain, mine: Profile, theirs: Profile, side: str
) -> Conflict | None:
    allowed = _best(domain, mine, mine, theirs)
    if sum(allowed) >= _least(mine):
        return None
    reserve = Demand(side, Kind.RESERVE, tuple(issue.key for issue in domain.issues))
    other = "b" if side == "a" else "a"
    for owner, left in (
        (side, _best(domain, mine, theirs)),
        (other, _best(domain, mine, mine)),
    ):
        if sum(left) >= _least(mine):
            dear = _dearer(domain, left, allowed)
            return Conflict(reserve, Demand(owner, Kind.UNACCEPTABLE, dear))
    return Conflict(reserve, Demand("", Kind.SETTLED, reserve.issues))


def _apart(domain: Domain, a: Profile, b: Profile) -> Conflict | None:
    nothing = nano(a.reserve), nano(b.reserve)
    if place(front(domain, a, b), nothing, "sum") is not None:
        return None
    keys = tuple(issue.key for issue in domain.issues)
    return Conflict(Demand("a", Kind.RESERVE, keys), Demand("b", Kind.RESERVE, keys))


def _best(domain: Domain, mine: Profile, *red: Profile) -> list[int]:
    """The most of each issue where only the red lines of ``red`` hold."""
    rows = zip(utilities(mine), open_options(domain, *red), strict=True)
    return [int(row[options].max()) for row, options in rows]


def _least(profile: Profile) -> int:
    """The least sum, in units of 10⁻¹², that is rounded to the reserve or more."""
    return nano(profile.reserve) * 1000 - 500


def _dearer(domain: Domain, left: list[int], allowed: list[int]) -> tuple[str, ...]:
    rows = zip(domain.issues, left, allowed, strict=True)
    return tuple(issue.key for issue, more, less in rows if more > less)
