"""CP-SAT on a timetable of bilaterals: alone, and for the fewest that must move."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from ortools.sat.python import cp_model

from titian.planning.bilaterals import Held, Problem
from titian.planning.bilaterals.model import firsts, is_in, pair_of, weights
from titian.planning.bilaterals.rules import starts, suits

WORKERS = 2
REFUSED = 1000  # breaks that a refused meeting of weight 1 is worth


@dataclass
class Model:
    """A meeting begins at one slot in one kind of room, or nowhere."""

    problem: Problem
    kinds: list[list[str]]  # rooms that are alike
    model: Any = field(default_factory=cp_model.CpModel)
    begins: dict[tuple[int, int, int], Any] = field(default_factory=dict)
    out: list[Any] = field(default_factory=list)
    busy: dict[tuple[str, int], list[Any]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def __post_init__(self) -> None:
        problem, rules = self.problem, self.problem.rules
        rooms = {room.key: room for room in problem.rooms}
        taken: dict[tuple[int, int], list[Any]] = defaultdict(list)
        spoken: dict[tuple[Any, int], list[Any]] = defaultdict(list)
        apart: dict[tuple[str, int], list[Any]] = defaultdict(list)
        ends = {s: e for e in firsts(problem)[1:] for s in range(e - 1, -1, -1)}
        for row, meeting in enumerate(problem.meetings):
            here: list[Any] = []
            for start in starts(problem, meeting):
                after = start + meeting.length
                end = min(e for s, e in ends.items() if s == start)
                for kind, alike in enumerate(self.kinds):
                    room = rooms[alike[0]]
                    if not suits(problem, meeting, room):
                        continue
                    if not is_in(room.free, start, after):
                        continue
                    one = self.model.new_bool_var("")
                    self.begins[row, start, kind] = one
                    here.append(one)
                    for slot in range(start, min(after + rules.reset, end)):
                        taken[kind, slot].append(one)
                    for slot in range(start, min(after + rules.pause, end)):
                        for side in meeting.sides:
                            apart[side, slot].append(one)
                    for slot in range(start, after):
                        for side in meeting.sides:
                            self.busy[side, slot].append(one)
                        if meeting.languages:
                            spoken[pair_of(meeting), slot].append(one)
            self.out.append(self.model.new_bool_var(""))
            self.model.add_exactly_one([*here, self.out[row]])
        teams = {pair_of(one): one.teams for one in problem.interpreters}
        for several in apart.values():
            self.model.add_at_most_one(several)
        for (kind, _slot), several in taken.items():
            if len(several) > len(self.kinds[kind]):
                self.model.add(sum(several) <= len(self.kinds[kind]))
        for (pair, _slot), several in spoken.items():
            self.model.add(sum(several) <= teams.get(pair, 0))


def kinds_of(problem: Problem) -> list[list[str]]:
    """Rooms that are alike; none where each was announced by name."""
    alike: dict[Any, list[str]] = defaultdict(list)
    for room in problem.rooms:
        alike[room.seats, room.level, room.free].append(room.key)
    return list(alike.values())


def alone(problem: Problem, seconds: float, *, must_hold: bool) -> dict[str, Any]:
    """CP-SAT's refused weight, breaks and bound; None where it has no answer."""
    made = Model(problem, kinds_of(problem))
    weight = weights(problem)
    if must_hold:
        made.model.add_bool_and([~one for one in made.out])
    breaks = _breaks(made)
    refused = sum(
        weight[meeting.key] * one
        for meeting, one in zip(problem.meetings, made.out, strict=True)
    )
    made.model.minimize(REFUSED * refused + sum(breaks))
    solver, status = _solved(made.model, seconds)
    found: dict[str, Any] = {"seconds": round(solver.wall_time, 2)}
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return found | {"refused": None, "breaks": None, "proved": False}
    return found | {
        "refused": solver.value(refused),
        "breaks": solver.value(sum(breaks)),
        "proved": status == cp_model.OPTIMAL,
        "bound": solver.best_objective_bound,
    }


def _breaks(made: Model) -> list[Any]:
    """By leader, the runs of meetings less one a day that has any; spread kept."""
    problem, model = made.problem, made.model
    found = []
    for leader in problem.leaders:
        if not any(leader.key in one.sides for one in problem.meetings):
            continue
        runs: list[Any] = []
        for first, after in zip(firsts(problem), firsts(problem)[1:], strict=False):
            runs += _runs(made, leader.key, first, after)
        many = model.new_int_var(0, problem.slots, "")
        model.add(many == sum(runs))
        found.append(many)
    if problem.rules.spread < problem.slots and found:
        low = model.new_int_var(0, problem.slots, "")
        for many in found:
            model.add(many >= low)
            model.add(many <= low + problem.rules.spread)
    return found


def _runs(made: Model, side: str, first: int, after: int) -> list[Any]:
    """Of one day: where a run begins, and less one if there is any."""
    model, pause = made.model, made.problem.rules.pause
    found: list[Any] = []
    used = model.new_bool_var("")
    for slot in range(first, after):
        here = made.busy.get((side, slot), [])
        if not here:
            continue
        before = [
            one
            for at in range(max(slot - 1 - pause, first), slot)
            for one in made.busy.get((side, at), [])
        ]
        begins = model.new_bool_var("")
        model.add(begins >= sum(here) - sum(set(before)))
        for one in here:
            model.add_implication(one, used)
        found.append(begins)
    return [*found, -used] if found else []


def fewest_moved(
    problem: Problem, held: tuple[Held, ...], need: tuple[str, ...], seconds: float
) -> tuple[float, int] | None:
    """The proven least: weight of those in need that are lost, then others moved.

    All meetings of the leaders of those in need, and of whom they meet, may move; rooms
    are told apart. None where it is not proved in time.
    """
    where = {one.meeting: one for one in held}
    near = {s for m in problem.meetings if m.key in need for s in m.sides}
    loose = {
        m.key for m in problem.meetings if near & set(m.sides) and m.key in where
    } | set(need)
    made = Model(_only(problem, loose | set(where)), [[r.key] for r in problem.rooms])
    weight = weights(problem)
    lost: list[Any] = []
    moved: list[Any] = []
    for row, meeting in enumerate(made.problem.meetings):
        if meeting.key in need:
            lost.append(weight[meeting.key] * made.out[row])
            continue
        room = [r.key for r in problem.rooms].index(where[meeting.key].room)
        stays = made.begins[row, where[meeting.key].start, room]
        made.model.add(made.out[row] == 0)
        if meeting.key in loose:
            moved.append(1 - stays)
        else:
            made.model.add(stays == 1)
    made.model.minimize(REFUSED * sum(lost) + sum(moved))
    solver, status = _solved(made.model, seconds)
    if status != cp_model.OPTIMAL:
        return None
    return float(solver.value(sum(lost))), int(solver.value(sum(moved)))


def _only(problem: Problem, keys: set[str]) -> Problem:
    meetings = tuple(one for one in problem.meetings if one.key in keys)
    return replace(problem, meetings=meetings)


def _solved(model: Any, seconds: float) -> tuple[Any, Any]:
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = 1
    return solver, solver.solve(model)
