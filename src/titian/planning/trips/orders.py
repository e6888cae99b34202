"""What is ordered beside single rides: breaks, motorcades, shuttles.

All instants are minutes after the zero of the problem.
"""

import math
from dataclasses import dataclass

ESCORT = "escort"  # the skill that an escort must ask for


@dataclass(frozen=True, slots=True)
class Breaks:
    """A driver's right: after at most ``after`` minutes of duty, ``minutes`` of break.

    A break is taken where the vehicle may wait, with nobody aboard.
    """

    after: float = 270.0
    minutes: float = 45.0

    def __post_init__(self) -> None:
        """Raise ValueError for breaks that are none."""
        if not 0 < self.after < math.inf or not 0 < self.minutes < math.inf:
            raise ValueError("Expected a break of some minutes after some minutes.")


@dataclass(frozen=True, slots=True)
class Pause:
    """A driver's break in a plan: the vehicle stands at ``place``."""

    place: str
    begins: float
    ends: float


@dataclass(frozen=True, slots=True)
class Motorcade:
    """Requests of one party whose vehicles travel together, in this order.

    The first moves off at the minute ``leaves``, each other ``gap`` minutes after the
    one before it. Every request has a vehicle to itself. ``escorts`` are those of them
    that carry nobody.
    """

    key: str
    requests: tuple[str, ...]
    leaves: float
    gap: float = 0.5
    escorts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for a motorcade of no order."""
        if len(set(self.requests)) < max(len(self.requests), 2):
            raise ValueError(f"{self.key}: expected two requests or more, each once.")
        if not 0 <= self.gap < math.inf or not 0 <= self.leaves < math.inf:
            raise ValueError(f"{self.key}: expected minutes that are not negative.")
        if set(self.escorts) - set(self.requests):
            raise ValueError(f"{self.key}: expected escorts from among its requests.")

    def moves_off(self, request: str) -> float:
        """The minute at which the request's vehicle does."""
        return self.leaves + self.gap * self.requests.index(request)


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many people who come to the stop of a shuttle at a minute."""

    at: float
    people: int

    def __post_init__(self) -> None:
        """Raise ValueError for people who are not there."""
        if not 0 <= self.at < math.inf or self.people < 1:
            raise ValueError("Expected a crowd of some, at some minute.")


@dataclass(frozen=True, slots=True)
class Shuttle:
    """A line from one place to another, for whoever comes.

    Nobody waits longer than ``longest_wait`` minutes, no vehicle carries more than
    ``seats``, and from ``opens`` to ``closes`` no two departures are more than
    ``headway`` minutes apart. ``requests`` are its departures in a problem, in order.
    """

    key: str
    start: str
    end: str
    crowds: tuple[Crowd, ...]
    seats: int
    longest_wait: float
    headway: float
    opens: float
    closes: float
    level: int = 7
    classes: tuple[str, ...] = ()
    service: float = 2.0
    requests: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for a line that no timetable suits."""
        if self.seats < 1 or self.longest_wait < 0 or self.headway <= 0:
            raise ValueError(f"{self.key}: expected seats, a wait and a headway.")
        if not 0 <= self.service <= self.opens <= self.closes < math.inf:
            raise ValueError(f"{self.key}: expected to open after getting in.")
        if any(not self.opens <= crowd.at <= self.closes for crowd in self.crowds):
            raise ValueError(f"{self.key}: a crowd comes while it is shut.")
