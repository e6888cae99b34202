"""Ruin: take out guests who travel alike, a string of neighbours from each route.

Christiaens & Vanden Berghe, "Slack induction by string removals", Transportation
Science 54 (2020): what is free at the same hour and place can be filled again.
"""

from titian.planning.compiled import compiled
from titian.planning.trips.kernel.arrays import (
    NOBODY,
    VEHICLES,
    Data,
    Desk,
    Dice,
    Ints,
    Routes,
)
from titian.planning.trips.kernel.dice import below, throw
from titian.planning.trips.kernel.driving import emptied, take

STRING = 10  # the longest string of guests taken out of one route
MEAN = 10.0  # how many guests are taken out in the mean
SPLIT = 0.3  # how often some guests inside a string stay
WHOLE = 0.05  # how often a whole route is emptied, where vehicles count


@compiled
def keep(routes: Routes, saved: Routes, desk: Desk, vehicle: int) -> None:
    """Note the route as it was before this step; once a step."""
    if desk.is_touched[vehicle]:
        return
    desk.is_touched[vehicle] = True
    desk.touched[desk.counter[1]] = vehicle
    desk.counter[1] += 1
    copied(routes, saved, vehicle)


@compiled
def copied(here: Routes, there: Routes, vehicle: int) -> None:
    """One route, from here to there; not who holds whom, nor the score."""
    length = here.long[vehicle]
    there.long[vehicle] = length
    there.km[vehicle] = here.km[vehicle]
    there.version[vehicle] = here.version[vehicle]
    for at in range(length):
        there.stops[vehicle, at] = here.stops[vehicle, at]
        there.early[vehicle, at] = here.early[vehicle, at]
        there.late[vehicle, at] = here.late[vehicle, at]
        for seat in range(here.aboard.shape[2]):
            there.aboard[vehicle, at, seat] = here.aboard[vehicle, at, seat]


@compiled
def ruin(data: Data, routes: Routes, saved: Routes, desk: Desk, state: Dice) -> None:
    """Take strings of guests out of the routes near one guest."""
    vehicles = data.kind.size
    served, used = 0, routes.score[VEHICLES]
    for request in range(1, data.requests + 1):
        served += routes.holder[request] != NOBODY
    if not served:
        return
    if data.price[VEHICLES] > 0.0 and throw(state) < WHOLE:
        _whole(data, routes, saved, desk, state)
        return
    longest = max(1.0, min(float(STRING), served / used))
    strings = int(throw(state) * (4.0 * MEAN / (1.0 + longest) - 1.0)) + 1
    centre = data.centres[below(state, data.centres.size)]
    done = desk.bank  # free until the bank is filled
    count = 0
    for other in range(-1, data.near.shape[1]):
        request = centre if other < 0 else data.near[centre, other]
        vehicle = routes.holder[request]
        if vehicle == NOBODY or data.bound[request] or _among(done, count, vehicle):
            continue
        keep(routes, saved, desk, vehicle)
        guests = (routes.long[vehicle] - 2) // 2
        size = 1 + below(state, int(min(longest, float(guests))))
        _string(data, routes, desk, state, request, size)
        done[count] = vehicle
        count += 1
        if count >= min(strings, vehicles):
            return


@compiled
def _among(row: Ints, count: int, wanted: int) -> bool:
    is_there = False
    for at in range(count):
        is_there = is_there or row[at] == wanted
    return is_there


@compiled
def _string(
    data: Data, routes: Routes, desk: Desk, state: Dice, request: int, size: int
) -> None:
    """Take out up to ``size`` guests with stops beside one of the request's stops."""
    vehicle, n = routes.holder[request], data.requests
    length = routes.long[vehicle]
    centre = request + (n if throw(state) < 0.5 else 0)
    position = 1
    while routes.stops[vehicle, position] != centre:
        position += 1
    start = max(1, position - below(state, size))
    stays = size > 1 and throw(state) < SPLIT
    nodes, count = desk.nodes, 0
    for at in range(start, length - 1):
        node = routes.stops[vehicle, at]
        nodes[count] = node - n if node > n else node
        count += 1
    take(data, routes, desk, request)
    left = size - 1
    for at in range(count):
        if not left:
            return
        other = nodes[at]
        if routes.holder[other] != vehicle or data.bound[other]:
            continue
        if stays and throw(state) < 0.5:
            continue
        take(data, routes, desk, other)
        left -= 1


@compiled
def _whole(data: Data, routes: Routes, saved: Routes, desk: Desk, state: Dice) -> None:
    """Empty the shortest of a few routes in use."""
    best = NOBODY
    for _try in range(4):
        vehicle = routes.holder[1 + below(state, data.requests)]
        if vehicle == NOBODY or _is_bound(data, routes, vehicle):
            continue
        if best == NOBODY or routes.long[vehicle] < routes.long[best]:
            best = vehicle
    if best != NOBODY:
        keep(routes, saved, desk, best)
        emptied(data, routes, desk, best)


@compiled
def _is_bound(data: Data, routes: Routes, vehicle: int) -> bool:
    """Whether the vehicle drives in a motorcade."""
    for at in range(1, routes.long[vehicle] - 1):
        node = routes.stops[vehicle, at]
        if node <= data.requests and data.bound[node]:
            return True
    return False
