"""Whether a route has room for its breaks is decided exactly: beside every way to try.

A way is a choice of gaps, and of where the car stands in each. Its times are bounded by
differences, so one either has a timetable or goes round in a circle for ever.
"""

from dataclasses import replace
from itertools import chain, combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.planning.test_trips_properties import MANY
from tests.planning.trips_day import PLACES, ROAD, car, day, guest
from titian.planning.trips import Breaks, Halt, Problem, Request, Window
from titian.planning.trips.solving import engine

type Bound = tuple[int, int, float]  # the later stop is at least so much after


@st.composite
def routes(draw: st.DrawFn) -> tuple[Problem, list[int]]:
    """A driver who is owed breaks, two or three guests, and an order of their stops."""
    count = draw(st.integers(2, 3))
    people = [
        guest(
            f"guest {n}",
            draw(st.sampled_from(PLACES)),
            draw(st.sampled_from(PLACES)),
            ready=(opens := draw(st.integers(0, 200)), opens + 200),
            due=(0, 600),
            ride=draw(st.sampled_from([50.0, 90.0])),
        )
        for n in range(count)
    ]
    owed = Breaks(draw(st.integers(60, 150)), draw(st.integers(5, 30)))
    duty = draw(st.sampled_from([300.0, 600.0]))
    driver = replace(car(seats=((9,),), duty=duty), breaks=owed)
    waits = draw(st.sampled_from([(), ("hotel",), ("hall", "airport")]))
    stops = draw(st.permutations([*range(count), *range(count)]))
    seen: set[int] = set()
    nodes = []
    for one in stops:
        nodes.append(1 + one + (count if one in seen else 0))
        seen.add(one)
    return replace(day(*people, driver), waits=waits), nodes


@MANY
@given(routes())
def test_a_route_is_drivable_where_some_way_to_rest_has_a_timetable(
    asked: tuple[Problem, list[int]],
) -> None:
    problem, nodes = asked

    found = engine(problem, round_about=()).drive(0, nodes)

    assert found is any(
        has_timetable(problem, nodes, way) for way in ways(problem, nodes)
    )


def stops_of(problem: Problem, nodes: list[int]) -> list[tuple[Request, Halt]]:
    n = len(problem.requests)
    people = [(problem.requests[(node - 1) % n], node <= n) for node in nodes]
    return [(one, one.pickup if first else one.drop) for one, first in people]


def ways(problem: Problem, nodes: list[int]) -> list[tuple[tuple[int, str], ...]]:
    """Every choice of gaps with nobody aboard, and of the place in each."""
    stops, aboard = stops_of(problem, nodes), set[str]()
    gaps: list[tuple[int, str]] = []
    for at, (request, halt) in enumerate(stops, start=1):
        aboard ^= {request.key}
        after = stops[at][1].place if at < len(stops) else halt.place
        waits = problem.waits or problem.places
        places = dict.fromkeys(place for place in (halt.place, after) if place in waits)
        gaps += [(at, place) for place in places if not aboard]
    several = chain.from_iterable(combinations(gaps, size) for size in range(4))
    return [one for one in several if len({at for at, _place in one}) == len(one)]


def has_timetable(
    problem: Problem, nodes: list[int], rests: tuple[tuple[int, str], ...]
) -> bool:
    """Whether windows, rides, duty and these breaks can all be kept."""
    (driver,), stops = problem.vehicles, stops_of(problem, nodes)
    assert driver.breaks
    home = len(stops) + 1
    halts = [Halt(driver.start, driver.shift), *(halt for _request, halt in stops)]
    halts.append(Halt(driver.end, driver.shift))
    bounds: list[Bound] = [(home, 0, -driver.longest_duty)]
    at_rest = dict(rests)
    for at, (one, other) in enumerate(pairwise(halts)):
        more = one.service + way(one, other.place)
        bounds.append(
            (at, at + 1, more + (driver.breaks.minutes if at in at_rest else 0))
        )
    for at, (request, halt) in enumerate(stops, start=1):
        if halt is request.drop:
            first = next(n for n, (r, _h) in enumerate(stops, 1) if r is request)
            longest = request.longest_ride or 0
            bounds.append((at, first, -longest - request.pickup.service))
    begins = [(0, 0.0), *((at + 1, -way(halts[at + 1], p)) for at, p in rests)]
    ends = [
        *((at, halts[at].service + way(halts[at], p)) for at, p in rests),
        (home, 0.0),
    ]
    for (start, early), (end, late) in zip(begins, ends, strict=True):
        bounds.append((end, start, late - early - driver.breaks.after))
    return settles([halt.window for halt in halts], bounds)


def way(halt: Halt, place: str) -> float:
    return float(abs(ROAD[halt.place] - ROAD[place]))


def settles(windows: list[Window], bounds: list[Bound]) -> bool:
    """Raise what is too early until nothing is, or a window closes."""
    times = [window.opens for window in windows]
    for _round in range(20 * len(windows)):
        raised = False
        for one, other, least in bounds:
            if times[other] < times[one] + least - 1e-6:
                times[other], raised = times[one] + least, True
        if any(t > w.closes + 1e-6 for t, w in zip(times, windows, strict=True)):
            return False
        if not raised:
            return True
    return False
