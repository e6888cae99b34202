"""From the times of a route to what a person reads: stops, and the driver's breaks."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from titian.planning.trips.kernel.arrays import Data
from titian.planning.trips.model import Problem, Stop, Trip, Vehicle
from titian.planning.trips.orders import Pause
from titian.planning.trips.rules import rested

NEAR = 1e-6  # minutes that rounding may have eaten


def trip_of(
    problem: Problem,
    data: Data,
    vehicle: Vehicle,
    nodes: Sequence[int],
    times: list[float],
) -> Trip:
    """The trip through these nodes at these times, leaving as late as can be.

    O(w), and O(w) more for each break.
    """
    n = data.requests
    way = [
        float(data.way[data.place[one], data.place[other]])
        for one, other in pairwise(nodes)
    ]
    free = [
        time + float(data.service[node])
        for time, node in zip(times, nodes, strict=True)
    ]
    leaves = free[0] = max(times[0], times[1] - way[0])
    owed = _idle(problem, data, vehicle, nodes, (times, free, way))
    pauses = tuple(_taken(vehicle, leaves, times[-1], list(owed)))
    stands = {one.begins for one in pauses}
    stops = tuple(
        Stop(
            problem.requests[(node - 1) % n].key,
            node <= n,
            # Whoever pauses where they were, goes on as late as they can.
            begins if before in stands else min(before + minutes, begins),
            begins,
        )
        for node, before, minutes, begins in zip(
            nodes[1:-1], free, way, times[1:-1], strict=False
        )
    )
    return Trip(vehicle.key, leaves, stops, times[-1], pauses)


def _idle(
    problem: Problem,
    data: Data,
    vehicle: Vehicle,
    nodes: Sequence[int],
    spent: tuple[list[float], list[float], list[float]],
) -> Iterator[Pause]:
    """Where and when the driver could have a break that is long enough."""
    if vehicle.breaks is None:
        return
    times, free, way = spent
    aboard = accumulate(_coming(data.requests, node) for node in nodes[:-1])
    for at, held in enumerate(aboard):
        ends = times[at + 1]
        if not at or held or ends - free[at] - way[at] < vehicle.breaks.minutes - NEAR:
            continue
        here, there = (int(data.place[nodes[at + side]]) for side in (0, 1))
        if data.waits[here]:
            yield Pause(problem.places[here], free[at], ends - way[at])
        if data.waits[there] and at + 2 < len(nodes):
            yield Pause(problem.places[there], free[at] + way[at], ends)


def _coming(requests: int, node: int) -> int:
    """1 for a pickup, -1 for a drop, 0 for an end of the route."""
    return (node <= requests) - (requests < node <= 2 * requests)


def _taken(
    vehicle: Vehicle, leaves: float, returns: float, owed: list[Pause]
) -> Iterator[Pause]:
    """Of these breaks the fewest that are needed: each the last that is soon enough."""
    since = leaves
    while not rested(vehicle.breaks, since, returns, ()):
        assert vehicle.breaks is not None
        soon = since + vehicle.breaks.after + NEAR
        near = [one for one in owed if since < one.ends and one.begins <= soon]
        if not near:
            return
        last = max(near, key=lambda one: one.ends)
        yield last
        since = last.ends
