"""When a search ends. Stop rules compose and never look at the clock themselves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol


class Stop(Protocol):
    """Asked before each round of a search."""

    def __call__(self, rounds: int, since_better: int) -> bool:
        """Whether to end after ``rounds``, the last ``since_better`` without gain."""
        ...


@dataclass(frozen=True, slots=True)
class Iterations:
    """End after ``limit`` rounds: the same plan again, on any machine."""

    limit: int

    def __call__(self, rounds: int, since_better: int) -> bool:
        return rounds >= self.limit


@dataclass(frozen=True, slots=True)
class WithoutGain:
    """End after ``limit`` rounds in a row that made nothing better."""

    limit: int

    def __call__(self, rounds: int, since_better: int) -> bool:
        return since_better >= self.limit


@dataclass(slots=True)
class Seconds:
    """End ``limit`` seconds after the first question, as ``clock`` counts them.

    Plans found under a clock depend on the machine; publish them with ``iterations``.
    """

    limit: float
    clock: Callable[[], float]
    spent: float = field(default=0.0, init=False)
    _until: float | None = field(default=None, init=False)

    def __call__(self, rounds: int, since_better: int) -> bool:
        now = self.clock()
        if self._until is None:
            self._until = now + self.limit
        left = self._until - now
        self.spent = 1.0 - max(left, 0.0) / self.limit if self.limit > 0 else 1.0
        return left <= 0


@dataclass(frozen=True, slots=True)
class First:
    """End as soon as any of ``stops`` would."""

    stops: tuple[Stop, ...]

    def __call__(self, rounds: int, since_better: int) -> bool:
        return any([stop(rounds, since_better) for stop in self.stops])


def spent(stop: Stop, rounds: int) -> float:
    """How much of its time a search has had after ``rounds``, from 0 to 1.

    0 for rules that know no end. A clock is not asked: what ``stop`` last saw counts.
    """
    match stop:
        case Iterations(limit):
            return min(rounds / limit, 1.0) if limit > 0 else 1.0
        case Seconds():
            return stop.spent
        case First(stops):
            return max((spent(one, rounds) for one in stops), default=0.0)
        case _:
            return 0.0
