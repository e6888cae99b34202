"""The nouns of trips: who must be driven when, by what, and the plan of it.

All instants are minutes after a zero the caller chose, all ways minutes and kilometres.
"""

import hashlib
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from titian.planning.trips.orders import ESCORT, Breaks, Motorcade, Pause, Shuttle

ENGINE = "trips 2"
LEVELS = range(1, 8)
OBJECTIVE = ("unserved", "told", "vehicles", "distance")
ENDLESS = math.inf


@dataclass(frozen=True, slots=True)
class Window:
    """Minutes in which something may begin."""

    opens: float = 0.0
    closes: float = ENDLESS

    def __post_init__(self) -> None:
        if not 0 <= self.opens <= self.closes:
            raise ValueError(f"Expected 0 <= {self.opens} <= {self.closes}.")


@dataclass(frozen=True, slots=True)
class Halt:
    """Where and when somebody gets in or out, and how many minutes it takes."""

    place: str
    window: Window = Window()
    service: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.service < ENDLESS:
            raise ValueError("Expected a service of some minutes, or none.")


@dataclass(frozen=True, slots=True)
class Request:
    """People who travel together, from door to door.

    ``load`` is how much they take of each kind of seat of the problem. ``level`` is 1
    for a head of state … 7; ``longest_ride`` are minutes aboard, where not what the
    level says. ``classes``, if any, are those of vehicles that will do; ``skills`` are
    what driver and vehicle must have; ``vehicles``, if any, the only ones allowed.
    """

    key: str
    level: int
    pickup: Halt
    drop: Halt
    load: tuple[int, ...]
    longest_ride: float | None = None
    classes: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    vehicles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle with its driver.

    ``layouts`` are the ways its seats can be arranged, each with a number for every
    kind of seat; they can be changed at every stop. ``shift`` are the minutes in which
    it may leave ``start`` and be back at ``end``; ``longest_duty`` the minutes between,
    ``breaks`` what its driver is owed on the way.
    """

    key: str
    kind: str
    layouts: tuple[tuple[int, ...], ...]
    start: str
    end: str
    skills: tuple[str, ...] = ()
    shift: Window = Window()
    longest_duty: float = ENDLESS
    breaks: Breaks | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What the house says: minutes aboard, and what each level weighs.

    ``longest_ride`` and ``weight`` are by level, 1 first. ``tolerance`` are the minutes
    by which an announced pickup may slip before somebody must be told; ``urgent`` the
    minutes to go below which that weighs double.
    """

    longest_ride: tuple[float, ...] = (30, 30, 40, 45, 60, 60, 75)
    weight: tuple[int, ...] = (64, 32, 16, 8, 4, 2, 1)
    tolerance: float = 5.0
    urgent: float = 120.0

    def __post_init__(self) -> None:
        """Raise ValueError for rules that leave a level out."""
        if len(self.longest_ride) != 7 or min(self.longest_ride) <= 0:
            raise ValueError("Expected a longest ride for each of 7 levels.")
        if len(self.weight) != 7 or min(self.weight) < 1:
            raise ValueError("Expected a weight of 1 or more for each of 7 levels.")
        if self.tolerance < 0 or self.urgent < 0:
            raise ValueError("Expected minutes that are not negative.")


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a plan is made from.

    ``minutes`` and ``kilometres`` are the ways between ``places``, row to column;
    without ``kilometres`` the minutes are what is driven. ``seats`` names the kinds of
    seat; ``order`` are the levels of the objective, the first the weightiest. Vehicles
    may wait at ``waits``, or anywhere if none is named. ``shuttles`` have requests of
    their own among the others: see ``timetabled``.
    """

    requests: tuple[Request, ...]
    vehicles: tuple[Vehicle, ...]
    places: tuple[str, ...]
    minutes: tuple[tuple[float, ...], ...]
    kilometres: tuple[tuple[float, ...], ...] = ()
    seats: tuple[str, ...] = ("seat",)
    rules: Rules = Rules()
    order: tuple[str, ...] = OBJECTIVE
    waits: tuple[str, ...] = ()
    motorcades: tuple[Motorcade, ...] = ()
    shuttles: tuple[Shuttle, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError, naming the first thing that makes no sense."""
        _require_keys("request", [one.key for one in self.requests])
        _require_keys("vehicle", [one.key for one in self.vehicles])
        _require_keys("place", self.places)
        if sorted(self.order) != sorted(OBJECTIVE):
            raise ValueError(f"Expected each of {OBJECTIVE} once.")
        for ways in (self.minutes, self.kilometres or self.minutes):
            _require_ways(ways, len(self.places))
        places = set(self.places)
        for request in self.requests:
            self._require_sound(request, places)
        for vehicle in self.vehicles:
            self._require_vehicle(vehicle, places)
        self._require_together()
        listed = {key for line in self.shuttles for key in line.requests}
        if listed - {one.key for one in self.requests} or set(self.waits) - places:
            raise ValueError("Expected shuttles and waits from among what there is.")

    def _require_sound(self, request: Request, places: set[str]) -> None:
        if request.level not in LEVELS:
            raise ValueError(f"{request.key}: expected a level 1-7.")
        if {request.pickup.place, request.drop.place} - places:
            raise ValueError(f"{request.key}: a place without ways.")
        if len(request.load) != len(self.seats) or min(request.load) < 0:
            raise ValueError(f"{request.key}: expected a load for {self.seats}.")
        if request.longest_ride is not None and request.longest_ride <= 0:
            raise ValueError(f"{request.key}: expected a ride of some minutes.")

    def _require_vehicle(self, vehicle: Vehicle, places: set[str]) -> None:
        if {vehicle.start, vehicle.end} - places:
            raise ValueError(f"{vehicle.key}: a place without ways.")
        if not vehicle.layouts or any(
            len(layout) != len(self.seats) or min(layout) < 0
            for layout in vehicle.layouts
        ):
            raise ValueError(f"{vehicle.key}: expected layouts of {self.seats}.")

    def _require_together(self) -> None:
        """Motorcades of requests that can be one."""
        requests = {one.key: one for one in self.requests}
        _require_keys("motorcade", [k for m in self.motorcades for k in m.requests])
        for one in self.motorcades:
            if set(one.requests) - set(requests):
                raise ValueError(f"{one.key}: a request that there is not.")
            self._require_motorcade(one, [requests[key] for key in one.requests])

    def _require_motorcade(self, one: Motorcade, cars: Sequence[Request]) -> None:
        ends = {(car.pickup.place, car.drop.place) for car in cars}
        if len(ends) > 1:
            raise ValueError(f"{one.key}: expected one way for all of them.")
        here, there = (self.places.index(place) for place in ends.pop())
        if self.minutes[here][there] <= one.gap * (len(cars) - 1):
            raise ValueError(f"{one.key}: expected it to be shorter than its way.")
        if max(car.pickup.service for car in cars) > one.leaves:
            raise ValueError(f"{one.key}: expected to leave after getting in.")
        for car in cars:
            if car.key in one.escorts and (any(car.load) or ESCORT not in car.skills):
                raise ValueError(f"{car.key}: expected an empty escort that can.")


