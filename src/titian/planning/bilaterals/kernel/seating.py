"""One meeting given its hour and its room, or losing them; the score follows."""

import numpy as np

from titian.planning.bilaterals.kernel.arrays import (
    BREAKS,
    NOWHERE,
    REFUSED,
    TOLD,
    UNEVEN,
    Board,
    Data,
)
from titian.planning.compiled import compiled, inlined


@inlined
def ones(word: np.uint64) -> int:
    """How many bits are set."""
    x = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + (
        (x >> np.uint64(2)) & np.uint64(0x3333333333333333)
    )
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@inlined
def bits(low: int, high: int) -> np.uint64:
    """The bits from ``low`` up to ``high``."""
    return (np.uint64(1) << np.uint64(high)) - (np.uint64(1) << np.uint64(low))


@compiled
def recount(data: Data, board: Board, leader: int, day: int) -> None:
    """The breaks of a leader's day: idle runs between meetings, longer than a pause."""
    busy = board.busy[leader, day]
    for _slot in range(data.rules[1]):
        busy |= busy << np.uint64(1)
    found = max(ones(busy & ~(busy << np.uint64(1))) - 1, 0)
    more = found - board.breaks[leader, day]
    if more:
        board.having[board.total[leader]] -= 1
        board.breaks[leader, day] = found
        board.total[leader] += more
        board.having[board.total[leader]] += 1
        board.score[BREAKS] += more


@compiled
def level_up(data: Data, board: Board) -> None:
    """The score of unevenness: breaks above what the spread allows, of all leaders."""
    least = -1
    found = 0
    for many in range(board.having.size):
        if board.having[many]:
            if least < 0:
                least = many
            found += board.having[many] * max(many - least - data.rules[2], 0)
    board.score[UNEVEN] = found


@inlined
def is_free(data: Data, board: Board, meeting: int, start: int) -> bool:
    """Whether all sides are free there, pauses kept, and an interpreter too."""
    day = data.day[start]
    low = start - data.first[day]
    high = low + data.length[meeting] + data.rules[1]
    around = bits(max(low - data.rules[1], 0), high)
    for at in range(data.sides.shape[1]):
        side = data.sides[meeting, at]
        if side != NOWHERE and board.busy[side, day] & around:
            return False
    pool = data.pool[meeting]
    if pool != NOWHERE:
        for slot in range(start, start + data.length[meeting]):
            if board.spoken[pool, slot] >= data.teams[pool]:
                return False
    return True


@inlined
def has_room(data: Data, board: Board, kind: int, meeting: int, start: int) -> bool:
    """Whether a room of the kind is free, and can be reset before the next."""
    after = start + data.length[meeting]
    for slot in range(start, after):
        if board.used[kind, slot] >= data.open[kind, slot]:
            return False
    until = min(after + data.rules[0], data.first[data.day[start] + 1])
    for slot in range(after, until):
        # A room that is closed can be reset; one that is taken cannot.
        if board.used[kind, slot] >= data.open[kind, slot] > 0:
            return False
    return True


@compiled
def room_for(data: Data, board: Board, meeting: int, start: int) -> int:
    """The kind announced, else the smallest that will do; NOWHERE if all are taken."""
    told = data.told_kind[meeting]
    if (
        told != NOWHERE
        and start == data.told[meeting]
        and has_room(data, board, told, meeting, start)
    ):
        return int(told)
    for at in range(data.fit.shape[1]):
        kind = data.fit[meeting, at]
        if kind == NOWHERE:
            break
        if has_room(data, board, kind, meeting, start):
            return int(kind)
    return NOWHERE


@inlined
def is_news(data: Data, meeting: int, start: int, kind: int) -> bool:
    """Whether that is not what was announced."""
    if data.told[meeting] == NOWHERE:
        return False
    return bool(start != data.told[meeting] or kind != data.told_kind[meeting])


@compiled
def occupy(
    data: Data, board: Board, meeting: int, start: int, kind: int, sign: int
) -> None:
    """Take, or with ``sign`` -1 give back, the hours of sides, room and interpreter."""
    day = data.day[start]
    after = start + data.length[meeting]
    own = bits(start - data.first[day], after - data.first[day])
    for at in range(data.sides.shape[1]):
        side = data.sides[meeting, at]
        if side == NOWHERE:
            break
        for slot in range(start, after):
            board.who[side, slot] = meeting if sign > 0 else NOWHERE
        board.busy[side, day] ^= own
        recount(data, board, side, day)
    pool = data.pool[meeting]
    if pool != NOWHERE:
        for slot in range(start, after):
            board.spoken[pool, slot] += sign
    for slot in range(start, min(after + data.rules[0], data.first[day + 1])):
        board.used[kind, slot] += sign


@compiled
def put(data: Data, board: Board, meeting: int, start: int, kind: int) -> None:
    """Hold the meeting there; all must be free, and the meeting without a place."""
    occupy(data, board, meeting, start, kind, 1)
    board.start[meeting], board.kind[meeting] = start, kind
    board.waiting[0] -= 1
    last, at = board.out[board.waiting[0]], board.place[meeting]
    board.out[at], board.place[last] = last, at
    board.score[REFUSED] -= data.weight[meeting]
    if is_news(data, meeting, start, kind):
        board.score[TOLD] += data.told_weight[meeting]


@compiled
def take(data: Data, board: Board, meeting: int) -> None:
    """Leave the meeting without a place."""
    start, kind = board.start[meeting], board.kind[meeting]
    occupy(data, board, meeting, start, kind, -1)
    board.start[meeting] = board.kind[meeting] = NOWHERE
    at = board.waiting[0]
    board.out[at], board.place[meeting] = meeting, at
    board.waiting[0] += 1
    board.score[REFUSED] += data.weight[meeting]
    if is_news(data, meeting, start, kind):
        board.score[TOLD] -= data.told_weight[meeting]
