"""Cover at the size of a G20 week: how fast, how good, and does the checker agree?

    .venv/bin/python benchmarks/cover.py [--json] [--iterations 500]

The week is invented and seeded. ``relaxed`` asks for about a third of the hours that
120 officers may be with delegations, ``tight`` for 60 % or more.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from statistics import mean, median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from titian.planning.check.cover import violations
from titian.planning.cover import (
    Demand,
    Mode,
    Officer,
    Plan,
    Post,
    Problem,
    Span,
    solve,
)
from titian.planning.cover.construct import construct
from titian.planning.search import Iterations

BALI = timezone(timedelta(hours=8))
MONDAY = datetime(2022, 11, 12, tzinfo=BALI)
DAYS = 7
TONGUES = ("fr", "es", "ar", "zh", "ru", "ja", "ko", "pt", "de", "tr", "hi", "nl")
COMMON = ("A2", "B1", "B2", "B2", "C1", "C1", "C2")


@dataclass(frozen=True)
class Row:
    """What one run came to.

    ``construct_ms`` is the first plan alone, ``first_ms`` with a reason for each duty
    and gap (best of three), ``improve_s`` everything once with all the rounds.
    """

    week: str
    load: float
    construct_ms: float
    first_ms: float
    first_objective: dict[str, int]
    iterations: int
    improve_s: float
    objective: dict[str, int]
    duties: int
    gaps: int
    gap_hours: int
    faces_mean: float
    faces_max: int
    duty_hours_median: float
    violations: int


def week(seed: int, *, tight: bool, posts: int = 48, officers: int = 120) -> Problem:
    """An invented week of ``posts`` delegations and ``officers`` officers."""
    random = Random(seed)
    return Problem(
        MONDAY,
        MONDAY + timedelta(days=DAYS),
        tuple(_post(random, n, tight=tight) for n in range(posts)),
        tuple(_officer(random, n) for n in range(officers)),
    )


def _post(random: Random, number: int, *, tight: bool) -> Post:
    level = random.choice((1, 1, 2, 3, 4, 4, 5, 6, 7))
    arrives = MONDAY + timedelta(hours=random.randint(6, 20 if tight else 70))
    leaves = MONDAY + timedelta(hours=random.randint(150 if tight else 110, 165))
    wanted = [("en", "B2")] if random.random() < 0.5 else []
    if not wanted or random.random() < 0.3:
        wanted.append((random.choice(TONGUES), random.choice(("B1", "B2"))))
    opens, closes = (0, 24) if level == 1 and tight else (6, 24 if level < 3 else 23)
    return Post(
        f"D{number:02}",
        level,
        tuple(_demand(arrives, leaves, opens, closes)),
        tuple(wanted),
    )


def _demand(
    arrives: datetime, leaves: datetime, opens: int, closes: int
) -> list[Demand]:
    hour, told = timedelta(hours=1), [Demand(MONDAY, arrives, Mode.ON_CALL)]
    at = arrives
    while at < leaves:
        until, guarded = at, opens <= at.hour < closes
        while until < leaves and (opens <= until.hour < closes) == guarded:
            until += hour
        told.append(Demand(at, until, Mode.ATTACHED if guarded else Mode.ON_CALL))
        at = until
    return [*told, Demand(leaves, MONDAY + timedelta(days=DAYS), Mode.ON_CALL)]


def _officer(random: Random, number: int) -> Officer:
    languages = {"id": "C2", "en": random.choice(("B1", "B2", "C1", "C1", "C2"))}
    for tongue in random.sample(TONGUES, random.choice((1, 1, 2, 3))):
        languages[tongue] = random.choice(COMMON)
    away = []
    if random.random() < 0.15:
        start = MONDAY + timedelta(hours=random.randint(0, 140))
        away.append(Span(start, start + timedelta(hours=random.randint(6, 24))))
    return Officer(
        f"LO{number:03}",
        languages,
        clearance=random.choice((1, 1, 1, 2, 3, 4, 5)),
        licence=random.random() < 0.4,
        unavailable=tuple(away),
        travel_minutes=random.randint(5, 90),
    )


def load_of(problem: Problem) -> float:
    """Attached hours asked for, over those allowed: ten a day on six days of seven."""
    hour = timedelta(hours=1)
    asked = sum(
        (d.end - d.start) / hour
        for post in problem.posts
        for d in post.demand
        if d.mode is Mode.ATTACHED
    )
    return asked / (len(problem.officers) * 10 * 6)


def measured(name: str, problem: Problem, iterations: int, seed: int = 42) -> Row:
    """Solve twice, without improvement and with; check the better plan."""
    construct_s = min(_seconds(lambda: construct(problem)) for _time in range(3))
    first = solve(problem, stop=Iterations(0), seed=seed)
    first_s = min(
        _seconds(lambda: solve(problem, stop=Iterations(0), seed=seed))
        for _time in range(3)
    )
    start = perf_counter()
    plan = solve(problem, stop=Iterations(iterations), seed=seed)
    seconds = construct_s, first_s, perf_counter() - start
    return _row(name, problem, first, plan, seconds)


def _seconds(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start


def _row(
    name: str,
    problem: Problem,
    first: Plan,
    plan: Plan,
    seconds: tuple[float, float, float],
) -> Row:
    hour = timedelta(hours=1)
    faces: dict[str, set[str]] = {post.key: set() for post in problem.posts}
    attached = [duty for duty in plan.duties if duty.mode is Mode.ATTACHED]
    for duty in attached:
        faces[duty.post].add(duty.officer)
    counts = [len(found) for found in faces.values()]
    return Row(
        week=name,
        load=round(load_of(problem), 3),
        construct_ms=round(seconds[0] * 1000, 1),
        first_ms=round(seconds[1] * 1000, 1),
        first_objective=dict(first.objective),
        iterations=plan.iterations,
        improve_s=round(seconds[2], 2),
        objective=dict(plan.objective),
        duties=len(plan.duties),
        gaps=len(plan.gaps),
        gap_hours=int(sum((gap.end - gap.start) / hour for gap in plan.gaps)),
        faces_mean=round(mean(counts), 2),
        faces_max=max(counts),
        duty_hours_median=median((d.end - d.start) / hour for d in attached),
        violations=len(violations(problem, plan)),
    )


def main(words: Sequence[str] | None = None) -> int:
    """Print a table, or JSON; 1 if the checker finds a violation."""
    reader = argparse.ArgumentParser(description="Cover for an invented week.")
    reader.add_argument("--json", action="store_true")
    reader.add_argument("--iterations", type=int, default=500)
    reader.add_argument("--seed", type=int, default=1, help="of the invented week")
    chosen = reader.parse_args(words)
    rows = [
        measured(name, week(chosen.seed, tight=name == "tight"), chosen.iterations)
        for name in ("relaxed", "tight")
    ]
    if chosen.json:
        print(json.dumps([asdict(row) for row in rows], indent=2))
    else:
        for row in rows:
            for key, value in asdict(row).items():
                print(f"{key:>20}  {value}")
            print()
    return 1 if any(row.violations for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
