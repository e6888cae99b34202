"""The peer of cover: every duty of a week with CP-SAT, all at once.

It is asked for less than we are: the duties are cut already, as we cut them, and of the
rules of rest it is only told what can be counted (in 24 hours at most 13 of work, in
seven days at most 144), which is less than they say. So where it is worse, it is worse
at an easier question; what its plan breaks of them is counted by our checker.
"""

from collections import defaultdict
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from ortools.sat.python import cp_model

from titian.planning.check.cover import violations
from titian.planning.cover import Plan, Problem
from titian.planning.cover.board import Piece
from titian.planning.cover.construct import started
from titian.planning.cover.roster import WEIGHT, Roster
from titian.planning.cover.solving import duties_of

UNCOVERED = 1000  # faces beyond two that an hour nobody holds is worth
FREE_FACES = 2
EVERY = 2  # hours between the windows that are counted
RULES = {"language", "clearance", "declined", "away", "busy", "on_call_limit"}
RULES |= {"hours", "rest", "day_off"}


@dataclass(frozen=True)
class Answer:
    """What it came to: None where it had no plan; ``broken`` are rules, by duty."""

    uncovered: int | None
    faces: int | None
    bound: float | None
    broken: int | None
    build_s: float
    seconds: float


class Model:
    """The week: who takes which duty, which of them nobody takes."""

    def __init__(self, problem: Problem) -> None:
        self.model = cp_model.CpModel()
        self.roster = roster = started(problem)
        posts = range(len(roster.board.posts))
        self.pieces = [p for post in posts for p in roster.open_pieces(post)]
        self.taken: dict[tuple[int, int], Any] = {}
        self.by_officer: dict[int, list[int]] = defaultdict(list)
        self.uncovered: list[Any] = []
        for number, piece in enumerate(self.pieces):
            self._offered(number, piece)
        self.faces = self._faces()
        for officer, numbers in self.by_officer.items():
            self._week(officer, numbers)
        self.model.minimize(UNCOVERED * sum(self.uncovered) + sum(self.faces))

    def _offered(self, number: int, piece: Piece) -> None:
        """One of those who are fit and there takes it, or nobody does."""
        there = []
        for officer in self.roster.casting.fit(piece.post).tolist():
            if not self.roster.board.away[officer] & piece.mask:
                takes = self.model.new_bool_var("")
                self.taken[number, officer] = takes
                self.by_officer[officer].append(number)
                there.append(takes)
        nobody = self.model.new_bool_var("")
        self.model.add_exactly_one([*there, nobody])
        level = self.roster.board.posts[piece.post].level
        weight = WEIGHT[piece.on_call] * (8 - level) * (piece.end - piece.start)
        self.uncovered.append(weight * nobody)

    def _faces(self) -> list[Any]:
        """By post, the faces beyond two."""
        shown: dict[tuple[int, int], Any] = {}
        for (number, officer), takes in self.taken.items():
            piece = self.pieces[number]
            if piece.on_call:
                continue
            key = piece.post, officer
            if key not in shown:
                shown[key] = self.model.new_bool_var("")
            self.model.add_implication(takes, shown[key])
        by_post: dict[int, list[Any]] = defaultdict(list)
        for (post, _officer), is_face in shown.items():
            by_post[post].append(is_face)
        beyond = []
        for faces in by_post.values():
            beyond.append(self.model.new_int_var(0, len(faces), ""))
            self.model.add(beyond[-1] >= sum(faces) - FREE_FACES)
        return beyond

    def _week(self, officer: int, numbers: list[int]) -> None:
        """One officer: nowhere twice, few calls, few hours, some rest."""
        rules, hour = self.roster.board.rules, self.roster.board.grid.hour
        attached: dict[int, list[Any]] = defaultdict(list)
        calls: dict[int, list[Any]] = defaultdict(list)
        for number in numbers:
            piece = self.pieces[number]
            of = calls if piece.on_call else attached
            for step in range(piece.start, piece.end):
                of[step].append(self.taken[number, officer])
        work = dict[int, list[Any]]()
        for step in sorted({*attached, *calls}):
            most = rules.on_call_limit
            here = sum(attached[step])
            self.model.add(sum(calls[step]) + most * here <= most)
            work[step] = [*attached[step], *self._rings(calls[step])]
        for window, limit, of in (
            (rules.attached_window, rules.attached_limit, attached),
            (rules.rest_window, rules.rest_window - rules.rest, work),
            (rules.day_off_window, rules.day_off_window - rules.day_off, work),
        ):
            self._bounded(of, window * hour, limit * hour)

    def _rings(self, calls: list[Any]) -> list[Any]:
        """Whether the telephone may ring, whoever calls."""
        if len(calls) < 2:
            return calls
        rings = self.model.new_bool_var("")
        for call in calls:
            self.model.add_implication(call, rings)
        return [rings]

    def _bounded(self, of: dict[int, list[Any]], window: int, limit: int) -> None:
        """In every window that is counted, no more than so many steps."""
        steps = sorted(step for step in of if of[step])
        if not steps:
            return
        for begin in range(steps[0], max(steps[0] + 1, steps[-1] - window + 2), EVERY):
            inside = [
                one for at in range(begin, begin + window) for one in of.get(at, [])
            ]
            if len(inside) > limit:
                self.model.add(sum(inside) <= limit)


def by_cp_sat(problem: Problem, seconds: float) -> Answer:
    """Its plan after so many seconds of two workers, the building not counted."""
    begun = perf_counter()
    asked = Model(problem)
    built = perf_counter() - begun
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    begun = perf_counter()
    status = solver.solve(asked.model)
    took = perf_counter() - begun
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(None, None, None, None, round(built, 1), round(took, 1))
    roster = asked.roster
    for (number, officer), takes in asked.taken.items():
        if solver.value(takes):
            roster.put(asked.pieces[number], officer)
    bound = solver.best_objective_bound
    return Answer(
        uncovered=sum(solver.value(one) for one in asked.uncovered),
        faces=sum(solver.value(one) for one in asked.faces),
        bound=round(bound, 1) if bound >= 0 else None,
        broken=_broken(problem, roster),
        build_s=round(built, 1),
        seconds=round(took, 1),
    )


def _broken(problem: Problem, roster: Roster) -> int:
    plan = Plan(duties_of(roster), (), (), 0, "peer", "", 0)
    return sum(one.code in RULES for one in violations(problem, plan))
