"""Why this vehicle, and why none: answers as codes and figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from titian.planning.trips.model import ENDLESS, Plan, Problem, Request
from titian.planning.trips.rules import LASTING, PASSING, lasting
from titian.planning.trips.solving import engine

FREE = "free"
SLACKS = tuple(rule.code for rule in (*LASTING, *PASSING))
MEASURED = ("window", "ride", "duty", "break")
ALONE = (("motorcade", 0.0),)
DAY = 1440.0
CLOSE = 0.5  # minutes to which a slack is said


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a request is driven by its vehicle.

    ``eligible`` could drive it instead, all else as it is, the cheapest first;
    ``ruled_out`` are all others with the code of the first rule in the way. ``regret``
    is what the swap to ``runner_up`` adds to each level of the objective.
    """

    request: str
    vehicle: str
    eligible: tuple[str, ...]
    ruled_out: tuple[tuple[str, str], ...]
    runner_up: str | None = None
    regret: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A smallest set of rules that stand between a request and any vehicle.

    ``slack`` are the rules with the minutes by which each must give, 0 for those that
    are not counted in minutes: with all of them relaxed ``vehicle`` can drive the
    request, with any one back in force nobody can. None of it if nothing would help.
    """

    request: str
    ruled_out: tuple[tuple[str, str], ...]
    slack: tuple[tuple[str, float], ...] = ()
    vehicle: str | None = None


def why(problem: Problem, plan: Plan, key: str) -> Reason:
    """Why the request is driven by its vehicle, all else in the plan as it is.

    O(m · w³). Raises ValueError if the plan does not drive the request.
    """
    holder = {
        stop.request: trip.vehicle for trip in plan.trips for stop in trip.stops
    }.get(key)
    found = engine(problem, round_about=())
    if holder is None or key not in found.number:
        raise ValueError(f"Nobody drives {key} in the plan.")
    found.load(plan.trips)
    before = found.objective()
    found.take(key)
    prices = [(price, problem.vehicles[row].key) for price, row in found.prices(key)]
    others = tuple(vehicle for _price, vehicle in prices if vehicle != holder)
    out = _ruled_out(problem, found, key, {holder, *others})
    if not others:
        return Reason(key, holder, others, out)
    found.put(key, found.vehicle[others[0]])
    found.hold()
    regret = tuple(
        (level, round(then - now, 6))
        for (level, now), (_level, then) in zip(before, found.objective(), strict=True)
        if abs(then - now) > 1e-6
    )
    return Reason(key, holder, others, out, others[0], regret)


def _ruled_out(
    problem: Problem, found: Any, key: str, but: set[str]
) -> tuple[tuple[str, str], ...]:
    """All vehicles but some, each with the first rule in the way."""
    request = problem.requests[found.number[key] - 1]
    return tuple(
        (vehicle.key, _first_rule(found, request, row))
        for row, vehicle in enumerate(problem.vehicles)
        if vehicle.key not in but
    )


def _first_rule(found: Any, request: Request, row: int) -> str:
    codes = lasting(request, found.problem.vehicles[row])
    if codes:
        return codes[0]
    broken: int = found.first_broken(request.key, row)
    if broken == len(PASSING):
        return FREE
    return _bound(found.problem, request.key, PASSING[broken].code)


def _bound(problem: Problem, key: str, code: str) -> str:
    """The code, or where that is "window", what binds the request to its minute."""
    if code != "window":
        return code
    if any(key in one.requests for one in problem.motorcades):
        return "motorcade"
    if any(key in one.requests for one in problem.shuttles):
        return "headway"
    return code


def impossible(problem: Problem, plan: Plan, key: str) -> Relaxation:
    """What would have to give for a request that the plan does not drive.

    Sets of rules are tried from the smallest, so none is named that need not give; each
    is relaxed for this request alone, but "duty", which is its driver's. Minutes are
    the least, to half a minute, one rule after the other. O(2ʳ · m · w³) for ``r``
    rules at worst; most often one or two rules stand in the way.

    Raises
    ------
    ValueError
        If the plan drives the request, or the problem does not have it.
    """
    found = engine(problem, round_about=())
    driven = {stop.request for trip in plan.trips for stop in trip.stops}
    if key in driven or key not in found.number:
        raise ValueError(f"{key} is not without a vehicle.")
    found.load(plan.trips)
    out = _ruled_out(problem, found, key, set())
    rules = _rules_of(problem)
    for size in range(len(rules) + 1):
        for codes in combinations(rules, size):
            row = _helped(found, key, dict.fromkeys(codes, ENDLESS))
            if row is not None:
                slack = _least(found, key, codes)
                row = _helped(found, key, slack)
                name = None if row is None else problem.vehicles[row].key
                told = [
                    (_bound(problem, key, c), slack[c] if c in MEASURED else 0.0)
                    for c in codes
                ]
                # It could be driven: then others of its motorcade could not.
                return Relaxation(key, out, tuple(told or ALONE), name)
    return Relaxation(key, out)


def _rules_of(problem: Problem) -> list[str]:
    """The rules that might give: none that nobody has to keep."""
    has_breaks = any(vehicle.breaks for vehicle in problem.vehicles)
    return [code for code in SLACKS if code != "break" or has_breaks]


def _helped(found: Any, key: str, slack: Mapping[str, float]) -> int | None:
    """The cheapest vehicle that can drive the request if these rules give."""
    with found.relaxed(key, slack):
        prices = found.prices(key)
    return prices[0][1] if prices else None


def _least(found: Any, key: str, codes: tuple[str, ...]) -> dict[str, float]:
    """The fewest minutes by which each rule must give, halved until they are close."""
    slack = dict.fromkeys(codes, ENDLESS)
    for code in codes:
        if code not in MEASURED:
            continue
        low, high = 0.0, DAY
        if _helped(found, key, {**slack, code: high}) is None:
            continue
        while high - low > CLOSE:
            middle = (low + high) / 2
            if _helped(found, key, {**slack, code: middle}) is None:
                low = middle
            else:
                high = middle
        slack[code] = high
    return slack
