"""The nouns of bilaterals: who wishes to meet whom, in which room, and the timetable.

Time is counted in slots of one length, which the caller chose; the days follow one
another, so that slot ``days[0]`` is the first of the second day. Free and busy come
without a reason: a leader has hours, and nobody here knows why.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from itertools import accumulate
from typing import Any

ENGINE = "bilaterals 1"
LEVELS = range(1, 8)
OBJECTIVE = ("refused", "told", "uneven", "breaks")
LONGEST_DAY = 60  # slots of a day: it is looked at as the bits of one word


@dataclass(frozen=True, slots=True)
class Span:
    """Slots from ``first`` up to, not including, ``after``."""

    first: int
    after: int

    def __post_init__(self) -> None:
        if not 0 <= self.first <= self.after:
            raise ValueError(f"Expected 0 <= {self.first} <= {self.after}.")


EVER = (Span(0, 1_000_000),)


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody who is met: level 1 for a head of state … 7, and the hours they have."""

    key: str
    level: int = 4
    free: tuple[Span, ...] = EVER


@dataclass(frozen=True, slots=True)
class Room:
    """A room that seats ``seats``, kept for meetings of ``level`` and above."""

    key: str
    seats: int
    level: int = 7
    free: tuple[Span, ...] = EVER


@dataclass(frozen=True, slots=True)
class Interpreters:
    """Teams that interpret between two languages, all of them at the venue."""

    languages: tuple[str, str]
    teams: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that is asked for.

    ``length`` in slots; ``people`` sit in the room. ``languages`` are the two between
    which it is interpreted, none where the sides have a language in common. ``rooms``,
    if any, are the only ones that will do. ``weight`` is what refusing it weighs, where
    that is not what the level says: the level of the highest of its ``sides``.
    """

    key: str
    sides: tuple[str, ...]
    length: int = 1
    people: int = 2
    languages: tuple[str, ...] = ()
    within: tuple[Span, ...] = EVER
    rooms: tuple[str, ...] = ()
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting in its room, from slot ``start`` on."""

    meeting: str
    room: str
    start: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What the house says, counted in slots.

    ``reset`` is between two meetings in a room, ``pause`` between two of a leader; a
    longer gap is a break. ``spread`` is by how many breaks a leader may have more than
    the one with fewest. ``weight`` is by level, 1 first. ``urgent`` are the slots to go
    below which telling somebody weighs double.
    """

    reset: int = 0
    pause: int = 0
    spread: int = 2
    weight: tuple[int, ...] = (64, 32, 16, 8, 4, 2, 1)
    urgent: int = 0

    def __post_init__(self) -> None:
        """Raise ValueError for rules that leave a level out, or count backwards."""
        if len(self.weight) != 7 or min(self.weight) < 1:
            raise ValueError("Expected a weight of 1 or more for each of 7 levels.")
        if min(self.reset, self.pause, self.spread, self.urgent) < 0:
            raise ValueError("Expected slots that are not negative.")


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a timetable is made from.

    ``days`` are the slots of each day; ``announced`` what people were told before;
    ``order`` are the levels of the objective, the first the weightiest.
    """

    days: tuple[int, ...]
    leaders: tuple[Leader, ...]
    rooms: tuple[Room, ...]
    meetings: tuple[Meeting, ...]
    interpreters: tuple[Interpreters, ...] = ()
    announced: tuple[Held, ...] = ()
    rules: Rules = Rules()
    order: tuple[str, ...] = OBJECTIVE

    def __post_init__(self) -> None:
        """Raise ValueError, naming the first thing that makes no sense."""
        require_keys("leader", [one.key for one in self.leaders])
        require_keys("room", [one.key for one in self.rooms])
        require_keys("meeting", [one.key for one in self.meetings])
        require_keys("announcement", [one.meeting for one in self.announced])
        require_keys("pair of languages", [pair_of(i) for i in self.interpreters])
        if sorted(self.order) != sorted(OBJECTIVE):
            raise ValueError(f"Expected each of {OBJECTIVE} once.")
        if any(not 1 <= day <= LONGEST_DAY - self.rules.pause for day in self.days):
            raise ValueError(f"Expected days of 1-{LONGEST_DAY} slots, pause included.")
        if any(leader.level not in LEVELS for leader in self.leaders):
            raise ValueError("Expected leaders of levels 1-7.")
        known = {leader.key for leader in self.leaders}
        for meeting in self.meetings:
            _require_meeting(meeting, known)

    @property
    def slots(self) -> int:
        """The slots of all days."""
        return sum(self.days)


