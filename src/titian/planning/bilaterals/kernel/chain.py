"""The chain: a meeting goes to another hour, and whoever is in the way goes the other.

With meetings of one slot these are the chains of Kempe (1879): in two slots the
meetings of the leaders form paths and circles, and a path may change slots as a whole.
Where rooms are short, one more meeting of that hour is asked to change as well.
"""

from titian.planning.bilaterals.kernel.arrays import NOWHERE, Board, Data, Desk
from titian.planning.bilaterals.kernel.seating import is_free, put, room_for, take
from titian.planning.compiled import compiled, inlined
from titian.planning.trips.kernel.arrays import Dice
from titian.planning.trips.kernel.dice import below

LONGEST = 40  # meetings in a chain
ASKED = 12  # leaders asked whether one of their meetings could change


@compiled
def opened(desk: Desk, board: Board) -> None:
    """A new step: nothing has moved."""
    desk.counter[0] += 1
    desk.counter[1] = 0
    for level in range(4):
        desk.score[level] = board.score[level]


@compiled
def noted(desk: Desk, board: Board, meeting: int) -> bool:
    """Note where the meeting was before this step; False if that is known."""
    if desk.mark[meeting] == desk.counter[0]:
        return False
    at = desk.counter[1]
    desk.mark[meeting] = desk.counter[0]
    desk.line[at] = meeting
    desk.was[at] = board.start[meeting]
    desk.was_kind[at] = board.kind[meeting]
    desk.counter[1] += 1
    return True


@compiled
def undo(data: Data, board: Board, desk: Desk) -> None:
    """The timetable as it was before this step."""
    for at in range(desk.counter[1]):
        if board.start[desk.line[at]] != NOWHERE:
            take(data, board, desk.line[at])
    for at in range(desk.counter[1]):
        if desk.was[at] != NOWHERE:
            put(data, board, desk.line[at], desk.was[at], desk.was_kind[at])
    for level in range(4):
        board.score[level] = desk.score[level]


@inlined
def sent(
    data: Data, board: Board, desk: Desk, meeting: int, goal: int, sign: int
) -> bool:
    """Put the meeting in line for another slot; False if it cannot begin there."""
    if goal < 0 or goal >= data.day.size or not data.allowed[meeting, goal]:
        return False
    at = desk.counter[1]
    if at >= LONGEST or not noted(desk, board, meeting):
        return False
    desk.goal[at], desk.sign[at] = goal, sign
    return True


@compiled
def closed(data: Data, board: Board, desk: Desk, at: int, by: int) -> bool:
    """Send everybody in the way of those in line, from ``at`` on, the other way."""
    while at < desk.counter[1]:
        meeting, goal, sign = desk.line[at], desk.goal[at], desk.sign[at]
        day, pause = data.day[goal], data.rules[1]
        low = max(goal - pause, data.first[day])
        high = min(goal + data.length[meeting] + pause, data.first[day + 1])
        for which in range(data.sides.shape[1]):
            side = data.sides[meeting, which]
            if side == NOWHERE:
                break
            for slot in range(low, high):
                other = board.who[side, slot]
                if other == NOWHERE or desk.mark[other] == desk.counter[0]:
                    continue
                way = board.start[other] - sign * by
                if not sent(data, board, desk, other, way, -sign):
                    return False
        at += 1
    return True


@compiled
def lifted(data: Data, board: Board, desk: Desk, at: int) -> None:
    """Take all in line, from ``at`` on, out of the timetable."""
    while at < desk.counter[1]:
        if board.start[desk.line[at]] != NOWHERE:
            take(data, board, desk.line[at])
        at += 1


@compiled
def in_the_room(data: Data, board: Board, meeting: int, goal: int, state: Dice) -> int:
    """Some meeting at that hour in a kind of room that would do, or NOWHERE."""
    leaders = data.many.size
    begin = below(state, leaders)
    for turn in range(min(leaders, ASKED * 4)):
        other = board.who[(begin + turn) % leaders, goal]
        if other == NOWHERE:
            continue
        for at in range(data.fit.shape[1]):
            if data.fit[meeting, at] == board.kind[other]:
                return int(other)
    return NOWHERE


@compiled
def landed(data: Data, board: Board, desk: Desk, by: int, state: Dice) -> bool:
    """Hold all in line at their new hours; False if one cannot be."""
    at, tries = 0, 0
    while at < desk.counter[1]:
        meeting, goal = desk.line[at], desk.goal[at]
        if not is_free(data, board, meeting, goal):
            return False
        kind = room_for(data, board, meeting, goal)
        if kind != NOWHERE:
            put(data, board, meeting, goal, kind)
            at += 1
            continue
        tries += 1
        other = in_the_room(data, board, meeting, goal, state)
        if tries > 4 or other == NOWHERE or desk.mark[other] == desk.counter[0]:
            return False
        new, way = desk.counter[1], board.start[other] - desk.sign[at] * by
        if not sent(data, board, desk, other, way, -desk.sign[at]):
            return False
        if not closed(data, board, desk, new, by):
            return False
        lifted(data, board, desk, new)
    return True


@compiled
def shifted(
    data: Data, board: Board, desk: Desk, meeting: int, goal: int, state: Dice
) -> bool:
    """Move the meeting, which has a place, with its chain; False with a mess to undo.

    O(c · (l + pause)) for ``c`` meetings in the chain, each of ``l`` slots.
    """
    by = goal - board.start[meeting]
    if not sent(data, board, desk, meeting, goal, 1):
        return False
    if not closed(data, board, desk, 0, by):
        return False
    lifted(data, board, desk, 0)
    return landed(data, board, desk, by, state)
