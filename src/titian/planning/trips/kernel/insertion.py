"""The cheapest place for a request in a route."""

from titian.planning.compiled import compiled, inlined
from titian.planning.trips.kernel.arrays import (
    SLACK,
    TOLD,
    VEHICLES,
    Data,
    Desk,
    Memo,
    Routes,
)
from titian.planning.trips.kernel.driving import told
from titian.planning.trips.kernel.laws import fits
from titian.planning.trips.kernel.pauses import drivable


@inlined
def km(data: Data, one: int, other: int) -> float:
    """The way from node to node."""
    return float(data.km[data.place[one], data.place[other]])


@inlined
def after(data: Data, time: float, one: int, other: int) -> float:
    """When ``other`` begins if ``one`` began at ``time``."""
    way = data.way[data.place[one], data.place[other]]
    return float(max(data.opens[other], time + data.service[one] + way))


@compiled
def best_place(
    data: Data, routes: Routes, desk: Desk, vehicle: int, request: int, limit: float
) -> tuple[float, int, int]:
    """The kilometres that the best place adds, if below ``limit``; (limit, 0, 0) else.

    What cannot be reached in time is not looked at; what is left is looked at exactly.
    Where ways keep the triangle inequality nothing is missed. O(w²) places, O(w) each.
    """
    stops, length = routes.stops[vehicle], routes.long[vehicle]
    early, kind = routes.early[vehicle], data.kind[vehicle]
    best, first, second = limit, 0, 0
    if length + 2 > stops.size:
        return best, first, second
    for at in range(1, length):
        before, node = stops[at - 1], stops[at]
        time = after(data, early[at - 1], before, request)
        if time > data.closes[request] + SLACK:
            break
        detour = km(data, before, request) + km(data, request, node)
        if length > 2:
            detour -= km(data, before, node)
        if detour >= best or not fits(
            data, kind, routes.aboard, vehicle, at - 1, request
        ):
            continue
        best, found = _best_drop(
            data, routes, desk, vehicle, request, at, time, detour, best
        )
        if found:
            first, second = at, found
    return best, first, second


@inlined
def _best_drop(
    data: Data,
    routes: Routes,
    desk: Desk,
    vehicle: int,
    request: int,
    first: int,
    time: float,
    detour: float,
    best: float,
) -> tuple[float, int]:
    """The best place to drop whom we pick up before stop ``first`` at ``time``."""
    stops, length = routes.stops[vehicle], routes.long[vehicle]
    late, kind = routes.late[vehicle], data.kind[vehicle]
    drop = request + data.requests
    before, found = request, 0
    latest = data.closes[request]
    most = data.ride[request] + data.service[request] + SLACK
    for at in range(first, length):
        node = stops[at]
        cost = detour + km(data, before, drop) + km(data, drop, node)
        if at > first:
            cost -= km(data, before, node)
        else:
            cost -= km(data, request, node)
        if cost < best:
            dropped = after(data, time, before, drop)
            if dropped > data.closes[drop] + SLACK:
                break
            if dropped - latest > most:
                break
            if after(data, dropped, drop, node) <= late[at] + SLACK and can_put(
                data, routes, desk, vehicle, request, first, at
            ):
                best, found = cost, at
        time = after(data, time, before, node)
        if time > late[at] + SLACK or time > data.closes[drop]:
            break
        if not fits(data, kind, routes.aboard, vehicle, at, request):
            break
        if at == first:
            way = data.way[data.place[request], data.place[node]]
            latest = min(latest, late[at] - way - data.service[request])
        if time - latest > most:
            break
        before = node
    return best, found


@compiled
def can_put(
    data: Data,
    routes: Routes,
    desk: Desk,
    vehicle: int,
    request: int,
    first: int,
    second: int,
) -> bool:
    """Whether the route can be driven with the request in it; seats are not looked at.

    The earliest times are copied up to the pickup, and fill ``desk.times``.
    """
    spread(data, routes, desk, vehicle, request, first, second)
    length = routes.long[vehicle] + 2
    return drivable(data, data.kind[vehicle], desk.nodes, length, desk)


@compiled
def spread(
    data: Data,
    routes: Routes,
    desk: Desk,
    vehicle: int,
    request: int,
    first: int,
    second: int,
) -> None:
    """The route with the request in it, on the desk."""
    stops, length, nodes = routes.stops[vehicle], routes.long[vehicle], desk.nodes
    for at in range(first):
        nodes[at] = stops[at]
    nodes[first] = request
    for at in range(first, second):
        nodes[at + 1] = stops[at]
    nodes[second + 1] = request + data.requests
    for at in range(second, length):
        nodes[at + 2] = stops[at]


@compiled
def remembered(
    data: Data,
    routes: Routes,
    memo: Memo,
    desk: Desk,
    vehicle: int,
    request: int,
    limit: float,
) -> tuple[float, int, int]:
    """``best_place``, looked up while the route is the same."""
    known = memo.price[request, vehicle]
    first = memo.first[request, vehicle]
    if memo.version[request, vehicle] == routes.version[vehicle] and (
        first or known >= limit
    ):
        return known, first, memo.second[request, vehicle]
    found, first, second = best_place(data, routes, desk, vehicle, request, limit)
    memo.version[request, vehicle] = routes.version[vehicle]
    memo.price[request, vehicle] = found
    memo.first[request, vehicle] = first
    memo.second[request, vehicle] = second
    return found, first, second


@compiled
def extra(data: Data, routes: Routes, vehicle: int, request: int) -> float:
    """What the walk pays beside the kilometres: a vehicle begun, a guest told."""
    price = float(data.price[TOLD]) * told(data, vehicle, request)
    if routes.long[vehicle] == 2:
        price += data.price[VEHICLES]
    return price
