"""A problem as arrays."""

from collections import defaultdict
from itertools import pairwise

import numpy as np

from titian.planning.bilaterals.kernel.arrays import (
    NOWHERE,
    Data,
    Ints,
)
from titian.planning.bilaterals.model import (
    OBJECTIVE,
    Held,
    Meeting,
    Problem,
    firsts,
    pair_of,
    weights,
)
from titian.planning.bilaterals.rules import starts, suits

STEEP = 50.0  # by how much the walk pays more for a level than for the next


def kinds_of(problem: Problem) -> list[list[int]]:
    """Rooms that are alike, by number, the smallest first; each alone once announced.

    What was announced names a room, and to change it is news; before that two rooms
    that seat as many, in the same hours, for the same levels, are as good.
    """
    alike: dict[object, list[int]] = defaultdict(list)
    by_name = {key for meeting in problem.meetings for key in meeting.rooms}
    for row, room in enumerate(problem.rooms):
        alone = row if problem.announced or room.key in by_name else NOWHERE
        alike[(room.seats, -room.level, room.free, alone)].append(row)
    return sorted(
        alike.values(),
        key=lambda rows: (
            problem.rooms[rows[0]].seats,
            -problem.rooms[rows[0]].level,
            rows,
        ),
    )


def arrays(problem: Problem, told: dict[str, float]) -> Data:
    """The problem for the kernels; ``told`` is what telling weighs, by meeting."""
    kinds = kinds_of(problem)
    number = {leader.key: row for row, leader in enumerate(problem.leaders)}
    allowed = _allowed(problem)
    choice, choices = _ragged([np.flatnonzero(row).tolist() for row in allowed])
    sides, _ = _ragged([[number[s] for s in m.sides] for m in problem.meetings])
    fit, _ = _ragged([_fit(problem, kinds, m) for m in problem.meetings])
    mine: list[list[int]] = [[] for _leader in problem.leaders]
    for row, meeting in enumerate(problem.meetings):
        for side in meeting.sides:
            mine[number[side]].append(row)
    of_leader, many = _ragged(mine)
    weight = weights(problem)
    was, was_kind = _announced(problem, kinds)
    pairs = [pair_of(one) for one in problem.interpreters]
    rules = problem.rules
    first = np.array(firsts(problem), np.int64)
    return Data(
        sides=sides,
        length=np.array([m.length for m in problem.meetings], np.int64),
        allowed=allowed,
        choice=choice,
        choices=choices,
        fit=fit,
        open=_open(problem, kinds),
        pool=np.array([_pool(pairs, m) for m in problem.meetings], np.int64),
        teams=np.array([one.teams for one in problem.interpreters] + [0], np.int64),
        day=np.repeat(np.arange(len(problem.days)), problem.days).astype(np.int64),
        first=first,
        mine=of_leader,
        many=many,
        weight=np.array([float(weight[m.key]) for m in problem.meetings]),
        told=was,
        told_kind=was_kind,
        told_weight=np.array([told.get(m.key, 0.0) for m in problem.meetings]),
        rules=np.array([rules.reset, rules.pause, rules.spread], np.int64),
        order=np.array([OBJECTIVE.index(level) for level in problem.order], np.int64),
        price=_prices(problem),
    )


def _allowed(problem: Problem) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Where each meeting may begin; nowhere where no room or no interpreter will do."""
    found = np.zeros((len(problem.meetings), problem.slots), np.bool_)
    pairs = {pair_of(one) for one in problem.interpreters if one.teams > 0}
    for row, meeting in enumerate(problem.meetings):
        if meeting.languages and pair_of(meeting) not in pairs:
            continue
        if any(suits(problem, meeting, room) for room in problem.rooms):
            found[row, list(starts(problem, meeting))] = True
    return found


def _fit(problem: Problem, kinds: list[list[int]], meeting: Meeting) -> list[int]:
    return [
        kind
        for kind, rows in enumerate(kinds)
        if suits(problem, meeting, problem.rooms[rows[0]])
    ]


def _open(problem: Problem, kinds: list[list[int]]) -> Ints:
    """How many rooms of each kind can be used in each slot."""
    found = np.zeros((len(kinds), problem.slots), np.int64)
    for kind, rows in enumerate(kinds):
        for span in problem.rooms[rows[0]].free:
            found[kind, span.first : span.after] = len(rows)
    return found


def _pool(pairs: list[tuple[str, ...]], meeting: Meeting) -> int:
    if not meeting.languages:
        return NOWHERE
    pair = pair_of(meeting)
    return pairs.index(pair) if pair in pairs else len(pairs)


def _announced(problem: Problem, kinds: list[list[int]]) -> tuple[Ints, Ints]:
    """Where people were told each meeting would be."""
    kind_of = {
        problem.rooms[row].key: kind for kind, rows in enumerate(kinds) for row in rows
    }
    number = {meeting.key: row for row, meeting in enumerate(problem.meetings)}
    was, kind = (np.full(len(number), NOWHERE, np.int64) for _ in "ab")
    for held in problem.announced:
        if held.meeting in number:
            was[number[held.meeting]] = held.start
            kind[number[held.meeting]] = kind_of.get(held.room, NOWHERE)
    return was, kind


def _prices(problem: Problem) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """What the walk pays: a unit of a level is worth many of the next."""
    found = np.ones(4)
    for at, level in enumerate(reversed(problem.order)):
        found[OBJECTIVE.index(level)] = STEEP**at if at < 2 else STEEP * 2 * (at - 1)
    return found


def _ragged(rows: list[list[int]]) -> tuple[Ints, Ints]:
    """Rows of different lengths in one array, with their lengths."""
    lengths = np.array([len(row) for row in rows], np.int64)
    found = np.full((len(rows), max([1, *lengths.tolist()])), NOWHERE, np.int64)
    for at, row in enumerate(rows):
        found[at, : len(row)] = row
    return found, lengths


def roomed(
    problem: Problem, kinds: list[list[int]], start: Ints, kind: Ints
) -> list[Held]:
    """Every meeting in a room of its kind: in the order of time, the first free.

    Intervals that overlap no more often than there are rooms can always be given rooms
    in that way (interval graphs are perfect).
    """
    free = [[0] * len(rows) for rows in kinds]
    day_end = {
        slot: after
        for first, after in pairwise(firsts(problem))
        for slot in range(first, after)
    }
    found: dict[int, Held] = {}
    for row in sorted(np.flatnonzero(start != NOWHERE), key=lambda m: (start[m], m)):
        meeting, begin = problem.meetings[row], int(start[row])
        rows, until = kinds[kind[row]], free[kind[row]]
        at = next(n for n, slot in enumerate(until) if slot <= begin)
        after = begin + meeting.length + problem.rules.reset
        until[at] = min(after, day_end[begin])
        found[int(row)] = Held(meeting.key, problem.rooms[rows[at]].key, begin)
    return [found[row] for row in sorted(found)]
