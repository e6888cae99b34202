"""VROOM and OR-tools on an invented day of guest transport, and what they drive.

Both count in whole seconds: ways are rounded up, windows inwards. VROOM knows no
longest ride; its drops close when a guest picked up at the last minute would have
ridden for as long as they may, which is all that can be said to it. OR-tools is told.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import vroom
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from titian.planning.trips import Problem, Request, Window, longest_ride

type Routes = dict[str, list[tuple[str, bool]]]

BEGUN = 7200  # seconds of driving that one vehicle fewer is worth; for us, any
LEFT = 10**7  # what it pays to leave a guest of the least weight


def by_vroom(
    problem: Problem, seconds: float, *, level: int = 5, begun: Routes | None = None
) -> Routes:
    """Its routes after so many seconds of one thread, or earlier if it is done.

    ``begun`` are routes from which it starts.
    """
    asked, classes = vroom.Input(), _classes(problem)
    ways = np.ceil(np.array(problem.minutes) * 60 - 1e-6).astype(np.uint32)
    asked.set_durations_matrix("car", ways)
    place = {key: at for at, key in enumerate(problem.places)}
    number = {one.key: at for at, one in enumerate(problem.requests)}
    for at, one in enumerate(problem.vehicles):
        steps = _steps((begun or {}).get(one.key, []), number)
        asked.add_vehicle(
            vroom.Vehicle(
                at,
                start=place[one.start],
                end=place[one.end],
                capacity=list(one.layouts[0]),
                skills={n for n, names in enumerate(classes) if one.kind in names},
                time_window=_window(one.shift),
                costs=vroom.VehicleCosts(fixed=BEGUN),
                **({"steps": steps} if steps else {}),
            )
        )
    for at, request in enumerate(problem.requests):
        weight = problem.rules.weight[request.level - 1]
        asked.add_shipment(
            _stop(2 * at, request, place, is_pickup=True),
            _stop(2 * at + 1, request, place, is_pickup=False),
            amount=vroom.Amount(list(request.load)),
            skills={classes.index(request.classes)},
            priority=weight,
        )
    limit = timedelta(seconds=seconds) if seconds else None
    found = asked.solve(exploration_level=level, nb_threads=1, timeout=limit).routes
    routes: Routes = {}
    for vehicle, kind, job in zip(
        found["vehicle_id"], found["type"], found["id"], strict=True
    ):
        if kind in ("pickup", "delivery"):
            key = problem.requests[int(job) // 2].key
            held = routes.setdefault(problem.vehicles[int(vehicle)].key, [])
            held.append((key, kind == "pickup"))
    return routes


def _classes(problem: Problem) -> list[tuple[str, ...]]:
    return sorted({request.classes for request in problem.requests})


def _window(window: Window) -> tuple[int, int]:
    return math.ceil(window.opens * 60 - 1e-6), int(window.closes * 60 + 1e-6)


def _steps(route: Sequence[tuple[str, bool]], number: Mapping[str, int]) -> list[Any]:
    """A route from which VROOM starts."""
    if not route:
        return []
    driven = [
        vroom.VehicleStepPickup(2 * number[key])
        if is_pickup
        else vroom.VehicleStepDelivery(2 * number[key] + 1)
        for key, is_pickup in route
    ]
    return [vroom.VehicleStepStart(), *driven, vroom.VehicleStepEnd()]


def _stop(
    job: int, request: Request, place: Mapping[str, int], *, is_pickup: bool
) -> Any:
    halt = request.pickup if is_pickup else request.drop
    opens, closes = _window(halt.window)
    return vroom.ShipmentStep(
        job,
        location=place[halt.place],
        default_service=round(halt.service * 60),
        time_windows=[vroom.TimeWindow(opens, closes)],
    )


def by_or_tools(problem: Problem, seconds: float) -> Routes:
    """Its routes after so many seconds; none where it has found none by then."""
    n, places = len(problem.requests), len(problem.places)
    place = {key: at for at, key in enumerate(problem.places)}
    ends = [place[one.start] for one in problem.vehicles]
    manager = pywrapcp.RoutingIndexManager(
        places + 2 * n, len(ends), ends, [place[one.end] for one in problem.vehicles]
    )
    routing = pywrapcp.RoutingModel(manager)
    _dimensions(problem, routing)
    clock = routing.GetDimensionOrDie("time")
    for at, one in enumerate(problem.vehicles):
        opens, closes = _window(one.shift)
        clock.CumulVar(routing.Start(at)).SetRange(opens, closes)
        clock.CumulVar(routing.End(at)).SetRange(opens, closes)
        routing.SetFixedCostOfVehicle(BEGUN, at)
    kinds = {
        names: [at for at, one in enumerate(problem.vehicles) if one.kind in names]
        for names in _classes(problem)
    }
    for at, request in enumerate(problem.requests):
        here, there = (manager.NodeToIndex(places + at + n * end) for end in (0, 1))
        _pair(problem, routing, clock, request, (here, there))
        for index in (here, there):
            routing.VehicleVar(index).SetValues([-1, *kinds[request.classes]])
    found = routing.SolveWithParameters(_asked(seconds))
    if found is None:
        return {}
    return {
        one.key: route
        for at, one in enumerate(problem.vehicles)
        if (route := _route(problem, manager, routing, found, at))
    }


def _dimensions(problem: Problem, routing: Any) -> None:
    """Ways, hours and seats; nodes are the places, then pickups, then drops."""
    place = {key: at for at, key in enumerate(problem.places)}
    halts = [one.pickup for one in problem.requests]
    halts += [one.drop for one in problem.requests]
    where = [*range(len(problem.places)), *(place[halt.place] for halt in halts)]
    ways = np.ceil(np.array(problem.minutes) * 60 - 1e-6).astype(int)
    ways = ways[np.ix_(where, where)]
    service = [0] * len(problem.places) + [round(halt.service * 60) for halt in halts]
    arcs = routing.RegisterTransitMatrix(ways.tolist())
    routing.SetArcCostEvaluatorOfAllVehicles(arcs)
    hours = routing.RegisterTransitMatrix((ways + np.array(service)[:, None]).tolist())
    routing.AddDimension(hours, 86400, 172800, False, "time")
    for seat in range(len(problem.seats)):
        load = [one.load[seat] for one in problem.requests]
        taken = [0] * len(problem.places) + load + [-one for one in load]
        room = [one.layouts[0][seat] for one in problem.vehicles]
        number = routing.RegisterUnaryTransitVector(taken)
        routing.AddDimensionWithVehicleCapacity(number, 0, room, True, f"seat {seat}")


def _pair(
    problem: Problem, routing: Any, clock: Any, request: Request, ends: tuple[int, int]
) -> None:
    """Pickup before drop, in one vehicle, no ride too long; or both left."""
    here, there = ends
    for index, halt in ((here, request.pickup), (there, request.drop)):
        clock.CumulVar(index).SetRange(*_window(halt.window))
    longest = int((longest_ride(problem, request) + request.pickup.service) * 60)
    routing.AddPickupAndDelivery(here, there)
    solver = routing.solver()
    solver.Add(routing.VehicleVar(here) == routing.VehicleVar(there))
    solver.Add(clock.CumulVar(here) <= clock.CumulVar(there))
    solver.Add(clock.CumulVar(there) - clock.CumulVar(here) <= longest)
    routing.AddDisjunction([here], LEFT * problem.rules.weight[request.level - 1])
    routing.AddDisjunction([there], 0)


def _asked(seconds: float) -> Any:
    asked = pywrapcp.DefaultRoutingSearchParameters()
    first = routing_enums_pb2.FirstSolutionStrategy
    local = routing_enums_pb2.LocalSearchMetaheuristic
    asked.first_solution_strategy = first.PARALLEL_CHEAPEST_INSERTION
    asked.local_search_metaheuristic = local.GUIDED_LOCAL_SEARCH
    asked.time_limit.FromMilliseconds(round(seconds * 1000))
    return asked


def _route(
    problem: Problem, manager: Any, routing: Any, found: Any, vehicle: int
) -> list[tuple[str, bool]]:
    index, route, places = routing.Start(vehicle), [], len(problem.places)
    n = len(problem.requests)
    while not routing.IsEnd(index):
        node = manager.IndexToNode(index) - places
        if node >= 0:
            route.append((problem.requests[node % n].key, node < n))
        index = found.Value(routing.NextVar(index))
    return route
