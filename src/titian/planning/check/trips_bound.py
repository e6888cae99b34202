"""Drivers' breaks, motorcades and shuttles of a plan, read minute by minute."""

from collections.abc import Iterator
from itertools import pairwise

from titian.planning.check.violation import Violation
from titian.planning.trips.model import Plan, Problem, Request, Trip, Vehicle
from titian.planning.trips.orders import Motorcade, Pause, Shuttle

NEAR = 1e-5  # minutes that rounding may have eaten


def bound(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """What is wrong with breaks, motorcades and shuttles. O(s · breaks + people)."""
    vehicles = {vehicle.key: vehicle for vehicle in problem.vehicles}
    requests = {request.key: request for request in problem.requests}
    for trip in plan.trips:
        vehicle = vehicles.get(trip.vehicle)
        if vehicle and all(stop.request in requests for stop in trip.stops):
            yield from _breaks(problem, vehicle, trip, requests)
    for motorcade in problem.motorcades:
        yield from _motorcade(motorcade, plan, requests)
    for shuttle in problem.shuttles:
        yield from _shuttle(shuttle, plan, requests)


def _breaks(
    problem: Problem, vehicle: Vehicle, trip: Trip, requests: dict[str, Request]
) -> Iterator[Violation]:
    """Every break is a real one, and none comes too late."""
    since = trip.leaves
    for pause in trip.pauses:
        if not _stands(problem, vehicle, trip, pause, requests):
            yield Violation("break", vehicle.key, pause.begins)
        if vehicle.breaks and pause.begins - since > vehicle.breaks.after + NEAR:
            yield Violation("break", vehicle.key, pause.begins - since)
        since = pause.ends
    if vehicle.breaks and trip.returns - since > vehicle.breaks.after + NEAR:
        yield Violation("break", vehicle.key, trip.returns - since)


def _stands(
    problem: Problem,
    vehicle: Vehicle,
    trip: Trip,
    pause: Pause,
    requests: dict[str, Request],
) -> bool:
    """Long enough, where it may wait, with nobody aboard, and with time for the way."""
    if pause.place not in (problem.waits or problem.places):
        return False
    if vehicle.breaks and pause.ends - pause.begins < vehicle.breaks.minutes - NEAR:
        return False
    number = {place: at for at, place in enumerate(problem.places)}
    before = [stop for stop in trip.stops if stop.begins <= pause.begins + NEAR]
    if len({stop.request for stop in before}) * 2 != len(before):
        return False
    here, free = vehicle.start, trip.leaves
    if before:
        drop = requests[before[-1].request].drop
        here, free = drop.place, before[-1].begins + drop.service
    place, begins = vehicle.end, trip.returns
    if after := trip.stops[len(before) : len(before) + 1]:
        place, begins = requests[after[0].request].pickup.place, after[0].begins
    comes = free + problem.minutes[number[here]][number[pause.place]]
    goes = pause.ends + problem.minutes[number[pause.place]][number[place]]
    return bool(comes <= pause.begins + NEAR and goes <= begins + NEAR)


def _motorcade(
    motorcade: Motorcade, plan: Plan, requests: dict[str, Request]
) -> Iterator[Violation]:
    """All of them or none, each alone in a vehicle, one gap behind the other."""
    place = {key: number for number, key in enumerate(motorcade.requests)}
    used, seen = set[str](), set[str]()
    for trip in plan.trips:
        for at, stop in enumerate(trip.stops):
            if stop.request not in place or not stop.is_pickup:
                continue
            leaves = stop.begins + requests[stop.request].pickup.service
            late = leaves - motorcade.leaves - motorcade.gap * place[stop.request]
            if abs(late) > NEAR:
                yield Violation("motorcade", stop.request, late)
            if trip.vehicle in used or not _is_alone(trip, at):
                yield Violation("motorcade", stop.request)
            used.add(trip.vehicle)
            seen.add(stop.request)
    if 0 < len(seen) < len(place):
        yield Violation("motorcade", motorcade.key, len(place) - len(seen))


def _is_alone(trip: Trip, at: int) -> bool:
    """Whether who gets in at that stop gets out at the next, and nobody was there."""
    aboard = {stop.request for stop in trip.stops[:at] if stop.is_pickup}
    aboard -= {stop.request for stop in trip.stops[:at] if not stop.is_pickup}
    after = trip.stops[at + 1 : at + 2]
    return not aboard and [s.request for s in after] == [trip.stops[at].request]


def _shuttle(
    shuttle: Shuttle, plan: Plan, requests: dict[str, Request]
) -> Iterator[Violation]:
    """Headway kept and nobody waiting for too long; who has no vehicle is unserved."""
    begins = {s.request: s.begins for t in plan.trips for s in t.stops if s.is_pickup}
    leaves = sorted(
        (begins.get(one.key, one.pickup.window.closes) + one.pickup.service, one.key)
        for one in map(requests.__getitem__, shuttle.requests)
    )
    minutes = [shuttle.opens, *(at for at, _key in leaves), shuttle.closes]
    for before, after in pairwise(minutes):
        if after - before > shuttle.headway + NEAR:
            yield Violation("headway", shuttle.key, after - before)
    queue = sorted(c.at for c in shuttle.crowds for _one in range(c.people))
    for at, key in leaves:
        seats = requests[key].load[0]
        if seats > shuttle.seats:
            yield Violation("seat", key)
        for _seat in range(seats):
            if not queue or queue[0] > at + NEAR:
                break
            if at - queue[0] > shuttle.longest_wait + NEAR:
                yield Violation("headway", key, at - queue[0])
            queue.pop(0)
    if queue:
        yield Violation("headway", shuttle.key, float(len(queue)))
