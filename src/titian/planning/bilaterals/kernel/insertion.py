"""Insertion: a meeting without a place takes one, and whoever held it looks again.

As the partial colourings of Blöchliger & Zufferey, Computers & OR 35 (2008): what was
pushed out of an hour does not come back to it for a while.
"""

from titian.planning.bilaterals.kernel.arrays import NOWHERE, Board, Data, Desk
from titian.planning.bilaterals.kernel.chain import in_the_room, noted
from titian.planning.bilaterals.kernel.seating import is_free, put, room_for, take
from titian.planning.compiled import compiled
from titian.planning.trips.kernel.arrays import Dice
from titian.planning.trips.kernel.dice import below, throw

TENURE = 60  # steps


@compiled
def price(data: Data, board: Board, meeting: int, start: int) -> float:
    """What those weigh who would have to go for the meeting to begin there."""
    day, pause = data.day[start], data.rules[1]
    low = max(start - pause, data.first[day])
    high = min(start + data.length[meeting] + pause, data.first[day + 1])
    total, last = 0.0, NOWHERE
    for at in range(data.sides.shape[1]):
        side = data.sides[meeting, at]
        if side == NOWHERE:
            break
        for slot in range(low, high):
            other = board.who[side, slot]
            if other != NOWHERE and other != last:
                total += data.weight[other]
                last = other
    if total == 0.0 and room_for(data, board, meeting, start) == NOWHERE:
        return float(0.5 * data.weight[meeting])
    return total


@compiled
def cleared(data: Data, board: Board, desk: Desk, meeting: int, start: int) -> None:
    """Everybody who shares a side goes from that hour."""
    day, pause = data.day[start], data.rules[1]
    low = max(start - pause, data.first[day])
    high = min(start + data.length[meeting] + pause, data.first[day + 1])
    for at in range(data.sides.shape[1]):
        side = data.sides[meeting, at]
        if side == NOWHERE:
            break
        for slot in range(low, high):
            other = board.who[side, slot]
            if other != NOWHERE:
                noted(desk, board, other)
                desk.barred[other, board.start[other]] = desk.counter[0] + TENURE
                take(data, board, other)


@compiled
def best_hour(data: Data, board: Board, desk: Desk, meeting: int, state: Dice) -> int:
    """The hour at which it costs others least, one of those if there are several."""
    found, least, alike = NOWHERE, 1e18, 0
    for at in range(data.choices[meeting]):
        start = data.choice[meeting, at]
        if desk.barred[meeting, start] > desk.counter[0]:
            continue
        here = price(data, board, meeting, start)
        if here < least:
            found, least, alike = start, here, 1
        elif here == least:
            alike += 1
            if throw(state) * alike < 1.0:
                found = start
    return found


@compiled
def placed(data: Data, board: Board, desk: Desk, meeting: int, state: Dice) -> bool:
    """Hold the meeting in an hour and a room that are free; False if there are none."""
    many = data.choices[meeting]
    if not many:
        return False
    begin = below(state, many)
    for turn in range(many):
        start = data.choice[meeting, (begin + turn) % many]
        if not is_free(data, board, meeting, start):
            continue
        kind = room_for(data, board, meeting, start)
        if kind != NOWHERE:
            noted(desk, board, meeting)
            put(data, board, meeting, start, kind)
            return True
    return False


@compiled
def inserted(data: Data, board: Board, desk: Desk, meeting: int, state: Dice) -> bool:
    """Give the meeting an hour, pushing others out; they take what is free.

    False with a mess to undo. O(t · l) for ``t`` hours and ``l`` slots of a meeting.
    """
    if placed(data, board, desk, meeting, state):
        return True
    start = best_hour(data, board, desk, meeting, state)
    if start == NOWHERE:
        return False
    noted(desk, board, meeting)
    cleared(data, board, desk, meeting, start)
    if not is_free(data, board, meeting, start):  # no interpreter
        return False
    kind = room_for(data, board, meeting, start)
    while kind == NOWHERE:
        other = in_the_room(data, board, meeting, start, state)
        if other == NOWHERE:
            return False
        noted(desk, board, other)
        desk.barred[other, board.start[other]] = desk.counter[0] + TENURE
        take(data, board, other)
        kind = room_for(data, board, meeting, start)
    put(data, board, meeting, start, kind)
    for at in range(desk.counter[1]):
        if board.start[desk.line[at]] == NOWHERE:
            placed(data, board, desk, desk.line[at], state)
    return True
