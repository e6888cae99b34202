"""A shuttle's timetable: the fewest departures that keep headway, wait and seats."""

from collections import deque
from dataclasses import dataclass, replace

from titian.planning.trips.model import Halt, Problem, Request, Window
from titian.planning.trips.orders import Shuttle


@dataclass(frozen=True, slots=True)
class Departure:
    """A shuttle leaves at a minute, with so many aboard."""

    at: float
    people: int


def timetable(shuttle: Shuttle) -> tuple[Departure, ...]:
    """The fewest departures with which nobody waits for too long, in order.

    A shuttle leaves when it is full, when the first of those waiting has waited as long
    as they may, or when the headway is over: whichever comes first. To leave earlier
    never saves a departure, to leave later breaks a rule. O(crowds + departures).
    """
    queue: deque[tuple[float, int]] = deque()
    coming = deque(sorted((crowd.at, crowd.people) for crowd in shuttle.crowds))
    found: list[Departure] = []
    last, due = shuttle.opens, shuttle.opens + shuttle.headway
    while queue or coming or due < shuttle.closes:
        at = min(due, _patience(shuttle, (*queue, *coming)), shuttle.closes)
        waiting = sum(people for _came, people in queue)
        while coming and coming[0][0] <= at and waiting < shuttle.seats:
            queue.append(coming.popleft())
            waiting += queue[-1][1]
        if waiting >= shuttle.seats:
            at = queue[-1][0]
        last = max(at, last)
        found.append(Departure(last, _boarded(queue, shuttle.seats)))
        due = last + shuttle.headway
    return tuple(found)


def _patience(shuttle: Shuttle, waiting: tuple[tuple[float, int], ...]) -> float:
    """The minute at which the first of them has waited as long as they may."""
    return waiting[0][0] + shuttle.longest_wait if waiting else shuttle.closes


def _boarded(queue: deque[tuple[float, int]], seats: int) -> int:
    """Who gets in, the first who came first; how many."""
    left = seats
    while queue and left:
        at, people = queue.popleft()
        if people > left:
            queue.appendleft((at, people - left))
        left -= min(people, left)
    return seats - left


def timetabled(problem: Problem, *shuttles: Shuttle) -> Problem:
    """The problem with a request for each departure of these shuttles.

    A departure is bound to its minute. Raises ValueError for a place without ways.
    """
    lines, requests = list(problem.shuttles), list(problem.requests)
    for shuttle in shuttles:
        made = [
            _request(problem, shuttle, number, departure)
            for number, departure in enumerate(timetable(shuttle), start=1)
        ]
        requests += made
        lines.append(replace(shuttle, requests=tuple(one.key for one in made)))
    return replace(problem, requests=tuple(requests), shuttles=tuple(lines))


def _request(
    problem: Problem, shuttle: Shuttle, number: int, departure: Departure
) -> Request:
    """The departure, with doors open for as long as getting in takes."""
    opens = departure.at - shuttle.service
    return Request(
        f"{shuttle.key} {number}",
        shuttle.level,
        Halt(shuttle.start, Window(opens, opens), shuttle.service),
        Halt(shuttle.end, service=shuttle.service),
        (departure.people, *(0 for _seat in problem.seats[1:])),
        classes=shuttle.classes,
    )
