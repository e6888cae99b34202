"""The dial-a-ride files of Cordeau (2006) and Cordeau & Laporte (2003), as problems.

Line one: vehicles, nodes, longest route, capacity, longest ride. Then a node a line:
number, x, y, service, load, opening, closing. Node 0 is the depot, 1 … n the pickups,
n + i the drop of i; a last line, missing from some files, is the depot again.
"""

import math
from dataclasses import dataclass
from pathlib import Path

from titian.planning.trips import (
    Halt,
    Plan,
    Problem,
    Request,
    Stop,
    Trip,
    Vehicle,
    Window,
)

ORDER = ("unserved", "told", "distance", "vehicles")
SETS = Path(__file__).parent / "sets"


@dataclass(frozen=True)
class Node:
    """One line of the file."""

    x: float
    y: float
    service: float
    load: int
    opens: float
    closes: float


@dataclass(frozen=True)
class Instance:
    """A file: its nodes, and the problem that they are."""

    name: str
    vehicles: int
    longest: float
    capacity: int
    ride: float
    nodes: tuple[Node, ...]

    @property
    def requests(self) -> int:
        """How many there are to drive."""
        return (len(self.nodes) - 2) // 2

    def problem(self) -> Problem:
        """The instance as Titian plans it: a place for every node."""
        n, last = self.requests, len(self.nodes) - 1
        ways = tuple(
            tuple(math.dist((a.x, a.y), (b.x, b.y)) for b in self.nodes)
            for a in self.nodes
        )
        shift = Window(self.nodes[0].opens, self.nodes[0].closes)
        vehicles = tuple(
            Vehicle(
                f"{number}",
                "bus",
                ((self.capacity,),),
                "0",
                str(last),
                (),
                shift,
                self.longest,
            )
            for number in range(self.vehicles)
        )
        people = tuple(self._request(number, n) for number in range(1, n + 1))
        places = tuple(str(number) for number in range(len(self.nodes)))
        return Problem(people, vehicles, places, ways, order=ORDER)

    def _request(self, number: int, n: int) -> Request:
        load = (self.nodes[number].load,)
        ends = self._halt(number), self._halt(number + n)
        return Request(str(number), 7, *ends, load, self.ride)

    def _halt(self, number: int) -> Halt:
        node = self.nodes[number]
        return Halt(str(number), Window(node.opens, node.closes), node.service)

    def node(self, stop: Stop) -> int:
        """The file's number of a stop."""
        return int(stop.request) + (0 if stop.is_pickup else self.requests)

    def routes(self, plan: Plan) -> list[list[int]]:
        """The plan in the file's numbers, without the depot."""
        return [[self.node(stop) for stop in trip.stops] for trip in plan.trips]

    def plan(self, routes: list[list[int]], distance: float) -> Plan:
        """Somebody else's routes as a plan, each stop as early as the ways allow.

        For a peer: the times are made here, by another method than ours (rounds of
        raising over all pairs), so the checker has something to look at.
        """
        trips = tuple(self._trip(at, nodes) for at, nodes in enumerate(routes) if nodes)
        served = {stop.request for trip in trips for stop in trip.stops}
        left = tuple(
            str(n) for n in range(1, self.requests + 1) if str(n) not in served
        )
        values = float(len(left)), 0.0, distance, float(len(trips))
        objective = tuple(zip(ORDER, values, strict=True))
        return Plan(trips, left, objective, 0, "peer", "")

    def _trip(self, vehicle: int, nodes: list[int]) -> Trip:
        n, last = self.requests, len(self.nodes) - 1
        row = [0, *nodes, last]
        least: list[tuple[int, int, float]] = []
        for at in range(len(row) - 1):
            here, there = self.nodes[row[at]], self.nodes[row[at + 1]]
            way = math.dist((here.x, here.y), (there.x, there.y))
            least.append((at, at + 1, here.service + way))
        place = {node: at for at, node in enumerate(row)}
        for node in nodes:
            if node <= n and node + n in place:
                most = self.ride + self.nodes[node].service
                least.append((place[node + n], place[node], -most))
        least.append((len(row) - 1, 0, -self.longest))
        times = [self.nodes[node].opens for node in row]
        for _round in range(len(row) + 1):
            for one, other, minutes in least:
                times[other] = max(times[other], times[one] + minutes)
        stops = tuple(
            Stop(str(node - n if node > n else node), node <= n, time, time)
            for node, time in zip(nodes, times[1:-1], strict=True)
        )
        return Trip(f"{vehicle}", times[0], stops, times[-1])


def read(path: Path) -> Instance:
    """The file at ``path``."""
    lines = [line.split() for line in path.read_text().splitlines() if line.strip()]
    head, rows = lines[0], lines[1:]
    nodes = [
        Node(
            *(float(x) for x in row[1:4]),
            int(float(row[4])),
            float(row[5]),
            float(row[6]),
        )
        for row in rows
    ]
    if len(nodes) % 2:
        nodes.append(nodes[0])
    vehicles, longest, capacity, ride = head[0], head[2], head[3], head[4]
    return Instance(
        path.stem,
        int(vehicles),
        float(longest),
        int(float(capacity)),
        float(ride),
        tuple(nodes),
    )


def best_known(name: str) -> tuple[float, str] | None:
    """The best cost known, and whether it was "confirmed" or only "remembered"."""
    for line in (SETS / "darp.txt").read_text().splitlines():
        words = line.split()
        if words[:1] == [name]:
            return float(words[1]), words[2]
    return None
