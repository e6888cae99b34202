"""The engine: one problem held as arrays, and the kernels that work on it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np

from titian.planning.trips.kernel import arrays, gather
from titian.planning.trips.kernel.arrays import NOBODY, Data
from titian.planning.trips.kernel.dice import dice
from titian.planning.trips.kernel.driving import driven, opened, take
from titian.planning.trips.kernel.mending import (
    NONE,
    ejected,
    priced,
    put_best,
)
from titian.planning.trips.kernel.reading import trip_of
from titian.planning.trips.kernel.recreate import recreate
from titian.planning.trips.kernel.ruling import (
    first_broken,
    possible,
    resettled,
)
from titian.planning.trips.kernel.slack import slackened
from titian.planning.trips.kernel.walk import adopt, better, forget, walk
from titian.planning.trips.model import (
    OBJECTIVE,
    Problem,
    Trip,
)
from titian.planning.trips.orders import Motorcade


class Engine:
    """Routes of a problem that can be built, walked and read."""

    def __init__(
        self,
        problem: Problem,
        announced: gather.Announced = gather.NOTHING,
        *,
        seed: int = 42,
        round_about: Collection[str] | None = None,
        wide: int = gather.NEAREST,
    ) -> None:
        self.problem = problem
        self.data: Data = gather.arrays(problem, announced, round_about, wide)
        vehicles, n = len(problem.vehicles), len(problem.requests)
        width = min(2 * n + 2, gather.LONGEST)
        seats = self.data.load.shape[1]
        self.here, self.saved, self.best = (
            arrays.routes(vehicles, n, width, seats) for _copy in range(3)
        )
        self.memo = arrays.memo(vehicles, n)
        self.desk = arrays.desk(self.data, width)
        self.dice = dice(seed)
        self.here.score[arrays.UNSERVED] = self.data.weight.sum()
        for vehicle in range(vehicles):
            opened(self.data, self.here, self.desk, vehicle)
        adopt(self.here, self.best)
        self.known: dict[int, tuple[int, Trip]] = {}
        self.number = {one.key: at for at, one in enumerate(problem.requests, 1)}
        self.vehicle = {one.key: at for at, one in enumerate(problem.vehicles)}
        self.convoys = sorted(
            problem.motorcades, key=lambda m: -self.data.weight[self._rows(m)].max()
        )

    def load(self, trips: Collection[Trip]) -> tuple[str, ...]:
        """Drive these trips as far as the rules allow; who could not be kept."""
        left: list[str] = []
        for trip in trips:
            left += self._load(trip)
        adopt(self.here, self.best)
        for trip in trips:
            row = self.vehicle.get(trip.vehicle, NOBODY)
            if row != NOBODY and trip.stops and self._trip(row) == trip:
                self.known[row] = int(self.best.version[row]), trip
        return tuple(left)

    def _load(self, trip: Trip) -> list[str]:
        """One trip: as a whole if it can be driven, else one guest after another."""
        vehicle = self.vehicle.get(trip.vehicle, NOBODY)
        keys = [one.request for one in trip.stops if one.is_pickup]
        known = [key for key in keys if key in self.number]
        if vehicle == NOBODY:
            return known
        kept = [key for key in known if self.allows(key, vehicle)]
        if not self.drive(vehicle, self._nodes(trip, kept)):
            kept = self._pieced(vehicle, trip, kept)
        return [key for key in known if key not in kept]

    def _pieced(self, vehicle: int, trip: Trip, keys: list[str]) -> list[str]:
        """Those who were told first, and of them the weightiest."""
        kept: list[str] = []
        told = {key: self.data.told[self.number[key]] == vehicle for key in keys}
        weight = {key: -self.data.told_weight[self.number[key]] for key in keys}
        for key in sorted(keys, key=lambda one: (not told[one], weight[one])):
            if self.drive(vehicle, self._nodes(trip, [*kept, key])):
                kept.append(key)
        return kept

    def _nodes(self, trip: Trip, keys: Sequence[str]) -> list[int]:
        n = self.data.requests
        wanted = set(keys)
        return [
            self.number[one.request] + (0 if one.is_pickup else n)
            for one in trip.stops
            if one.request in wanted
        ]

    def allows(self, key: str, vehicle: int) -> bool:
        """Whether class, skills and name of the vehicle will do."""
        return bool(self.data.allowed[self.data.kind[vehicle], self.number[key]])

    def drive(self, vehicle: int, nodes: Sequence[int]) -> bool:
        """Give the vehicle exactly these stops, if it can drive them; else none new."""
        start = 2 * self.data.requests + 1 + 2 * int(self.data.kind[vehicle])
        if len(nodes) + 2 > self.here.stops.shape[1]:
            return False
        whole = np.array([start, *nodes, start + 1], dtype=np.int64)
        return bool(driven(self.data, self.here, self.desk, vehicle, whole))

    def bar(self, keys: Iterable[str]) -> None:
        """Leave these where they are: no vehicle will do."""
        for key in keys:
            self.data.allowed[:, self.number[key]] = False

    def prices(self, key: str) -> list[tuple[float, int]]:
        """What each vehicle that can charges for the request, the cheapest first."""
        found = np.empty(len(self.problem.vehicles))
        row = self.number[key]
        priced(self.data, self.here, self.memo, self.desk, row, found)
        order = np.argsort(found, kind="stable")
        return [(float(found[at]), int(at)) for at in order if found[at] < NONE]

    def put(self, key: str, vehicle: int) -> bool:
        """Put the request where it costs this vehicle least."""
        row = self.number[key]
        return bool(put_best(self.data, self.here, self.desk, vehicle, row))

    def take(self, key: str) -> None:
        """Take the request out of the vehicle that holds it, if one does."""
        if self.here.holder[self.number[key]] != NOBODY:
            take(self.data, self.here, self.desk, self.number[key])

    def eject(self, key: str, reach: float) -> bool:
        """Place the request by moving one other guest."""
        return bool(
            ejected(
                self.data,
                self.here,
                self.saved,
                self.memo,
                self.desk,
                self.dice,
                self.number[key],
                reach,
            )
        )

    def first_broken(self, key: str, vehicle: int) -> int:
        """The number of the first law in the way of the two; 5 if none is."""
        row = self.number[key]
        return int(first_broken(self.data, self.here, self.desk, vehicle, row))

    def possible(self, key: str) -> bool:
        """Whether any vehicle could drive the request if it had nobody else."""
        return bool(possible(self.data, self.desk, self.number[key]))

    @contextmanager
    def relaxed(self, key: str, slack: Mapping[str, float]) -> Iterator[None]:
        """For a moment these rules give for the request, by so many minutes."""
        with slackened(self.problem, self.data, self.number[key], slack):
            resettled(self.data, self.here, self.desk)
            yield
        resettled(self.data, self.here, self.desk)

    def hold(self) -> None:
        """Call the routes as they stand the best."""
        adopt(self.here, self.best)

    def trips(self) -> tuple[Trip, ...]:
        """The best routes, each stop as early as windows, rides and duty allow."""
        return tuple(
            self._known(row) or self._trip(row)
            for row in range(len(self.problem.vehicles))
            if self.best.long[row] > 2
        )

    def _known(self, row: int) -> Trip | None:
        """The trip as it was loaded, while nothing of it changed."""
        version, trip = self.known.get(row, (0, None))
        return trip if version == self.best.version[row] else None

    def _trip(self, row: int) -> Trip:
        """Leaving as late as the first guest allows."""
        length = int(self.best.long[row])
        nodes = [int(node) for node in self.best.stops[row, :length]]
        times = [float(time) for time in self.best.early[row, :length]]
        vehicle = self.problem.vehicles[row]
        return trip_of(self.problem, self.data, vehicle, nodes, times)

    def unserved(self) -> tuple[str, ...]:
        """Who is not driven in the best routes."""
        return tuple(
            one.key
            for row, one in enumerate(self.problem.requests, 1)
            if self.best.holder[row] == NOBODY
        )

    def objective(self) -> tuple[tuple[str, float], ...]:
        """The levels of the best routes, in the order of the problem."""
        found = dict(zip(OBJECTIVE, self.best.score.tolist(), strict=True))
        return tuple((level, round(found[level], 6)) for level in self.problem.order)

    def reach(self) -> float:
        """How far apart stops are in the routes as they stand; never 0."""
        driven_stops = float((self.here.long - 1).clip(min=0).sum())
        return float(self.here.km.sum()) / max(driven_stops, 1.0) or 1.0

    def gathered(self, motorcade: Motorcade) -> bool:
        """Put in whoever of the motorcade is not driven; False if some find nothing."""
        left = [
            key
            for key in motorcade.requests
            if self.here.holder[self.number[key]] == NOBODY
        ]
        choices = {key: len(self.prices(key)) for key in left}
        return all(self._placed(key) for key in sorted(left, key=choices.__getitem__))

    def _rows(self, motorcade: Motorcade) -> list[int]:
        return [self.number[key] for key in motorcade.requests]

    def _placed(self, key: str) -> bool:
        """Put the request in the vehicle that charges least."""
        return any(self.put(key, vehicle) for _price, vehicle in self.prices(key)[:1])

    def _leave(self, motorcade: Motorcade) -> None:
        """Nobody of the motorcade is driven, now or later."""
        for key in motorcade.requests:
            self.take(key)
        self.bar(motorcade.requests)

    def disband(self) -> None:
        """In the best routes, leave every motorcade of which somebody is left."""
        broken = []
        for motorcade in self.convoys:
            left = self.best.holder[self._rows(motorcade)] == NOBODY
            if left.any() and not left.all():
                broken.append(motorcade)
        if broken:
            adopt(self.best, self.here)
            for motorcade in broken:
                self._leave(motorcade)
            adopt(self.here, self.best)

    def construct(self) -> None:
        """Put everybody who is not driven where it costs least, none overlooked.

        Motorcades come first, the weightiest of them before the others, whole or not.
        """
        for motorcade in self.convoys:
            if not self.gathered(motorcade):
                self._leave(motorcade)
        forget(self.desk)
        recreate(self.data, self.here, self.saved, self.memo, self.desk, self.dice, 0.0)
        if better(self.data, self.here.score, self.best.score):
            adopt(self.here, self.best)

    def improve(self, steps: int, hot: float, cold: float) -> int:
        """Walk ``steps`` steps; how often the best became better."""
        return walk(
            self.data,
            self.here,
            self.saved,
            self.best,
            self.memo,
            self.desk,
            self.dice,
            steps,
            hot,
            cold,
        )
