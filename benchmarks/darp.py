"""Dial-a-ride on public instances: how near to the best known, with no ride too long?

    python3 run.py bench darp FILE... [--seconds 5] [--seed 1] [--json] [--cpu]
                              [--again 20]

Files are in the format of Cordeau (2006). OR-tools, where it is installed, has the same
seconds; the independent checker looks at both. With ``--json`` one object a file, the
routes in the file's own numbers without the depot, and no peer unless ``--peer``.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
sys.path.insert(0, str(Path(__file__).parent))

from alike import alike, is_alike, take_again
from darp_files import Instance, best_known, read

from titian.planning.check.trips import violations
from titian.planning.search import Iterations, Seconds
from titian.planning.trips import Plan, as_data, solve
from titian.planning.warming import warm


def solved(
    instance: Instance, chosen: argparse.Namespace
) -> tuple[dict[str, Any], Plan]:
    """Our own answer, checked."""
    clock = process_time if chosen.cpu else perf_counter
    problem = instance.problem()
    rounds = chosen.rounds
    stop = Iterations(rounds) if rounds else Seconds(chosen.seconds, clock)
    solve(problem, stop=Iterations(0))  # the compiled kernels are loaded
    begun = clock()
    plan = solve(problem, stop=stop, seed=chosen.seed)
    found = judged(instance, plan, clock() - begun)
    if chosen.again:
        few = Iterations(rounds or 2)
        found["same"] = alike(
            chosen.again,
            lambda: as_data(solve(problem, stop=few, seed=chosen.seed)),
        )
    return found, plan


def judged(instance: Instance, plan: Plan, seconds: float) -> dict[str, Any]:
    """What the checker and the best known say of a plan."""
    broken = violations(instance.problem(), plan)
    cost = dict(plan.objective)["distance"]
    found: dict[str, Any] = {
        "instance": instance.name,
        "cost": round(cost, 4),
        "feasible": not broken and not plan.unserved,
        "routes": instance.routes(plan),
        "seconds": round(seconds, 2),
        "unserved": len(plan.unserved),
        "rides_broken": sum(one.code == "ride" for one in broken),
        "broken": sorted({one.code for one in broken}),
        "iterations": plan.iterations,
    }
    best = best_known(instance.name)
    if best:
        found["best"], found["best_is"] = best
        found["gap"] = round(100 * (cost / best[0] - 1), 3)
    return found


def line(who: str, found: dict[str, Any]) -> str:
    """One answer on one line."""
    gap = f"{found['gap']:+7.3f} %" if "gap" in found else "        -"
    known = f"{found['best']:9.2f} {found['best_is']}" if "best" in found else ""
    verdict = (
        "kept"
        if found["feasible"]
        else "broken: "
        + (", ".join(found["broken"]) or f"{found['unserved']} unserved")
    )
    return (
        f"{found['instance']:8} {who:9} {found['cost']:10.2f} {gap}  {known:20} "
        f"{found['seconds']:6.1f} s  {verdict}"
    )


def main(words: Sequence[str] | None = None) -> int:
    """Print a line or an object a file; 1 if a plan of ours breaks a rule."""
    reader = argparse.ArgumentParser(description="Dial-a-ride on public instances.")
    reader.add_argument("files", nargs="+", type=Path)
    reader.add_argument("--seconds", type=float, default=5.0)
    reader.add_argument("--rounds", type=int, help="instead of seconds: 200 steps each")
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--json", action="store_true")
    reader.add_argument("--cpu", action="store_true", help="count seconds of one core")
    reader.add_argument("--peer", action=argparse.BooleanOptionalAction, default=None)
    take_again(reader)
    chosen = reader.parse_args(words)
    warm()
    wants_peer = not chosen.json if chosen.peer is None else chosen.peer
    gaps: dict[str, list[float]] = {"titian": [], "or-tools": []}
    bad = 0
    for path in chosen.files:
        instance = read(path)
        answers = [("titian", solved(instance, chosen)[0])]
        if wants_peer and find_spec("ortools"):
            answers.append(("or-tools", _peer(instance, chosen)))
        bad += not answers[0][1]["feasible"]
        bad += not is_alike(answers[0][1].get("same", "0 of 0"))
        for who, found in answers:
            if found.get("best_is") == "confirmed" and found["feasible"]:
                gaps[who].append(found["gap"])
            told = {"solver": who, **found} if wants_peer else found
            print(json.dumps(told) if chosen.json else line(who, found), flush=True)
    if not chosen.json:
        _sum_up(gaps)
    return 1 if bad else 0


def _peer(instance: Instance, chosen: argparse.Namespace) -> dict[str, Any]:
    """OR-tools on the same file, for the same seconds."""
    from darp_peer import routes_of  # noqa: PLC0415 - only where it is installed

    clock = process_time if chosen.cpu else perf_counter
    begun = clock()
    routes, cost = routes_of(instance, chosen.seconds, clock)
    return judged(instance, instance.plan(routes, cost), clock() - begun)


def _sum_up(gaps: dict[str, list[float]]) -> None:
    for who, found in gaps.items():
        if found:
            mean = sum(found) / len(found)
            print(f"{who}: mean gap {mean:+.3f} % to {len(found)} confirmed values")


if __name__ == "__main__":
    sys.exit(main())
