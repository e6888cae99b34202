"""Which rules of the two sides do not agree. Pure; nothing is decided here."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from titian.rules.matching.applying import OURS, THEIRS, Applied, Rule


class Clash(StrEnum):
    """How two rules about one subject fail to agree."""

    CONTRADICTION = "contradiction"  # one forbids what the other allows or requires
    LIMIT = "limit"  # one sets a limit where the other sets none
    LIMITS = "limits"  # both set one, and not the same
    UNITS = "units"  # both set one, in measures that cannot be compared
    REPORT = "report"  # one may be kept or given, the other must be reported


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two rules in force, one of each side, that do not agree; nobody decides it here.

    ``tighter`` is the number of the rule with the smaller limit, where both limits are
    in one measure; it says which is narrower, never which one wins.
    """

    ours: Rule
    theirs: Rule
    clash: Clash
    tighter: int | None = None


def conflicts(found: Iterable[Applied]) -> tuple[Conflict, ...]:
    """Each pair of one rule of ours and one of theirs that do not agree.

    Parameters
    ----------
    found
        ``n`` rules that apply, as ``applied`` gives them.

    Returns
    -------
    tuple[Conflict, ...]
        In the order of our rules, then theirs. Only rules about the same subject are
        compared, and only those still in force. Nothing is resolved: where one limit is
        the narrower one, the conflict says so and stays a conflict.

    Notes
    -----
    House rule (capability G05): conflicts are listed, never resolved in silence.
    O(n) and the number of pairs of one subject.
    """
    in_force = [one.rule for one in found if not one.is_out_of_date]
    by_subject: dict[str, list[Rule]] = {}
    for rule in in_force:
        if rule.whose == THEIRS and rule.subject:
            by_subject.setdefault(rule.subject, []).append(rule)
    return tuple(
        conflict
        for ours in in_force
        if ours.whose == OURS
        for theirs in by_subject.get(ours.subject, ())
        if (conflict := _between(ours, theirs)) is not None
    )


PERMITS = frozenset({"allows", "requires"})
"""Stances that let it happen without a measure."""


def _between(ours: Rule, theirs: Rule) -> Conflict | None:
    stances = {ours.stance, theirs.stance}
    if stances == {"limits"}:
        return _of_limits(ours, theirs)
    if "forbids" in stances and len(stances) == 2 and "informs" not in stances:
        return Conflict(ours, theirs, Clash.CONTRADICTION)
    if "limits" in stances and stances & PERMITS:
        return Conflict(ours, theirs, Clash.LIMIT)
    if "reports" in stances and stances & (PERMITS | {"limits"}):
        return Conflict(ours, theirs, Clash.REPORT)
    return None


def _of_limits(ours: Rule, theirs: Rule) -> Conflict | None:
    if ours.limit is None or theirs.limit is None or ours.unit != theirs.unit:
        return Conflict(ours, theirs, Clash.UNITS)
    if ours.limit == theirs.limit:
        return None
    tighter = min((ours, theirs), key=lambda one: one.limit or Decimal(0))
    return Conflict(ours, theirs, Clash.LIMITS, tighter.number)
