"""How long the way takes, and when one must leave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import asin, ceil, cos, radians, sin, sqrt
from typing import Protocol

from django.db.models import Q

from titian.kernel.models import Basis
from titian.places.models import Place, TravelTime

ESCORTED = ("convoy", "ambulance", "escort")
DETOUR = 1.4  # what a road adds to the straight line
METRES_A_MINUTE = 500  # 30 km/h: streets, gates, parking
GETTING_IN_AND_OUT = 5  # minutes
INSIDE_ONE_HOUSE = 5  # minutes on foot
NEXT_DOOR_METRES = 500
EARTH_METRES = 6_371_000
BUFFER_MINUTES = 10
COMPUTED = "straight line"


@dataclass(frozen=True, slots=True)
class Way:
    """How long from one place to another, how we know, and who says so."""

    minutes: int
    basis: str
    source: str = ""

    @property
    def length(self) -> timedelta:
        """The same as a span."""
        return timedelta(minutes=self.minutes)

    @property
    def is_estimate(self) -> bool:
        """Whether nobody reported it: the page says so."""
        return self.basis != Basis.FACT


class Appointment(Protocol):
    """Something with an hour and a place: an activity, a journey."""

    @property
    def when(self) -> datetime | None: ...

    @property
    def where(self) -> Place | None: ...


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways among some places, read once: a whole board costs two queries."""

    told: Mapping[frozenset[int], list[TravelTime]]
    houses: Mapping[str, Place]

    def between(self, start: Place | None, end: Place | None) -> Way | None:
        """The way, told or computed; ``None`` if nothing at all is known of it."""
        if start is None or end is None:
            return None
        if start.pk == end.pk:
            return Way(0, Basis.FACT)
        if rows := self._unescorted(start, end):
            best = min(rows, key=lambda row: (row.minutes, row.basis))
            return Way(best.minutes, best.basis, best.source)
        return self._between_houses(start, end) or self._computed(start, end)

    def house_of(self, place: Place) -> Place:
        """The house a hall is part of: ``APURVA`` for ``APURVA-CANDI``; else itself."""
        house = self.houses.get(place.code.partition("-")[0])
        if house is None or house.pk == place.pk:
            return place
        apart = _metres(place, house)
        return house if apart is None or apart <= NEXT_DOOR_METRES else place

    def _between_houses(self, start: Place, end: Place) -> Way | None:
        first, last = self.house_of(start), self.house_of(end)
        if first.pk == last.pk:
            return Way(INSIDE_ONE_HOUSE, Basis.ESTIMATE, COMPUTED)
        if (first.pk, last.pk) == (start.pk, end.pk):
            return None
        return self.between(first, last)

    def _unescorted(self, start: Place, end: Place) -> list[TravelTime]:
        rows = self.told.get(frozenset({start.pk, end.pk}), [])
        return [row for row in rows if not _is_escorted(row)]

    def _computed(self, start: Place, end: Place) -> Way | None:
        """By the straight line, but never quicker than a convoy is said to be."""
        rows = self.told.get(frozenset({start.pk, end.pk}), [])
        known = [row.minutes for row in rows]
        if (metres := _metres(start, end)) is not None:
            known.append(GETTING_IN_AND_OUT + ceil(metres * DETOUR / METRES_A_MINUTE))
        return Way(max(known), Basis.ESTIMATE, COMPUTED) if known else None


def ways_among(places: Iterable[Place | None]) -> Ways:
    """The ways among ``places`` and the houses they are part of, in two queries."""
    known = {place.pk: place for place in places if place is not None}
    codes = {place.code.partition("-")[0] for place in known.values()}
    houses = Place.objects.filter(code__in=codes)
    among = {**known, **{house.pk: house for house in houses}}
    told: dict[frozenset[int], list[TravelTime]] = {}
    for row in TravelTime.objects.filter(
        Q(origin__in=among.keys()) & Q(destination__in=among.keys())
    ):
        pair = frozenset({row.origin_id, row.destination_id})
        told.setdefault(pair, []).append(row)
    return Ways(told, {house.code: house for house in houses})


def way(start: Place | None, end: Place | None) -> Way | None:
    """How long from ``start`` to ``end``; ``None`` if nothing at all is known of it.

    The shortest that is told, in either direction, without counting what is only true
    of a convoy; else the same between the houses the two belong to; else by the
    straight line, marked as an estimate.
    """
    return ways_among([start, end]).between(start, end)


def leave_by(
    appointment: Appointment,
    from_place: Place | None,
    buffer_minutes: int = BUFFER_MINUTES,
) -> datetime | None:
    """When to leave ``from_place`` to be there; ``None`` if hour or way is unknown."""
    return leaving(appointment.when, way(from_place, appointment.where), buffer_minutes)


def leaving(
    when: datetime | None, by: Way | None, buffer_minutes: int = BUFFER_MINUTES
) -> datetime | None:
    """When to leave for ``when`` by this way; somebody already there has no way."""
    if when is None or by is None:
        return None
    if not by.minutes:
        return when
    return when - by.length - timedelta(minutes=buffer_minutes)


def _is_escorted(row: TravelTime) -> bool:
    return any(word in row.condition.lower() for word in ESCORTED)


def _metres(start: Place, end: Place) -> float | None:
    """The great circle between two places; ``None`` if one has no coordinates."""
    if start.lat is None or start.lon is None or end.lat is None or end.lon is None:
        return None
    south, north = radians(start.lat), radians(end.lat)
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * (
        sin(radians(end.lon - start.lon) / 2) ** 2
    )
    return 2 * EARTH_METRES * asin(sqrt(half))
