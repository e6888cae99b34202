"""From a problem to a timetable: construct, then change it, worse at first."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from titian.planning.bilaterals.bound import least_breaks
from titian.planning.bilaterals.explain import refusals
from titian.planning.bilaterals.model import (
    ENGINE,
    Plan,
    Problem,
    input_hash,
    weights,
)
from titian.planning.search import Cooling, Iterations, Stop, anneal

STEPS = 20_000  # of the walk in a round of a stop rule
ROUNDS = 50
HOT, COLD = 1.2, 0.08  # in breaks

type Progress = Callable[[Plan], None]


def engine(problem: Problem, told: Mapping[str, float], *, seed: int = 42) -> Any:
    """The compiled half; numba is not loaded before the first timetable is made."""
    kernels = import_module("titian.planning.bilaterals.kernel.engine")
    return kernels.Engine(problem, told, seed=seed)


def solve(
    problem: Problem,
    *,
    stop: Stop | None = None,
    seed: int = 42,
    progress: Progress | None = None,
) -> Plan:
    """Propose who meets whom, when and where, and say why of all that is refused.

    Parameters
    ----------
    problem
        ``n`` meetings of ``p`` leaders in ``r`` rooms and ``t`` slots.
    stop
        When to stop improving the first timetable, asked every 20,000 steps; 50 times
        20,000 if not said. Rules that know their end cool the search towards it. A
        timetable in which nothing could be better ends it at once.
    seed
        The same problem, seed and number of rounds give the same plan, byte for byte.
    progress
        Given the best plan so far whenever a round has found one.

    Returns
    -------
    Plan
        Every rule is kept; a meeting for which that leaves no place is refused.

    Notes
    -----
    Meetings are edges between leaders and slots are colours, with rooms, lengths and
    hours besides (Bofill et al., "Scheduling B2B meetings", CP 2014). Greedy insertion,
    then simulated annealing over chains (Kempe 1879) and partial timetables (Blöchliger
    & Zufferey 2008). A step is O(c · (l + pause)) for ``c`` meetings that change
    places, each of ``l`` slots.
    """
    stop = stop or Iterations(ROUNDS)
    found = engine(problem, weights(problem), seed=seed)
    found.load(problem.announced)
    found.construct()

    def tell(rounds: int) -> None:
        if progress:
            progress(made(problem, found, seed, rounds * STEPS))

    least = least_breaks(problem)
    rounds = anneal(
        found,
        stop,
        Cooling(STEPS, HOT, COLD),
        told=tell,
        is_done=lambda: found.is_perfect(least),
    )
    return made(problem, found, seed, rounds * STEPS)


def made(
    problem: Problem,
    found: Any,
    seed: int,
    iterations: int,
    hashed: str | None = None,
) -> Plan:
    """The best timetable as a plan; ``hashed`` where the problem's hash is known."""
    held = found.held()
    return Plan(
        held=held,
        refused=refusals(problem, held),
        objective=found.objective(),
        seed=seed,
        engine=ENGINE,
        input_hash=hashed or input_hash(problem),
        iterations=iterations,
    )
