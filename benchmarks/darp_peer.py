"""OR-tools' routing library on a dial-a-ride instance, with the rides it promises."""

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from darp_files import Instance
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

SCALE = 100  # of a minute, and of a kilometre: it counts in whole numbers
LEFT = 10**7  # what it pays to leave a guest where they are


def routes_of(
    instance: Instance, seconds: float, clock: Callable[[], float]
) -> tuple[list[list[int]], float]:
    """Its routes after ``seconds`` of the clock; nothing where it finds none."""
    until = clock() + seconds
    manager, routing = _model(instance)
    asked = pywrapcp.DefaultRoutingSearchParameters()
    first = routing_enums_pb2.FirstSolutionStrategy
    local = routing_enums_pb2.LocalSearchMetaheuristic
    asked.first_solution_strategy = first.PARALLEL_CHEAPEST_INSERTION
    asked.local_search_metaheuristic = local.GUIDED_LOCAL_SEARCH
    asked.time_limit.FromSeconds(60 * int(seconds + 1))  # or it warns of having none
    limit = routing.solver().CustomLimit(lambda: clock() >= until)
    routing.AddSearchMonitor(limit)
    found = routing.SolveWithParameters(asked)
    if found is None:
        return [], 0.0
    routes = [_route(manager, routing, found, v) for v in range(instance.vehicles)]
    return routes, sum(_cost(instance, route) for route in routes if route)


def _model(instance: Instance) -> tuple[Any, Any]:
    nodes, n = instance.nodes[:-1], instance.requests
    manager = pywrapcp.RoutingIndexManager(len(nodes), instance.vehicles, 0)
    routing = pywrapcp.RoutingModel(manager)
    ways = [[math.dist((a.x, a.y), (b.x, b.y)) for b in nodes] for a in nodes]
    cost = [[round(way * SCALE) for way in row] for row in ways]
    time = [
        [math.ceil((here.service + way) * SCALE - 1e-6) for way in row]
        for here, row in zip(nodes, ways, strict=True)
    ]
    arcs = routing.RegisterTransitMatrix(cost)
    routing.SetArcCostEvaluatorOfAllVehicles(arcs)
    load = routing.RegisterUnaryTransitVector([node.load for node in nodes])
    routing.AddDimension(load, 0, instance.capacity, True, "load")
    horizon = int(nodes[0].closes * SCALE)
    routing.AddDimension(
        routing.RegisterTransitMatrix(time), horizon, horizon, False, "time"
    )
    clock = routing.GetDimensionOrDie("time")
    for vehicle in range(instance.vehicles):
        clock.SetSpanUpperBoundForVehicle(int(instance.longest * SCALE), vehicle)
    for node in range(1, 2 * n + 1):
        index, at = manager.NodeToIndex(node), nodes[node]
        clock.CumulVar(index).SetRange(
            math.ceil(at.opens * SCALE), int(at.closes * SCALE)
        )
    for pickup in range(1, n + 1):
        _pair(instance, manager, routing, clock, pickup)
    return manager, routing


def _pair(
    instance: Instance, manager: Any, routing: Any, clock: Any, pickup: int
) -> None:
    here = manager.NodeToIndex(pickup)
    there = manager.NodeToIndex(pickup + instance.requests)
    service = instance.nodes[pickup].service
    longest = int((instance.ride + service) * SCALE)
    routing.AddPickupAndDelivery(here, there)
    solver = routing.solver()
    solver.Add(routing.VehicleVar(here) == routing.VehicleVar(there))
    solver.Add(clock.CumulVar(here) <= clock.CumulVar(there))
    solver.Add(clock.CumulVar(there) - clock.CumulVar(here) <= longest)
    routing.AddDisjunction([here], LEFT)
    routing.AddDisjunction([there], 0)


def _route(manager: Any, routing: Any, found: Any, vehicle: int) -> list[int]:
    index, route = routing.Start(vehicle), []
    while not routing.IsEnd(index):
        if node := manager.IndexToNode(index):
            route.append(node)
        index = found.Value(routing.NextVar(index))
    return route


def _cost(instance: Instance, route: list[int]) -> float:
    row = [instance.nodes[node] for node in (0, *route, 0)]
    return sum(math.dist((a.x, a.y), (b.x, b.y)) for a, b in pairwise(row))
