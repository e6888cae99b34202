"""Something happened on the day: the fewest people told another hour.

Every meeting stays where it was announced. Those that cannot are put into what is free;
if nothing is, one other makes way, then two, then three: the fewest, and of those the
lightest. Whoever holds a meeting loses it to nobody. Who is left is for a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from titian.planning.bilaterals.explain import refusals, score
from titian.planning.bilaterals.model import (
    ENGINE,
    Held,
    Plan,
    Problem,
    input_hash,
    weights,
)
from titian.planning.bilaterals.moving import Frame, Search, Standing, without

OPTIONS = 3
MOST = 3  # others who make way
LIMIT = 4000  # steps of the search with one number of others
SHORT = 2  # meetings given up so that the others find a place
KEPT = 200  # ways whose breaks are counted


@dataclass(frozen=True, slots=True)
class Repair:
    """One way to mend a timetable.

    ``moved`` could not stay, or are new; ``told`` are the others that make way;
    ``lost`` had a place and have none. ``burden`` is what telling weighs. ``proven``
    says that fewer others could not have been moved.
    """

    plan: Plan
    told: tuple[str, ...]
    moved: tuple[str, ...]
    lost: tuple[str, ...]
    burden: float
    proven: bool


def repair(
    problem: Problem,
    published: Plan,
    *,
    now: int = 0,
    seed: int = 42,
    options: int = OPTIONS,
) -> tuple[Repair, ...]:
    """Mend a published timetable for a problem that has changed.

    Parameters
    ----------
    problem
        As it is now: ``n`` meetings, ``t`` slots, ``r`` rooms.
    published
        What people were told. Meetings that it refused are not looked at again.
    now
        The slot; what begins within ``rules.urgent`` of it weighs double.
    seed
        Said of the plan; nothing here is left to chance.
    options
        How many to give at most.

    Returns
    -------
    tuple[Repair, ...]
        At least one, the best first: fewest lost by weight, fewest others moved, then
        least burden, then fewest breaks. Where nothing broke, the published plan.

    Notes
    -----
    Depth first with a growing number of others: O((t · r)^(d + m)) for ``m`` meetings
    in need and ``d`` others at worst, cut after 4,000 steps a number. With none cut
    short, no repair moves fewer others (up to three, each in the smallest room that is
    free).
    """
    case = Case(problem, published, now, seed)
    if not case.need:
        return (Repair(published, (), (), (), 0.0, proven=True),)
    hopeful = [key for key in case.need if any(case.frame.wide(key).values())]
    for fewer in range(SHORT + 1):
        ways = [
            one
            for trying in without(hopeful, fewer)
            if trying
            for one in case.ways(trying, proven=fewer == 0)
        ]
        if ways:
            return case.best(ways, options)
    return case.best([case.repaired({}, proven=not hopeful)], 1)


class Case:
    """A timetable, what people were told of it, and who is in need."""

    def __init__(self, problem: Problem, published: Plan, now: int, seed: int) -> None:
        self.problem, self.published, self.seed = problem, published, seed
        self.hash = input_hash(problem)
        self.frame = Frame(problem)
        weight = weights(problem)
        rooms = {room.key for room in problem.rooms}
        self.was = {h.meeting: h for h in published.held if h.meeting in weight}
        soon = now + problem.rules.urgent
        self.burden = {
            key: float(weight[key] * (2 if now <= held.start < soon else 1))
            for key, held in self.was.items()
        }
        self.standing = Standing(self.frame, ())
        for key in sorted(self.was, key=lambda k: (-weight[k], k)):
            if self.was[key].room in rooms and self._may_stay(self.was[key]):
                self.standing.put(self.was[key])
        refused = {one.meeting for one in published.refused}
        self.need = sorted(
            set(weight) - set(self.standing.held) - refused,
            key=lambda k: (-weight[k], k),
        )

    def _may_stay(self, held: Held) -> bool:
        """Whether the hour and the room announced still suit, and are free."""
        if held.start >= len(self.frame.bit):
            return False
        free = self.standing.places(held.meeting).get(held.room, 0)
        return bool(free >> self.frame.bit[held.start] & 1)

    def ways(self, need: list[str], *, proven: bool) -> list[Repair]:
        """All ways found to place those in need with the fewest others moved."""
        search = Search(self.standing, self.burden, LIMIT)
        if search.fewest(need, MOST) is None:
            return []
        found = sorted(search.found, key=lambda one: one[0])[:KEPT]
        return [self.repaired(moves, proven=proven) for _burden, moves in found]

    def repaired(self, moves: dict[str, Held], *, proven: bool) -> Repair:
        """The timetable with these moves, and who must be told."""
        now = {**self.standing.held, **moves}
        held = tuple(now[m.key] for m in self.problem.meetings if m.key in now)
        told = tuple(sorted(k for k in moves if k in self.was and k not in self.need))
        burden = sum((self.burden[key] for key in told), 0.0)
        levels = {**score(self.problem, held), "told": burden}
        plan = Plan(
            held=held,
            refused=(),
            objective=tuple((name, levels[name]) for name in self.problem.order),
            seed=self.seed,
            engine=ENGINE,
            input_hash=self.hash,
        )
        lost = tuple(key for key in self.need if key not in moves and key in self.was)
        return Repair(plan, told, tuple(self.need), lost, burden, proven)

    def best(self, ways: Iterable[Repair], options: int) -> tuple[Repair, ...]:
        """The best, none twice, each with the reasons of what it refuses."""

        def rank(one: Repair) -> tuple[float, int, float, float, float]:
            levels = dict(one.plan.objective)
            return (
                levels["refused"],
                len(one.told),
                one.burden,
                levels["uneven"],
                levels["breaks"],
            )

        kept: list[Repair] = []
        for one in sorted(ways, key=rank):
            if all(one.plan.held != other.plan.held for other in kept):
                kept.append(one)
        return tuple(self._told(one) for one in kept[:options])

    def _told(self, one: Repair) -> Repair:
        reasons = refusals(self.problem, one.plan.held)
        return replace(one, plan=replace(one.plan, refused=reasons))
