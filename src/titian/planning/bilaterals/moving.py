"""The fewest that must make way: a search over who moves for whom, one more at a time.

Nothing is moved that need not be. A meeting in need takes an hour; those in its way
there are in need next, and each of them counts. First with nobody allowed to move, then
with one, then with two: so what is found first is the least (iterative deepening, Korf
1985).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from titian.planning.bilaterals.model import (
    Held,
    Meeting,
    Problem,
    Room,
    Span,
    firsts,
    fits,
    is_in,
    levels,
    pair_of,
)


@dataclass(slots=True)
class Frame:
    """What never changes: where each meeting could be, as bits over the slots.

    Days stand apart by as many bits as a pause or a reset is long, so that none reaches
    into the next day.
    """

    problem: Problem
    bit: list[int] = field(default_factory=list)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    teams: dict[tuple[str, ...], int] = field(default_factory=dict)
    known: dict[str, dict[str, int]] = field(default_factory=dict)
    free: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    level: dict[str, int] = field(default_factory=dict)
    rooms: list[Room] = field(default_factory=list)
    masks: dict[tuple[tuple[Span, ...], int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rules = self.problem.rules
        apart = max(rules.pause, rules.reset)
        for day, (first, after) in enumerate(pairwise(firsts(self.problem))):
            self.bit += [slot + day * apart for slot in range(first, after)]
        self.meetings = {one.key: one for one in self.problem.meetings}
        self.teams = {pair_of(one): one.teams for one in self.problem.interpreters}
        self.free = {one.key: one.free for one in self.problem.leaders}
        self.level = levels(self.problem)
        self.rooms = sorted(self.problem.rooms, key=lambda r: (r.seats, r.key))

    def wide(self, key: str) -> dict[str, int]:
        """By room that suits the meeting, the bits at which it could begin there."""
        if key not in self.known:
            meeting = self.meetings[key]
            spoken = not meeting.languages or self.teams.get(pair_of(meeting), 0)
            wanted = self._wanted(meeting) if spoken else 0
            self.known[key] = {
                room.key: wanted & self._within(room.free, meeting.length)
                for room in self.rooms
                if fits(meeting, room, self.level[key])
            }
        return self.known[key]

    def _wanted(self, meeting: Meeting) -> int:
        """The bits at which it could begin, were there nothing else to hold."""
        mask = self._within(meeting.within, meeting.length)
        for side in meeting.sides:
            mask &= self._within(self.free[side], meeting.length)
        return mask

    def _within(self, spans: tuple[Span, ...], long: int) -> int:
        """The bits at which so many slots lie in one of the spans, and in one day."""
        if (spans, long) not in self.masks:
            self.masks[spans, long] = sum(
                1 << self.bit[start]
                for first, end in pairwise(firsts(self.problem))
                for start in range(first, end - long + 1)
                if is_in(spans, start, start + long)
            )
        return self.masks[spans, long]


class Standing:
    """A timetable as bits, in which meetings come and go."""

    def __init__(self, frame: Frame, held: Iterable[Held]) -> None:
        self.frame, self.rules = frame, frame.problem.rules
        self.held: dict[str, Held] = {}
        self.leader: dict[str, dict[int, str]] = defaultdict(dict)
        self.room: dict[str, dict[int, str]] = defaultdict(dict)
        self.pair: dict[tuple[str, ...], dict[int, set[str]]] = defaultdict(dict)
        self.busy: dict[str, int] = defaultdict(int)
        self.taken: dict[str, int] = defaultdict(int)
        self.full: dict[tuple[str, ...], int] = defaultdict(int)
        for one in held:
            self.put(one)

    def put(self, held: Held) -> None:
        """Hold it; all must be free."""
        self.held[held.meeting] = held
        meeting = self.frame.meetings[held.meeting]
        at, long = self.frame.bit[held.start], meeting.length
        for side in meeting.sides:
            self.busy[side] |= (1 << long) - 1 << at
            self.leader[side].update(dict.fromkeys(range(at, at + long), held.meeting))
        whole = long + self.rules.reset
        self.taken[held.room] |= (1 << whole) - 1 << at
        self.room[held.room].update(dict.fromkeys(range(at, at + whole), held.meeting))
        self._interpret(meeting, at, present=True)

    def take(self, key: str) -> Held:
        """Leave it without a place; where it was."""
        held = self.held.pop(key)
        meeting = self.frame.meetings[key]
        at, long = self.frame.bit[held.start], meeting.length
        for side in meeting.sides:
            self.busy[side] &= ~((1 << long) - 1 << at)
            for bit in range(at, at + long):
                del self.leader[side][bit]
        whole = long + self.rules.reset
        self.taken[held.room] &= ~((1 << whole) - 1 << at)
        for bit in range(at, at + whole):
            del self.room[held.room][bit]
        self._interpret(meeting, at, present=False)
        return held

    def _interpret(self, meeting: Meeting, at: int, *, present: bool) -> None:
        if not meeting.languages:
            return
        pair = pair_of(meeting)
        for bit in range(at, at + meeting.length):
            at_work = self.pair[pair].setdefault(bit, set())
            at_work.add(meeting.key) if present else at_work.discard(meeting.key)
            full = len(at_work) >= self.frame.teams.get(pair, 0)
            self.full[pair] &= ~(1 << bit)
            self.full[pair] |= full << bit

    def places(self, key: str) -> dict[str, int]:
        """By room, the bits at which the meeting could begin with nobody moved."""
        meeting, pause = self.frame.meetings[key], self.rules.pause
        wide = self.frame.wide(key)
        blocked = 0
        for side in meeting.sides:
            busy = self.busy[side]
            for by in range(meeting.length + pause):
                blocked |= busy >> by
            for by in range(1, pause + 1):
                blocked |= busy << by
        if meeting.languages:
            full = self.full[pair_of(meeting)]
            for by in range(meeting.length):
                blocked |= full >> by
        found = {}
        for room, mask in wide.items():
            if mask := mask & ~blocked & ~self._shut(room, meeting.length):
                found[room] = mask
        return found

    def _shut(self, room: str, long: int) -> int:
        """The bits at which a meeting so long could not begin in the room."""
        taken, shut = self.taken[room], 0
        for by in range(long + self.rules.reset):
            shut |= taken >> by
        return shut

    def met(self, meeting: Meeting, at: int) -> set[str]:
        """Who holds the hours of its sides, pauses included."""
        pause = self.rules.pause
        return {
            other
            for side in meeting.sides
            for bit in range(at - pause, at + meeting.length + pause)
            if (other := self.leader[side].get(bit))
        }

    def interpreted(self, meeting: Meeting, at: int, gone: set[str]) -> set[str]:
        """Those one of whom must go for an interpreter; none where a team is free."""
        if meeting.languages:
            pair = pair_of(meeting)
            for bit in range(at, at + meeting.length):
                left = self.pair[pair].get(bit, set()) - gone
                if len(left) >= self.frame.teams.get(pair, 0):
                    return left
        return set()

    def housed(self, meeting: Meeting, at: int, room: str) -> set[str]:
        """Who is in the room then, or would be too near for the reset."""
        whole = range(at, at + meeting.length + self.rules.reset)
        return {o for bit in whole if (o := self.room[room].get(bit))}


@dataclass(slots=True)
class Search:
    """Who moves for whom; ``found`` are the ways with the fewest moves, best first."""

    standing: Standing
    burden: Mapping[str, float]
    limit: int
    nodes: int = 0
    found: list[tuple[float, dict[str, Held]]] = field(default_factory=list)
    fixed: set[str] = field(default_factory=set)

    def fewest(self, need: list[str], most: int) -> int | None:
        """Place all in need with the fewest others moved, at most so many; how many."""
        for budget in range(most + 1):
            self.nodes = 0
            self._place(list(need), budget, 0.0)
            if self.found:
                return budget
            if self.nodes >= self.limit:
                return None
        return None

    def _place(self, need: list[str], budget: int, burden: float) -> None:
        """Place the first of them everywhere it may go, and the others after it."""
        if not need:
            kept = {key: self.standing.held[key] for key in self.fixed}
            self.found.append((burden, kept))
            return
        free = {key: self.standing.places(key) for key in need}
        key = min(need, key=lambda k: (_many(free[k]), need.index(k)))
        if not free[key] and not budget:
            return
        rest = [other for other in need if other != key]
        for room, start in _each(self.standing.frame, free[key]):
            if self.nodes >= self.limit:
                return
            self._go(Held(key, room, start), set(), rest, budget, burden)
        if budget:
            for held, gone in self._ways(key, budget):
                if self.nodes >= self.limit:
                    return
                self._go(held, gone, rest, budget, burden)

    def _go(
        self, held: Held, gone: set[str], rest: list[str], budget: int, burden: float
    ) -> None:
        self.nodes += 1
        was = [self.standing.take(key) for key in sorted(gone)]
        self.standing.put(held)
        self.fixed.add(held.meeting)
        more = sum(self.burden[key] for key in gone)
        self._place([*rest, *sorted(gone)], budget - len(gone), burden + more)
        self.fixed.discard(held.meeting)
        self.standing.take(held.meeting)
        for one in was:
            self.standing.put(one)

    def _ways(self, key: str, budget: int) -> Iterator[tuple[Held, set[str]]]:
        """Where it could go if some made way, and who; never who was just placed."""
        standing, frame = self.standing, self.standing.frame
        meeting = frame.meetings[key]
        wide = frame.wide(key)
        for start, at in enumerate(frame.bit):
            rooms = [room for room, mask in wide.items() if mask >> at & 1]
            met = standing.met(meeting, at) if rooms else set()
            if not rooms or len(met) > budget or met & self.fixed:
                continue
            talking = standing.interpreted(meeting, at, met)
            for one in sorted(talking - self.fixed) if talking else [""]:
                gone = met | {one} if one else met
                if one and standing.interpreted(meeting, at, gone):
                    continue
                for room, also in self._rooms(meeting, at, rooms, gone):
                    everybody = gone | also
                    if everybody and len(everybody) <= budget:
                        yield Held(key, room, start), everybody

    def _rooms(
        self, meeting: Meeting, at: int, rooms: list[str], gone: set[str]
    ) -> Iterator[tuple[str, set[str]]]:
        """A room that is free then; if there is none, each with those in it."""
        inside = {r: self.standing.housed(meeting, at, r) - gone for r in rooms}
        free = [room for room in rooms if not inside[room]]
        for room in free[:1] or rooms:
            if not inside[room] & self.fixed:
                yield room, inside[room]


def _many(places: Mapping[str, int]) -> int:
    """How many hours there are, in whatever room."""
    every = 0
    for mask in places.values():
        every |= mask
    return every.bit_count()


def _each(frame: Frame, places: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Every free hour, in the smallest room that is free then."""
    for start, at in enumerate(frame.bit):
        room = next((r for r, mask in places.items() if mask >> at & 1), None)
        if room is not None:
            yield room, start


def without(need: list[str], fewer: int) -> Iterator[list[str]]:
    """All but so many of them, leaving out those that come last first."""
    for left in combinations(reversed(need), fewer):
        yield [key for key in need if key not in left]
