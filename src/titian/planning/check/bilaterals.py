"""Does a timetable keep its word? Read from the problem alone, slot by slot."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from titian.planning.bilaterals.model import (
    Held,
    Leader,
    Meeting,
    Plan,
    Problem,
    Room,
    Span,
)

ALIKE = 1e-6


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule broken: its code, by whom, and by how much."""

    code: str
    who: str
    by: float = 0.0


def violations(
    problem: Problem, plan: Plan, *, told: float | None = None
) -> tuple[Violation, ...]:
    """Everything that is wrong with the plan; nothing if it may be shown to a person.

    Parameters
    ----------
    problem, plan
        ``n`` meetings of ``l`` slots, ``p`` leaders, ``t`` slots.
    told
        What the level "told" must come to; without it, the weight of all that was
        announced and is held at another hour or in another room.

    Returns
    -------
    tuple[Violation, ...]
        Codes: twice, unknown, lost, day, wanted, leader, busy, pause, seats, level,
        named, closed, room, reset, interpreter, objective.

    Notes
    -----
    No code is shared with the solver: every slot is written down, and looked at.
    O(n · (l + pause + reset) + p · t).
    """
    return tuple(_violations(problem, plan, told))


def _violations(
    problem: Problem, plan: Plan, told: float | None
) -> Iterator[Violation]:
    meetings = {one.key: one for one in problem.meetings}
    rooms = {one.key: one for one in problem.rooms}
    named = Counter(held.meeting for held in plan.held)
    named.update(refused.meeting for refused in plan.refused)
    yield from (Violation("twice", key) for key, many in named.items() if many > 1)
    yield from (Violation("unknown", key) for key in named if key not in meetings)
    yield from (Violation("lost", key) for key in meetings if key not in named)
    known = [h for h in plan.held if h.meeting in meetings and h.room in rooms]
    for held in plan.held:
        if held.meeting in meetings and held.room not in rooms:
            yield Violation("unknown", held.room)
    leaders = {one.key: one for one in problem.leaders}
    for held in known:
        meeting = meetings[held.meeting]
        yield from _hours(problem, meeting, held, leaders)
        yield from _room(meeting, rooms[held.room], held, leaders)
    yield from _people(problem, known, meetings)
    yield from _resets(problem, known, meetings)
    yield from _teams(problem, known, meetings)
    yield from _objective(problem, plan, known, meetings, told)


def _day(problem: Problem, slot: int) -> tuple[int, int]:
    """The number of the slot's day, and of the slot in it; (-1, 0) for no day."""
    for number, length in enumerate(problem.days):
        if 0 <= slot < length:
            return number, slot
        slot -= length
    return -1, 0


def _inside(spans: Iterable[Span], held: Held, length: int) -> bool:
    end = held.start + length
    return any(one.first <= held.start and end <= one.after for one in spans)


def _hours(
    problem: Problem, meeting: Meeting, held: Held, leaders: dict[str, Leader]
) -> Iterator[Violation]:
    first = _day(problem, held.start)[0]
    if first < 0 or first != _day(problem, held.start + meeting.length - 1)[0]:
        yield Violation("day", meeting.key)
    if not _inside(meeting.within, held, meeting.length):
        yield Violation("wanted", meeting.key)
    for side in meeting.sides:
        if not _inside(leaders[side].free, held, meeting.length):
            yield Violation("leader", meeting.key)


def _room(
    meeting: Meeting, room: Room, held: Held, leaders: dict[str, Leader]
) -> Iterator[Violation]:
    if room.seats < meeting.people:
        yield Violation("seats", meeting.key, meeting.people - room.seats)
    if min(leaders[side].level for side in meeting.sides) > room.level:
        yield Violation("level", meeting.key)
    if meeting.rooms and room.key not in meeting.rooms:
        yield Violation("named", meeting.key)
    if not _inside(room.free, held, meeting.length):
        yield Violation("closed", meeting.key)


