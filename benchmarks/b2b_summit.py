"""An invented summit: forty leaders, two days, fifteen rooms, and their wishes."""

import random
from dataclasses import replace

from titian.planning.bilaterals import (
    Interpreters,
    Leader,
    Meeting,
    Problem,
    Room,
    Rules,
    Span,
)

LEADERS, DAYS, DAY = 40, 2, 18  # half hours
PLENARY = (2, 3, 4, 5, 10, 11)
ROOMS = ((4, 4), (6, 6), (12, 5))  # seats, and how many
LATE = 3  # slots: ninety minutes
ANY = 99  # of fairness there is no word in the figures we compare with


def summit(meetings: int, seed: int) -> Problem:
    """Leaders with a language each, some late, some away early; pairs by lot."""
    dice = random.Random(seed)
    tongue = [
        dice.choices(range(10), [8, 5, 4, 3, 3, 2, 2, 1, 1, 1])[0] for _ in _all()
    ]
    rank = [dice.choice([1, 1, 2, 3]) for _leader in _all()]
    leaders = tuple(
        Leader(f"L{at}", 4 - rank[at], spans(_hours(dice))) for at in _all()
    )
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < meetings:
        one, other = sorted(dice.sample(_all(), 2))
        pairs.add((one, other))
    wishes = tuple(
        Meeting(
            f"L{one}-L{other}",
            (f"L{one}", f"L{other}"),
            dice.choice([1, 1, 1, 2]),
            dice.choice([4, 4, 6, 12]),
            _between(tongue[one], tongue[other]),
            weight=rank[one] * rank[other] * dice.choice([1, 2, 3]),
        )
        for one, other in sorted(pairs)
    )
    asked = sorted({one.languages for one in wishes if one.languages})
    teams = tuple(Interpreters((a, b), 3 if "0" in (a, b) else 2) for a, b in asked)
    rooms = tuple(Room(f"{s}.{n}", s) for s, many in ROOMS for n in range(many))
    return Problem(
        (DAY,) * DAYS, leaders, rooms, wishes, teams, rules=Rules(spread=ANY)
    )


def late(problem: Problem, case: int) -> Problem:
    """One leader has ninety minutes less, on one of the days."""
    dice = random.Random(1000 + case)
    key = dice.choice(problem.leaders).key
    first = dice.randrange(DAYS) * DAY + dice.choice([0, 6, 7, 8, 12, 13])
    gone = set(range(first, first + LATE))
    return replace(
        problem,
        leaders=tuple(
            replace(one, free=spans(_slots(one) - gone)) if one.key == key else one
            for one in problem.leaders
        ),
    )


def spans(slots: set[int]) -> tuple[Span, ...]:
    """The slots as stretches, those of each day apart."""
    firsts = sorted(s for s in slots if s - 1 not in slots or s % DAY == 0)
    found = []
    for first in firsts:
        after = first + 1
        while after in slots and after % DAY:
            after += 1
        found.append(Span(first, after))
    return tuple(found)


def _all() -> range:
    return range(LEADERS)


def _slots(leader: Leader) -> set[int]:
    return {slot for span in leader.free for slot in range(span.first, span.after)}


def _hours(dice: random.Random) -> set[int]:
    last = DAYS * DAY
    free = {slot for slot in range(last) if slot % DAY not in PLENARY}
    if dice.random() < 0.3:
        free -= set(range(dice.randint(2, 8)))
    if dice.random() < 0.3:
        free -= set(range(last - dice.randint(2, 8), last))
    for _errand in range(dice.randint(0, 3)):
        free.discard(dice.randrange(last))
    return free


def _between(one: int, other: int) -> tuple[str, ...]:
    return () if one == other else tuple(sorted((str(one), str(other))))
