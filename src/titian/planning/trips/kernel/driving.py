"""A route changes: somebody is put in, somebody is taken out."""

from titian.planning.compiled import compiled
from titian.planning.trips.kernel.arrays import (
    DISTANCE,
    NOBODY,
    TOLD,
    UNSERVED,
    VEHICLES,
    Data,
    Desk,
    Ints,
    Routes,
)
from titian.planning.trips.kernel.laws import latest, seated
from titian.planning.trips.kernel.pauses import drivable


@compiled
def opened(data: Data, routes: Routes, desk: Desk, vehicle: int) -> None:
    """An empty route, from its start to its end."""
    start = 2 * data.requests + 1 + 2 * data.kind[vehicle]
    routes.stops[vehicle, 0] = start
    routes.stops[vehicle, 1] = start + 1
    routes.long[vehicle] = 2
    settled(data, routes, desk, vehicle)


@compiled
def settled(data: Data, routes: Routes, desk: Desk, vehicle: int) -> bool:
    """All that follows from the stops of a route, anew; whether it can be driven."""
    stops, length = routes.stops[vehicle], routes.long[vehicle]
    kind, early, late = data.kind[vehicle], routes.early[vehicle], routes.late[vehicle]
    can = drivable(data, kind, stops, length, desk)
    for at in range(length):
        early[at] = desk.times[at]
    if can:
        latest(data, kind, stops, length, late, desk.where)
    km = 0.0
    for seat in range(data.load.shape[1]):
        routes.aboard[vehicle, 0, seat] = 0
    for at in range(1, length):
        before, node = stops[at - 1], stops[at]
        km += data.km[data.place[before], data.place[node]]
        for seat in range(data.load.shape[1]):
            more = data.load[node, seat]
            routes.aboard[vehicle, at, seat] = (
                routes.aboard[vehicle, at - 1, seat] + more
            )
    routes.score[DISTANCE] -= routes.km[vehicle]
    routes.km[vehicle] = km if length > 2 else 0.0
    routes.score[DISTANCE] += routes.km[vehicle]
    desk.counter[0] += 1
    routes.version[vehicle] = desk.counter[0]
    return can


@compiled
def put(
    data: Data,
    routes: Routes,
    desk: Desk,
    vehicle: int,
    request: int,
    first: int,
    second: int,
) -> bool:
    """Pick the request up before stop ``first``, drop it before ``second``.

    Whether the route can be driven then.
    """
    stops, length = routes.stops[vehicle], routes.long[vehicle]
    for at in range(length - 1, second - 1, -1):
        stops[at + 2] = stops[at]
    stops[second + 1] = request + data.requests
    for at in range(second - 1, first - 1, -1):
        stops[at + 1] = stops[at]
    stops[first] = request
    routes.long[vehicle] = length + 2
    routes.holder[request] = vehicle
    routes.score[UNSERVED] -= data.weight[request]
    routes.score[TOLD] += told(data, vehicle, request)
    if length == 2:
        routes.score[VEHICLES] += 1
    return settled(data, routes, desk, vehicle)


@compiled
def take(data: Data, routes: Routes, desk: Desk, request: int) -> None:
    """Take the request out of its route; and everybody, if no way is left then.

    The second happens only where the way over a third place is shorter than the way.
    """
    vehicle = routes.holder[request]
    stops, length = routes.stops[vehicle], routes.long[vehicle]
    left = 0
    for at in range(length):
        if stops[at] != request and stops[at] != request + data.requests:
            stops[left] = stops[at]
            left += 1
    _let_go(data, routes, vehicle, request)
    routes.long[vehicle] = left
    if left == 2:
        routes.score[VEHICLES] -= 1
    if not settled(data, routes, desk, vehicle):
        emptied(data, routes, desk, vehicle)


@compiled
def emptied(data: Data, routes: Routes, desk: Desk, vehicle: int) -> None:
    """Take everybody out."""
    if routes.long[vehicle] > 2:
        routes.score[VEHICLES] -= 1
    for at in range(1, routes.long[vehicle] - 1):
        node = routes.stops[vehicle, at]
        if node <= data.requests:
            _let_go(data, routes, vehicle, node)
    opened(data, routes, desk, vehicle)


@compiled
def driven(data: Data, routes: Routes, desk: Desk, vehicle: int, nodes: Ints) -> bool:
    """Give the vehicle exactly these nodes, its ends among them, if that can be driven.

    Whom it held before is let go; those who come must not be held elsewhere.
    """
    kind, length = data.kind[vehicle], nodes.size
    if not seated(data, kind, nodes, length, desk.aboard):
        return False
    if not drivable(data, kind, nodes, length, desk):
        return False
    emptied(data, routes, desk, vehicle)
    for at in range(length):
        node = nodes[at]
        routes.stops[vehicle, at] = node
        if 0 < at < length - 1 and node <= data.requests:
            routes.holder[node] = vehicle
            routes.score[UNSERVED] -= data.weight[node]
            routes.score[TOLD] += told(data, vehicle, node)
    routes.long[vehicle] = length
    if length > 2:
        routes.score[VEHICLES] += 1
    return settled(data, routes, desk, vehicle)


@compiled
def _let_go(data: Data, routes: Routes, vehicle: int, request: int) -> None:
    routes.holder[request] = NOBODY
    routes.score[UNSERVED] += data.weight[request]
    routes.score[TOLD] -= told(data, vehicle, request)


@compiled
def told(data: Data, vehicle: int, request: int) -> float:
    """What it costs to tell them of this vehicle."""
    announced = data.told[request]
    if announced in (NOBODY, vehicle):
        return 0.0
    return float(data.told_weight[request])
