"""Why this room, and what would have to give for one: answers as codes and keys."""

from collections import Counter
from dataclasses import dataclass

from titian.planning.rooms.board import NOWHERE, Board
from titian.planning.rooms.model import Plan, Problem
from titian.planning.rooms.placing import minutes
from titian.planning.rooms.rules import RULES, broken, first_broken

ORDER = {rule.code: number for number, rule in enumerate(RULES)}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a party has its room.

    ``eligible`` other rooms would do, all else as it is, the cheapest first;
    ``ruled_out`` counts all others by the first rule in the way. ``regret`` is what the
    swap to ``runner_up`` adds to each level of the objective.
    """

    party: str
    room: str
    eligible: tuple[str, ...]
    ruled_out: tuple[tuple[str, int], ...]
    runner_up: str | None = None
    regret: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A smallest set of rules that stand between a party and any room.

    With all of ``rules`` relaxed ``room`` would do, with any one back in force none
    does. "free" among them means that somebody would have to give up that room. Without
    a room there is none at all.
    """

    party: str
    ruled_out: tuple[tuple[str, int], ...]
    rules: tuple[str, ...] = ()
    room: str | None = None


def why(problem: Problem, plan: Plan, key: str) -> Reason:
    """Why the party has its room, all else in the plan as it is.

    O(rooms). Raises ValueError if the plan does not house the party.
    """
    board, party = _loaded(problem, plan, key)
    if board.at[party] == NOWHERE:
        raise ValueError(f"{key} has no room in the plan.")
    before = board.objective()
    home = board.take(party)
    out, fit = _looked(board, party, home)
    fit.sort(key=lambda room: (*minutes(board, party, room), room))
    names = tuple(board.rooms[room].key for room in fit)
    here = board.rooms[home].key
    if not fit:
        return Reason(key, here, (), out)
    board.put(party, fit[0])
    pairs = zip(before, board.objective(), strict=True)
    regret = tuple(
        (level, then - now) for (level, now), (_level, then) in pairs if then != now
    )
    return Reason(key, here, names, out, names[0], regret)


def impossible(problem: Problem, plan: Plan, key: str) -> Relaxation:
    """What would have to give for a party that the plan does not house.

    Of all rooms the one with the fewest rules in the way; of those, the one whose rules
    come last. No smaller set would do, since every room breaks at least as many.
    O(rooms). Raises ValueError if the plan houses the party.
    """
    board, party = _loaded(problem, plan, key)
    if board.at[party] != NOWHERE:
        raise ValueError(f"{key} has a room in the plan.")
    out, _fit = _looked(board, party, NOWHERE)
    told = [broken(board, party, room) for room in range(len(board.rooms))]
    nearest = min(
        range(len(told)),
        key=lambda r: (len(told[r]), [-ORDER[code] for code in told[r]], r),
        default=None,
    )
    if nearest is None:
        return Relaxation(key, out)
    return Relaxation(key, out, told[nearest], board.rooms[nearest].key)


def _loaded(problem: Problem, plan: Plan, key: str) -> tuple[Board, int]:
    board = Board(problem)
    if key not in board.party:
        raise ValueError(f"There is no party {key}.")
    board.load(plan.stays)
    return board, board.party[key]


def _looked(
    board: Board, party: int, home: int
) -> tuple[tuple[tuple[str, int], ...], list[int]]:
    """How many rooms each first rule rules out, and those none does, but for home."""
    first = [first_broken(board, party, room) for room in range(len(board.rooms))]
    counts = Counter(code for code in first if code)
    out = tuple((code, counts[code]) for code in ORDER if counts[code])
    return out, [r for r, code in enumerate(first) if code is None and r != home]
