"""Conditions that combine: which of the delegations are meant? Pure set reckoning."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

type Why = tuple[str, str]
"""Why one is among them: English, Indonesian."""
type Answer = Mapping[int, Why]
type Source = Callable[[str], Answer]
ALL, ANY = "all", "any"


class NoCondition(ValueError):
    """A condition of a kind nobody answers, or none at all; its argument names it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing asked: its kind, its value, and whether it must not hold."""

    kind: str
    value: str
    is_not: bool = False


def found(
    conditions: Sequence[Condition],
    sources: Mapping[str, Source],
    among: Iterable[int],
    *,
    mode: str = ALL,
) -> dict[int, tuple[Why, ...]]:
    """Those of ``among`` for whom all conditions hold, or any, and why, in order.

    A negated condition holds for those whom its source does not name, and gives no
    reason. Each source is asked once for each condition. Raises ``NoCondition``.
    """
    if not conditions:
        raise NoCondition("")
    answers = [(one, _asked(one, sources)) for one in conditions]
    kept: dict[int, tuple[Why, ...]] = {}
    for pk in among:
        holds = [(pk in answer) is not one.is_not for one, answer in answers]
        if all(holds) if mode == ALL else any(holds):
            said = [a[pk] for one, a in answers if pk in a and not one.is_not]
            kept[pk] = tuple(dict.fromkeys(said))
    return kept


def _asked(one: Condition, sources: Mapping[str, Source]) -> Answer:
    if one.kind not in sources:
        raise NoCondition(one.kind)
    return sources[one.kind](one.value)
