"""The walk: chains and insertions, and a coin that grows colder."""

import math

from titian.planning.bilaterals.kernel.arrays import (
    NOWHERE,
    Board,
    Data,
    Desk,
    Floats,
    Ints,
)
from titian.planning.bilaterals.kernel.chain import opened, shifted, undo
from titian.planning.bilaterals.kernel.insertion import inserted, placed
from titian.planning.bilaterals.kernel.seating import level_up
from titian.planning.compiled import compiled
from titian.planning.trips.kernel.arrays import Dice
from titian.planning.trips.kernel.dice import below, throw

INSERTING = 0.2  # of the steps, while there is somebody to insert
AIMED = 0.5  # of the chains begin with a leader who has breaks
LOOKED = 8  # leaders looked at before one who has breaks is given up
LEAST = 1e-7


@compiled
def paid(data: Data, score: Floats) -> float:
    """What the walk pays for a score: one number, so that it can cross valleys."""
    total = 0.0
    for level in range(4):
        total += data.price[level] * score[level]
    return total


@compiled
def better(data: Data, score: Floats, than: Floats) -> bool:
    """Whether the first level that differs is lower."""
    for at in range(4):
        level = data.order[at]
        if score[level] < than[level] - LEAST:
            return True
        if score[level] > than[level] + LEAST:
            return False
    return False


@compiled
def is_perfect(score: Floats) -> bool:
    """Whether nothing could be better."""
    return bool(score[0] + score[1] + score[2] + score[3] <= LEAST)


@compiled
def adopt(board: Board, start: Ints, kind: Ints, score: Floats) -> None:
    """Keep where everything is."""
    for meeting in range(start.size):
        start[meeting] = board.start[meeting]
        kind[meeting] = board.kind[meeting]
    for level in range(4):
        score[level] = board.score[level]


@compiled
def constructed(data: Data, board: Board, desk: Desk, turn: Ints, state: Dice) -> None:
    """Whoever finds a free hour takes it, in that order; nobody is moved."""
    opened(desk, board)
    for at in range(turn.size):
        if board.start[turn[at]] == NOWHERE:
            placed(data, board, desk, turn[at], state)
    level_up(data, board)


@compiled
def chosen(data: Data, board: Board, state: Dice) -> int:
    """A meeting to move: often one of a leader who has breaks."""
    leaders = data.many.size
    if throw(state) < AIMED:
        for _look in range(LOOKED):
            leader = below(state, leaders)
            if board.total[leader]:
                return int(data.mine[leader, below(state, data.many[leader])])
    return below(state, data.length.size)


@compiled
def step(data: Data, board: Board, desk: Desk, state: Dice) -> bool:
    """One change of the timetable; False with a mess to undo."""
    if board.waiting[0] and throw(state) < INSERTING:
        meeting = board.out[below(state, board.waiting[0])]
        return inserted(data, board, desk, meeting, state)
    meeting = chosen(data, board, state)
    if board.start[meeting] == NOWHERE or not data.choices[meeting]:
        return False
    goal = data.choice[meeting, below(state, data.choices[meeting])]
    if goal == board.start[meeting]:
        return False
    return shifted(data, board, desk, meeting, goal, state)


@compiled
def walk(
    data: Data,
    board: Board,
    desk: Desk,
    start: Ints,
    kind: Ints,
    score: Floats,
    state: Dice,
    steps: int,
    hot: float,
    cold: float,
) -> int:
    """Change the timetable ``steps`` times; how often the best became better.

    Worse ones are taken with the chance of Metropolis et al. (1953), at a temperature
    that falls from ``hot`` to ``cold``.
    """
    gains = 0
    for turn in range(steps):
        heat = hot * (cold / hot) ** (turn / steps)
        opened(desk, board)
        worse = 1e18
        if step(data, board, desk, state):
            level_up(data, board)
            worse = paid(data, board.score) - paid(data, desk.score)
        if worse > 0 and worse >= -heat * math.log(1.0 - throw(state)):
            undo(data, board, desk)
        elif better(data, board.score, score):
            adopt(board, start, kind, score)
            gains += 1
            if is_perfect(score):
                break
    return gains
