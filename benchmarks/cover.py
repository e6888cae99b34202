"""Cover at the size of a G20 or of a Games: how fast, how good, is any rule broken?

    python3 run.py bench cover [--size {g20,games}] [--load {0.24,0.6}] [--seed 1]
                               [--seconds 10] [--again 20] [--peer] [--json]

The week is invented and seeded: as many delegations as make the load, which is the
hours to be with them over those that ``--officers`` may be (ten a day, six days of
seven). A first plan, then the better one after ``--seconds``, looked at by the
independent checker; the same plan ``--again``, byte for byte; the slowest explanation.
CP-SAT, where it is installed, has a minute for the same week; with ``--json`` and for
Games only where asked (``--peer``).
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, timezone
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from random import Random
from statistics import mean, median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
sys.path.insert(0, str(Path(__file__).parent))

from alike import alike, is_alike, take_again

from titian.planning.check.cover import violations
from titian.planning.cover import (
    Demand,
    Duty,
    Mode,
    Officer,
    Plan,
    Post,
    Problem,
    Span,
    as_data,
    impossible,
    solve,
    why,
)
from titian.planning.cover.construct import construct
from titian.planning.search import Iterations, Seconds

BALI = timezone(timedelta(hours=8))
MONDAY = datetime(2022, 11, 12, tzinfo=BALI)
DAYS = 7
HOUR = timedelta(hours=1)
PAID = 10 * 6  # hours of an officer in such a week
TONGUES = ("fr", "es", "ar", "zh", "ru", "ja", "ko", "pt", "de", "tr", "hi", "nl")
COMMON = ("A2", "B1", "B2", "B2", "C1", "C1", "C2")


TIGHT = 0.5  # from this load on the days are long, and leaders never alone
OFFICERS = {"g20": 200, "games": 1500}
QUICK = {"g20": 0.05, "games": 1.0}  # seconds for the first plan (T3)
EXPLAINED = 0.2  # seconds for an answer (T12)


@dataclass(frozen=True)
class Row:
    """What one run came to.

    ``construct_ms`` is the first plan alone, ``first_ms`` with a reason for each duty
    and gap. ``avoidable`` gaps are those that one officer could fill.
    """

    size: str
    seed: int
    load: float
    officers: int
    posts: int
    construct_ms: float
    construct_limit_ms: float
    first_ms: float
    first_objective: dict[str, int]
    seconds: float
    iterations: int
    objective: dict[str, int]
    duties: int
    gaps: int
    gap_hours: int
    avoidable: int
    faces_mean: float
    faces_max: int
    duty_hours_median: float
    violations: int
    same: str
    why_ms: float
    impossible_ms: float


def loaded(seed: int, load: float, officers: int) -> Problem:
    """A week with as many delegations as make the load."""
    random, posts, asked = Random(seed), 0, 0.0
    while asked < load * officers * PAID:
        asked += _attached(_post(random, posts, tight=load >= TIGHT))
        posts += 1
    return week(seed, tight=load >= TIGHT, posts=posts, officers=officers)


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
    asked = sum(_attached(post) for post in problem.posts)
    return asked / (len(problem.officers) * PAID)


def _attached(post: Post) -> float:
    """Hours in which somebody must be with the delegation."""
    held = (d for d in post.demand if d.mode is Mode.ATTACHED)
    return sum((d.end - d.start) / HOUR for d in held)


def measured(chosen: argparse.Namespace, problem: Problem) -> Row:
    """A first plan and a better one, both looked at."""
    construct(week(chosen.seed, tight=False, posts=2, officers=5))  # kernels are loaded
    best_of = 3 if len(problem.officers) < 500 else 1
    construct_s = min(_seconds(lambda: construct(problem)) for _time in range(best_of))
    begun = perf_counter()
    first = solve(problem, stop=Iterations(0), seed=chosen.seed)
    first_s = perf_counter() - begun
    plan = first
    if chosen.seconds:
        plan = solve(
            problem, stop=Seconds(chosen.seconds, perf_counter), seed=chosen.seed
        )
    return _row(chosen, problem, first, plan, (construct_s, first_s))


def _seconds(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start


def _row(
    chosen: argparse.Namespace,
    problem: Problem,
    first: Plan,
    plan: Plan,
    took: tuple[float, float],
) -> Row:
    attached = [duty for duty in plan.duties if duty.mode is Mode.ATTACHED]
    counts = [len(found) for found in faces_of(problem, plan.duties).values()]
    why_s, impossible_s = slowest_answers(problem, first, chosen.answers)
    return Row(
        size=chosen.size,
        seed=chosen.seed,
        load=round(load_of(problem), 3),
        officers=len(problem.officers),
        posts=len(problem.posts),
        construct_ms=round(took[0] * 1000, 1),
        construct_limit_ms=QUICK[chosen.size] * 1000,
        first_ms=round(took[1] * 1000, 1),
        first_objective=dict(first.objective),
        seconds=chosen.seconds,
        iterations=plan.iterations,
        objective=dict(plan.objective),
        duties=len(plan.duties),
        gaps=len(plan.gaps),
        gap_hours=int(sum((gap.end - gap.start) / HOUR for gap in plan.gaps)),
        avoidable=sum(dict(gap.ruled_out).get("free", 0) > 0 for gap in plan.gaps),
        faces_mean=round(mean(counts), 2),
        faces_max=max(counts),
        duty_hours_median=median((d.end - d.start) / HOUR for d in attached),
        violations=len(violations(problem, plan)),
        same=same_plan(problem, chosen.again),
        why_ms=round(why_s * 1000, 1),
        impossible_ms=round(impossible_s * 1000, 1),
    )


def faces_of(problem: Problem, duties: Sequence[Duty]) -> dict[str, set[str]]:
    """Who is with each delegation in person."""
    faces: dict[str, set[str]] = {post.key: set() for post in problem.posts}
    for duty in duties:
        if duty.mode is Mode.ATTACHED:
            faces[duty.post].add(duty.officer)
    return faces


def same_plan(problem: Problem, times: int) -> str:
    """How many of so many plans are the first to the byte, with a few rounds each."""
    return alike(times, lambda: as_data(solve(problem, stop=Iterations(20), seed=7)))


def peer(chosen: argparse.Namespace, problem: Problem, row: Row) -> dict[str, object]:
    """CP-SAT's plan of the same week, and whether ours is worse."""
    from cover_peer import by_cp_sat  # noqa: PLC0415 - only where it is installed

    found = by_cp_sat(problem, chosen.peer_seconds)
    if found.uncovered is None or found.faces is None:
        return {**asdict(found), "ours_is_worse": False}
    theirs = found.uncovered, found.faces
    ours = row.objective["uncovered"], row.objective["faces"]
    return {**asdict(found), "ours_is_worse": ours > theirs}


