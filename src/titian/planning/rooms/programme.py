"""A mixed-integer programme, built line by line and given to HiGHS at once."""

from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

ENDLESS = float("inf")


@dataclass(frozen=True, slots=True)
class Solved:
    """The values found (none if there are none), and what no solution is below."""

    values: tuple[int, ...]
    bound: float


@dataclass(slots=True)
class Programme:
    """Whole-numbered columns from 0 to a limit, and rows between two bounds."""

    costs: list[float] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)
    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)

    def column(self, cost: float, limit: float) -> int:
        """A new column; its number."""
        self.costs.append(cost)
        self.limits.append(limit)
        return len(self.costs) - 1

    def row(self, low: float, terms: list[tuple[int, float]], high: float) -> None:
        """A new row: low <= sum of factor · column <= high."""
        self.starts.append(len(self.columns))
        self.lows.append(low)
        self.highs.append(high)
        for column, factor in terms:
            self.columns.append(column)
            self.factors.append(factor)

    def solved(
        self,
        *,
        nodes: int | None = None,
        seconds: float | None = None,
        start: list[int] | None = None,
        gap: float = 0.0,
    ) -> Solved:
        """The best solution HiGHS finds in so many nodes, or seconds.

        Deterministic without ``seconds``: one thread, a fixed seed.
        """
        highspy: Any = import_module("highspy")
        solver = highspy._core._Highs()  # the class round it prints its name
        options: dict[str, Any] = {"output_flag": False, "threads": 1, "random_seed": 1}
        options |= {"mip_rel_gap": gap, "mip_abs_gap": 0.999}
        options |= {} if nodes is None else {"mip_max_nodes": nodes}
        options |= {} if seconds is None else {"time_limit": float(seconds)}
        for name, value in options.items():
            solver.setOptionValue(name, value)
        solver.passModel(self._model(highspy))
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = [float(one) for one in start]
            solver.setSolution(solution)
        solver.run()
        return self._answer(highspy, solver)

    def _model(self, highspy: Any) -> Any:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.costs), len(self.lows)
        model.col_cost_, model.col_upper_ = self.costs, self.limits
        model.col_lower_ = [0.0] * len(self.costs)
        model.row_lower_, model.row_upper_ = self.lows, self.highs
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(self.costs)
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.num_col_, matrix.num_row_ = model.num_col_, model.num_row_
        matrix.start_ = [*self.starts, len(self.columns)]
        matrix.index_, matrix.value_ = self.columns, self.factors
        return model

    @staticmethod
    def _answer(highspy: Any, solver: Any) -> Solved:
        feasible = highspy.SolutionStatus.kSolutionStatusFeasible
        info = solver.getInfo()
        if info.primal_solution_status != feasible:
            return Solved((), float(info.mip_dual_bound))
        values = tuple(round(one) for one in solver.getSolution().col_value)
        return Solved(values, float(info.mip_dual_bound))
