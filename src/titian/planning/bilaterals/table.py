"""A timetable one can ask: who is taken when, by which meeting."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from titian.planning.bilaterals.model import (
    Held,
    Meeting,
    Problem,
    Room,
    Span,
    firsts,
    fits,
    levels,
    pair_of,
)

type Taken = list[tuple[int, int, str]]


class Table:
    """What is held, by leader, by room and by pair of languages."""

    def __init__(self, problem: Problem, held: Iterable[Held] = ()) -> None:
        self.problem = problem
        self.meetings = {one.key: one for one in problem.meetings}
        self.leaders = {one.key: one for one in problem.leaders}
        self.rooms = {one.key: one for one in problem.rooms}
        self.level = levels(problem)
        self.suited: dict[str, tuple[Room, ...]] = {}
        self.teams = {pair_of(one): one.teams for one in problem.interpreters}
        self.days = [Span(*ends) for ends in pairwise(firsts(problem))]
        self.held: dict[str, Held] = {}
        self.of_leader: dict[str, Taken] = defaultdict(list)
        self.of_room: dict[str, Taken] = defaultdict(list)
        self.of_pair: dict[tuple[str, ...], Taken] = defaultdict(list)
        for one in held:
            self.put(one)

    def put(self, held: Held) -> None:
        """Hold it, whatever stands in the way."""
        for taken, one in self._entries(held):
            taken.append(one)
        self.held[held.meeting] = held

    def take(self, key: str) -> Held:
        """Leave the meeting without a place; where it was."""
        held = self.held.pop(key)
        for taken, one in self._entries(held):
            taken.remove(one)
        return held

    def _entries(self, held: Held) -> Iterable[tuple[Taken, tuple[int, int, str]]]:
        """Every list that the meeting stands in, and how."""
        meeting = self.meetings[held.meeting]
        one = held.start, held.start + meeting.length, held.meeting
        for side in meeting.sides:
            yield self.of_leader[side], one
        yield self.of_room[held.room], one
        if meeting.languages:
            yield self.of_pair[pair_of(meeting)], one

    def suiting(self, meeting: Meeting) -> tuple[Room, ...]:
        """The rooms that suit the meeting, free or not, in the problem's order."""
        if meeting.key not in self.suited:
            level = self.level[meeting.key]
            rooms = self.problem.rooms
            self.suited[meeting.key] = tuple(
                r for r in rooms if fits(meeting, r, level)
            )
        return self.suited[meeting.key]

    def day(self, slot: int) -> Span:
        """The day a slot is in."""
        return next(day for day in self.days if slot < day.after)

    def met(self, meeting: Meeting, start: int) -> set[str]:
        """The meetings of its sides that are held then, or too near to then."""
        pause, day = self.problem.rules.pause, self.day(start)
        low = max(start - pause, day.first)
        high = min(start + meeting.length + pause, day.after)
        return {
            key
            for side in meeting.sides
            for begin, after, key in self.of_leader[side]
            if begin < high and after > low and key != meeting.key
        }

    def interpreted(self, meeting: Meeting, start: int) -> list[set[str]]:
        """Of each slot of the meeting, those interpreted between the same languages."""
        taken = self.of_pair[pair_of(meeting)] if meeting.languages else []
        return [
            {k for b, a, k in taken if b <= slot < a and k != meeting.key}
            for slot in range(start, start + meeting.length)
        ]

    def housed(self, meeting: Meeting, start: int, room: str) -> set[str]:
        """The meetings in the room then, or when it would be reset, or resetting it."""
        reset, day = self.problem.rules.reset, self.day(start)
        high = min(start + meeting.length + reset, day.after)
        return {
            key
            for begin, after, key in self.of_room[room]
            if begin < high and after + reset > start and key != meeting.key
            if day.first <= begin < day.after
        }