def slowest_answers(problem: Problem, plan: Plan, asked: int) -> tuple[float, float]:
    """The longest that "why this officer" and "why nobody" take, in seconds."""
    dice = Random(1)
    duties = dice.sample(plan.duties, min(asked, len(plan.duties)))
    gaps = dice.sample(plan.gaps, min(asked, len(plan.gaps)))
    told = [_seconds(partial(why, problem, plan, duty)) for duty in duties]
    open_ = [_seconds(partial(impossible, problem, plan, gap)) for gap in gaps]
    return max(told, default=0.0), max(open_, default=0.0)


def main(words: Sequence[str] | None = None) -> int:
    """Print a table, or JSON; 1 if a rule is broken or a plan is not the same twice."""
    reader = argparse.ArgumentParser(description="Cover for an invented week.")
    reader.add_argument("--size", choices=sorted(OFFICERS), default="g20")
    reader.add_argument("--load", type=float, default=0.24)
    reader.add_argument("--officers", type=int, help="instead of the size's own")
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--seconds", type=float, default=10.0)
    take_again(reader, times=20)
    reader.add_argument("--answers", type=int, default=20, help="reasons asked for")
    reader.add_argument("--json", action="store_true")
    reader.add_argument("--peer", action=argparse.BooleanOptionalAction, default=None)
    reader.add_argument("--peer-seconds", type=float, default=60.0)
    chosen = reader.parse_args(words)
    officers = chosen.officers or OFFICERS[chosen.size]
    problem = loaded(chosen.seed, chosen.load, officers)
    row = measured(chosen, problem)
    found: dict[str, object] = asdict(row)
    wanted = chosen.size == "g20" and not chosen.json
    if find_spec("ortools") and (wanted if chosen.peer is None else chosen.peer):
        found["cp_sat"] = peer(chosen, problem, row)
    if chosen.json:
        print(json.dumps(found))
    else:
        for key, value in found.items():
            print(f"{key:>20}  {value}")
    return 1 if row.violations or row.avoidable or not is_alike(row.same) else 0


if __name__ == "__main__":
    sys.exit(main())
