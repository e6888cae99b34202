"""A peer's routes as a plan that our checker can read, at the minutes kindest to them.

Where a route can be driven with every ride as short as promised, it is. Where none of
its timetables can, everybody is driven as early as can be, and picked up as late as
that allows.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from titian.planning.trips import Halt, Plan, Problem, Request, Stop, Trip, Vehicle
from titian.planning.trips.solving import engine

type Route = Sequence[tuple[str, bool]]


def judged(problem: Problem, routes: Mapping[str, Route]) -> Plan:
    """The plan that drives these routes, with what it comes to."""
    found = engine(problem, round_about=())
    vehicles = {one.key: one for one in problem.vehicles}
    by_hand = {}
    for key, route in routes.items():
        nodes = [
            found.number[name] + (0 if is_pickup else len(problem.requests))
            for name, is_pickup in route
        ]
        if not found.drive(found.vehicle[key], nodes):
            by_hand[key] = _driven(problem, vehicles[key], route)
    found.hold()
    trips = {trip.vehicle: trip for trip in found.trips()} | by_hand
    driven = {stop.request for trip in trips.values() for stop in trip.stops}
    left = tuple(one.key for one in problem.requests if one.key not in driven)
    plan = [trips[key] for key in vehicles if key in trips]
    weights = {r.key: problem.rules.weight[r.level - 1] for r in problem.requests}
    values = {
        "unserved": float(sum(weights[key] for key in left)),
        "told": 0.0,
        "vehicles": float(len(plan)),
        "distance": sum(_kilometres(problem, vehicles[t.vehicle], t) for t in plan),
    }
    objective = tuple((level, values[level]) for level in problem.order)
    return Plan(tuple(plan), left, objective, 0, "peer", "")


def _driven(problem: Problem, vehicle: Vehicle, route: Route) -> Trip:
    """As early as can be; then, from the end, pickups as late as what follows lets."""
    requests = {one.key: one for one in problem.requests}
    halts = [_halt(requests[key], is_pickup) for key, is_pickup in route]
    ways = _ways(problem, vehicle, halts)
    times, now = [], vehicle.shift.opens
    for halt, way in zip(halts, ways[:-1], strict=True):
        times.append(max(now + way, halt.window.opens))
        now = times[-1] + halt.service
    for at in range(len(times) - 2, -1, -1):
        if route[at][1]:
            late = times[at + 1] - ways[at + 1] - halts[at].service
            times[at] = max(times[at], min(halts[at].window.closes, late))
    leaves = max(vehicle.shift.opens, times[0] - ways[0])
    free = [leaves, *(t + h.service for t, h in zip(times, halts, strict=True))]
    stops = tuple(
        Stop(key, is_pickup, min(before + way, begins), begins)
        for (key, is_pickup), before, way, begins in zip(
            route, free[:-1], ways[:-1], times, strict=True
        )
    )
    return Trip(vehicle.key, leaves, stops, free[-1] + ways[-1])


def _halt(request: Request, is_pickup: bool) -> Halt:
    return request.pickup if is_pickup else request.drop


def _ways(problem: Problem, vehicle: Vehicle, halts: Sequence[Halt]) -> list[float]:
    """Minutes from the start over every stop to the end."""
    number = {place: at for at, place in enumerate(problem.places)}
    row = [vehicle.start, *(halt.place for halt in halts), vehicle.end]
    return [problem.minutes[number[a]][number[b]] for a, b in pairwise(row)]


def _kilometres(problem: Problem, vehicle: Vehicle, trip: Trip) -> float:
    requests = {one.key: one for one in problem.requests}
    number = {place: at for at, place in enumerate(problem.places)}
    halts = [_halt(requests[s.request], s.is_pickup).place for s in trip.stops]
    row = [vehicle.start, *halts, vehicle.end]
    ways = problem.kilometres or problem.minutes
    return sum(ways[number[a]][number[b]] for a, b in pairwise(row))
