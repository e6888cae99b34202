"""From a problem to a plan: construct, then ruin and recreate."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from titian.planning.search import Cooling, Iterations, Stop, anneal
from titian.planning.trips.model import ENGINE, Plan, Problem, input_hash

STEPS = 200  # of ruin and recreate in a round of a stop rule
ROUNDS = 50
HOT, COLD = 1.0, 0.01  # in mean kilometres between stops

type Progress = Callable[[Plan], None]


def engine(problem: Problem, *said: Any, **how: Any) -> Any:
    """The compiled half of trips; numba is not loaded before the first plan is made."""
    kernels = import_module("titian.planning.trips.kernel.engine")
    return kernels.Engine(problem, *said, **how)


def announced(*said: Any) -> Any:
    """What people were told: vehicle, pickup and weight by request, and tolerance."""
    return import_module("titian.planning.trips.kernel.gather").Announced(*said)


def solve(
    problem: Problem,
    *,
    stop: Stop | None = None,
    seed: int = 42,
    progress: Progress | None = None,
) -> Plan:
    """Plan who is driven by whom, each ride as short as promised.

    Parameters
    ----------
    problem
        ``n`` requests, ``m`` vehicles, ``p`` places; minutes and kilometres.
    stop
        When to stop improving the first plan, asked every 200 steps; 50 times 200 if
        not said. Rules that know their end cool the search towards it.
    seed
        The same problem, seed and number of rounds give the same plan, byte for byte.
    progress
        Given the best plan so far whenever a round has found one.

    Returns
    -------
    Plan
        Every window, ride, duty, break and seat is kept, motorcades are whole; whom
        that leaves no place is unserved. Trips in the order of the problem's vehicles.

    Raises
    ------
    ValueError
        If the problem has requests and no way to number its places.

    Notes
    -----
    The dial-a-ride problem of Cordeau & Laporte (2003) with the tests of Cordeau
    (2006), made exact by a least fixed point over difference constraints. Insertion at
    least cost, then slack induction by string removals (Christiaens & Vanden Berghe
    2020). A step is O(r · m · w³) at worst for ``r`` guests taken out and ``w`` stops
    in a route; most places are refused in O(1), and routes that stay are remembered.
    Motorcades are put in first, whole, and stay where they are.
    """
    stop = stop or Iterations(ROUNDS)
    found = engine(problem, seed=seed)
    found.construct()
    rounds = anneal(
        found,
        stop,
        Cooling(STEPS, HOT, COLD, found.reach()),
        told=lambda at: _told(progress, problem, found, seed, at),
    )
    return made(problem, found, seed, rounds * STEPS)


def made(
    problem: Problem,
    found: Any,
    seed: int,
    iterations: int,
    hashed: str | None = None,
) -> Plan:
    """The best routes as a plan; ``hashed`` where the problem's hash is known."""
    found.disband()
    return Plan(
        trips=found.trips(),
        unserved=found.unserved(),
        objective=found.objective(),
        seed=seed,
        engine=ENGINE,
        input_hash=hashed or input_hash(problem),
        iterations=iterations,
    )


def _told(
    progress: Progress | None, problem: Problem, found: Any, seed: int, rounds: int
) -> None:
    if progress:
        progress(made(problem, found, seed, rounds * STEPS))
