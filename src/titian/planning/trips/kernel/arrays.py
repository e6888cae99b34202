"""What the kernels work on: the problem as arrays, and the routes as they stand.

Nodes are numbers: ``1 … n`` the pickups, ``n+1 … 2n`` the drops in the same order, then
for each kind of vehicle its start and its end. ``m`` vehicles of ``k`` kinds, ``p``
places, ``c`` classes of seat, ``w`` the stops a route may have with both its ends.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]
type Flags = NDArray[np.bool_]
type Dice = NDArray[np.uint64]

SLACK = 1e-7  # minutes: what rounding may eat
NOBODY = -1
FAR = 1e9  # minutes; endless, but a number that can be added to
UNSERVED, TOLD, VEHICLES, DISTANCE = range(4)


class Data(NamedTuple):
    """The problem; never written. Minutes and kilometres."""

    requests: int
    km: Floats  # (p, p)
    way: Floats  # (p, p)
    place: Ints  # by node
    opens: Floats  # by node
    closes: Floats  # by node
    service: Floats  # by node
    load: Ints  # (nodes, c), what comes aboard; negative at a drop
    ride: Floats  # by pickup
    longest: Floats  # by kind
    break_after: Floats  # by kind; FAR where no break is owed
    break_minutes: Floats  # by kind
    waits: Flags  # by place: whether a vehicle may wait there
    bound: Flags  # by pickup: in a motorcade, so not to be taken out
    layouts: Ints  # (k, layouts, c); -1 where a kind has fewer layouts
    allowed: Flags  # (k, n + 1)
    kind: Ints  # by vehicle
    weight: Floats  # by pickup: what it costs to leave them
    told: Ints  # by pickup: the vehicle announced, or NOBODY
    told_weight: Floats  # by pickup: what it costs to tell them of another
    near: Ints  # (n + 1, h): those who travel alike, the nearest first
    centres: Ints  # the requests round which the walk may ruin
    order: Ints  # the levels of the objective, the weightiest first
    price: Floats  # what the walk pays for a unit of each level


class Routes(NamedTuple):
    """Who is driven by whom, in which order; written all the time."""

    stops: Ints  # (m, w)
    long: Ints  # (m,), 2 for an empty one
    early: Floats  # (m, w), the earliest each stop can begin
    late: Floats  # (m, w), the latest
    aboard: Ints  # (m, w, c), after each stop
    km: Floats  # (m,)
    version: Ints  # (m,), a new number for each new route
    holder: Ints  # (n + 1,)
    score: Floats  # by level


class Memo(NamedTuple):
    """The best way to insert each request in each route, while the route is the same.

    ``price`` is what it adds; with ``first`` 0 nothing below ``price`` was found.
    """

    version: Ints  # (n + 1, m)
    price: Floats
    first: Ints
    second: Ints


class Desk(NamedTuple):
    """Room to work in: nothing here outlives a call."""

    nodes: Ints  # (w + 2,)
    times: Floats  # (w + 2,)
    where: Ints  # by node
    bank: Ints  # (n + 1,)
    keys: Floats  # (n + 1,)
    counter: Ints  # (2,): the last version given, routes touched in this step
    touched: Ints  # (m,), their numbers
    is_touched: Flags  # (m,)
    is_asked: Flags  # by kind
    aboard: Ints  # (1, 1, c)
    span: Floats  # (w + 2,)
    free: Floats  # (2w + 5,), by gap
    came: Ints  # (2w + 5,), by gap


def routes(vehicles: int, requests: int, width: int, classes: int) -> Routes:
    """Routes with nothing in them, not even their ends."""
    return Routes(
        stops=np.zeros((vehicles, width), np.int64),
        long=np.full(vehicles, 2, np.int64),
        early=np.zeros((vehicles, width)),
        late=np.zeros((vehicles, width)),
        aboard=np.zeros((vehicles, width, classes), np.int64),
        km=np.zeros(vehicles),
        version=np.zeros(vehicles, np.int64),
        holder=np.full(requests + 1, NOBODY, np.int64),
        score=np.zeros(4),
    )


def memo(vehicles: int, requests: int) -> Memo:
    """Nothing remembered yet."""
    shape = requests + 1, vehicles
    return Memo(
        np.full(shape, NOBODY, np.int64),
        np.zeros(shape),
        np.zeros(shape, np.int64),
        np.zeros(shape, np.int64),
    )


def desk(data: Data, width: int) -> Desk:
    """A clean desk."""
    vehicles, requests = data.kind.size, data.requests
    return Desk(
        nodes=np.zeros(width + 2, np.int64),
        times=np.zeros(width + 2),
        where=np.zeros(data.place.size, np.int64),
        bank=np.zeros(requests + 1, np.int64),
        keys=np.zeros(requests + 1),
        counter=np.zeros(2, np.int64),
        touched=np.zeros(vehicles, np.int64),
        is_touched=np.zeros(vehicles, np.bool_),
        is_asked=np.zeros(data.allowed.shape[0], np.bool_),
        aboard=np.zeros((1, 1, data.load.shape[1]), np.int64),
        span=np.zeros(width + 2),
        free=np.zeros(2 * width + 5),
        came=np.zeros(2 * width + 5, np.int64),
    )
