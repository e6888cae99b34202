"""The cars' hours: one car at one place, and drivers who sleep.

A driver's working day ends after twelve hours (Law 22 of 2009, article 90, at its
longest); two days of work lie eight hours apart, which is our estimate.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from django.db.models import Q
from django.utils.translation import gettext as _

from titian.kernel import telling
from titian.kernel.bilingual import in_both
from titian.kernel.questions import Break
from titian.logistics.models import Journey, Stay, Trip, Vehicle
from titian.logistics.policy import TRANSPORT
from titian.people.models import Party
from titian.places.models import Place
from titian.places.queries import Ways, ways_among

CLEARANCE = timedelta(minutes=15)
"""From the landing to the car door, by a VVIP gate: our estimate."""
CAR_WAITS = timedelta(minutes=15)
"""The car stands at the gate so long before the landing."""
AROUND = timedelta(days=3)
LONGEST_DAY = timedelta(hours=12)
REST = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Drive:
    """A trip with the hours it takes as things stand, and where it goes."""

    trip: Trip
    starts_at: datetime
    ends_at: datetime
    origin: Place | None
    destination: Place | None

    @property
    def vehicle(self) -> Vehicle:
        """The car promised."""
        return self.trip.vehicle


def drives(at: datetime, event_id: int | None = None) -> list[Drive]:
    """Every trip of three days before and after ``at``, in the order of its start."""
    trips = _trips(at, event_id)
    if not trips:
        return []
    hotels = _hotels({trip.delegation_id for trip in trips})
    ends = [(_start_of(trip), _end_of(trip, hotels)) for trip in trips]
    ways = ways_among(place for pair in ends for place in pair)
    found = [
        Drive(trip, *hours, *pair)
        for trip, pair in zip(trips, ends, strict=True)
        if (hours := _hours(trip, ways, *pair)) is not None
        and at - AROUND <= hours[0] <= at + AROUND
    ]
    return sorted(found, key=lambda one: (one.starts_at, one.trip.pk))


def days_of(held: Iterable[Drive]) -> list[list[Drive]]:
    """One car's drives, cut into days of work where the driver rests eight hours."""
    days: list[list[Drive]] = []
    for one in sorted(held, key=lambda one: one.starts_at):
        if days and one.starts_at - max(d.ends_at for d in days[-1]) < REST:
            days[-1].append(one)
        else:
            days.append([one])
    return days


def by_car(known: Iterable[Drive]) -> dict[int, list[Drive]]:
    """The drives of each car, by its id."""
    found: dict[int, list[Drive]] = defaultdict(list)
    for one in known:
        found[one.vehicle.pk].append(one)
    return found


def in_trouble(known: Iterable[Drive], at: datetime) -> set[int]:
    """The ids of the trips that cannot all be driven as they are promised."""
    return {
        one.trip.pk
        for held in by_car(known).values()
        for trouble in (_twice, _standing_still, _no_rest)
        for drives_hit in trouble(held, at)
        for one in drives_hit
        if one.ends_at > at
    }


def overworked(at: datetime) -> Iterator[Break]:
    """Cars that would be at two places, stand still, or whose driver finds no rest."""
    cars = by_car(drives(at))
    if not cars:
        return
    team = Party.objects.filter(code=TRANSPORT).values_list("pk", flat=True).first()
    for held in cars.values():
        for first, second in _twice(held, at):
            yield _break(first, second, team, _two_places(first, second, at))
        for (one,) in _standing_still(held, at):
            yield _break(one, one, team, _nobody_drives(one, at))
        for day in _no_rest(held, at):
            yield _break(day[0], day[-1], team, _too_long(day, at))


def _trips(at: datetime, event_id: int | None) -> list[Trip]:
    own = Q(journey=None, ends_at__gt=at - AROUND, starts_at__lt=at + AROUND)
    meeting = Q(journey__isnull=False) & ~Q(journey__state=Journey.State.CALLED_OFF)
    rows = Trip.objects.filter(own | meeting)
    if event_id is not None:
        rows = rows.filter(event=event_id)
    return list(
        rows.select_related(
            "vehicle__driver",
            "delegation__party",
            "event",
            "journey__airport",
            "journey__hotel",
            "journey__event",
            "origin",
            "destination",
        ).order_by("pk")
    )


