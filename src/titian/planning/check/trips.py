"""Does a plan of trips keep its word? Read from the problem alone, stop by stop."""

from collections.abc import Iterator

from titian.planning.check.trips_bound import bound
from titian.planning.check.violation import Violation
from titian.planning.trips.model import Plan, Problem, Request, Stop, Trip, Vehicle

NEAR = 1e-5  # minutes that rounding may have eaten
ALIKE = 1e-3  # kilometres


def violations(
    problem: Problem, plan: Plan, *, told: float | None = None
) -> tuple[Violation, ...]:
    """Everything that is wrong with the plan; nothing if it may be shown to a person.

    Parameters
    ----------
    problem, plan
        ``n`` requests, ``m`` vehicles, ``s`` stops. Minutes and kilometres.
    told
        What the level "told" must come to; 0 if nothing was announced before.

    Returns
    -------
    tuple[Violation, ...]
        In the order of the trips, then the requests, then the objective. Codes: twice,
        unknown, order, class, skill, named, late, early, way, seat, ride, shift, duty,
        break, motorcade, headway, lost, objective.

    Notes
    -----
    No code is shared with the solver. Times are taken from the plan and looked at
    one by one: none is computed here. O(n + m + s · layouts).
    """
    return tuple(_violations(problem, plan, told or 0.0))


def _violations(problem: Problem, plan: Plan, told: float) -> Iterator[Violation]:
    vehicles = {vehicle.key: vehicle for vehicle in problem.vehicles}
    requests = {request.key: request for request in problem.requests}
    driven = [trip.vehicle for trip in plan.trips]
    picked = [stop.request for t in plan.trips for stop in t.stops if stop.is_pickup]
    for keys, known in ((driven, set(vehicles)), (picked, set(requests))):
        yield from (Violation("twice", key) for key in _repeated(keys))
        yield from (
            Violation("unknown", k) for k in dict.fromkeys(keys) if k not in known
        )
    for trip in plan.trips:
        if trip.vehicle in vehicles:
            yield from _trip(problem, vehicles[trip.vehicle], trip, requests)
    yield from bound(problem, plan)
    for key in requests:
        if (key in picked) == (key in plan.unserved):
            yield Violation("lost", key)
    yield from _objective(problem, plan, told)


def _repeated(keys: list[str]) -> list[str]:
    return [key for key in dict.fromkeys(keys) if keys.count(key) > 1]


def _trip(
    problem: Problem, vehicle: Vehicle, trip: Trip, requests: dict[str, Request]
) -> Iterator[Violation]:
    """One trip: whom it may carry, where it is when, and who sits where."""
    known = [stop for stop in trip.stops if stop.request in requests]
    yield from _pairs(vehicle, known)
    for key in dict.fromkeys(stop.request for stop in known):
        yield from _allowed(vehicle, requests[key])
        yield from _ride(problem, requests[key], known)
    yield from _clock(problem, vehicle, trip, known, requests)
    yield from _seats(problem, vehicle, known, requests)


def _pairs(vehicle: Vehicle, stops: list[Stop]) -> Iterator[Violation]:
    """Everybody gets in once, and out once, after that."""
    for key in dict.fromkeys(stop.request for stop in stops):
        if [stop.is_pickup for stop in stops if stop.request == key] != [True, False]:
            yield Violation("order", key)


def _allowed(vehicle: Vehicle, request: Request) -> Iterator[Violation]:
    if request.classes and vehicle.kind not in request.classes:
        yield Violation("class", request.key)
    if not set(request.skills) <= set(vehicle.skills):
        yield Violation("skill", request.key)
    if request.vehicles and vehicle.key not in request.vehicles:
        yield Violation("named", request.key)


