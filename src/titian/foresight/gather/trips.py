"""Rows into the problem of trips: which car could drive whom on one day of work.

A car that drives twice in a day carries one delegation at a time; where it waits in
between is not known, so that it comes from nowhere and costs no way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from titian.logistics.cars import LONGEST_DAY, REST, Drive, by_car, days_of
from titian.logistics.models import Vehicle
from titian.places.models import Place
from titian.places.queries import ways_among
from titian.planning import trips

MINUTE = timedelta(minutes=1)
GARAGE, NOWHERE = "garage", "nowhere"
SLACK = 1.0  # minutes by which a ride may be longer than the way
RULES = trips.Rules(tolerance=0.0)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The problem, what is promised, and the rows its keys stand for."""

    problem: trips.Problem
    published: trips.Plan
    drives: Mapping[str, Drive]
    vehicles: Mapping[str, Vehicle]
    now: float


@dataclass(frozen=True, slots=True)
class _Day:
    """What a car does in these hours, and when it must sleep."""

    drives: tuple[Drive, ...]
    opens: datetime
    closes: datetime


def gather(
    cars: Iterable[Vehicle],
    before: Sequence[Drive],
    after: Sequence[Drive],
    hit: frozenset[int] | set[int],
    at: datetime,
    *,
    of_any_class: bool = False,
) -> Gathered:
    """The day round the trips ``hit``, which need a car; all others keep theirs.

    ``before`` are the drives as promised, ``after`` as they would be; ``cars`` may be
    asked, those out of service are left out. Whoever needs a car gets one of the class
    promised, but for ``of_any_class``.
    """
    hull = [one for one in after if one.trip.pk in hit]
    low, high = min(d.starts_at for d in hull), max(d.ends_at for d in hull)
    zero = low - 2 * (LONGEST_DAY + REST)
    held = by_car(after)
    days = {
        car: _day_of(held.get(car.pk, []), hit, low, high)
        for car in cars
        if car.out_since is None
    }
    free = {car: day for car, day in days.items() if day is not None}
    kept = [one for day in free.values() for one in day.drives]
    mine = {one.trip.pk: one for one in (*kept, *hull)}
    drives = [mine[pk] for pk in sorted(mine)]
    places = _Places(drives)
    problem = trips.Problem(
        requests=tuple(
            _request(one, _may_drive(one, free, of_any_class), places, zero)
            for one in drives
        ),
        vehicles=tuple(_vehicle(car, day, zero) for car, day in free.items()),
        places=places.keys,
        minutes=places.minutes,
        rules=RULES,
        order=("unserved", "told", "distance", "vehicles"),
    )
    return Gathered(
        problem,
        _published(before, mine, free, places, zero),
        {str(pk): one for pk, one in mine.items()},
        {car.plate: car for car in free},
        _minutes(at - zero),
    )


def _day_of(
    held: Iterable[Drive], hit: frozenset[int] | set[int], low: datetime, high: datetime
) -> _Day | None:
    """The car's day of work round the hours; ``None`` if it has no room for a drive."""
    opens, closes = low - LONGEST_DAY - REST, high + LONGEST_DAY + REST
    near: list[Drive] = []
    for day in days_of(one for one in held if one.trip.pk not in hit):
        starts_at, ends_at = day[0].starts_at, max(one.ends_at for one in day)
        if ends_at + REST <= low:
            opens = max(opens, ends_at + REST)
        elif starts_at - REST >= high:
            closes = min(closes, starts_at - REST)
        else:
            near += day
    if near and max(d.ends_at for d in near) - near[0].starts_at > LONGEST_DAY:
        return None
    return _Day(tuple(near), opens, closes)


class _Places:
    """The places of some drives, and the ways among them in minutes."""

    def __init__(self, drives: Sequence[Drive]) -> None:
        ends = [place for one in drives for place in (one.origin, one.destination)]
        known = {place.pk: place for place in ends if place is not None}
        ways, rows = ways_among(known.values()), list(known.values())
        self.keys = (*(str(row.pk) for row in rows), NOWHERE, GARAGE)
        table = []
        for one in rows:
            found = [ways.between(one, other) for other in rows]
            told = [float(way.minutes) if way else 0.0 for way in found]
            table.append((*told, 0.0, 0.0))
        nothing = (0.0,) * len(self.keys)
        self.minutes = (*table, nothing, nothing)

    def key(self, place: Place | None) -> str:
        """The place's key; what is not known is nowhere."""
        return str(place.pk) if place else NOWHERE

    def way(self, one: Drive) -> float:
        """The minutes from where it starts to where it ends."""
        start, end = self.key(one.origin), self.key(one.destination)
        return self.minutes[self.keys.index(start)][self.keys.index(end)]


def _request(
    one: Drive, cars: Iterable[str], places: _Places, zero: datetime
) -> trips.Request:
    """To be picked up at its minute, and to be there as soon as the way allows."""
    starts, way = _minutes(one.starts_at - zero), places.way(one)
    waits = max(_minutes(one.ends_at - one.starts_at) - way, 0.0)
    return trips.Request(
        key=str(one.trip.pk),
        level=one.trip.delegation.rank,
        pickup=trips.Halt(
            places.key(one.origin), trips.Window(starts, starts), service=waits
        ),
        drop=trips.Halt(places.key(one.destination)),
        load=(1,),
        longest_ride=way + SLACK,
        vehicles=tuple(cars) or (NOWHERE,),  # none named would mean any
    )


def _may_drive(
    one: Drive, free: Mapping[Vehicle, _Day], of_any_class: bool
) -> Iterable[str]:
    """The car promised; where another may come: of its class, lent to nobody else."""
    if any(one in day.drives for day in free.values()):
        return [one.vehicle.plate]
    wanted = one.vehicle.car_class
    return [
        car.plate
        for car in free
        if car.pk == one.vehicle.pk
        or (
            (of_any_class or car.car_class == wanted)
            and car.delegation_id in (None, one.trip.delegation_id)
        )
    ]


def _vehicle(car: Vehicle, day: _Day, zero: datetime) -> trips.Vehicle:
    return trips.Vehicle(
        key=car.plate,
        kind=car.car_class,
        layouts=((1,),),
        start=GARAGE,
        end=GARAGE,
        shift=trips.Window(
            max(_minutes(day.opens - zero), 0.0), _minutes(day.closes - zero)
        ),
        longest_duty=_minutes(LONGEST_DAY),
    )


def _published(
    before: Iterable[Drive],
    mine: Mapping[int, Drive],
    free: Mapping[Vehicle, _Day],
    places: _Places,
    zero: datetime,
) -> trips.Plan:
    """What people were told, of the trips in the problem and cars that can drive."""
    told = by_car(one for one in before if one.trip.pk in mine)
    found = tuple(
        _trip(car, told[car.pk], places, zero) for car in free if told.get(car.pk)
    )
    return trips.Plan(found, (), (), seed=0, engine=trips.ENGINE, input_hash="")


def _trip(
    car: Vehicle, held: Iterable[Drive], places: _Places, zero: datetime
) -> trips.Trip:
    stops: list[trips.Stop] = []
    for one in sorted(held, key=lambda one: one.starts_at):
        key, begins = str(one.trip.pk), _minutes(one.starts_at - zero)
        ends = max(_minutes(one.ends_at - zero), begins + places.way(one))
        stops.append(trips.Stop(key, True, begins, begins))
        stops.append(trips.Stop(key, False, ends, ends))
    return trips.Trip(car.plate, stops[0].arrives, tuple(stops), stops[-1].begins)


def _minutes(span: timedelta) -> float:
    return span / MINUTE
