"""The law of breaks: a driver is never on duty for too long without one.

Breaks are taken with nobody aboard, so a route falls into stretches that only share the
minute between them. Of all ways to be free after a break, the earliest is the best: a
break may be longer than it must. So the earliest such minutes are found one gap after
the other (as shortest ways are: Bellman 1958), each stretch as the laws of ``laws``
bound it.
"""

from titian.planning.compiled import compiled
from titian.planning.trips.kernel.arrays import (
    FAR,
    NOBODY,
    SLACK,
    Data,
    Desk,
    Ints,
)
from titian.planning.trips.kernel.laws import bounded, on_time, short_duty


@compiled
def drivable(data: Data, kind: int, nodes: Ints, length: int, desk: Desk) -> bool:
    """Whether windows, rides, duty and breaks can all be kept.

    ``desk.times`` are the earliest then.
    """
    times, where = desk.times, desk.where
    return (
        on_time(data, kind, nodes, length, times, where)
        and short_duty(data, kind, nodes, length, times, where)
        and rested(data, kind, nodes, length, desk)
    )


@compiled
def rested(data: Data, kind: int, nodes: Ints, length: int, desk: Desk) -> bool:
    """Whether also the driver can have every break in time; raises ``desk.times``.

    To go on from the earliest times without breaks. O(w³) at worst.
    """
    times, last = desk.times, length - 1
    if times[last] - times[0] <= data.break_after[kind] + SLACK:
        return True
    least = times[0]
    for _round in range(length + 1):
        if not _chained(data, kind, nodes, length, desk, least):
            return False
        if times[last] - times[0] <= data.longest[kind] + SLACK:
            return True
        least = times[last] - data.longest[kind]
    return False


@compiled
def _chained(
    data: Data, kind: int, nodes: Ints, length: int, desk: Desk, least: float
) -> bool:
    """Fill the times of a route that leaves at ``least`` or later, breaks in it.

    ``desk.free`` holds, by gap, the earliest minute at which a break in it can be over:
    where the vehicle stood before, or at the next stop. ``desk.came`` is the gap of the
    break before that one.
    """
    home = 2 * length
    for gap in range(home + 1):
        desk.free[gap] = FAR
    _reached(data, kind, nodes, length, desk, NOBODY, least)
    for gap in range(2, home):
        if desk.free[gap] < FAR:
            _reached(data, kind, nodes, length, desk, gap, desk.free[gap])
    if desk.free[home] >= FAR:
        return False
    gap = home
    while gap != NOBODY:
        before = desk.came[gap]
        start = least if before == NOBODY else desk.free[before]
        last = length - 1 if gap == home else gap // 2
        first, room = _opened(data, kind, nodes, before)
        room -= _closing(data, nodes, gap, home)
        _stretched(data, nodes, desk, before, first, last, start, room)
        for at in range(first, last + 1):
            desk.times[at] = desk.span[at]
        gap = before
    return True


@compiled
def _reached(
    data: Data, kind: int, nodes: Ints, length: int, desk: Desk, gap: int, start: float
) -> None:
    """Which breaks, or home, can be the next after the one in ``gap``."""
    first, room = _opened(data, kind, nodes, gap)
    home, aboard = 2 * length, 0
    for last in range(first, length - 1):
        node = nodes[last]
        if last:
            aboard += 1 if node <= data.requests else -1
        if aboard or not last:
            continue
        for side in range(2):
            _noted(data, kind, nodes, desk, gap, first, 2 * last + side, start, room)
        if _stretched(data, nodes, desk, gap, first, last, start, FAR) >= FAR:
            return
    begun = _stretched(data, nodes, desk, gap, first, length - 1, start, room)
    if begun < desk.free[home]:
        desk.free[home], desk.came[home] = begun, gap


@compiled
def _noted(
    data: Data,
    kind: int,
    nodes: Ints,
    desk: Desk,
    gap: int,
    first: int,
    then: int,
    start: float,
    room: float,
) -> None:
    """Note the end of a break in gap ``then``, where it is earlier than any before."""
    last, is_there = then // 2, then % 2
    if is_there and nodes[last + 1] > 2 * data.requests:
        return
    if not data.waits[data.place[nodes[last + is_there]]]:
        return
    ends = _closing(data, nodes, then, NOBODY)
    begun = _stretched(data, nodes, desk, gap, first, last, start, room - ends)
    free = begun + ends + data.break_minutes[kind]
    if begun < FAR and free < desk.free[then]:
        desk.free[then], desk.came[then] = free, gap


@compiled
def _opened(data: Data, kind: int, nodes: Ints, gap: int) -> tuple[int, float]:
    """The first stop after a break, and the minutes of duty from there to the next."""
    if gap == NOBODY:
        return 0, float(data.break_after[kind])
    return gap // 2 + 1, float(data.break_after[kind] - _way_on(data, nodes, gap))


@compiled
def _way_on(data: Data, nodes: Ints, gap: int) -> float:
    """The way that is still to go after a break in the gap."""
    if gap % 2:
        return 0.0
    before, after = nodes[gap // 2], nodes[gap // 2 + 1]
    return float(data.way[data.place[before], data.place[after]])


@compiled
def _closing(data: Data, nodes: Ints, gap: int, home: int) -> float:
    """The minutes from the last stop's beginning to the break in the gap."""
    if gap == home:
        return 0.0
    node = nodes[gap // 2]
    minutes = float(data.service[node])
    if gap % 2:
        minutes += data.way[data.place[node], data.place[nodes[gap // 2 + 1]]]
    return minutes


@compiled
def _stretched(
    data: Data,
    nodes: Ints,
    desk: Desk,
    gap: int,
    first: int,
    last: int,
    start: float,
    room: float,
) -> float:
    """When the last stop of a stretch begins at the earliest; FAR if it cannot.

    From stop ``first`` on, ``start`` being the minute the vehicle is free; no more than
    ``room`` minutes between the two. Fills ``desk.span``.
    """
    span = desk.span
    if room < -SLACK:
        return FAR
    if gap != NOBODY:
        start += _way_on(data, nodes, gap)
    for at in range(first, last + 1):
        node = nodes[at]
        if at > first:
            before = nodes[at - 1]
            start = span[at - 1] + data.service[before]
            start += data.way[data.place[before], data.place[node]]
        span[at] = max(start, data.opens[node])
        if span[at] > data.closes[node] + SLACK:
            return FAR
    if not bounded(data, nodes, first, last, span, desk.where, room):
        return FAR
    return float(span[last])
