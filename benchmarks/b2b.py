"""Bilaterals on public instances, and at a summit: breaks, refusals, a leader late.

    python3 run.py bench b2b FILE... [--seconds 40] [--seed 1] [--json] [--peer]
                             [--again 20]
    python3 run.py bench b2b --summit 200 [--seconds 10] [--json] [--peer]

Files are those of Bofill et al. (2014). With ``--json`` one object a file, meetings,
slots and tables in the file's own numbers, from 1 on. CP-SAT, where it is asked for,
has the same seconds and both cores; the independent checker looks at all of ours.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
sys.path.insert(0, str(Path(__file__).parent))

from alike import alike, is_alike, take_again
from b2b_files import Instance, read
from b2b_summit import late, summit

from titian.planning.bilaterals import Plan, Problem, as_data, repair, solve
from titian.planning.bilaterals.bound import least_breaks
from titian.planning.check.bilaterals import violations
from titian.planning.search import Iterations, Seconds
from titian.planning.warming import warm

PROVED_IN = 20.0  # seconds that the peer has to prove the fewest moves of a case


def main(words: Sequence[str] | None = None) -> int:
    """Print a line or an object a file; 1 if a plan of ours breaks a rule."""
    reader = argparse.ArgumentParser(description="Bilaterals.")
    reader.add_argument("files", nargs="*", type=Path)
    reader.add_argument("--summit", type=int, help="invented meetings, with no file")
    reader.add_argument("--seconds", type=float, default=40.0)
    reader.add_argument("--rounds", type=int, help="instead of seconds")
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--cases", type=int, default=12, help="leaders who are late")
    reader.add_argument("--json", action="store_true")
    reader.add_argument("--cpu", action="store_true", help="count seconds of one core")
    reader.add_argument("--peer", action="store_true")
    take_again(reader)
    chosen = reader.parse_args(words)
    warm()
    if chosen.peer and not find_spec("ortools"):
        reader.error("The peer is not installed here: use run.py bench.")
    bad = 0
    for found in _answers(chosen):
        bad += not found["feasible"] or not is_alike(found["same"])
        print(json.dumps(found) if chosen.json else _line(found), flush=True)
    return 1 if bad else 0


def _answers(chosen: argparse.Namespace) -> Any:
    for path in chosen.files:
        yield of_file(read(path), chosen)
    if chosen.summit:
        yield of_summit(chosen)


def solved(
    problem: Problem, chosen: argparse.Namespace
) -> tuple[Plan, float, float | None]:
    """Our plan, the seconds it took, and those until nothing was refused."""
    clock = process_time if chosen.cpu else perf_counter
    rounds = chosen.rounds
    stop = Iterations(rounds) if rounds else Seconds(chosen.seconds, clock)
    solve(problem, stop=Iterations(0))  # the compiled kernels are loaded
    begun = clock()
    whole: list[float] = []

    def told(plan: Plan) -> None:
        levels = dict(plan.objective)
        if not whole and not levels["refused"] and not levels["uneven"]:
            whole.append(round(clock() - begun, 3))

    told(solve(problem, stop=Iterations(0), seed=chosen.seed))
    begun = clock()
    plan = solve(problem, stop=stop, seed=chosen.seed, progress=told)
    return plan, clock() - begun, whole[0] if whole else None


def of_file(instance: Instance, chosen: argparse.Namespace) -> dict[str, Any]:
    """Our own answer to a file, checked; beside it the peer's."""
    problem = instance.problem()
    plan, seconds, whole = solved(problem, chosen)
    levels = dict(plan.objective)
    broken = sorted({one.code for one in violations(problem, plan)})
    bound = least_breaks(problem)
    found = {
        "instance": instance.name,
        "breaks": int(levels["breaks"]),
        "feasible": not broken and not plan.refused and not levels["uneven"],
        "schedule": instance.schedule(plan),
        "seconds": round(seconds, 2),
        "first": whole,
        "bound": bound,
        "proved": not plan.refused and levels["breaks"] == bound,
        "broken": broken,
        "same": _same(problem, chosen),
    }
    if chosen.peer:
        from b2b_peer import alone  # noqa: PLC0415 - only where it is installed

        found["peer"] = alone(problem, chosen.seconds, must_hold=True)
    return found


def of_summit(chosen: argparse.Namespace) -> dict[str, Any]:
    """The timetable of an invented summit, and its leaders late, one at a time."""
    problem = summit(chosen.summit, chosen.seed)
    begun = perf_counter()
    first = solve(problem, stop=Iterations(0))
    took = perf_counter() - begun
    plan, seconds, _whole = solved(problem, chosen)
    broken = {v.code for one in (first, plan) for v in violations(problem, one)}
    cases = [_late(problem, plan, case, chosen) for case in range(chosen.cases)]
    spent = [case["ms"] for case in cases]
    found: dict[str, Any] = {
        "instance": f"summit-{chosen.summit}-{chosen.seed}",
        "feasible": not broken and not any(case["violations"] for case in cases),
        "first_ms": round(took * 1000),
        "first": dict(first.objective),
        "seconds": round(seconds, 2),
        **dict(plan.objective),
        "refused_meetings": len(plan.refused),
        "late_cases": len(cases),
        "late_ms_median": round(median(spent)),
        "late_ms_p95": round(quantiles(spent, n=20, method="inclusive")[-1]),
        "late_in_need": sum(case["need"] for case in cases),
        "late_lost": sum(case["lost"] for case in cases),
        "late_others_told": sum(case["told"] for case in cases),
        "broken": sorted(broken),
        "same": _same(problem, chosen),
    }
    if chosen.peer:
        from b2b_peer import alone  # noqa: PLC0415 - only where it is installed

        found["peer"] = alone(problem, chosen.seconds, must_hold=False)
        found["late_peer"] = [case["peer"] for case in cases]
    return found


def _same(problem: Problem, chosen: argparse.Namespace) -> str:
    """How many of the plans asked for are the first to the byte, a few rounds each."""
    few, seed = Iterations(chosen.rounds or 2), chosen.seed
    return alike(chosen.again, lambda: as_data(solve(problem, stop=few, seed=seed)))


def _late(
    problem: Problem, plan: Plan, case: int, chosen: argparse.Namespace
) -> dict[str, Any]:
    changed = late(problem, case)
    begun = perf_counter()
    best = repair(changed, plan)[0]
    spent = perf_counter() - begun
    found: dict[str, Any] = {
        "ms": spent * 1000,
        "need": len(best.moved),
        "lost": len(best.lost),
        "told": len(best.told),
        "violations": len(violations(changed, best.plan, told=best.burden)),
    }
    if chosen.peer and best.moved:
        from b2b_peer import fewest_moved  # noqa: PLC0415 - only where it is installed

        held = tuple(one for one in plan.held if one.meeting not in best.moved)
        weight = {one.key: one.weight or 0 for one in changed.meetings}
        ours = float(sum(weight[key] for key in best.lost)), len(best.told)
        proved = fewest_moved(changed, held, best.moved, PROVED_IN)
        found["peer"] = {"ours": ours, "proved": proved}
    return found | {"peer": found.get("peer")}


def _line(found: dict[str, Any]) -> str:
    """One answer on one line, without the timetable itself."""
    told = {key: value for key, value in found.items() if key != "schedule"}
    return "  ".join(f"{key} {value}" for key, value in told.items())


if __name__ == "__main__":
    sys.exit(main())
