"""What stands in the way of a request and a vehicle, whatever the place in its day."""

from titian.planning.compiled import compiled
from titian.planning.trips.kernel.arrays import Data, Desk, Routes
from titian.planning.trips.kernel.driving import settled
from titian.planning.trips.kernel.insertion import spread
from titian.planning.trips.kernel.laws import on_time, seated, short_duty, short_rides
from titian.planning.trips.kernel.pauses import rested

WINDOW, RIDE, DUTY, BREAK, SEAT, FREE = range(6)


@compiled
def first_broken(
    data: Data, routes: Routes, desk: Desk, vehicle: int, request: int
) -> int:
    """The first law broken at the place that keeps most of them; FREE if none is.

    O(w³): every place for pickup and drop, each looked at whole.
    """
    furthest = WINDOW
    length = routes.long[vehicle]
    if length + 2 > routes.stops.shape[1]:
        return furthest
    for first in range(1, length):
        for second in range(first, length):
            spread(data, routes, desk, vehicle, request, first, second)
            broken = broken_by(data, desk, data.kind[vehicle], length + 2)
            furthest = max(furthest, broken)
            if furthest == FREE:
                return furthest
    return furthest


@compiled
def broken_by(data: Data, desk: Desk, kind: int, length: int) -> int:
    """The first law that the route on the desk breaks."""
    nodes, times, where = desk.nodes, desk.times, desk.where
    if not on_time(data, kind, nodes, length, times, where):
        return WINDOW
    if not short_rides(data, kind, nodes, length, times, where):
        return RIDE
    if not short_duty(data, kind, nodes, length, times, where):
        return DUTY
    if not rested(data, kind, nodes, length, desk):
        return BREAK
    if not seated(data, kind, nodes, length, desk.aboard):
        return SEAT
    return FREE


@compiled
def possible(data: Data, desk: Desk, request: int) -> bool:
    """Whether some kind of vehicle could drive the request if it had nobody else."""
    n = data.requests
    for kind in range(data.allowed.shape[0]):
        if not data.allowed[kind, request]:
            continue
        desk.nodes[0] = 2 * n + 1 + 2 * kind
        desk.nodes[1] = request
        desk.nodes[2] = request + n
        desk.nodes[3] = desk.nodes[0] + 1
        if broken_by(data, desk, kind, 4) == FREE:
            return True
    return False


@compiled
def resettled(data: Data, routes: Routes, desk: Desk) -> None:
    """All that follows from the routes, anew: the problem has changed under them."""
    for vehicle in range(data.kind.size):
        settled(data, routes, desk, vehicle)
