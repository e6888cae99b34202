"""Why refused, why at this hour, and what would have to give: codes and figures."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from titian.planning.bilaterals.model import (
    Held,
    Meeting,
    Plan,
    Problem,
    Refused,
    firsts,
    is_in,
    weights,
)
from titian.planning.bilaterals.rules import (
    RULES,
    broken,
    first_broken,
    rooms_free,
)
from titian.planning.bilaterals.table import Table

ORDER = {rule.code: number for number, rule in enumerate(RULES)}
FREE = "free"
NEVER = {"day"}  # no relaxing makes a day longer


def refusals(problem: Problem, held: Iterable[Held]) -> tuple[Refused, ...]:
    """Of every meeting that is not held, why; in the order of the problem."""
    table = Table(problem, held)
    return tuple(
        refusal(table, meeting)
        for meeting in problem.meetings
        if meeting.key not in table.held
    )


def refusal(table: Table, meeting: Meeting) -> Refused:
    """Why a meeting has no place, all else as it is. O(t · r)."""
    told = {
        start: broken(table, meeting, start) for start in range(table.problem.slots)
    }
    counts = Counter(codes[0] if codes else FREE for codes in told.values())
    ruled_out = tuple((c, counts[c]) for c in (FREE, *ORDER) if counts[c])
    single = [(-ORDER[c[0]], start) for start, c in told.items() if len(c) == 1]
    if not single:
        most = max(ruled_out, key=lambda one: (one[1], one[0]), default=("day", 0))
        return Refused(meeting.key, ruled_out, most[0])
    rank, start = min(single)
    room = _likely(table, meeting)
    return Refused(
        meeting.key, ruled_out, RULES[-rank].code, Held(meeting.key, room, start)
    )


def _likely(table: Table, meeting: Meeting) -> str:
    """The smallest room that suits it, free or not; none if none does."""
    found = table.suiting(meeting)
    return min(found, key=lambda r: (r.seats, r.key)).key if found else ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a meeting is held when and where it is.

    ``eligible`` are the other hours it could have, all else as it is, those first that
    add least to the objective; ``ruled_out`` are all others with the first rule in the
    way. ``regret`` is what the change to the first of them adds to each level.
    """

    held: Held
    eligible: tuple[Held, ...]
    ruled_out: tuple[tuple[int, str], ...]
    regret: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A smallest set of rules that stand between a meeting and any hour.

    With all of them relaxed for this meeting it can be ``held``; with any one back in
    force, at no hour and in no room. ``displaced`` are the meetings in its way there:
    those who must be named before anybody confirms. Nothing of it if nothing helps.
    """

    meeting: str
    ruled_out: tuple[tuple[str, int], ...]
    slack: tuple[str, ...] = ()
    held: Held | None = None
    displaced: tuple[str, ...] = ()


def why(problem: Problem, plan: Plan, key: str) -> Reason:
    """Why the meeting is held there, all else in the plan as it is. O(t · (r + n)).

    Raises ValueError if the plan does not hold it.
    """
    table = Table(problem, plan.held)
    if key not in table.held:
        raise ValueError(f"{key} is not held in the plan.")
    meeting, held = table.meetings[key], table.held[key]
    before = score(problem, table.held.values())
    table.take(key)
    told = {s: first_broken(table, meeting, s) for s in range(problem.slots)}
    others: list[tuple[list[float], Held]] = []
    for start, code in told.items():
        if code is None and start != held.start:
            room = min(
                rooms_free(table, meeting, start), key=lambda r: (r.seats, r.key)
            )
            other = Held(key, room.key, start)
            after = score(problem, [*table.held.values(), other])
            others.append(([after[level] for level in problem.order], other))
    others.sort(key=lambda one: (one[0], one[1].start))
    regret = [
        (level, round(value - before[level], 6))
        for level, value in zip(
            problem.order, others[0][0] if others else (), strict=False
        )
        if value != before[level]
    ]
    out = [(start, code) for start, code in told.items() if code]
    return Reason(held, tuple(o for _s, o in others), tuple(out), tuple(regret))


def impossible(problem: Problem, plan: Plan, key: str) -> Relaxation:
    """What would have to give for a meeting that the plan refuses.

    Of all hours that with the fewest rules in the way, the last rules first, and of
    those the one that displaces fewest; no rule of the set could be spared. O(t · r).

    Raises
    ------
    ValueError
        If the plan holds the meeting, or the problem does not have it.
    """
    table = Table(problem, plan.held)
    if key in table.held or key not in table.meetings:
        raise ValueError(f"{key} is not without a place.")
    meeting = table.meetings[key]
    told = {start: broken(table, meeting, start) for start in range(problem.slots)}
    out = refusal(table, meeting).ruled_out
    possible = [s for s, codes in told.items() if not set(codes) & NEVER]
    if not possible or "fit" in told[possible[0]]:
        return Relaxation(key, out)
    rank = {s: (len(told[s]), [-ORDER[c] for c in told[s]]) for s in possible}
    near = [s for s in possible if rank[s] == min(rank.values())]
    ways = [(s, _least_taken(table, meeting, s)) for s in near]
    gone = {way: _displaced(table, meeting, *way) for way in ways}
    start, room = min(ways, key=lambda way: (len(gone[way]), way))
    held = Held(key, room, start)
    return Relaxation(key, out, told[start], held, gone[start, room])


def _least_taken(table: Table, meeting: Meeting, start: int) -> str:
    """The room that suits it in which the fewest would have to make way."""
    found = table.suiting(meeting)
    after = start + meeting.length
    return min(
        found,
        key=lambda r: (
            not is_in(r.free, start, after),
            len(table.housed(meeting, start, r.key)),
            r.seats,
            r.key,
        ),
    ).key


def _displaced(
    table: Table, meeting: Meeting, start: int, room: str
) -> tuple[str, ...]:
    """Who holds what the meeting would need; of interpreters, the lightest."""
    gone = table.met(meeting, start) | table.housed(meeting, start, room)
    level = table.level
    teams = table.teams.get(tuple(sorted(meeting.languages)), 0)
    for at_work in table.interpreted(meeting, start):
        left = sorted(at_work - gone, key=lambda k: (-level[k], k))
        gone |= set(left[: max(len(left) - teams + 1, 0)])
    return tuple(sorted(gone))


def score(problem: Problem, held: Iterable[Held]) -> dict[str, float]:
    """The levels of the objective, counted anew. O(n)."""
    where = {one.meeting: one for one in held}
    weight = weights(problem)
    breaks = _breaks(problem, where)
    least = min(breaks.values(), default=0) + problem.rules.spread
    told = [one for one in problem.announced if where.get(one.meeting, one) != one]
    return {
        "refused": float(sum(w for key, w in weight.items() if key not in where)),
        "told": float(sum(weight[one.meeting] for one in told)),
        "uneven": float(sum(max(many - least, 0) for many in breaks.values())),
        "breaks": float(sum(breaks.values())),
    }


def _breaks(problem: Problem, held: Mapping[str, Held]) -> dict[str, int]:
    """By leader, the gaps longer than a pause."""
    days: dict[str, list[tuple[int, int]]] = {
        side: [] for meeting in problem.meetings for side in meeting.sides
    }
    for meeting in problem.meetings:
        if one := held.get(meeting.key):
            for side in meeting.sides:
                days[side].append((one.start, one.start + meeting.length))
    ends = firsts(problem)
    return {
        side: sum(
            bisect_right(ends, one[0]) == bisect_right(ends, other[0])
            for one, other in pairwise(sorted(taken))
            if other[0] - one[1] > problem.rules.pause
        )
        for side, taken in days.items()
    }
