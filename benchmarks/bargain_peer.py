"""The same invented talk by negmas, beside ours: how long, and do the fronts agree?

    PEER/bin/python benchmarks/bargain_peer.py [--issues 6]

PEER is an environment of its own with negmas and numpy: negmas is under the AGPL, so
Titian neither ships nor installs it.
"""

import argparse
import json
import sys
import warnings
from time import perf_counter

from bargain import invented, timed
from negmas import LinearAdditiveUtilityFunction, make_issue
from negmas.preferences.ops import pareto_frontier

from titian.planning.bargain import Domain, Profile

type Pairs = list[tuple[float, float]]


def near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether both utilities agree to the nine decimals that ours are rounded to."""
    return all(abs(x - y) < 1e-9 for x, y in zip(one, other, strict=True))


def theirs(domain: Domain, a: Profile, b: Profile) -> tuple[Pairs, float]:
    """The front as negmas finds it, and the milliseconds of one run."""
    issues = [make_issue([*issue.options], issue.key) for issue in domain.issues]
    sides = [
        LinearAdditiveUtilityFunction(
            values={
                issue.key: dict(zip(issue.options, row, strict=True))
                for issue, row in zip(domain.issues, side.values, strict=True)
            },
            weights=dict(
                zip([issue.key for issue in domain.issues], side.weights, strict=True)
            ),
            issues=issues,
        )
        for side in (a, b)
    ]
    start = perf_counter()
    found, _places = pareto_frontier(sides, issues=issues, max_cardinality=float("inf"))
    ms = (perf_counter() - start) * 1000
    return sorted((float(x), float(y)) for x, y in found), ms


def main() -> int:
    """Print one row; 1 if the fronts differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--issues", type=int, default=6)
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    talk = invented(given.issues)
    (found, _chosen), ms = timed(*talk, 50)
    front, peer_ms = theirs(*talk)
    ours = sorted((point.a, point.b) for point in found.points)
    same = len(ours) == len(front) and all(map(near, ours, front))
    row = {
        "packages": talk[0].size,
        "ms": round(ms, 3),
        "negmas_ms": round(peer_ms, 1),
        "times": round(peer_ms / ms),
        "same": same,
    }
    print(json.dumps(row))
    return int(not same)


if __name__ == "__main__":
    sys.exit(main())
