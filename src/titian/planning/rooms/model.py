"""The nouns of rooms: who must sleep where, which rooms there are, and the plan of it.

Nights are numbers after a zero the caller chose, ways are minutes, prices whole units
of one currency.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from operator import attrgetter
from typing import Any

ENGINE = "rooms 1"
LEVELS = range(1, 8)
OBJECTIVE = ("unhoused", "told", "spread", "near", "floors", "price")


@dataclass(frozen=True, slots=True)
class Hotel:
    """A house with rooms; ``standard`` is its class, as the inspection found it."""

    key: str
    standard: int = 0


@dataclass(frozen=True, slots=True)
class Room:
    """A room: beside those one ``position`` further, open to those behind ``doors``."""

    key: str
    hotel: str
    category: str
    floor: int
    position: int
    accessible: bool = False
    doors: tuple[str, ...] = ()
    price: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """A delegation, or whoever else wants to live together.

    ``minutes`` is the way from each hotel of the problem to where they work; ``level``
    is 1 for a head of state … 7; ``secure`` groups share no floor with others, at any
    time; those ``apart`` are never in the same hotel.
    """

    key: str
    level: int
    minutes: tuple[int, ...]
    standard: int = 0
    secure: bool = False
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """People who share a room from the night ``first`` to the night ``last``.

    They wish to be next to the parties in ``near``, and to have a door to those in
    ``connecting``.
    """

    key: str
    group: str
    category: str
    names: tuple[str, ...] = ()
    first: int = 0
    last: int = 0
    accessible: bool = False
    near: tuple[str, ...] = ()
    connecting: tuple[str, ...] = ()

    @property
    def mask(self) -> int:
        """The nights, as bits."""
        return (1 << (self.last + 1)) - (1 << self.first)


@dataclass(frozen=True, slots=True)
class Rules:
    """What each level weighs, and how many minutes of way another hotel is worth."""

    weight: tuple[int, ...] = (64, 32, 16, 8, 4, 2, 1)
    hotel_minutes: int = 30

    def __post_init__(self) -> None:
        """Raise ValueError for rules that leave a level out."""
        if len(self.weight) != 7 or min(self.weight) < 1:
            raise ValueError("Expected a weight of 1 or more for each of 7 levels.")
        if self.hotel_minutes < 1:
            raise ValueError("Expected another hotel to be worth a minute or more.")


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a plan is made from.

    ``order`` are the levels of the objective, the first the weightiest. Hotels are
    shared out before rooms are, so "unhoused" comes first.
    """

    groups: tuple[Group, ...]
    parties: tuple[Party, ...]
    hotels: tuple[Hotel, ...]
    rooms: tuple[Room, ...]
    rules: Rules = Rules()
    order: tuple[str, ...] = OBJECTIVE

    def __post_init__(self) -> None:
        """Raise ValueError, naming the first thing that makes no sense."""
        groups = _keys("group", (one.key for one in self.groups))
        hotels = _keys("hotel", (one.key for one in self.hotels))
        _keys("party", (one.key for one in self.parties))
        _keys("room", (one.key for one in self.rooms))
        if sorted(self.order) != sorted(OBJECTIVE) or self.order[0] != "unhoused":
            raise ValueError(f'Expected each of {OBJECTIVE} once, "unhoused" first.')
        for group in self.groups:
            self._require_sound(group)
        for party in self.parties:
            if party.group not in groups:
                raise ValueError(f"{party.key}: no group {party.group}.")
            if not 0 <= party.first <= party.last:
                raise ValueError(f"{party.key}: expected 0 <= first <= last.")
        for room in self.rooms:
            if room.hotel not in hotels:
                raise ValueError(f"{room.key}: no hotel {room.hotel}.")

    def _require_sound(self, group: Group) -> None:
        if group.level not in LEVELS:
            raise ValueError(f"{group.key}: expected a level 1-7.")
        if len(group.minutes) != len(self.hotels) or min(group.minutes, default=0) < 0:
            raise ValueError(f"{group.key}: expected minutes from each hotel.")


@dataclass(frozen=True, slots=True)
class Stay:
    """A party in a room, under the names the rooming list prints."""

    party: str
    room: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Who sleeps where, who does not, and where the plan came from.

    ``objective`` are (level, value) in the order of the problem, lower is better.
    ``iterations`` are rounds of improvement; ``bound``, if one was asked for, is what
    no plan can be below at "unhoused" and, of those that reach it, at "spread" (0 where
    that is not proved).
    """

    stays: tuple[Stay, ...]
    unhoused: tuple[str, ...]
    objective: tuple[tuple[str, int], ...]
    seed: int
    engine: str
    input_hash: str
    iterations: int = field(default=0)
    bound: tuple[tuple[str, int], ...] = ()


def without(problem: Problem, hotel: str, floor: int | None = None) -> Problem:
    """The problem after a hotel, or one of its floors, is lost."""
    rooms = tuple(
        room
        for room in problem.rooms
        if room.hotel != hotel or floor not in (None, room.floor)
    )
    return replace(problem, rooms=rooms)


def as_data(thing: Any) -> Any:
    """The same in lists, dicts, texts and numbers, for JSON."""
    return json.loads(json.dumps(asdict(thing)))


def input_hash(problem: Problem) -> str:
    """The sha256, in hex, of the problem as JSON, its order as it is."""
    text = json.dumps(problem, default=_fields, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _fields(thing: Any) -> Any:
    """The values of a dataclass, in their order: for JSON, at no cost."""
    return _reader(thing.__slots__)(thing)


@cache
def _reader(names: tuple[str, ...]) -> Callable[[Any], Any]:
    """Reads fields, two or more, at once: every room and every party asks for it."""
    return attrgetter(*names)


def _keys(noun: str, keys: Iterable[str]) -> set[str]:
    found = list(keys)
    if len(set(found)) != len(found):
        raise ValueError(f"Two have the same {noun} key.")
    return set(found)
