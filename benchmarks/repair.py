"""Somebody falls ill for a day: how fast it is mended, and how many others notice.

    python3 run.py bench repair [--module cover] [--posts 860] [--again 20] [--json]
    python3 run.py bench repair [--load 0.6] [--officers 200]

``--load`` makes as many delegations as make the load, of long days where it is 0.5 or
more. ``wide`` also looks through a neighbourhood where hours stay open.

An invented, seeded week is planned, and officers fall ill for a day, one case after
another. Beside each repair stands the peer: the same week solved again from nothing.
The independent checker looks at every repaired week. A repair that changes others is
held against a proven least (``cover_least``), summed over all cases.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import mean, median, quantiles
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
sys.path.insert(0, str(Path(__file__).parent))

import trips_repair
from alike import alike, is_alike, take_again
from cover import DAYS, MONDAY, loaded, week
from cover_least import fewest

from titian.planning.check.cover import violations
from titian.planning.cover import RULES, Duty, Plan, Problem, Span
from titian.planning.cover.construct import construct
from titian.planning.cover.mending import Without
from titian.planning.cover.repair import Repair, Standing, without
from titian.planning.cover.solving import duties_of

DAY = timedelta(days=1)
CODES = {rule.code for rule in RULES}


@dataclass(frozen=True)
class Result:
    """``again_others`` is how many duties of others change when all is solved anew.

    ``proved`` are the repairs that change as few others as is proven to be the least.
    """

    posts: int
    officers: int
    duties: int
    cases: int
    standing_s: float
    median_ms: float
    p95_ms: float
    max_ms: float
    wide_p95_ms: float
    left_open_wide: int
    lost_mean: float
    left_open: int
    others: int
    others_least: int
    proved: str
    again_s: float
    again_others: float
    ratio: float
    violations: int
    same: str


def published(problem: Problem) -> Problem:
    """The week with its first plan in force."""
    return replace(problem, published=duties_of(construct(problem)))


def changed(before: Sequence[Duty], after: Sequence[Duty], ill: str) -> int:
    """Duties of others that are no longer as they were told."""
    gone = Counter(before) - Counter(after)
    return sum(count for duty, count in gone.items() if duty.officer != ill)


def least_others(standing: Standing, who: str, span: Span, repair: Repair) -> int:
    """A proven least of others who change, with no more hours open than here."""
    if not repair.others:
        return 0
    board = standing.roster.board
    mask = board.grid.mask(span.start, span.end)
    search = Without(standing.roster, board.number[who], mask, span.start)
    try:
        return fewest(search, dict(repair.cost)["uncovered"], repair.others)
    finally:
        search.undo()


def wrong(problem: Problem, repair: Repair, who: str, span: Span) -> int:
    """Rules broken in the repaired week, by the checker."""
    duties = repair.applied(problem.published)
    plan = Plan(duties, (), (), 0, "", "", 0)
    found = violations(without(problem, who, span), plan)
    return sum(one.code in CODES for one in found)


def solved_anew(
    problem: Problem, asked: Sequence[tuple[str, Span]]
) -> tuple[list[int], list[float]]:
    """Duties of others that change when all is solved from nothing, and seconds."""
    counts, took = [], []
    for who, span in asked:
        begun = perf_counter()
        other = duties_of(construct(replace(without(problem, who, span), published=())))
        took.append(perf_counter() - begun)
        counts.append(changed(problem.published, other, who))
    return counts, took


def asked_for(chosen: argparse.Namespace) -> Problem:
    """The week with its first plan in force."""
    if chosen.load:
        return published(loaded(chosen.seed, chosen.load, chosen.officers))
    posts, officers = chosen.posts, chosen.officers
    return published(week(chosen.seed, tight=False, posts=posts, officers=officers))


@dataclass(frozen=True)
class Case:
    """One illness: seconds directly and with a neighbourhood, and the best repair."""

    direct_s: float
    wide_s: float
    left_open: int
    best: Repair | None
    least: int


def ills(problem: Problem, chosen: argparse.Namespace) -> list[tuple[str, Span]]:
    """Who falls ill, and on which day."""
    dice = Random(chosen.seed + 1)
    busy = sorted({duty.officer for duty in problem.published})
    found = []
    for _case in range(chosen.cases):
        start = MONDAY + dice.randint(1, DAYS - 2) * DAY
        found.append((dice.choice(busy), Span(start, start + DAY)))
    return found


def mended(
    standing: Standing, who: str, span: Span, clock: Callable[[], float]
) -> Case:
    """One illness, mended twice: directly, and looking further where needed."""
    begun = clock()
    near = standing.repairs(who, span, at=span.start, wide=False)
    direct_s = clock() - begun
    begun = clock()
    found = standing.repairs(who, span, at=span.start)
    wide_s = clock() - begun
    left = sum(len(one.gaps) for one in near[:1])
    best = found[0] if found else None
    least = least_others(standing, who, span, best) if best else 0
    return Case(direct_s, wide_s, left, best, least)


def measured(chosen: argparse.Namespace) -> Result:
    """So many officers fall ill for a day each; a few cases are solved anew too."""
    problem = asked_for(chosen)
    begun = perf_counter()
    standing = Standing(problem)
    standing_s = perf_counter() - begun
    asked = ills(problem, chosen)
    clock = process_time if chosen.cpu else perf_counter
    cases = [mended(standing, who, span, clock) for who, span in asked]
    firsts = [(case.best, case.least) for case in cases if case.best]
    anew, anew_s = solved_anew(problem, asked[: chosen.anew])
    others = sum(best.others for best, _least in firsts)
    took = [case.direct_s for case in cases]
    return Result(
        posts=len(problem.posts),
        officers=len(problem.officers),
        duties=len(problem.published),
        cases=chosen.cases,
        standing_s=round(standing_s, 2),
        median_ms=round(median(took) * 1e3, 2),
        p95_ms=_p95_ms(took),
        max_ms=round(max(took) * 1e3, 2),
        wide_p95_ms=_p95_ms([case.wide_s for case in cases]),
        left_open_wide=sum(len(best.gaps) for best, _least in firsts),
        lost_mean=round(mean(len(best.gone) for best, _least in firsts), 2),
        left_open=sum(case.left_open for case in cases),
        others=others,
        others_least=sum(least for _best, least in firsts),
        proved=f"{sum(b.others <= n for b, n in firsts)} of {len(firsts)}",
        again_s=round(mean(anew_s), 2),
        again_others=round(mean(anew), 1),
        ratio=round(mean(anew) / max(others / len(firsts), 1 / len(firsts)), 1),
        violations=sum(
            wrong(problem, case.best, who, span)
            for case, (who, span) in zip(cases, asked[: chosen.anew], strict=False)
            if case.best
        ),
        same=alike(chosen.again, lambda: _answer(standing, *asked[0])),
    )


def _p95_ms(seconds: list[float]) -> float:
    return round(quantiles(seconds, n=20)[18] * 1e3, 2)


def _answer(standing: Standing, who: str, span: Span) -> list[object]:
    return [asdict(one) for one in standing.repairs(who, span, at=span.start)]


def main(words: Sequence[str] | None = None) -> int:
    """Print one result; 1 if the checker finds anything."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--module", choices=["cover", "trips"], default="cover")
    reader.add_argument("--posts", type=int, default=860)
    reader.add_argument("--officers", type=int, default=1500)
    reader.add_argument("--cases", type=int, default=200)
    reader.add_argument("--load", type=float, help="instead of --posts")
    reader.add_argument("--anew", type=int, default=3, help="cases solved anew")
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--cpu", action="store_true", help="count seconds of one core")
    reader.add_argument("--json", action="store_true")
    take_again(reader)
    asked, _others = reader.parse_known_args(words)
    if asked.module == "trips":
        return trips_repair.main(words)
    asked = reader.parse_args(words)
    result = measured(asked)
    if asked.json:
        print(json.dumps(asdict(result)))
    else:
        for name, value in asdict(result).items():
            print(f"{name:>13}  {value}")
        print("limit: p95 <= 50 ms at 17,500 duties (T4)")
    return 1 if result.violations or not is_alike(result.same) else 0


if __name__ == "__main__":
    raise SystemExit(main())
