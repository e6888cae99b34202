"""Recreate: put guests back, one after the other, each where it costs least."""

from titian.planning.compiled import compiled
from titian.planning.trips.kernel.arrays import (
    NOBODY,
    Data,
    Desk,
    Dice,
    Floats,
    Ints,
    Memo,
    Routes,
)
from titian.planning.trips.kernel.dice import below, throw
from titian.planning.trips.kernel.driving import put
from titian.planning.trips.kernel.insertion import extra, km, remembered
from titian.planning.trips.kernel.ruin import keep

BLINK = 0.02  # how often a route is overlooked


@compiled
def bank(data: Data, routes: Routes, desk: Desk) -> int:
    """Who is not driven, on the desk; how many."""
    count = 0
    for request in range(1, data.requests + 1):
        if routes.holder[request] == NOBODY:
            desk.bank[count] = request
            count += 1
    return count


@compiled
def arranged(data: Data, desk: Desk, state: Dice, count: int) -> None:
    """The order in which guests are put back: another each time."""
    people, n = desk.bank, data.requests
    for at in range(count - 1, 0, -1):
        other = below(state, at + 1)
        people[at], people[other] = people[other], people[at]
    manner = below(state, 10)
    if manner < 3:
        return
    keys = desk.keys
    for at in range(count):
        request = people[at]
        if manner < 5:
            keys[at] = min(
                data.closes[request] - data.opens[request],
                data.closes[request + n] - data.opens[request + n],
            )
        elif manner < 7:
            keys[at] = -km(data, request, request + n)
        elif manner == 7:
            keys[at] = data.opens[request]
        elif manner == 8:
            keys[at] = -data.closes[request + n]
        else:
            keys[at] = -data.weight[request] - 1e-3 * data.load[request, 0]
    _sorted(people, keys, count)


@compiled
def _sorted(people: Ints, keys: Floats, count: int) -> None:
    """The people by their keys, the lowest first; those alike as they stand."""
    for at in range(1, count):
        request, key = people[at], keys[at]
        gap = at
        while gap and keys[gap - 1] > key:
            people[gap], keys[gap] = people[gap - 1], keys[gap - 1]
            gap -= 1
        people[gap], keys[gap] = request, key


@compiled
def cheapest(
    data: Data,
    routes: Routes,
    memo: Memo,
    desk: Desk,
    state: Dice,
    request: int,
    blink: float,
) -> tuple[int, int, int]:
    """The vehicle and the places that cost least; (NOBODY, 0, 0) if there is none.

    Of the empty vehicles of a kind only the first is asked.
    """
    best, holder, first, second = 1e18, NOBODY, 0, 0
    for kind in range(desk.is_asked.size):
        desk.is_asked[kind] = False
    for vehicle in range(data.kind.size):
        kind = data.kind[vehicle]
        if not data.allowed[kind, request]:
            continue
        if routes.long[vehicle] == 2:
            if desk.is_asked[kind] and data.told[request] != vehicle:
                continue
            desk.is_asked[kind] = True
        elif blink > 0.0 and throw(state) < blink:
            continue
        more = extra(data, routes, vehicle, request)
        if more >= best:
            continue
        cost, here, there = remembered(
            data, routes, memo, desk, vehicle, request, best - more
        )
        if here and cost + more < best:
            best, holder, first, second = cost + more, vehicle, here, there
    return holder, first, second


@compiled
def recreate(
    data: Data,
    routes: Routes,
    saved: Routes,
    memo: Memo,
    desk: Desk,
    state: Dice,
    blink: float,
) -> None:
    """Put back everybody who finds a place."""
    count = bank(data, routes, desk)
    arranged(data, desk, state, count)
    for at in range(count):
        request = desk.bank[at]
        holder, first, second = cheapest(
            data, routes, memo, desk, state, request, blink
        )
        if holder != NOBODY:
            keep(routes, saved, desk, holder)
            put(data, routes, desk, holder, request, first, second)
