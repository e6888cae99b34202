"""A flight is late: how fast its guests are driven, and how many others notice.

    python3 run.py bench repair --module trips [--seed 1] [--again 20] [--json]

An invented day of 1,500 requests and 500 vehicles is planned, and five guests of one
flight land 90 minutes late, one case after another. Beside each repair stands the peer:
the same day planned again from nothing. Whom no vehicle could drive even alone is
counted apart, and so is the proven least of others told: one, where a late guest finds
no place in any vehicle while everybody else stays. The independent checker looks at
every repaired day.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from statistics import mean, median, quantiles
from time import perf_counter, process_time
from typing import Any

from alike import alike, is_alike, take_again
from transport_day import late_flight, transport_day

from titian.planning.check.trips import violations
from titian.planning.search import Iterations
from titian.planning.trips import Plan, Problem, Repair, as_data, repair, solve
from titian.planning.trips.repair import Standing
from titian.planning.warming import warm


def main(words: Sequence[str] | None = None) -> int:
    """Print what all cases came to; 1 if a repaired day breaks a rule."""
    reader = argparse.ArgumentParser(description="A late flight.")
    reader.add_argument("--module", choices=["trips"], default="trips")
    reader.add_argument("--seed", type=int, default=1, help="of the invented day")
    reader.add_argument("--requests", type=int, default=1500)
    reader.add_argument("--vehicles", type=int, default=500)
    reader.add_argument("--cases", type=int, default=40)
    reader.add_argument("--cpu", action="store_true", help="count seconds of one core")
    reader.add_argument("--json", action="store_true")
    take_again(reader)
    chosen = reader.parse_args(words)
    warm()
    found = measured(chosen)
    if chosen.json:
        print(json.dumps(found))
    else:
        for key, value in found.items():
            print(f"{key:>28}  {value}")
    return 1 if found["violations"] or not is_alike(found["same"]) else 0


def measured(chosen: argparse.Namespace) -> dict[str, Any]:
    """All cases of one day."""
    clock = process_time if chosen.cpu else perf_counter
    day = transport_day(chosen.requests, chosen.vehicles, chosen.seed)
    plan = solve(day, stop=Iterations(0))
    repair(late_flight(day, 0), plan)  # the compiled kernels are loaded
    rows = [_case(day, plan, case, clock) for case in range(chosen.cases)]
    spent = [row["ms"] for row in rows]
    again = [_again(day, plan, case) for case in range(min(3, chosen.cases))]
    return {
        "module": "trips",
        "requests": chosen.requests,
        "vehicles": chosen.vehicles,
        "seed": chosen.seed,
        "cases": len(rows),
        "ms_median": round(median(spent), 1),
        "ms_p95": round(quantiles(spent, n=20)[-1], 1),
        "ms_max": round(max(spent), 1),
        "late": sum(row["late"] for row in rows),
        "dropped": sum(row["dropped"] for row in rows),
        "impossible_for_any_vehicle": sum(row["impossible"] for row in rows),
        "others_told": sum(row["told"] for row in rows),
        "others_told_least": sum(row["least"] for row in rows),
        "others_told_by_solving_again": round(mean(again)),
        "violations": sum(row["violations"] for row in rows),
        "same": alike(
            chosen.again, lambda: as_data(repair(late_flight(day, 0), plan)[0])
        ),
    }


def _case(day: Problem, plan: Plan, case: int, clock: Any) -> dict[str, Any]:
    """One late flight, mended."""
    late = late_flight(day, case)
    begun = clock()
    best = repair(late, plan)[0]
    spent = clock() - begun
    left = [key for key in best.plan.unserved if key not in plan.unserved]
    hopeless = [key for key in left if _is_hopeless(late, key)]
    return {
        "ms": spent * 1000,
        "late": len(best.moved),
        "dropped": len(left) - len(hopeless),
        "impossible": len(hopeless),
        "told": len(best.told),
        "least": _least(late, plan, best),
        "violations": len(violations(late, best.plan, told=best.burden)),
    }


def _least(day: Problem, plan: Plan, best: Repair) -> int:
    """A proven least of others to be told, with nobody more left than there is now."""
    if not best.told:
        return 0
    standing = Standing(day, plan, 0.0, 42)
    found = standing.engine(round_about=())
    driven = {stop.request for trip in best.plan.trips for stop in trip.stops}
    return int(any(not found.prices(k) for k in standing.need(found) if k in driven))


def _is_hopeless(day: Problem, key: str) -> bool:
    """Whether no vehicle could drive the request if it were the only one."""
    alone = replace(day, requests=tuple(r for r in day.requests if r.key == key))
    return bool(solve(alone, stop=Iterations(0)).unserved)


def _again(day: Problem, plan: Plan, case: int) -> int:
    """How many others change vehicle or minute if the day is planned from nothing."""
    late = late_flight(day, case)
    changed = {
        new.key
        for new, old in zip(late.requests, day.requests, strict=True)
        if new != old
    }
    before, after = (_told(one) for one in (plan, solve(late, stop=Iterations(0))))
    return sum(
        key in after and (after[key][0] != vehicle or abs(after[key][1] - minute) > 5)
        for key, (vehicle, minute) in before.items()
        if key not in changed
    )


def _told(plan: Plan) -> dict[str, tuple[str, float]]:
    return {
        stop.request: (trip.vehicle, stop.begins)
        for trip in plan.trips
        for stop in trip.stops
        if stop.is_pickup
    }