def _hotels(delegations: set[int]) -> Mapping[int, Place]:
    stays = Stay.objects.filter(delegation__in=delegations).select_related("place")
    found: dict[int, Place] = {}
    for stay in stays.order_by("from_on", "pk"):
        found.setdefault(stay.delegation_id, stay.place)
    return found


def _start_of(trip: Trip) -> Place | None:
    if trip.journey is None or trip.journey.kind == Journey.Kind.DEPARTURE:
        return trip.origin
    return trip.journey.airport


def _end_of(trip: Trip, hotels: Mapping[int, Place]) -> Place | None:
    if trip.journey is None:
        return trip.destination
    if trip.journey.kind == Journey.Kind.DEPARTURE:
        return trip.journey.airport
    return hotels.get(trip.delegation_id) or trip.journey.hotel


def _hours(
    trip: Trip, ways: Ways, origin: Place | None, destination: Place | None
) -> tuple[datetime, datetime] | None:
    if trip.journey is None:
        assert trip.starts_at is not None and trip.ends_at is not None  # by constraint
        return trip.starts_at, trip.ends_at
    lands_at = trip.journey.at
    if lands_at is None or trip.journey.precision != "minute":
        return None
    way = ways.between(origin, destination)
    road = way.length if way else timedelta(0)
    if trip.journey.kind == Journey.Kind.DEPARTURE:
        return lands_at - road - CAR_WAITS, lands_at
    return lands_at - CAR_WAITS, lands_at + CLEARANCE + road


def _twice(held: Sequence[Drive], at: datetime) -> Iterator[tuple[Drive, Drive]]:
    for first, second in combinations(held, 2):
        if second.starts_at < first.ends_at and first.ends_at > at:
            yield first, second


def _standing_still(held: Sequence[Drive], at: datetime) -> Iterator[tuple[Drive]]:
    for one in held:
        out = one.vehicle.out_since
        if out is not None and one.ends_at > max(out, at):
            yield (one,)


def _no_rest(held: Sequence[Drive], at: datetime) -> Iterator[tuple[Drive, ...]]:
    for day in days_of(held):
        ends_at = max(one.ends_at for one in day)
        if ends_at > at and ends_at - day[0].starts_at > LONGEST_DAY:
            yield tuple(day)


def _two_places(first: Drive, second: Drive, at: datetime) -> Callable[[], str]:
    return lambda: (
        _("%(car)s would drive %(one)s and %(other)s at the same time, at %(hour)s.")
        % {
            "car": first.vehicle,
            "one": first.trip.delegation.name,
            "other": second.trip.delegation.name,
            "hour": _hour(second, second.starts_at, at),
        }
    )


def _nobody_drives(one: Drive, at: datetime) -> Callable[[], str]:
    return lambda: (
        _("%(car)s cannot drive %(delegation)s at %(hour)s: it is out of service.")
        % {
            "car": one.vehicle,
            "delegation": one.trip.delegation.name,
            "hour": _hour(one, one.starts_at, at),
        }
    )


def _too_long(day: Sequence[Drive], at: datetime) -> Callable[[], str]:
    ends_at = max(one.ends_at for one in day)
    return lambda: (
        _(
            "The driver of %(car)s would work from %(start)s to %(end)s without "
            "8 hours of rest; 12 hours are the most."
        )
        % {
            "car": day[0].vehicle,
            "start": _hour(day[0], day[0].starts_at, at),
            "end": _hour(day[-1], ends_at, at),
        }
    )


def _hour(one: Drive, hour: datetime, at: datetime) -> str:
    return telling.hour_near(one.trip.event, hour, near=at)


def _break(
    first: Drive, second: Drive, team: int | None, words: Callable[[], str]
) -> Break:
    """Of two trips the later breaks; the higher guest says how much it weighs."""
    english, indonesian = in_both(words)
    trip = second.trip
    return Break(
        level=min(first.trip.delegation.rank, trip.delegation.rank),
        by=second.starts_at,
        sentence=english,
        subject_kind=trip._meta.label_lower,
        subject_id=trip.pk,
        owner_team_id=team,
        sentence_id=indonesian,
        concerns_id=trip.delegation_id,
    )
