"""An invented, seeded day of guest transport: flights, hotels, venues, five classes.

``requests`` by ``vehicles``, on roads driven at 33 km/h. Seeds below 1000 are for
development; 9001-9010 are reserved.
"""

import math
from dataclasses import replace
from random import Random

from titian.planning.trips import (
    OBJECTIVE,
    Halt,
    Problem,
    Request,
    Vehicle,
    Window,
)

HOTELS, VENUES = 20, 12
KILOMETRES_A_MINUTE = 0.55
DETOUR = 1.3
CLASSES = ("sedan", "suv", "van", "coach", "truck")
SHARE = (40, 25, 20, 8, 7)
SEATS = {"sedan": 3, "suv": 5, "van": 10, "coach": 45, "truck": 60}
SHIFTS = (5, 6, 7, 12, 13, 14)  # hours at which ten hours of driving begin
DRIVES = {
    "guest": ("sedan", "suv", "van"),
    "guarded": ("sedan", "suv"),
    "escorted": ("suv",),
    "group": ("coach",),
    "luggage": ("truck",),
}


def transport_day(requests: int, vehicles: int, seed: int = 3) -> Problem:
    """The day as it was asked for."""
    random = Random(seed)
    where = [(0.0, 0.0)]
    for _place in range(HOTELS + VENUES):
        where.append((random.uniform(15, 35), random.uniform(-12, 12)))
    kilometres = tuple(
        tuple(math.dist(one, other) * DETOUR for other in where) for one in where
    )
    minutes = tuple(tuple(km / KILOMETRES_A_MINUTE for km in row) for row in kilometres)
    places = ("airport", *(f"hotel {n}" for n in range(HOTELS)))
    places += tuple(f"venue {n}" for n in range(VENUES))
    cars = tuple(_vehicle(random, n, places) for n in range(vehicles))
    people = tuple(_request(random, n, places, minutes) for n in range(requests))
    return Problem(people, cars, places, minutes, kilometres, order=OBJECTIVE)


def _vehicle(random: Random, number: int, places: tuple[str, ...]) -> Vehicle:
    kind = random.choices(CLASSES, SHARE)[0]
    opens = random.choice(SHIFTS) * 60.0
    base = places[1 + random.randrange(HOTELS)]
    shift = Window(opens, opens + 600)
    return Vehicle(f"V{number:04}", kind, ((SEATS[kind],),), base, base, (), shift)


def _request(
    random: Random,
    number: int,
    places: tuple[str, ...],
    minutes: tuple[tuple[float, ...], ...],
) -> Request:
    """A quarter from the airport, the others between hotel and venue, both ways."""
    chance = random.random()
    hotel, venue = 1 + random.randrange(HOTELS), 1 + HOTELS + random.randrange(VENUES)
    at = float(random.randint(6 * 60, 22 * 60))
    here, there = (hotel, venue) if chance < 0.65 else (venue, hotel)
    wanted = random.choices(("guest", "guarded", "group"), (7, 2, 1))[0]
    if chance < 0.25:
        here, there = 0, hotel
        wanted = random.choices(("guest", "escorted", "luggage"), (6, 2, 2))[0]
    elif chance < 0.65:
        at -= minutes[hotel][venue] + 15
    window = Window(max(at, 0.0), max(at, 0.0) + (15 if 0.25 <= chance < 0.65 else 20))
    direct = minutes[here][there]
    due = Window(0.0, window.closes + 3 + direct * 1.5 + 10)
    people = {"group": (15, 40), "luggage": (5, 20)}.get(wanted, (1, 3))
    return Request(
        f"R{number:04}",
        random.choice((1, 2, 3, 4, 5, 6, 7)),
        Halt(places[here], window, 3),
        Halt(places[there], due, 2),
        (random.randint(*people),),
        direct * 1.5 + 10,
        DRIVES[wanted],
    )


def late_flight(
    problem: Problem, seed: int, people: int = 5, by: float = 90
) -> Problem:
    """The same day, with ``people`` of one flight ``by`` minutes later."""
    random = Random(seed)
    arriving = [r.key for r in problem.requests if r.pickup.place == "airport"]
    late = set(random.sample(arriving, people))
    return replace(
        problem,
        requests=tuple(
            _later(one, by) if one.key in late else one for one in problem.requests
        ),
    )


def _later(request: Request, by: float) -> Request:
    pickup, drop = request.pickup, request.drop
    window = Window(pickup.window.opens + by, pickup.window.closes + by)
    due = Window(drop.window.opens, drop.window.closes + by)
    return replace(
        request,
        pickup=replace(pickup, window=window),
        drop=replace(drop, window=due),
    )
