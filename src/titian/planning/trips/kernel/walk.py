"""The walk: ruin, recreate, and a coin that grows colder."""

import math

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
from titian.planning.trips.kernel.dice import throw
from titian.planning.trips.kernel.recreate import BLINK, recreate
from titian.planning.trips.kernel.ruin import copied, ruin

LEAST = 1e-7  # what counts as better


@compiled
def paid(data: Data, score: Floats) -> float:
    """What the walk pays for a score: one number, so that it can cross valleys."""
    total = 0.0
    for level in range(score.size):
        total += data.price[level] * score[level]
    return total


@compiled
def better(data: Data, score: Floats, than: Floats) -> bool:
    """Whether the first level that differs is lower."""
    for level in (data.order[0], data.order[1], data.order[2], data.order[3]):
        if score[level] < than[level] - LEAST:
            return True
        if score[level] > than[level] + LEAST:
            return False
    return False


@compiled
def noted(row: Floats | Ints, there: Floats | Ints) -> None:
    """One row, from here to there."""
    for at in range(row.size):
        there[at] = row[at]


@compiled
def adopt(routes: Routes, there: Routes) -> None:
    """All routes, from here to there."""
    for vehicle in range(routes.long.size):
        if there.version[vehicle] != routes.version[vehicle]:
            copied(routes, there, vehicle)
    noted(routes.holder, there.holder)
    noted(routes.score, there.score)


@compiled
def undo(data: Data, routes: Routes, saved: Routes, desk: Desk) -> None:
    """The routes as they were before this step."""
    n = data.requests
    for touched in range(desk.counter[1]):
        vehicle = desk.touched[touched]
        for at in range(1, routes.long[vehicle] - 1):
            node = routes.stops[vehicle, at]
            if node <= n:
                routes.holder[node] = NOBODY
    for touched in range(desk.counter[1]):
        vehicle = desk.touched[touched]
        copied(saved, routes, vehicle)
        for at in range(1, routes.long[vehicle] - 1):
            node = routes.stops[vehicle, at]
            if node <= n:
                routes.holder[node] = vehicle
    noted(saved.score, routes.score)


@compiled
def forget(desk: Desk) -> None:
    """A new step: nothing is touched."""
    for touched in range(desk.counter[1]):
        desk.is_touched[desk.touched[touched]] = False
    desk.counter[1] = 0


@compiled
def walk(
    data: Data,
    routes: Routes,
    saved: Routes,
    best: Routes,
    memo: Memo,
    desk: Desk,
    state: Dice,
    steps: int,
    hot: float,
    cold: float,
) -> int:
    """Ruin and recreate ``steps`` times; how often ``best`` became better.

    Schrimpf et al., "Record breaking optimization results using the ruin and recreate
    principle", J. Comput. Phys. 159 (2000); worse routes are taken with the chance of
    Metropolis et al. (1953), at a temperature that falls from ``hot`` to ``cold``.
    """
    gains = 0
    for step in range(steps):
        heat = hot * (cold / hot) ** (step / steps)
        forget(desk)
        noted(routes.score, saved.score)
        ruin(data, routes, saved, desk, state)
        recreate(data, routes, saved, memo, desk, state, BLINK)
        worse = paid(data, routes.score) - paid(data, saved.score)
        if worse >= -heat * math.log(1.0 - throw(state)):
            undo(data, routes, saved, desk)
        elif better(data, routes.score, best.score):
            adopt(routes, best)
            gains += 1
    return gains
