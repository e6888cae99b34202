"""One delay in a very long day: moved piece by piece, beside the whole pass again.

    .venv/bin/python benchmarks/ripple.py [--items 100000] [--delays 10000]
                                      [--again 20] [--json]

The day is invented and seeded: sixty rounds of parallel tracks, each item behind the
one before it in its track and, every other time, behind one of another track. Every
delay's forecast is held against a whole pass over arrays (the checker), and some
against ``planning.ripple`` itself.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
sys.path.insert(0, str(Path(__file__).parent))

from alike import alike, is_alike, take_again

from titian.planning.ripple import Slot, ripple
from titian.planning.running import RunningOrder

DAWN = datetime(2022, 11, 14, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ROUNDS = 60


@dataclass(frozen=True)
class Result:
    """``whole_ms`` is one pass over plain lists, ``ratio`` how often p99 fits in."""

    items: int
    waits: int
    delays: int
    build_s: float
    median_us: float
    p99_ms: float
    max_ms: float
    moved_median: float
    moved_max: int
    whole_ms: float
    ratio: float
    equal: bool
    same: str


def day(items: int, seed: int, every: int) -> list[Slot]:
    """A seeded running order of ``items`` slots, a round ``every`` so many minutes."""
    dice, tracks = Random(seed), max(4, items // ROUNDS)
    slots = []
    for number in range(items):
        after = [str(number - tracks)] if number >= tracks else []
        other = number - dice.randint(1, 4 * tracks)
        if number >= tracks and other >= 0 and dice.random() < 0.6:
            after.append(str(other))
        start = DAWN + (number // tracks) * every * MINUTE
        length, gap = dice.randint(5, 59) * MINUTE, dice.randint(0, 9) * MINUTE
        waits = tuple(dict.fromkeys(after))
        slots.append(Slot(str(number), start, length, waits, gap=gap))
    return slots


class Whole:
    """The checker and the peer: every start again, front to back, over plain lists."""

    def __init__(self, slots: Sequence[Slot]) -> None:
        self.planned = [(slot.start - DAWN) // MINUTE for slot in slots]
        self.length = [slot.length // MINUTE for slot in slots]
        self.before = [[int(key) for key in slot.after] for slot in slots]
        self.gap = [slot.gap // MINUTE for slot in slots]
        self.late = [0] * len(slots)

    def starts(self) -> list[int]:
        """By item, its start in minutes since dawn."""
        ends: list[int] = []
        found: list[int] = []
        for number, planned in enumerate(self.planned):
            start = planned + self.late[number]
            for one in self.before[number]:
                start = max(start, ends[one] + self.gap[number])
            found.append(start)
            ends.append(start + self.length[number])
        return found


def played(items: int, seed: int, every: int) -> list[tuple[str, datetime]]:
    """The day after a hundred delays."""
    order, dice = RunningOrder(day(items, seed, every)), Random(seed + 1)
    for _delay in range(100):
        order.delay(str(dice.randrange(items)), dice.choice((5, 30, 90)) * MINUTE)
    return [(one.slot.key, one.start) for one in order.forecasts()]


def measured(items: int, delays: int, seed: int, every: int, again: int) -> Result:
    """Play the delays one after another on one day, each held against the whole."""
    slots, dice = day(items, seed, every), Random(seed + 1)
    begun = perf_counter()
    order = RunningOrder(slots)
    built = perf_counter() - begun
    whole, starts = Whole(slots), Whole(slots).starts()
    took, moved, equal, passes = [], [], True, []
    for turn in range(delays):
        number = dice.randrange(items)
        minutes = dice.choice((5, 15, 30, 60, 90))
        begun = perf_counter()
        found = order.delay(str(number), minutes * MINUTE)
        took.append(perf_counter() - begun)
        moved.append(len(found))
        for one in found:
            starts[int(one.slot.key)] = (one.start - DAWN) // MINUTE
        whole.late[number] = minutes
        begun = perf_counter()
        anew = whole.starts()
        passes.append(perf_counter() - begun)
        equal = equal and anew == starts
        if turn % (delays // 4 or 1) == 0:
            equal = equal and _as_ripple(slots, whole, order)
    p99 = quantiles(took, n=100)[98]
    return Result(
        items=items,
        waits=sum(map(len, whole.before)),
        delays=delays,
        build_s=round(built, 2),
        median_us=round(median(took) * 1e6, 1),
        p99_ms=round(p99 * 1e3, 2),
        max_ms=round(max(took) * 1e3, 2),
        moved_median=median(moved),
        moved_max=max(moved),
        whole_ms=round(median(passes) * 1e3, 1),
        ratio=round(median(passes) / p99, 1),
        equal=equal,
        same=alike(again, lambda: played(items, seed, every)),
    )


def _as_ripple(slots: Sequence[Slot], whole: Whole, order: RunningOrder) -> bool:
    late = {str(n): m * MINUTE for n, m in enumerate(whole.late) if m}
    return ripple(slots, late) == order.forecasts()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line; 1 if the two ever disagreed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--delays", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--every", type=int, default=45, help="minutes a round; 30 is a day too full"
    )
    parser.add_argument("--json", action="store_true")
    take_again(parser)
    asked = parser.parse_args(arguments)
    result = measured(asked.items, asked.delays, asked.seed, asked.every, asked.again)
    if asked.json:
        print(json.dumps(asdict(result)))
    else:
        for name, value in asdict(result).items():
            print(f"{name:>13}  {value}")
        print("limit: p99 <= 5 ms (T10)")
    return 0 if result.equal and is_alike(result.same) else 1


if __name__ == "__main__":
    raise SystemExit(main())
