"""What the kernels work on: the problem as arrays, and the timetable as it stands.

``n`` meetings, ``p`` leaders, ``t`` slots in ``d`` days, ``k`` kinds of room (rooms
that are alike are one kind, counted), ``q`` pairs of languages.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]
type Words = NDArray[np.uint64]
type Flags = NDArray[np.bool_]

NOWHERE = -1
REFUSED, TOLD, UNEVEN, BREAKS = range(4)


class Data(NamedTuple):
    """The problem; never written."""

    sides: Ints  # (n, s), NOWHERE where a meeting has fewer
    length: Ints  # (n,), slots
    allowed: Flags  # (n, t): may begin there, as far as hours and days go
    choice: Ints  # (n, t): where it may begin, in order
    choices: Ints  # (n,): how many of them
    fit: Ints  # (n, k): kinds of room that will do, the smallest first, or NOWHERE
    open: Ints  # (k, t): how many rooms of the kind there are
    pool: Ints  # (n,): the pair of languages, or NOWHERE
    teams: Ints  # (q,)
    day: Ints  # (t,)
    first: Ints  # (d + 1,)
    mine: Ints  # (p, m): the meetings of a leader
    many: Ints  # (p,): how many of them
    weight: Floats  # (n,): what refusing it weighs
    told: Ints  # (n,): the slot announced, or NOWHERE
    told_kind: Ints  # (n,)
    told_weight: Floats  # (n,)
    rules: Ints  # reset, pause, spread
    order: Ints  # the levels of the objective, the weightiest first
    price: Floats  # what the walk pays for a unit of each level


class Board(NamedTuple):
    """Who meets when and where; written all the time."""

    start: Ints  # (n,), or NOWHERE
    kind: Ints  # (n,)
    who: Ints  # (p, t): the meeting a leader is in, or NOWHERE
    busy: Words  # (p, d): the same as bits
    used: Ints  # (k, t): rooms taken or being reset
    spoken: Ints  # (q, t): teams at work
    breaks: Ints  # (p, d)
    total: Ints  # (p,)
    having: Ints  # by number of breaks: the leaders that have so many
    out: Ints  # (n,): the meetings without a place, in no order
    place: Ints  # (n,): where a meeting stands among them
    waiting: Ints  # (1,): how many of them
    score: Floats  # by level


class Desk(NamedTuple):
    """Room to work in: what a step has moved, and from where."""

    line: Ints  # (n,): the meetings of this step
    goal: Ints  # (n,): the slot each goes to
    sign: Ints  # (n,): which way
    was: Ints  # (n,): the slot it came from
    was_kind: Ints  # (n,)
    mark: Ints  # (n,): the last step that moved it
    counter: Ints  # (2,): the step, meetings in line
    barred: Ints  # (n, t): the step until which it should not begin there
    score: Floats


def board(data: Data) -> Board:
    """Nothing held yet."""
    n, leaders = data.length.size, data.many.size
    slots, days = data.day.size, data.first.size - 1
    having = np.zeros(slots + 2, np.int64)
    having[0] = int((data.many > 0).sum())
    score = np.zeros(4)
    score[REFUSED] = data.weight.sum()
    return Board(
        start=np.full(n, NOWHERE, np.int64),
        kind=np.full(n, NOWHERE, np.int64),
        who=np.full((leaders, slots), NOWHERE, np.int64),
        busy=np.zeros((leaders, days), np.uint64),
        used=np.zeros(data.open.shape, np.int64),
        spoken=np.zeros((data.teams.size, slots), np.int64),
        breaks=np.zeros((leaders, days), np.int64),
        total=np.zeros(leaders, np.int64),
        having=having,
        out=np.arange(n, dtype=np.int64),
        place=np.arange(n, dtype=np.int64),
        waiting=np.array([n], np.int64),
        score=score,
    )


def desk(data: Data) -> Desk:
    """A clean desk."""
    n, slots = data.allowed.shape
    line, goal, sign, was, was_kind, mark = (np.zeros(n, np.int64) for _ in range(6))
    counter = np.zeros(2, np.int64)
    barred = np.zeros((n, slots), np.int64)
    return Desk(
        line, goal, sign, was, was_kind, mark, counter, barred, score=np.zeros(4)
    )