@dataclass(frozen=True, slots=True)
class Refused:
    """A meeting that has no place, and why.

    ``ruled_out`` counts the hours that each rule stands against, by the first that
    does; ``rule`` is the one that would have to give to hold it at ``nearest``, all
    else as it is; with no ``nearest`` more than one would have to.
    """

    meeting: str
    ruled_out: tuple[tuple[str, int], ...]
    rule: str
    nearest: Held | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The timetable, what is refused, and where the plan came from.

    ``objective`` are (level, value) in the order of the problem, lower is better.
    ``iterations`` are steps of the search.
    """

    held: tuple[Held, ...]
    refused: tuple[Refused, ...]
    objective: tuple[tuple[str, float], ...]
    seed: int
    engine: str
    input_hash: str
    iterations: int = field(default=0)


def level_of(problem: Problem, meeting: Meeting) -> int:
    """The level of the highest of the sides."""
    level = {leader.key: leader.level for leader in problem.leaders}
    return min(level[side] for side in meeting.sides)


def levels(problem: Problem) -> dict[str, int]:
    """By meeting, the level of the highest of its sides."""
    level = {leader.key: leader.level for leader in problem.leaders}
    return {one.key: min(level[s] for s in one.sides) for one in problem.meetings}


def fits(meeting: Meeting, room: Room, level: int) -> bool:
    """Large enough, not kept for those above, and asked for if any room is."""
    return (
        room.seats >= meeting.people
        and level <= room.level
        and (not meeting.rooms or room.key in meeting.rooms)
    )


def weights(problem: Problem) -> dict[str, int]:
    """By meeting, what it weighs to refuse it."""
    level = {leader.key: leader.level for leader in problem.leaders}
    return {
        one.key: one.weight
        if one.weight is not None
        else problem.rules.weight[min(level[side] for side in one.sides) - 1]
        for one in problem.meetings
    }


def firsts(problem: Problem) -> tuple[int, ...]:
    """The first slot of each day, and the one after the last day."""
    return tuple(accumulate(problem.days, initial=0))


def pair_of(thing: Interpreters | Meeting) -> tuple[str, ...]:
    """Two languages in one order, whoever speaks which."""
    return tuple(sorted(thing.languages))


def is_in(spans: Iterable[Span], start: int, after: int) -> bool:
    """Whether one of the spans holds all slots from ``start`` up to ``after``."""
    return any(span.first <= start and after <= span.after for span in spans)


def as_data(thing: Any) -> Any:
    """The same in lists, dicts, texts and numbers, for JSON."""
    return asdict(thing)


def input_hash(problem: Problem) -> str:
    """The sha256, in hex, of the problem as JSON, its order as it is."""
    text = json.dumps(problem, default=_fields, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _fields(thing: Any) -> list[Any]:
    """The values of a dataclass, in their order: for JSON, at no cost."""
    return [getattr(thing, name) for name in thing.__slots__]


def require_keys(noun: str, keys: Iterable[Any]) -> None:
    """Raise ValueError if two are the same."""
    found = list(keys)
    if len(set(found)) != len(found):
        raise ValueError(f"Two have the same {noun} key.")


def _require_meeting(meeting: Meeting, leaders: set[str]) -> None:
    if len(set(meeting.sides)) < 2 or len(set(meeting.sides)) < len(meeting.sides):
        raise ValueError(f"{meeting.key}: expected two sides or more, none twice.")
    if set(meeting.sides) - leaders:
        raise ValueError(f"{meeting.key}: a side that nobody knows.")
    if meeting.length < 1 or meeting.people < 0:
        raise ValueError(f"{meeting.key}: expected a length of one slot or more.")
    if len(meeting.languages) not in (0, 2):
        raise ValueError(f"{meeting.key}: expected two languages, or none.")
    if meeting.weight is not None and meeting.weight < 1:
        raise ValueError(f"{meeting.key}: expected a weight of 1 or more.")
