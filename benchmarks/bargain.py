"""The front and four points of a talk, beside every package asked one by one.

    python3 run.py bench bargain DOMAIN PROFILE_A PROFILE_B --json [--at 0.5]
                                 [--again 20]
    python3 run.py bench bargain --all DIR
    python3 run.py bench bargain --outcomes

The files are Genius XML (benchmarks/genius.py). Utilities and reserves are those at
the beginning, unless ``--at`` gives a moment from 0 to 1 and the profile a discount.
``--all`` takes every pair of additive profiles of every domain below a folder that can
be written out. ``--outcomes`` times invented talks of 10³ to 10⁷ packages.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
sys.path.insert(0, str(Path(__file__).parent))

from alike import alike, is_alike, take_again
from genius import Unreadable, domain_in, profile_in

from titian.planning.bargain import (
    Domain,
    Front,
    Issue,
    Point,
    Profile,
    front,
    nano,
    points,
)
from titian.planning.check.bargain import violations

CODES = ("nash", "kalai", "egalitarian", "sum")
ENUMERABLE = 2_500_000

type Answer = tuple[Front, dict[str, Point]]


def solved(domain: Domain, a: Profile, b: Profile) -> Answer:
    """The front and its points."""
    found = front(domain, a, b)
    return found, points(found, (nano(a.reserve), nano(b.reserve)))


def timed(
    domain: Domain, a: Profile, b: Profile, runs: int = 5
) -> tuple[Answer, float]:
    """The same with the milliseconds of the fastest of several runs."""
    best = float("inf")
    for _run in range(runs):
        start = perf_counter()
        answer = solved(domain, a, b)
        best = min(best, perf_counter() - start)
    return answer, best * 1000


def report(domain: Domain, a: Profile, b: Profile) -> dict[str, object]:
    """Front, points (none if nothing beats both reserves) and milliseconds."""
    (found, chosen), ms = timed(domain, a, b)
    pairs = {code: [point.a, point.b] for code, point in chosen.items()}
    return {
        "front": [[point.a, point.b] for point in found.points],
        **{code: pairs.get(code) for code in CODES},
        "ms": round(ms, 3),
    }


def front_of(domain: Domain, a: Profile, b: Profile) -> list[list[float]]:
    """The front alone: what does not depend on the clock."""
    return [[point.a, point.b] for point in solved(domain, a, b)[0].points]


def compared(folder: Path) -> int:
    """Print how many pairs agree with the oracle, what was left out; 1 if not all."""
    agree = total = 0
    slowest, wrong, left_out = 0.0, list[str](), list[str]()
    for path in sorted(folder.rglob("*.xml")):
        try:
            domain = domain_in(path)
        except Unreadable:
            continue
        if domain.size > ENUMERABLE:
            left_out.append(f"{path.name}: {domain.size} packages")
            continue
        sides, others = additive(domain, path)
        left_out += others
        for (name_a, a), (name_b, b) in combinations(sides, 2):
            (found, chosen), ms = timed(domain, a, b, 3)
            slowest = max(slowest, ms)
            broken = violations(domain, a, b, found.points, chosen)
            total, agree = total + 1, agree + (not broken)
            if broken:
                wrong.append(f"{path.parent.name}: {name_a}, {name_b}: {broken}")
        print(f"{path.parent.name}: {len(sides)} profiles, {domain.size} packages")
    print(*left_out, *wrong, sep="\n")
    print(f"{agree} of {total} pairs agree with the oracle; slowest {slowest:.2f} ms")
    return int(agree < total)


def additive(domain: Domain, path: Path) -> tuple[list[tuple[str, Profile]], list[str]]:
    """The additive profiles beside a domain, and why the other files are none."""
    sides, others = list[tuple[str, Profile]](), list[str]()
    for file in sorted(path.parent.glob("*.xml")):
        try:
            if file != path:
                sides.append((file.name, profile_in(file, domain)))
        except Unreadable as reason:
            others.append(f"{path.parent.name}: {reason}")
    return sides, others


def invented(count: int, *, seed: int = 7) -> tuple[Domain, Profile, Profile]:
    """A talk of ``count`` issues of ten options with random preferences."""
    dice = np.random.default_rng(seed)
    ten = tuple(f"{option}" for option in range(10))
    domain = Domain(tuple(Issue(f"{issue}", ten) for issue in range(count)))
    a, b = (
        Profile(
            tuple(dice.dirichlet(np.ones(count)).tolist()),
            tuple(tuple(row) for row in dice.random((count, 10)).tolist()),
        )
        for _side in "ab"
    )
    return domain, a, b


def outcomes() -> None:
    """Print packages, points and milliseconds of invented talks."""
    for count in (3, 4, 5, 6, 7):
        domain, a, b = invented(count)
        (found, _chosen), ms = timed(domain, a, b, 50)
        print(f"{domain.size:>10,} packages  front {len(found):>3}  {ms:.3f} ms")


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line asks; 1 if it was not the same each time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--at", type=float, default=0.0)
    parser.add_argument("--all", type=Path)
    parser.add_argument("--outcomes", action="store_true")
    take_again(parser)
    given = parser.parse_args(words)
    if given.all:
        return compared(given.all)
    if given.outcomes:
        outcomes()
        return 0
    if len(given.files) != 3:
        parser.error("a domain and two profiles")
    try:
        domain = domain_in(given.files[0])
        a, b = (profile_in(file, domain, at=given.at) for file in given.files[1:])
    except (OSError, Unreadable) as reason:
        print(reason, file=sys.stderr)
        return 1
    found = report(domain, a, b)
    if given.again:
        found["same"] = alike(given.again, lambda: front_of(domain, a, b))
    rows = (
        [json.dumps(found)] if given.json else [f"{k}: {v}" for k, v in found.items()]
    )
    print(*rows, sep="\n")
    return int(not is_alike(str(found.get("same", "0 of 0"))))


if __name__ == "__main__":
    sys.exit(main())
