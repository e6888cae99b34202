"""Mending by hand: what each vehicle would charge, and whom it could give away."""

from titian.planning.compiled import compiled
from titian.planning.trips.kernel.arrays import (
    NOBODY,
    Data,
    Desk,
    Dice,
    Floats,
    Memo,
    Routes,
)
from titian.planning.trips.kernel.driving import put, take
from titian.planning.trips.kernel.insertion import best_place, extra, remembered
from titian.planning.trips.kernel.recreate import cheapest
from titian.planning.trips.kernel.ruin import keep
from titian.planning.trips.kernel.walk import forget, noted, paid, undo

NONE = 1e18


@compiled
def priced(
    data: Data, routes: Routes, memo: Memo, desk: Desk, request: int, prices: Floats
) -> None:
    """What each vehicle charges for the request, in kilometres; NONE if it cannot."""
    for vehicle in range(data.kind.size):
        prices[vehicle] = NONE
        if data.allowed[data.kind[vehicle], request]:
            cost, first, _second = remembered(
                data, routes, memo, desk, vehicle, request, NONE
            )
            if first:
                more = extra(data, routes, vehicle, request)
                prices[vehicle] = cost + more


@compiled
def put_best(
    data: Data, routes: Routes, desk: Desk, vehicle: int, request: int
) -> bool:
    """Put the request where it costs the vehicle least; False where it cannot."""
    _cost, first, second = best_place(data, routes, desk, vehicle, request, NONE)
    return bool(first) and put(data, routes, desk, vehicle, request, first, second)


@compiled
def _exchanged(
    data: Data,
    routes: Routes,
    saved: Routes,
    memo: Memo,
    desk: Desk,
    state: Dice,
    request: int,
    other: int,
) -> bool:
    """Give the request the place of another, and the other a place elsewhere."""
    vehicle = routes.holder[other]
    keep(routes, saved, desk, vehicle)
    take(data, routes, desk, other)
    if not put_best(data, routes, desk, vehicle, request):
        return False
    holder, first, second = cheapest(data, routes, memo, desk, state, other, 0.0)
    if holder == NOBODY:
        return False
    keep(routes, saved, desk, holder)
    return put(data, routes, desk, holder, other, first, second)


@compiled
def ejected(
    data: Data,
    routes: Routes,
    saved: Routes,
    memo: Memo,
    desk: Desk,
    state: Dice,
    request: int,
    reach: float,
) -> bool:
    """Place the request by moving one other guest, the one it costs least to tell.

    Guests picked up within ``reach`` minutes of the request's window are tried, one
    level deep; the routes are left as they are if none will do. O(guests · w³).
    """
    best, chosen = NONE, NOBODY
    for other in range(1, data.requests + 1):
        vehicle = routes.holder[other]
        if vehicle == NOBODY or data.bound[other]:
            continue
        if not data.allowed[data.kind[vehicle], request]:
            continue
        if data.opens[other] > data.closes[request] + reach:
            continue
        if data.closes[other] < data.opens[request] - reach:
            continue
        forget(desk)
        noted(routes.score, saved.score)
        if _exchanged(data, routes, saved, memo, desk, state, request, other):
            price = paid(data, routes.score) - paid(data, saved.score)
            if price < best:
                best, chosen = price, other
        undo(data, routes, saved, desk)
    if chosen == NOBODY:
        return False
    forget(desk)
    return _exchanged(data, routes, saved, memo, desk, state, request, chosen)
