"""The laws of a route: room, windows, ride, duty. One compiled function each.

A route is a row of nodes from the start of its kind of vehicle to the end. The times of
a route are bounded by differences (a stop is not before the last one and the way; a
drop is not more than a ride after its pickup; the end not more than a duty after the
start), so there is an earliest time for every stop, and a route can be driven if and
only if these exist. They are found by raising what is too early until nothing is.
"""

from titian.planning.compiled import compiled, inlined
from titian.planning.trips.kernel.arrays import SLACK, Data, Floats, Ints


@inlined
def fits(data: Data, kind: int, aboard: Ints, row: int, at: int, node: int) -> bool:
    """Whether one layout of the vehicle seats those aboard after a stop, and who comes.

    ``aboard`` is (rows, stops, seats); nobody comes where ``node`` is 0.
    """
    for layout in range(data.layouts.shape[1]):
        if data.layouts[kind, layout, 0] < 0:
            return False
        has_room = True
        for seat in range(data.layouts.shape[2]):
            taken = aboard[row, at, seat] + data.load[node, seat]
            if taken > data.layouts[kind, layout, seat]:
                has_room = False
        if has_room:
            return True
    return False


@compiled
def seated(data: Data, kind: int, nodes: Ints, length: int, aboard: Ints) -> bool:
    """Whether nobody stands: after every stop one layout seats all aboard.

    ``aboard`` is (1, 1, seats) to count in.
    """
    for at in range(length):
        for seat in range(data.load.shape[1]):
            before = aboard[0, 0, seat] if at else 0
            aboard[0, 0, seat] = before + data.load[nodes[at], seat]
        if not fits(data, kind, aboard, 0, 0, 0):
            return False
    return True


@compiled
def on_time(
    data: Data, kind: int, nodes: Ints, length: int, times: Floats, where: Ints
) -> bool:
    """Whether every stop can be reached in its window; fills ``times``."""
    times[0] = data.opens[nodes[0]]
    before = nodes[0]
    for at in range(1, length):
        node = nodes[at]
        time = times[at - 1] + data.service[before]
        time += data.way[data.place[before], data.place[node]]
        times[at] = max(time, data.opens[node])
        if times[at] > data.closes[node] + SLACK:
            return False
        where[node] = at
        before = node
    return True


@compiled
def _pushed(data: Data, nodes: Ints, first: int, last: int, times: Floats) -> bool:
    """Push later stops behind the earlier ones; False where a window closes."""
    if times[first] > data.closes[nodes[first]] + SLACK:
        return False
    for at in range(first + 1, last + 1):
        before, node = nodes[at - 1], nodes[at]
        time = times[at - 1] + data.service[before]
        time += data.way[data.place[before], data.place[node]]
        if time > times[at]:
            times[at] = time
        if times[at] > data.closes[node] + SLACK:
            return False
    return True


@compiled
def short_rides(
    data: Data, kind: int, nodes: Ints, length: int, times: Floats, where: Ints
) -> bool:
    """Whether also nobody rides for longer than they may; goes on from ``times``."""
    return bounded(data, nodes, 0, length - 1, times, where, 1e18)


@compiled
def short_duty(
    data: Data, kind: int, nodes: Ints, length: int, times: Floats, where: Ints
) -> bool:
    """Whether also the driver is home in time; goes on from ``times``."""
    return bounded(data, nodes, 0, length - 1, times, where, data.longest[kind])


@compiled
def bounded(
    data: Data,
    nodes: Ints,
    first: int,
    last: int,
    times: Floats,
    where: Ints,
    longest: float,
) -> bool:
    """Raise what is too early until nothing is. False if that never ends.

    Between two stops with nobody aboard before the first nor after the last, or the
    ends of the route. Bellman & Ford: with no solution something is still raised after
    as many rounds as there are stops.
    """
    n = data.requests
    for _round in range(last - first + 2):
        raised = False
        if times[last] - times[first] > longest + SLACK:
            times[first] = times[last] - longest
            raised = True
        for at in range(last, first, -1):
            pickup = nodes[at] - n
            if pickup <= 0 or pickup > n:
                continue
            least = times[at] - data.ride[pickup] - data.service[pickup]
            if times[where[pickup]] < least - SLACK:
                times[where[pickup]] = least
                raised = True
        if not raised:
            return True
        if not _pushed(data, nodes, first, last, times):
            return False
    return False


@compiled
def latest(
    data: Data, kind: int, nodes: Ints, length: int, times: Floats, where: Ints
) -> None:
    """The latest each stop of a drivable route can begin; fills ``times``.

    Every step lowers what is too late, so it may be left off early: then the times are
    too late rather than too early. ``where`` as ``drivable`` left it.
    """
    n, last = data.requests, length - 1
    for at in range(length):
        times[at] = data.closes[nodes[at]]
    for _round in range(length + 1):
        for at in range(last - 1, -1, -1):
            node, after = nodes[at], nodes[at + 1]
            way = data.way[data.place[node], data.place[after]]
            times[at] = min(times[at], times[at + 1] - way - data.service[node])
        lowered = False
        if times[last] - times[0] > data.longest[kind] + SLACK:
            times[last] = times[0] + data.longest[kind]
            lowered = True
        for at in range(1, last):
            pickup = nodes[at] - n
            if pickup <= 0:
                continue
            most = times[where[pickup]] + data.service[pickup] + data.ride[pickup]
            if times[at] > most + SLACK:
                times[at] = most
                lowered = True
        if not lowered:
            return
