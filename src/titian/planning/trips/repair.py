"""Something happened on the day: the fewest people told something new.

Everybody stays in the vehicle announced, at the minute announced. Whoever lost their
place is put in somewhere; if nowhere, one other guest makes room; if that is not enough
those who travel alike may change vehicles, then more of them, at other minutes too. Who
is left after that is for a person to decide.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from titian.planning.trips.model import (
    Plan,
    Problem,
    Stop,
    bound_minutes,
    input_hash,
    weight,
)
from titian.planning.trips.solving import HOT, STEPS, announced, engine, made

OPTIONS = 3
REACH = 180.0  # minutes between those who might change places
RINGS = (("neighbourhood", 12, 10), ("wider", 40, 30))  # who may change; rounds
SAME = 1e-6


@dataclass(frozen=True, slots=True)
class Repair:
    """One way to mend a plan.

    ``told`` are those who must be told something new though nothing of theirs changed;
    ``moved`` those whose own wishes are new, or who had no vehicle left; ``lost`` those
    who were driven and are not any more. ``burden`` is what telling weighs.
    """

    plan: Plan
    ring: str
    told: tuple[str, ...]
    moved: tuple[str, ...]
    lost: tuple[str, ...]
    burden: float


def repair(
    problem: Problem,
    published: Plan,
    *,
    now: float = 0.0,
    seed: int = 42,
    options: int = OPTIONS,
) -> tuple[Repair, ...]:
    """Mend a published plan for a problem that has changed.

    Parameters
    ----------
    problem
        The day as it is now: ``n`` requests, ``m`` vehicles.
    published
        What people were told. Requests it left unserved are not looked at again.
    now
        The minute; who is picked up within ``rules.urgent`` of it weighs double.
    seed
        The same day, plan and seed give the same repairs.
    options
        How many to give at most.

    Returns
    -------
    tuple[Repair, ...]
        At least one, the best first: fewest lost by weight, then fewest told by weight,
        then the rest of the problem's order. Where nothing broke, the published plan.

    Notes
    -----
    Insertion with all else frozen: O(n + r · m · w³) for ``r`` who lost their place.
    Ejection, one level deep: O(n · w³) each. Then ruin and recreate round them, with a
    fixed number of steps. A plan passes the checker whichever it is.
    """
    standing = Standing(problem, published, now, seed)
    found = standing.engine(round_about=())
    need = standing.need(found)
    if not need and standing.is_kept(found):
        return (Repair(published, "none", (), (), (), 0.0),)
    repairs = list(_inserted(standing, found, need, options))
    if not repairs:
        repairs = [_ejected(standing, found, need)]
        for ring, wide, rounds in RINGS:
            short = set(repairs[-1].plan.unserved).intersection(need)
            if not any(found.possible(key) for key in short):
                break
            repairs.append(_walked(standing, repairs[-1], need, ring, wide, rounds))
    return _best(repairs, options)


class Standing:
    """A day and what people were told of it."""

    def __init__(
        self, problem: Problem, published: Plan, now: float, seed: int
    ) -> None:
        self.problem, self.published, self.seed = problem, published, seed
        self.requests = {one.key: one for one in problem.requests}
        self.hash = input_hash(problem)
        stops = [
            (trip.vehicle, stop)
            for trip in published.trips
            for stop in trip.stops
            if stop.is_pickup and stop.request in self.requests
        ]
        self.vehicle = {stop.request: vehicle for vehicle, stop in stops}
        self.pickup = {stop.request: stop.begins for _vehicle, stop in stops}
        self.out = [key for key in published.unserved if key in self.requests]
        self.bound = bound_minutes(problem)
        self.changed = {key for key in self.pickup if not self._holds(key)}
        self.weight = {key: self._weight(key, now) for key in self.pickup}

    def _holds(self, key: str) -> bool:
        """Whether the minute announced still suits."""
        window = self.requests[key].pickup.window
        if abs(self.bound.get(key, self.pickup[key]) - self.pickup[key]) > SAME:
            return False
        return window.opens - SAME <= self.pickup[key] <= window.closes + SAME

    def _weight(self, key: str, now: float) -> float:
        """What it weighs to tell them: by level, and double where it is soon."""
        soon = self.pickup[key] - now <= self.problem.rules.urgent
        return float(weight(self.problem, self.requests[key]) * (2 if soon else 1))

    def engine(
        self,
        round_about: Collection[str],
        wide: int = 0,
        *,
        at_any_minute: bool = False,
    ) -> Any:
        """The day with everybody where they were told they would be."""
        stays = {key: at for key, at in self.pickup.items() if key not in self.changed}
        told = announced(
            {key: self.vehicle[key] for key in stays},
            {} if at_any_minute else stays,
            self.weight,
            self.problem.rules.tolerance,
        )
        found = engine(
            self.problem, told, seed=self.seed, round_about=round_about, wide=wide
        )
        found.bar(self.out)
        found.load(self.published.trips)
        return found

    def need(self, found: Any) -> list[str]:
        """Who has no vehicle any more, or none yet; the weightiest first."""
        left = set(found.unserved()) - set(self.out)
        key = {one: (-weight(self.problem, self.requests[one]), one) for one in left}
        return sorted(left, key=key.__getitem__)

    def is_kept(self, found: Any) -> bool:
        """Whether the published trips can be driven as they are."""
        return bool(found.trips() == self.published.trips)

    def repaired(self, found: Any, need: Collection[str], ring: str) -> Repair:
        """The best routes found, and who must be told."""
        plan = made(self.problem, found, self.seed, 0, self.hash)
        moved = tuple(sorted(self.changed.union(need)))
        told = tuple(
            stop.request
            for trip in plan.trips
            for stop in trip.stops
            if stop.is_pickup and self._is_news(trip.vehicle, stop, moved)
        )
        burden = sum((self.weight[key] for key in told), 0.0)
        objective = tuple(
            (level, burden if level == "told" else value)
            for level, value in plan.objective
        )
        lost = tuple(key for key in plan.unserved if key in self.pickup)
        plan = replace(plan, objective=objective)
        return Repair(plan, ring, told, moved, lost, burden)

    def _is_news(self, vehicle: str, stop: Stop, moved: tuple[str, ...]) -> bool:
        key = stop.request
        if key not in self.pickup or key in moved:
            return False
        late = abs(stop.begins - self.pickup[key])
        tolerance = self.problem.rules.tolerance + SAME
        return vehicle != self.vehicle[key] or late > tolerance


def _inserted(
    standing: Standing, found: Any, need: list[str], options: int
) -> Iterator[Repair]:
    """Everybody in need put in somewhere, nobody else moved; a few ways to do so.

    The weightiest chooses first; where that leaves no room for another, the other does.
    """
    if not need:
        yield standing.repaired(found, need, "insertion")
        return
    for first in need:
        others = [key for key in need if key != first]
        has_room = False
        for _price, vehicle in found.prices(first)[:options]:
            if found.put(first, vehicle) and all(_put(found, key) for key in others):
                found.hold()
                has_room = True
                yield standing.repaired(found, need, "insertion")
            for key in need:
                found.take(key)
        if has_room:
            return


def _put(found: Any, key: str) -> bool:
    """Put the guest in the vehicle that charges least; False where none can."""
    return any(found.put(key, vehicle) for _price, vehicle in found.prices(key)[:1])


def _ejected(standing: Standing, found: Any, need: list[str]) -> Repair:
    """As many as possible, each with at most one other guest moved."""
    for key in need:
        _put(found, key) or found.eject(key, REACH)
    found.hold()
    return standing.repaired(found, need, "ejection")


def _walked(
    standing: Standing, last: Repair, need: list[str], ring: str, wide: int, rounds: int
) -> Repair:
    """Those who travel like the guests in need change vehicles, where that helps."""
    left = [key for key in need if key in last.plan.unserved]
    found = standing.engine(left, wide, at_any_minute=ring == "wider")
    heat = found.reach() * HOT / 10
    found.construct()
    for _round in range(rounds):
        found.improve(STEPS, heat, heat)
    return standing.repaired(found, need, ring)


def _best(repairs: list[Repair], options: int) -> tuple[Repair, ...]:
    """The best, none twice."""
    ranked = sorted(repairs, key=lambda one: [v for _level, v in one.plan.objective])
    kept: list[Repair] = []
    for one in ranked:
        if all(one.plan.trips != other.plan.trips for other in kept):
            kept.append(one)
    return tuple(kept[:options])
