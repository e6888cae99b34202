"""A problem becomes arrays, with the kinds of vehicle found."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from titian.planning.trips.kernel.arrays import (
    FAR,
    NOBODY,
    Data,
    Flags,
    Floats,
    Ints,
)
from titian.planning.trips.model import (
    OBJECTIVE,
    Halt,
    Problem,
    Request,
    Vehicle,
    bound_minutes,
    longest_ride,
    weight,
)
from titian.planning.trips.rules import lasting

NEAREST = 120  # neighbours kept for each request
LONGEST = 400  # stops in a route, its ends among them


class Announced(NamedTuple):
    """What people were told: by request, the vehicle and when it picks them up.

    ``weight`` is what it weighs to tell them of another vehicle. They are picked up no
    earlier than announced, and no more than ``tolerance`` minutes later.
    """

    vehicle: Mapping[str, str]
    pickup: Mapping[str, float]
    weight: Mapping[str, float]
    tolerance: float = 0.0


NOTHING = Announced({}, {}, {})


def arrays(
    problem: Problem,
    announced: Announced = NOTHING,
    round_about: Collection[str] | None = None,
    wide: int = NEAREST,
) -> Data:
    """The problem as the kernels read it.

    The walk may ruin round those ``round_about`` and the ``wide`` who travel most like
    them, or round anybody if nothing is said. O(p² + n · kinds), and O(n log n) for
    each centre.
    """
    place = {key: number for number, key in enumerate(problem.places)}
    way = _matrix(problem.minutes)
    km = _matrix(problem.kilometres) if problem.kilometres else way
    kind, kinds = _kinds(problem)
    halts = [one.pickup for one in problem.requests]
    halts += [one.drop for one in problem.requests]
    ends = [Halt(at, one.shift) for one in kinds for at in (one.start, one.end)]
    nodes = [Halt(problem.places[0]) if problem.places else Halt(""), *halts, *ends]
    at = _whole([place.get(halt.place, 0) for halt in nodes])
    bound = bound_minutes(problem)
    ride = _rides(problem, bound, way, at)
    opens, closes = _windows(problem, announced, bound, ride, nodes, way, at)
    centres, near = _centres(problem, round_about, wide, at, opens, closes, km)
    return Data(
        requests=len(problem.requests),
        km=km,
        way=way,
        place=at,
        opens=opens,
        closes=closes,
        service=_real([halt.service for halt in nodes]),
        load=_load(problem, len(nodes), bound),
        ride=ride,
        longest=_real([_end(one.longest_duty) for one in kinds]),
        break_after=_real([k.breaks.after if k.breaks else FAR for k in kinds]),
        break_minutes=_real([k.breaks.minutes if k.breaks else 0 for k in kinds]),
        waits=_flags([not problem.waits or key in problem.waits for key in place]),
        bound=_flags([False, *(one.key in bound for one in problem.requests)]),
        layouts=_layouts(
            kinds, len(problem.seats), len(bound) and len(problem.requests)
        ),
        allowed=_allowed(problem.requests, kinds),
        kind=kind,
        weight=_by_pickup([float(weight(problem, r)) for r in problem.requests]),
        told=_whole([NOBODY, *_told(problem, announced)]),
        told_weight=_by_pickup(
            [announced.weight.get(r.key, 1.0) for r in problem.requests]
        ),
        near=near,
        centres=_whole(centres),
        order=_whole([OBJECTIVE.index(level) for level in problem.order]),
        price=_prices(problem, km),
    )


def _told(problem: Problem, announced: Announced) -> list[int]:
    """By request, the number of the vehicle announced."""
    number = {one.key: row for row, one in enumerate(problem.vehicles)}
    return [
        number.get(announced.vehicle.get(one.key, ""), NOBODY)
        for one in problem.requests
    ]


def _end(minutes: float) -> float:
    return min(minutes, FAR)


def _matrix(ways: Sequence[Sequence[float]]) -> Floats:
    return np.array(ways, dtype=np.float64).reshape(len(ways), len(ways))


def _by_pickup(values: Sequence[float]) -> Floats:
    return _real([0.0, *values])


def _real(values: Sequence[float]) -> Floats:
    """Always of one type: for another the kernels would be compiled anew."""
    return np.array(values, dtype=np.float64)


def _whole(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _flags(values: Sequence[bool]) -> Flags:
    return np.array(values, dtype=np.bool_)


def _kinds(problem: Problem) -> tuple[Ints, list[Vehicle]]:
    """The kind of each vehicle, and one of each kind.

    Vehicles are of a kind if nothing but their key differs and nobody asks for one.
    """
    asked = {key for request in problem.requests for key in request.vehicles}
    found: dict[object, int] = {}
    kinds: list[Vehicle] = []
    kind = []
    for one in problem.vehicles:
        name = one.key if one.key in asked else ""
        rest = one.kind, one.layouts, one.start, one.end, one.skills
        key = name, *rest, one.shift, one.longest_duty, one.breaks
        if key not in found:
            found[key] = len(kinds)
            kinds.append(one)
        kind.append(found[key])
    return _whole(kind), kinds


def _rides(problem: Problem, bound: Collection[str], way: Floats, at: Ints) -> Floats:
    """Minutes aboard; in a motorcade none but those of the way."""
    found = _by_pickup([_end(longest_ride(problem, r)) for r in problem.requests])
    for pickup, request in enumerate(problem.requests, start=1):
        if request.key in bound:
            direct = way[at[pickup], at[pickup + len(problem.requests)]]
            found[pickup] = min(found[pickup], direct)
    return found


def _windows(
    problem: Problem,
    announced: Announced,
    bound: Mapping[str, float],
    ride: Floats,
    nodes: list[Halt],
    way: Floats,
    at: Ints,
) -> tuple[Floats, Floats]:
    """Windows as narrow as the other end, the ride and what was announced allow."""
    opens = _real([halt.window.opens for halt in nodes])
    closes = _real([_end(halt.window.closes) for halt in nodes])
    for pickup, request in enumerate(problem.requests, start=1):
        drop = pickup + len(problem.requests)
        said = announced.pickup.get(request.key)
        if said is not None:
            opens[pickup] = max(opens[pickup], said)
            closes[pickup] = min(closes[pickup], said + announced.tolerance)
        if request.key in bound:
            opens[pickup] = max(opens[pickup], bound[request.key])
            closes[pickup] = min(closes[pickup], bound[request.key])
        service = request.pickup.service
        least = service + way[at[pickup], at[drop]]
        most = service + ride[pickup]
        opens[pickup] = max(opens[pickup], opens[drop] - most)
        closes[pickup] = min(closes[pickup], closes[drop] - least)
        opens[drop] = max(opens[drop], opens[pickup] + least)
        closes[drop] = min(closes[drop], closes[pickup] + most)
    return opens, closes


def _load(problem: Problem, nodes: int, bound: Collection[str]) -> Ints:
    """Who takes which seats; where there are motorcades, in the last column company.

    Everybody takes one of ``n`` shares of the company, who is in a motorcade all: so
    nobody else is aboard, and any other day needs no column.
    """
    seats, n = len(problem.seats), len(problem.requests)
    load = np.zeros((nodes, seats + bool(bound)), dtype=np.int64)
    for pickup, request in enumerate(problem.requests, start=1):
        load[pickup, seats:] = n if request.key in bound else 1
        load[pickup, :seats] = request.load
        load[pickup + n] = -load[pickup]
    return load


def _layouts(kinds: list[Vehicle], seats: int, company: int) -> Ints:
    """The seats of each kind; with company, a share for each request."""
    most = max((len(one.layouts) for one in kinds), default=1)
    layouts = np.full((len(kinds), most + 1, seats + bool(company)), -1, dtype=np.int64)
    for row, one in enumerate(kinds):
        layouts[row, : len(one.layouts), :seats] = one.layouts
        layouts[row, : len(one.layouts), seats:] = company
    return layouts


def _allowed(requests: Sequence[Request], kinds: list[Vehicle]) -> Flags:
    """By kind and request; asked once for all who want, and all that are, the same."""
    allowed = np.zeros((len(kinds), len(requests) + 1), dtype=np.bool_)
    wanted: dict[object, list[int]] = {}
    for number, one in enumerate(requests, start=1):
        wish = one.classes, one.skills, one.vehicles, one.load
        wanted.setdefault(wish, []).append(number)
    named = {key for one in requests for key in one.vehicles}
    alike: dict[object, list[int]] = {}
    for row, vehicle in enumerate(kinds):
        name = vehicle.key if vehicle.key in named else ""
        nature = name, vehicle.kind, vehicle.skills, vehicle.layouts
        alike.setdefault(nature, []).append(row)
    for numbers in wanted.values():
        for rows in alike.values():
            if not lasting(requests[numbers[0] - 1], kinds[rows[0]]):
                allowed[np.ix_(rows, numbers)] = True
    return allowed


def _centres(
    problem: Problem,
    round_about: Collection[str] | None,
    wide: int,
    at: Ints,
    opens: Floats,
    closes: Floats,
    km: Floats,
) -> tuple[list[int], Ints]:
    """Round whom the walk may ruin, and who travels like them."""
    rows = {one.key: row for row, one in enumerate(problem.requests, start=1)}
    centres = sorted(
        rows[key] for key in (rows if round_about is None else round_about)
    )
    near = _near(centres, len(rows), at, opens, closes, km, wide)
    if round_about is None:
        return centres, near
    centres = sorted({*centres, *near[centres].ravel().tolist()})
    return centres, _near(centres, len(rows), at, opens, closes, km, NEAREST)


def _near(
    centres: Sequence[int],
    n: int,
    at: Ints,
    opens: Floats,
    closes: Floats,
    km: Floats,
    wide: int,
) -> Ints:
    """Those who travel alike: near at both ends and at an hour not far off."""
    wide = min(wide, max(n - 1, 0)) if centres else 0
    near = np.zeros((n + 1, wide), dtype=np.int64)
    pickups, drops = at[1 : n + 1], at[n + 1 : 2 * n + 1]
    middle = (opens + np.minimum(closes, opens + 720)) / 2
    for request in centres if wide else ():
        row = km[at[request], pickups] + km[at[request + n], drops]
        row = row + np.minimum(km[at[request + n], pickups], km[at[request], drops])
        row += 0.05 * np.abs(middle[1 : n + 1] - middle[request])
        row[request - 1] = np.inf
        near[request] = np.argsort(row, kind="stable")[:wide] + 1
    return near


def _prices(problem: Problem, km: Floats) -> Floats:
    """What the walk pays: enough that a later level rarely buys an earlier one."""
    longest = float(km.max()) if km.size else 1.0
    least = min(problem.rules.weight)
    vehicles_first = problem.order.index("vehicles") < problem.order.index("distance")
    price = {
        "unserved": 20.0 * longest / least,
        "told": 5.0 * longest,
        "vehicles": 2.0 * longest if vehicles_first else 0.0,
        "distance": 1.0,
    }
    return _real([price[level] for level in OBJECTIVE])
