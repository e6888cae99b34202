"""The engine: one problem held as arrays, and the kernels that work on it."""

from collections.abc import Iterable, Mapping

import numpy as np

from titian.planning.bilaterals.kernel import arrays, gather
from titian.planning.bilaterals.kernel.arrays import BREAKS, NOWHERE
from titian.planning.bilaterals.kernel.seating import (
    is_free,
    level_up,
    put,
    room_for,
)
from titian.planning.bilaterals.kernel.walk import adopt, better, constructed, walk
from titian.planning.bilaterals.model import OBJECTIVE, Held, Problem
from titian.planning.trips.kernel.dice import dice


class Engine:
    """A timetable that can be built, walked and read."""

    def __init__(
        self, problem: Problem, told: Mapping[str, float], *, seed: int = 42
    ) -> None:
        self.problem = problem
        self.kinds = gather.kinds_of(problem)
        self.data = gather.arrays(problem, dict(told))
        self.board, self.desk = arrays.board(self.data), arrays.desk(self.data)
        self.dice = dice(seed)
        n = len(problem.meetings)
        self.start, self.kind = (np.full(n, NOWHERE, np.int64) for _best in "ab")
        self.score = self.board.score.copy()
        self.number = {meeting.key: at for at, meeting in enumerate(problem.meetings)}

    def load(self, held: Iterable[Held]) -> None:
        """Hold these as far as the rules allow, the weightiest first."""
        rows = [(self.number[h.meeting], h.start) for h in held if self._is_known(h)]
        for row, start in sorted(rows, key=lambda one: -self.data.weight[one[0]]):
            if not is_free(self.data, self.board, row, start):
                continue
            kind = room_for(self.data, self.board, row, start)
            if kind != NOWHERE:
                put(self.data, self.board, row, start, kind)
        self._look()

    def _is_known(self, held: Held) -> bool:
        """Whether the meeting is still wanted, and may still begin then."""
        row = self.number.get(held.meeting)
        if row is None or held.start >= self.data.day.size:
            return False
        return bool(self.data.allowed[row, held.start])

    def construct(self) -> None:
        """Everybody finds a free hour: the weightiest, then those with least choice."""
        rows = range(len(self.problem.meetings))
        data = self.data
        crowd = [
            sum(int(data.many[side]) for side in data.sides[row] if side != NOWHERE)
            for row in rows
        ]
        turn = sorted(
            rows,
            key=lambda m: (-data.weight[m], int(data.choices[m]) - crowd[m], m),
        )
        order = np.array(turn, np.int64)
        constructed(data, self.board, self.desk, order, self.dice)
        self._look()

    def _look(self) -> None:
        """Note the timetable as it stands, if it is the best."""
        level_up(self.data, self.board)
        if better(self.data, self.board.score, self.score):
            adopt(self.board, self.start, self.kind, self.score)

    def improve(self, steps: int, hot: float, cold: float) -> int:
        """Walk ``steps`` steps; how often the best became better."""
        gains: int = walk(
            self.data,
            self.board,
            self.desk,
            self.start,
            self.kind,
            self.score,
            self.dice,
            steps,
            hot,
            cold,
        )
        return gains

    def is_perfect(self, least: int = 0) -> bool:
        """Whether nothing could be better: no more than the ``least`` breaks."""
        total = float(self.score.sum())
        return total <= least and total == float(self.score[BREAKS])

    def held(self) -> tuple[Held, ...]:
        """The best timetable, in the order of the problem's meetings."""
        found = gather.roomed(self.problem, self.kinds, self.start, self.kind)
        return tuple(found)

    def objective(self) -> tuple[tuple[str, float], ...]:
        """The levels of the best timetable, in the order of the problem."""
        found = dict(zip(OBJECTIVE, self.score.tolist(), strict=True))
        return tuple((level, round(found[level], 6)) for level in self.problem.order)