def _people(
    problem: Problem, held: list[Held], meetings: dict[str, Meeting]
) -> Iterator[Violation]:
    """Nobody is in two meetings, or in the next without the pause."""
    for key, day in _slots(problem, held, meetings):
        for one, other in pairwise(day):
            gap = other[0] - one[1]
            if gap < problem.rules.pause:
                yield Violation("busy" if gap < 0 else "pause", key, -gap)


def _slots(
    problem: Problem, held: list[Held], meetings: dict[str, Meeting]
) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Of each leader and day, the meetings as (begin, end), by begin."""
    found: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for one in held:
        end = one.start + meetings[one.meeting].length
        for side in meetings[one.meeting].sides:
            day = side, _day(problem, one.start)[0]
            found.setdefault(day, []).append((one.start, end))
    for (side, _number), day_of in found.items():
        yield side, sorted(day_of)


def _resets(
    problem: Problem, held: list[Held], meetings: dict[str, Meeting]
) -> Iterator[Violation]:
    """No room holds two at once; between two of a day it is reset."""
    by_room: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for one in held:
        key = one.room, _day(problem, one.start)[0]
        end = one.start + meetings[one.meeting].length
        by_room.setdefault(key, []).append((one.start, end))
    for (room, _number), taken in by_room.items():
        taken.sort()
        for before, after in pairwise(taken):
            gap = after[0] - before[1]
            if gap < problem.rules.reset:
                yield Violation("room" if gap < 0 else "reset", room, -gap)


def _teams(
    problem: Problem, held: list[Held], meetings: dict[str, Meeting]
) -> Iterator[Violation]:
    """Nobody interprets in two rooms."""
    teams = {frozenset(one.languages): one.teams for one in problem.interpreters}
    at_work: Counter[tuple[frozenset[str], int]] = Counter()
    for one in held:
        meeting = meetings[one.meeting]
        if meeting.languages:
            pair = frozenset(meeting.languages)
            for slot in range(one.start, one.start + meeting.length):
                at_work[pair, slot] += 1
    for (pair, slot), many in sorted(at_work.items(), key=lambda i: (i[0][1], i[1])):
        if many > teams.get(pair, 0):
            yield Violation("interpreter", str(slot), many - teams.get(pair, 0))


def _objective(
    problem: Problem,
    plan: Plan,
    held: list[Held],
    meetings: dict[str, Meeting],
    told: float | None,
) -> Iterator[Violation]:
    """What the plan says of itself is what it is."""
    weigh = {key: _weight(problem, meeting) for key, meeting in meetings.items()}
    where = {one.meeting: (one.room, one.start) for one in held}
    news = sum(
        weigh[one.meeting]
        for one in problem.announced
        if one.meeting in where and where[one.meeting] != (one.room, one.start)
    )
    breaks = _breaks(problem, held, meetings)
    least = min(breaks.values(), default=0) + problem.rules.spread
    found = {
        "refused": float(sum(w for key, w in weigh.items() if key not in where)),
        "told": float(news) if told is None else told,
        "uneven": float(sum(max(many - least, 0) for many in breaks.values())),
        "breaks": float(sum(breaks.values())),
    }
    if [level for level, _value in plan.objective] != list(problem.order):
        yield Violation("objective", "order")
    for level, value in plan.objective:
        if abs(found.get(level, value) - value) > ALIKE:
            yield Violation("objective", level, value - found[level])


def _weight(problem: Problem, meeting: Meeting) -> int:
    if meeting.weight is not None:
        return meeting.weight
    levels = [one.level for one in problem.leaders if one.key in meeting.sides]
    return problem.rules.weight[min(levels) - 1]


def _breaks(
    problem: Problem, held: list[Held], meetings: dict[str, Meeting]
) -> dict[str, int]:
    """Of each leader whom somebody wishes to meet: gaps longer than the pause."""
    found = {side: 0 for one in meetings.values() for side in one.sides}
    for side, day in _slots(problem, held, meetings):
        ends = pairwise(day)
        found[side] += sum(b[0] - a[1] > problem.rules.pause for a, b in ends)
    return found
