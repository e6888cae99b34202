"""Where a stretch of hours is cut into duties a person can hold."""

from dataclasses import dataclass
from functools import lru_cache

from titian.planning.cover.model import Mode, Rules

PER_DUTY = 6.0
OFF_THE_HOUR = 2.0  # for each hour between a cut and the nearest hour of handing over
TOO_SHORT = 1000.0


@dataclass(frozen=True, slots=True)
class Cutting:
    """What decides the cuts: limits in steps, and the local steps for handing over."""

    hour: int
    shortest: int
    longest: int
    handovers: tuple[int, ...]

    @classmethod
    def of(cls, rules: Rules, mode: Mode, shift: int = 0) -> "Cutting":
        """For a mode; ``shift`` moves the preferred hours, in hours."""
        hour = 60 // rules.step_minutes
        longest = (
            rules.longest_on_call if mode is Mode.ON_CALL else rules.attached_limit
        )
        wanted = tuple((at + shift) % 24 * hour for at in rules.handover_hours)
        return cls(hour, rules.shortest * hour, longest * hour, wanted)


def cuts(cutting: Cutting, length: int, local: int) -> tuple[int, ...]:
    """The ends of the duties, from the start of the stretch.

    Parameters
    ----------
    cutting
        Limits and preferred local hours.
    length
        Steps to be cut, at least 1.
    local
        Which step of its local day the stretch begins in.

    Returns
    -------
    tuple[int, ...]
        Increasing offsets, the last of them ``length``. Duties have ``shortest`` to
        ``longest`` steps, unless the stretch itself is shorter.

    Notes
    -----
    Shortest path over the possible cuts (Bellman 1958): duties of about eight hours,
    handed over near the preferred hours. O(length · longest).
    """
    return _cuts(cutting, length, local % (24 * cutting.hour))


@lru_cache(maxsize=4096)
def _cuts(cutting: Cutting, length: int, local: int) -> tuple[int, ...]:
    cost = [0.0] + [float("inf")] * length
    came = [0] * (length + 1)
    for end in range(1, length + 1):
        edge = 0.0 if end == length else _edge(cutting, local + end)
        for start in range(max(0, end - cutting.longest), end):
            total = cost[start] + _duty(cutting, end - start) + edge
            if total < cost[end]:
                cost[end], came[end] = total, start
    ends = [length]
    while came[ends[-1]]:
        ends.append(came[ends[-1]])
    return tuple(reversed(ends))


def _duty(cutting: Cutting, length: int) -> float:
    """What a duty of this length costs: eight hours are best, six to ten are well."""
    hours = length / cutting.hour
    humane = abs(hours - 8) * 0.5 + max(0.0, 6 - hours) * 4
    return PER_DUTY + humane + (TOO_SHORT if length < cutting.shortest else 0.0)


def _edge(cutting: Cutting, local: int) -> float:
    day = 24 * cutting.hour
    away = (
        min((local - at) % day, (at - local) % day) / cutting.hour
        for at in cutting.handovers
    )
    return OFF_THE_HOUR * min(away, default=0.0)
