"""A day of guest transport beside VROOM and OR-tools, and one late flight.

    python3 run.py bench guest_transport [--requests 600 1500] [--vehicles 500]
                         [--seconds 30] [--seed 3] [--again 20] [--peer] [--json]

The day is invented and seeded. Every solver has one thread and the same seconds, and
the independent checker looks at every plan: who is unserved, whose ride is longer than
promised, how many vehicles leave, how far they drive. Then five guests of one flight
land 90 minutes late: how many others get another vehicle, or another minute, when our
plan is repaired, and when each solver solves its own day again.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import mean
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
sys.path.insert(0, str(Path(__file__).parent))

from alike import alike, is_alike, take_again
from transport_day import late_flight, transport_day
from transport_judged import judged

from titian.planning.check.trips import violations
from titian.planning.search import Iterations, Seconds
from titian.planning.trips import Plan, Problem, as_data, repair, solve
from titian.planning.warming import warm

type Solver = Callable[[Problem], Plan]


def solvers(chosen: argparse.Namespace) -> dict[str, Solver]:
    """Whoever is here, each with the same seconds; we come first."""
    found: dict[str, Solver] = {
        "titian": lambda day: solve(
            day, stop=Seconds(chosen.seconds, perf_counter), seed=chosen.seed
        )
    }
    wanted = not chosen.json if chosen.peer is None else chosen.peer
    if wanted and find_spec("vroom") and find_spec("ortools"):
        from transport_peers import (  # noqa: PLC0415 - only where they are installed
            by_or_tools,
            by_vroom,
        )

        found["vroom"] = lambda day: judged(day, by_vroom(day, chosen.seconds))
        found["or-tools"] = lambda day: judged(day, by_or_tools(day, chosen.seconds))
    return found


def told(day: Problem, plan: Plan, seconds: float) -> dict[str, Any]:
    """What the checker says of a plan, and what it comes to."""
    broken = violations(day, plan)
    value = dict(plan.objective)
    return {
        "unserved": len(plan.unserved),
        "unserved_weight": int(value["unserved"]),
        "rides_broken": sum(one.code == "ride" for one in broken),
        "other_rules_broken": sum(one.code != "ride" for one in broken),
        "vehicles": int(value["vehicles"]),
        "kilometres": round(value["distance"], 1),
        "seconds": round(seconds, 1),
    }


def measured(chosen: argparse.Namespace, requests: int) -> dict[str, Any]:
    """One day: every solver's plan, then one late flight after the other."""
    day = transport_day(requests, chosen.vehicles, chosen.seed)
    solve(day, stop=Iterations(0))  # the compiled kernels are loaded
    plans, found = {}, {}
    for who, solver in solvers(chosen).items():
        begun = perf_counter()
        plans[who] = solver(day)
        found[who] = told(day, plans[who], perf_counter() - begun)
    return {
        "requests": requests,
        "vehicles": chosen.vehicles,
        "seed": chosen.seed,
        "solvers": found,
        "late_flight": late(chosen, day, plans),
        "same": alike(chosen.again, lambda: _few_rounds(day, chosen.seed)),
    }


def _few_rounds(day: Problem, seed: int) -> Any:
    return as_data(solve(day, stop=Iterations(1), seed=seed))


def late(
    chosen: argparse.Namespace, day: Problem, plans: dict[str, Plan]
) -> dict[str, Any]:
    """How many others notice: the mean of a few late flights."""
    cases = [late_flight(day, case) for case in range(chosen.cases)]
    mended = [repair(one, plans["titian"])[0] for one in cases]
    broken = [
        violations(one, best.plan, told=best.burden)
        for one, best in zip(cases, mended, strict=True)
    ]
    found: dict[str, Any] = {
        "cases": len(cases),
        "titian_repaired": mean(len(one.told) for one in mended),
        "violations": sum(len(one) for one in broken),
    }
    again = cases[: chosen.solved_again]
    for who, solver in solvers(chosen).items():
        if again and plans[who].trips:
            moved = [others(day, one, plans[who], solver(one)) for one in again]
            found[f"{who}_again"] = round(mean(moved))
    return found


def others(day: Problem, late: Problem, before: Plan, after: Plan) -> int:
    """Whose vehicle, or minute by more than five, is another though nothing was new."""
    was, now = pickups(before), pickups(after)
    same = {
        new.key
        for new, old in zip(late.requests, day.requests, strict=True)
        if new == old
    }
    return sum(
        key not in now or now[key][0] != car or abs(now[key][1] - at) > 5
        for key, (car, at) in was.items()
        if key in same
    )


def pickups(plan: Plan) -> dict[str, tuple[str, float]]:
    """By guest, the vehicle and the minute."""
    return {
        stop.request: (trip.vehicle, stop.begins)
        for trip in plan.trips
        for stop in trip.stops
        if stop.is_pickup
    }


def shown(found: dict[str, Any]) -> None:
    """A table for people."""
    print(f"{found['requests']} requests, {found['vehicles']} vehicles")
    for who, row in found["solvers"].items():
        print(f"{who:>10}  " + "  ".join(f"{k} {v}" for k, v in row.items()))
    print(f"late flight: {found['late_flight']}; the same plan {found['same']}\n")


def main(words: Sequence[str] | None = None) -> int:
    """Print one table or object a day; 1 if a plan of ours breaks a rule."""
    reader = argparse.ArgumentParser(description="A day of guest transport.")
    reader.add_argument("--requests", type=int, nargs="+", default=[600, 1500])
    reader.add_argument("--vehicles", type=int, default=500)
    reader.add_argument("--seconds", type=float, default=30.0)
    reader.add_argument("--seed", type=int, default=3)
    reader.add_argument("--cases", type=int, default=5, help="late flights")
    reader.add_argument("--solved-again", type=int, default=1, help="of them, by all")
    reader.add_argument("--json", action="store_true")
    reader.add_argument("--peer", action=argparse.BooleanOptionalAction, default=None)
    take_again(reader)
    chosen = reader.parse_args(words)
    warm()
    bad = 0
    for requests in chosen.requests:
        found = measured(chosen, requests)
        ours = found["solvers"]["titian"]
        bad += ours["rides_broken"] + ours["other_rules_broken"]
        bad += found["late_flight"]["violations"] + (not is_alike(found["same"]))
        if chosen.json:
            print(json.dumps(found), flush=True)
        else:
            shown(found)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
