"""Whom an hour at a place touches: asked of the rooms that keep hours and beds."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from titian.kernel import clock, telling
from titian.kernel.models import Event
from titian.logistics.models import Journey, Stay, Trip
from titian.people.models import Assignment, Delegation, Officer
from titian.places.models import Closure, Place
from titian.programme.models import Activity


@dataclass(frozen=True, slots=True)
class Touched:
    """What a closure touches, each by its own list."""

    activities: list[Activity]
    journeys: list[Journey]
    trips: list[Trip]
    stays: list[Stay]
    officers: list[Officer]

    @property
    def is_nothing(self) -> bool:
        """Whether nobody needs to be told."""
        return not (self.activities or self.journeys or self.trips or self.stays)


def touched_by(closure: Closure) -> Touched:
    """The items, landings, cars and stays that a closure meets, and whose LOs."""
    places = places_of(closure.place_id, closure.area)
    hours = (closure.starts_at, closure.ends_at)
    activities = list(_activities(closure.event, places, *hours))
    journeys = list(_journeys(closure.event, places, *hours))
    trips = list(_trips(closure.event, places, *hours))
    stays = list(_stays(closure.event, places, *_days(closure.event, *hours)))
    ids = {row.delegation_id for row in journeys}
    ids |= {row.delegation_id for row in trips} | {row.delegation_id for row in stays}
    for activity in activities:
        ids |= taking_part(activity)
    held = Assignment.objects.filter(delegation__in=ids, relieved_at=None).exclude(
        consent=Assignment.Consent.DECLINED
    )
    officers = Officer.objects.filter(pk__in=held.values("officer"))
    named = officers.select_related("person").order_by("code")
    return Touched(activities, journeys, trips, stays, list(named))


def as_it_was(closure: Closure) -> str:
    """How it is without the closure: what is planned there then, or that it is open."""
    event, hours = closure.event, (closure.starts_at, closure.ends_at)
    items = _activities(event, places_of(closure.place_id, closure.area), *hours)
    planned = [
        _("%(item)s at %(at)s")
        % {"item": one.title, "at": telling.hour_near(event, one.begins, near=hours[0])}
        for one in items
    ]
    if not planned:
        return _("%(where)s is open") % {"where": closure.where}
    return _("%(where)s, as planned: %(items)s") % {
        "where": closure.where,
        "items": "; ".join(planned),
    }


def places_of(place_id: int | None, area: str) -> set[int]:
    """The place and all that is part of it; else every place of the area."""
    if place_id is None:
        return set(Place.objects.filter(area=area).values_list("pk", flat=True))
    code = Place.objects.values_list("code", flat=True).get(pk=place_id)
    parts = Place.objects.filter(Q(pk=place_id) | Q(code__startswith=f"{code}-"))
    return set(parts.values_list("pk", flat=True))


type Subject = Activity | Journey | Trip | Stay


def passing(
    event: Event, places: set[int], start: datetime, end: datetime
) -> dict[int, list[Subject]]:
    """Each delegation with something there in those hours, and what."""
    found: dict[int, list[Subject]] = defaultdict(list)
    for activity in _activities(event, places, start, end):
        for pk in sorted(taking_part(activity)):
            found[pk].append(activity)
    for journey in _journeys(event, places, start, end):
        found[journey.delegation_id].append(journey)
    for trip in _trips(event, places, start, end):
        found[trip.delegation_id].append(trip)
    for stay in _stays(event, places, *_days(event, start, end)):
        found[stay.delegation_id].append(stay)
    return dict(found)


def named(subject: Subject) -> str:
    """What it is called, in the reader's language."""
    if isinstance(subject, Activity):
        return subject.title
    if isinstance(subject, Journey):
        return subject.get_kind_display()
    if isinstance(subject, Trip):
        return _("a car")
    return _("a stay")


def sleeping_at(event: Event, place: Place, day: date) -> set[int]:
    """The delegations that sleep there in the night that begins on ``day``."""
    return {stay.delegation_id for stay in _stays(event, {place.pk}, day, day)}


def flown_by(event: Event, flight: str) -> dict[int, set[str]]:
    """The delegations on a flight, and which of their groups; spaces do not count."""
    wanted = "".join(flight.split()).casefold()
    found: dict[int, set[str]] = defaultdict(set)
    rows = Journey.objects.filter(event=event).exclude(flight="")
    for row in rows.exclude(state=Journey.State.CALLED_OFF):
        if "".join(row.flight.split()).casefold() == wanted:
            found[row.delegation_id].add(row.group)
    return dict(found)


def taking_part(activity: Activity) -> set[int]:
    """The delegations of an item: those named, or all of the event's."""
    if activity.is_for_all:
        every = Delegation.objects.filter(event=activity.event_id)
        coming = every.exclude(status=Delegation.Status.WITHDRAWN)
        return set(coming.values_list("pk", flat=True))
    return {row.pk for row in activity.delegations.all()}


def _activities(
    event: Event, places: set[int], start: datetime, end: datetime
) -> Iterable[Activity]:
    rows = Activity.objects.filter(
        Q(starts_at__lt=end) | Q(expected_starts_at__lt=end), event=event
    ).filter(Q(ends_at__gt=start) | Q(expected_ends_at__gt=start), place__in=places)
    gone = [Activity.State.CANCELLED, Activity.State.FINISHED]
    rows = rows.exclude(state__in=gone).select_related("place", "event")
    for row in rows.prefetch_related("delegations").order_by("starts_at", "pk"):
        if row.begins < end and row.ends > start:
            yield row


def _journeys(
    event: Event, places: set[int], start: datetime, end: datetime
) -> Iterable[Journey]:
    over = [Journey.State.CALLED_OFF, Journey.State.AT_THE_HOTEL]
    rows = Journey.objects.filter(
        Q(airport__in=places) | Q(hotel__in=places), event=event, precision="minute"
    ).exclude(state__in=over)
    named = rows.select_related("delegation__party", "airport", "hotel", "event")
    for row in named.order_by("planned_at", "pk"):
        if row.at is not None and start <= row.at < end:
            yield row


def _trips(
    event: Event, places: set[int], start: datetime, end: datetime
) -> Iterable[Trip]:
    """Cars that begin or end there in hours of their own; others go by the landing."""
    rows = Trip.objects.filter(
        Q(origin__in=places) | Q(destination__in=places),
        event=event,
        starts_at__lt=end,
        ends_at__gt=start,
    ).select_related("delegation__party", "vehicle", "origin", "destination")
    return rows.order_by("starts_at", "pk")


def _stays(event: Event, places: set[int], first: date, last: date) -> Iterable[Stay]:
    """Nights that begin from ``first`` to ``last``; an open end is a long stay."""
    rows = Stay.objects.filter(event=event, place__in=places).filter(
        Q(from_on=None) | Q(from_on__lte=last), Q(to_on=None) | Q(to_on__gt=first)
    )
    return rows.select_related("delegation__party", "place").order_by("pk")


def _days(event: Event, start: datetime, end: datetime) -> tuple[date, date]:
    return clock.local(event, start).date(), clock.local(event, end).date()
