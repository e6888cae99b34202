"""What the kernels work on: who may serve whom, and everybody's hours as they stand.

``o`` officers, ``p`` posts, ``g`` kinds of post, ``s`` steps of the grid.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]
type Ranks = NDArray[np.int8]
type Counts = NDArray[np.int16]
type Flags = NDArray[np.bool_]
type Hours = NDArray[np.uint16]

AWAY, ATTACHED = 1 << 15, 1 << 14  # of a step
CALLS = ATTACHED - 1  # how many delegations on call
NOBODY = -1
FACES = 2  # so many a delegation gets used to without cost
UNFIT = -1  # instead of a rank
UNUSED = -2  # instead of an officer, in a row that holds no piece
LANGUAGE, CLEARANCE, DECLINED = 1 << 0, 1 << 1, 1 << 2  # of a verdict
POST, START, END, ON_CALL, OFFICER = range(5)  # of a row of the ledger
WIDTH = 5


class Limits(NamedTuple):
    """The rules, in steps; ``calls`` in delegations."""

    hour: int
    attached: int
    attached_window: int
    rest: int
    rest_window: int
    day_off: int
    day_off_window: int
    calls: int
    shortest: int


class Cast(NamedTuple):
    """What never changes while planning; never written."""

    limits: Limits
    rank: Ranks  # (g, o): how well they speak a wanted language, or UNFIT
    spent: Floats  # (o,): what it costs to spend on one post whom many could have
    way: Floats  # (o,): hours from home
    wanted: Flags  # (p, s): to be held attached


class Now(NamedTuple):
    """How things stand; written all the time."""

    hours: Hours  # (o, s): AWAY and ATTACHED, and how many delegations on call
    faces: Flags  # (p, o): whom the delegation knows
    who: Ints  # (p, s + 1)
    load: Ints  # (o,)


class Ask(NamedTuple):
    """Steps of one post that somebody is to hold, and how many faces it knows."""

    post: int
    group: int
    start: int
    end: int
    on_call: bool
    faces: int


class Desk(NamedTuple):
    """Room to work in: nothing here outlives a call."""

    steps: Ints  # (s,)
    found: Ints  # (o,)


def desk(officers: int, steps: int) -> Desk:
    """A clean desk."""
    return Desk(np.zeros(steps, np.int64), np.zeros(officers, np.int64))