def _ride(problem: Problem, request: Request, stops: list[Stop]) -> Iterator[Violation]:
    """From the end of getting in to the beginning of getting out."""
    times = {s.is_pickup: s.begins for s in stops if s.request == request.key}
    if len(times) < 2:
        return
    longest = request.longest_ride
    if longest is None:
        longest = problem.rules.longest_ride[request.level - 1]
    aboard = times[False] - times[True] - request.pickup.service
    if aboard > longest + NEAR:
        yield Violation("ride", request.key, aboard - longest)


def _clock(
    problem: Problem,
    vehicle: Vehicle,
    trip: Trip,
    stops: list[Stop],
    requests: dict[str, Request],
) -> Iterator[Violation]:
    """No window missed, no way driven faster than it takes, no driver out too long."""
    number = {place: at for at, place in enumerate(problem.places)}
    here, free = vehicle.start, trip.leaves
    for stop in stops:
        request = requests[stop.request]
        halt = request.pickup if stop.is_pickup else request.drop
        least = free + problem.minutes[number[here]][number[halt.place]]
        if min(stop.arrives, stop.begins) < least - NEAR:
            yield Violation("way", request.key, least - stop.arrives)
        if stop.begins < max(halt.window.opens, stop.arrives) - NEAR:
            yield Violation("early", request.key, halt.window.opens - stop.begins)
        if stop.begins > halt.window.closes + NEAR:
            yield Violation("late", request.key, stop.begins - halt.window.closes)
        here, free = halt.place, stop.begins + halt.service
    home = free + problem.minutes[number[here]][number[vehicle.end]]
    if trip.returns < home - NEAR:
        yield Violation("way", vehicle.key, home - trip.returns)
    shift = vehicle.shift
    if trip.leaves < shift.opens - NEAR or trip.returns > shift.closes + NEAR:
        yield Violation("shift", vehicle.key)
    if trip.returns - trip.leaves > vehicle.longest_duty + NEAR:
        over = trip.returns - trip.leaves - vehicle.longest_duty
        yield Violation("duty", vehicle.key, over)


def _seats(
    problem: Problem,
    vehicle: Vehicle,
    stops: list[Stop],
    requests: dict[str, Request],
) -> Iterator[Violation]:
    """After every stop one of the layouts seats all aboard."""
    aboard = [0] * len(problem.seats)
    for stop in stops:
        sign = 1 if stop.is_pickup else -1
        load = requests[stop.request].load
        aboard = [old + sign * new for old, new in zip(aboard, load, strict=True)]
        if not any(
            all(taken <= seats for taken, seats in zip(aboard, layout, strict=True))
            for layout in vehicle.layouts
        ):
            yield Violation("seat", stop.request)


def _objective(problem: Problem, plan: Plan, told: float) -> Iterator[Violation]:
    """What the plan says of itself is what it is."""
    weights = problem.rules.weight
    unserved = [r.level for r in problem.requests if r.key in set(plan.unserved)]
    found = {
        "unserved": float(sum(weights[level - 1] for level in unserved)),
        "told": told,
        "vehicles": float(sum(bool(trip.stops) for trip in plan.trips)),
        "distance": _distance(problem, plan),
    }
    if [level for level, _value in plan.objective] != list(problem.order):
        yield Violation("objective", "order")
    for level, value in plan.objective:
        if abs(found.get(level, value) - value) > ALIKE:
            yield Violation("objective", level, value - found[level])


def _distance(problem: Problem, plan: Plan) -> float:
    ways = problem.kilometres or problem.minutes
    number = {place: at for at, place in enumerate(problem.places)}
    vehicles = {vehicle.key: vehicle for vehicle in problem.vehicles}
    requests = {request.key: request for request in problem.requests}
    total = 0.0
    for trip in plan.trips:
        vehicle = vehicles.get(trip.vehicle)
        if vehicle is None or not trip.stops:
            continue
        here = vehicle.start
        for stop in trip.stops:
            request = requests.get(stop.request)
            if request is None:
                continue
            place = request.pickup.place if stop.is_pickup else request.drop.place
            total += ways[number[here]][number[place]]
            here = place
        total += ways[number[here]][number[vehicle.end]]
    return total
