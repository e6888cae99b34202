"""Every kernel of trips called once."""

from dataclasses import replace

from titian.planning.search import Iterations
from titian.planning.trips.explain import impossible, why
from titian.planning.trips.model import Halt, Problem, Request, Vehicle, Window
from titian.planning.trips.repair import repair
from titian.planning.trips.solving import solve

PLACES = ("here", "there")
WAYS = ((0.0, 9.0), (9.0, 0.0))
NOW = Halt("here", Window(0, 1))


def call_all() -> None:
    """Compile what is not kept yet."""
    problem = _day()
    plan = solve(problem, stop=Iterations(1))
    why(problem, plan, plan.trips[0].stops[0].request)
    impossible(problem, plan, "too many")
    repair(replace(problem, vehicles=problem.vehicles[1:]), plan)


def _day() -> Problem:
    """Two to drive, and three that no car can seat: some will be in need."""
    people = [("one", 1), ("two", 1), ("too many", 9)]
    return Problem(
        tuple(Request(key, 4, NOW, Halt("there"), (size,)) for key, size in people),
        tuple(Vehicle(f"{n}", "car", ((1,),), "here", "here") for n in range(2)),
        PLACES,
        WAYS,
    )
