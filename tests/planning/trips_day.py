"""A small invented day of cars: an airport, a hotel, a hall, all on one road.

The road is counted in minutes, and a kilometre is a minute: airport 0, hotel 20, hall
30, beach 50. Requests and vehicles come with what most tests want.
"""

from dataclasses import replace

from hypothesis import strategies as st

from titian.planning.trips import (
    Breaks,
    Crowd,
    Halt,
    Motorcade,
    Problem,
    Request,
    Rules,
    Shuttle,
    Vehicle,
    Window,
    timetabled,
)

ROAD = {"airport": 0, "hotel": 20, "hall": 30, "beach": 50}
PLACES = tuple(ROAD)
WAYS = tuple(tuple(float(abs(a - b)) for b in ROAD.values()) for a in ROAD.values())
IN_TURN = ("unserved", "told", "distance", "vehicles")


def guest(
    key: str = "ingrid",
    pickup: str = "airport",
    drop: str = "hotel",
    *,
    ready: tuple[float, float] = (60, 90),
    due: tuple[float, float] = (0, 300),
    level: int = 4,
    load: tuple[int, ...] = (1,),
    ride: float | None = None,
    **wishes: tuple[str, ...],
) -> Request:
    """Somebody to be driven; ready and due are the windows."""
    return Request(
        key,
        level,
        Halt(pickup, Window(*ready), 2),
        Halt(drop, Window(*due), 1),
        load,
        ride,
        **wishes,
    )


def car(
    key: str = "car 1",
    *,
    seats: tuple[tuple[int, ...], ...] = ((3,),),
    kind: str = "sedan",
    base: str = "hotel",
    shift: tuple[float, float] = (0, 600),
    duty: float = 600,
    skills: tuple[str, ...] = (),
) -> Vehicle:
    """A vehicle that stands at its base."""
    return Vehicle(key, kind, seats, base, base, skills, Window(*shift), duty)


def day(
    *what: Request | Vehicle,
    rules: Rules | None = None,
    seats: tuple[str, ...] = ("seat",),
    order: tuple[str, ...] = IN_TURN,
) -> Problem:
    """A problem of these requests and vehicles; one car if none is given."""
    vehicles = tuple(one for one in what if isinstance(one, Vehicle))
    return Problem(
        tuple(one for one in what if isinstance(one, Request)),
        vehicles or (car(),),
        PLACES,
        WAYS,
        seats=seats,
        rules=rules or Rules(),
        order=order,
    )


@st.composite
def requests(draw: st.DrawFn, number: int) -> Request:
    """Anybody, from anywhere to anywhere, at some hour."""
    opens = draw(st.integers(0, 300))
    wide = draw(st.integers(0, 60))
    at_drop = draw(st.booleans())
    window, other = (opens, opens + wide), (0, 600)
    return guest(
        f"guest {number}",
        draw(st.sampled_from(PLACES)),
        draw(st.sampled_from(PLACES)),
        ready=other if at_drop else window,
        due=window if at_drop else other,
        level=draw(st.integers(1, 7)),
        load=(draw(st.integers(1, 4)), draw(st.integers(0, 1))),
        ride=draw(st.sampled_from([None, 20, 55])),
        skills=draw(st.sampled_from([(), ("french",)])),
        classes=draw(st.sampled_from([(), ("van",)])),
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Up to six requests and three vehicles, some of which can never work."""
    people = [draw(requests(n)) for n in range(draw(st.integers(0, 6)))]
    cars = [
        car(
            f"car {n}",
            kind=draw(st.sampled_from(["van", "sedan"])),
            seats=draw(st.sampled_from([((3, 0),), ((6, 0), (4, 1))])),
            base=draw(st.sampled_from(PLACES)),
            shift=draw(st.sampled_from([(0, 600), (60, 400)])),
            duty=draw(st.sampled_from([90, 300, 600])),
            skills=draw(st.sampled_from([(), ("french",)])),
        )
        for n in range(draw(st.integers(1, 3)))
    ]
    order = draw(
        st.sampled_from([IN_TURN, ("unserved", "told", "vehicles", "distance")])
    )
    return day(*people, *cars, seats=("seat", "wheelchair"), order=order)


@st.composite
def orders(draw: st.DrawFn) -> Problem:
    """A day with breaks owed, perhaps a motorcade with its escort, and a shuttle."""
    owed = Breaks(draw(st.sampled_from([60, 100])), draw(st.sampled_from([10, 30])))
    cars = [
        replace(
            car(f"car {n}", skills=("escort",)),
            breaks=draw(st.sampled_from([None, owed])),
        )
        for n in range(draw(st.integers(1, 4)))
    ]
    people = [
        guest(
            f"guest {n}",
            ready=(80 * n, 80 * n + draw(st.integers(0, 90))),
            due=(0, 600),
        )
        for n in range(draw(st.integers(0, 5)))
    ]
    gap, leaves = draw(st.sampled_from([0.0, 0.7])), draw(st.sampled_from([90, 200.3]))
    problem = day(*people, *convoy(), *cars)
    problem = replace(
        problem,
        motorcades=(
            Motorcade("arunika", ("escort", "leader"), leaves, gap, ("escort",)),
        ),
        waits=draw(st.sampled_from([(), ("hotel",), ("hall", "beach")])),
    )
    crowds = tuple(
        Crowd(draw(st.integers(100, 200)), draw(st.integers(1, 5)))
        for _crowd in range(draw(st.integers(0, 3)))
    )
    return timetabled(problem, line(*crowds, wait=draw(st.integers(0, 40))))


def convoy() -> tuple[Request, Request]:
    """A leader and the escort in front, at whatever minute the motorcade has."""
    leader = guest("leader", ready=(0, 600), due=(0, 600), level=1)
    return leader, replace(leader, key="escort", load=(0,), skills=("escort",))


def line(
    *crowds: Crowd, wait: float = 15, headway: float = 60, seats: int = 3
) -> Shuttle:
    """From the hotel to the hall, from 100 to 220."""
    return Shuttle("bus", "hotel", "hall", crowds, seats, wait, headway, 100, 220)