@dataclass(frozen=True, slots=True)
class Stop:
    """A vehicle's stop: when it is there, and when getting in or out begins."""

    request: str
    is_pickup: bool
    arrives: float
    begins: float


@dataclass(frozen=True, slots=True)
class Trip:
    """One vehicle's day, in the order driven."""

    vehicle: str
    leaves: float
    stops: tuple[Stop, ...]
    returns: float
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is driven by whom, who is not, and where the plan came from.

    ``objective`` are (level, value) in the order of the problem, lower is better.
    ``iterations`` are steps of ruin and recreate.
    """

    trips: tuple[Trip, ...]
    unserved: tuple[str, ...]
    objective: tuple[tuple[str, float], ...]
    seed: int
    engine: str
    input_hash: str
    iterations: int = field(default=0)


def longest_ride(problem: Problem, request: Request) -> float:
    """The minutes the request may be aboard: its own, or those of its level."""
    if request.longest_ride is not None:
        return request.longest_ride
    return problem.rules.longest_ride[request.level - 1]


def bound_minutes(problem: Problem) -> dict[str, float]:
    """By request of a motorcade, the minute at which getting in must begin."""
    service = {one.key: one.pickup.service for one in problem.requests}
    return {
        key: one.moves_off(key) - service[key]
        for one in problem.motorcades
        for key in one.requests
    }


def weight(problem: Problem, request: Request) -> int:
    """What it weighs to leave the request where it is."""
    return problem.rules.weight[request.level - 1]


def as_data(thing: Any) -> Any:
    """The same in lists, dicts, texts and numbers, for JSON; endless is None."""
    return _finite(asdict(thing))


def input_hash(problem: Problem) -> str:
    """The sha256, in hex, of the problem as JSON, its order as it is."""
    text = json.dumps(problem, default=_fields, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _fields(thing: Any) -> list[Any]:
    """The values of a dataclass, in their order: for JSON, at no cost."""
    return [getattr(thing, name) for name in thing.__slots__]


def _finite(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {key: _finite(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [_finite(one) for one in thing]
    return None if thing == ENDLESS else thing


def _require_keys(noun: str, keys: Iterable[str]) -> None:
    found = list(keys)
    if len(set(found)) != len(found):
        raise ValueError(f"Two have the same {noun} key.")


def _require_ways(ways: Sequence[Sequence[float]], places: int) -> None:
    if len(ways) != places or any(len(row) != places for row in ways):
        raise ValueError(f"Expected ways from and to each of {places} places.")
    if any(not 0 <= way < ENDLESS for row in ways for way in row):
        raise ValueError("Expected ways that are not negative and end.")
