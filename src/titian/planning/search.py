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


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search has come: rounds, how much of its time, the best plan's cost."""

    rounds: int
    share: float
    best: tuple[int, ...]


class Watch(Protocol):
    """Told after each round of a search; it should be quick, and never decides."""

    def __call__(self, progress: Progress) -> None:
        """Look at how far it has come."""
        ...


@dataclass(slots=True)
class Told:
    """End when somebody says so: ``tell`` may come from another thread or a signal."""

    is_told: bool = field(default=False, init=False)

    def tell(self) -> None:
        """End before the next round; the best plan so far is what there is."""
        self.is_told = True

    def __call__(self, rounds: int, since_better: int) -> bool:
        return self.is_told


class Walk(Protocol):
    """A plan that is walked on, worse steps being taken while it is warm."""

    def improve(self, steps: int, hot: float, cold: float) -> int:
        """Take so many steps; how often a better plan than any before was found."""
        ...


@dataclass(frozen=True, slots=True)
class Cooling:
    """How many steps a round of a stop rule has, and how warm the first and last are.

    ``reach`` scales both, for walks whose steps are longer in a wider problem.
    """

    steps: int
    hot: float
    cold: float
    reach: float = 1.0


def anneal(
    found: Walk,
    stop: Stop,
    cooling: Cooling,
    *,
    told: Callable[[int], None],
    is_done: Callable[[], bool] = lambda: False,
) -> int:
    """Walk until told to stop or done; ``told`` of each gain; the number of rounds.

    Simulated annealing (Kirkpatrick et al. 1983), cooled geometrically over what
    ``stop`` has spent.
    """
    rounds, since = 0, 0
    while not is_done() and not stop(rounds, since):
        share = min(spent(stop, rounds), 1.0)
        heat = cooling.reach * cooling.hot * (cooling.cold / cooling.hot) ** share
        gains = found.improve(cooling.steps, heat, heat)
        since = 0 if gains else since + 1
        rounds += 1
        if gains:
            told(rounds)
    return rounds
