"""The rules of bilaterals: one named function each, and the sentence when it is broken.

Every function answers whether a meeting may begin in a slot, with what the table holds.
The lasting ones look at the meeting, its sides and the rooms alone. Sentences are
message ids; ``%(meeting)s`` is filled in by whoever speaks to people. None says why a
side is not free: that is for the side to say.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from titian.planning.bilaterals.model import (
    Meeting,
    Problem,
    Room,
    firsts,
    fits,
    is_in,
    level_of,
    pair_of,
)
from titian.planning.bilaterals.table import Table


def suits(problem: Problem, meeting: Meeting, room: Room) -> bool:
    """Large enough, not kept for those above, and asked for if any room is."""
    return fits(meeting, room, level_of(problem, meeting))


def has_fit(table: Table, meeting: Meeting, start: int) -> bool:
    """Some room suits the meeting, at whatever hour."""
    return bool(table.suiting(meeting))


def is_spoken(table: Table, meeting: Meeting, start: int) -> bool:
    """Somebody interprets between its languages, at whatever hour."""
    return not meeting.languages or table.teams.get(pair_of(meeting), 0) > 0


def in_a_day(table: Table, meeting: Meeting, start: int) -> bool:
    """Over before the day is."""
    return start + meeting.length <= table.day(start).after


def wanted(table: Table, meeting: Meeting, start: int) -> bool:
    """In the hours for which it was asked."""
    return is_in(meeting.within, start, start + meeting.length)


def present(table: Table, meeting: Meeting, start: int) -> bool:
    """In the hours that all its sides have."""
    after = start + meeting.length
    return all(is_in(table.leaders[s].free, start, after) for s in meeting.sides)


def alone(table: Table, meeting: Meeting, start: int) -> bool:
    """None of its sides in another meeting, or without the pause round it."""
    return not table.met(meeting, start)


def interpreted(table: Table, meeting: Meeting, start: int) -> bool:
    """A team of interpreters free for all of it."""
    teams = table.teams.get(pair_of(meeting), 0)
    return all(len(t) < teams for t in table.interpreted(meeting, start)) or not (
        meeting.languages
    )


def housed(table: Table, meeting: Meeting, start: int) -> bool:
    """A room that suits it free for all of it, and for the reset before and after."""
    return next(rooms_free(table, meeting, start), None) is not None


def rooms_free(table: Table, meeting: Meeting, start: int) -> Iterator[Room]:
    """The rooms in which the meeting could be held then, in the problem's order."""
    after = start + meeting.length
    for room in table.suiting(meeting):
        if is_in(room.free, start, after) and not table.housed(
            meeting, start, room.key
        ):
            yield room


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its code and the sentence when it is broken."""

    code: str
    keeps: Callable[[Table, Meeting, int], bool]
    sentence: str


LASTING = (
    Rule("fit", has_fit, "No room suits the size and the level of %(meeting)s."),
    Rule(
        "language",
        is_spoken,
        "Nobody interprets between the languages of %(meeting)s.",
    ),
    Rule("day", in_a_day, "%(meeting)s would not be over before the day is."),
    Rule("wanted", wanted, "%(meeting)s is not wanted at that hour."),
    Rule("leader", present, "A side of %(meeting)s has no time at that hour."),
)
PASSING = (
    Rule("busy", alone, "A side of %(meeting)s is taken at that hour."),
    Rule(
        "interpreter",
        interpreted,
        "The interpreters that %(meeting)s needs are all at work at that hour.",
    ),
    Rule(
        "room",
        housed,
        "The rooms that suit %(meeting)s are taken or being reset at that hour.",
    ),
)
RULES = LASTING + PASSING
SENTENCES = {rule.code: rule.sentence for rule in RULES}


def broken(table: Table, meeting: Meeting, start: int) -> tuple[str, ...]:
    """The codes of all rules that stand against the hour, in the order of ``RULES``."""
    return tuple(rule.code for rule in RULES if not rule.keeps(table, meeting, start))


def first_broken(table: Table, meeting: Meeting, start: int) -> str | None:
    """The code of the first rule broken, or None."""
    for rule in RULES:
        if not rule.keeps(table, meeting, start):
            return rule.code
    return None


def starts(problem: Problem, meeting: Meeting) -> Iterator[int]:
    """The slots in which the meeting could begin, were there nothing else to hold."""
    leaders = {one.key: one for one in problem.leaders}
    sides = [leaders[side].free for side in meeting.sides]
    for first, end in pairwise(firsts(problem)):
        for start in range(first, end - meeting.length + 1):
            after = start + meeting.length
            if all(is_in(spans, start, after) for spans in (meeting.within, *sides)):
                yield start
