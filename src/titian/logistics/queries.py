"""Questions this room answers: who arrives, who is where, what must be told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Prefetch, Q
from django.utils.translation import gettext as _

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Entry, Event
from titian.kernel.questions import Break, Carried, Change, Kind
from titian.logistics.cars import CLEARANCE, overworked
from titian.logistics.leads import lead_of
from titian.logistics.lodging import short_of_rooms
from titian.logistics.models import Holding, Journey, Milestone, Stay
from titian.logistics.models.journey import REACHED_BY
from titian.logistics.touched import touched
from titian.people.models import Assignment, Delegation, Person
from titian.places.models import Place
from titian.places.queries import Ways, ways_among
from titian.programme.items import Item

S = Journey.State
ON_THE_MOVE = (S.LANDED, S.CLEARED, S.ON_THE_ROAD)
ORDER = tuple(REACHED_BY)
ON_THE_ROAD_AT_MOST = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One line of the arrivals board: planned, expected, actual side by side."""

    journey: Journey
    planned_at: datetime | None
    expected_at: datetime | None
    actual_at: datetime | None
    milestones: tuple[Milestone, ...]

    @property
    def best_at(self) -> datetime | None:
        """The best we know: actual, else expected, else planned."""
        return self.actual_at or self.expected_at or self.planned_at

    @property
    def late(self) -> timedelta:
        """How much later than planned; negative if earlier, nothing if not planned."""
        if self.planned_at is None or self.best_at is None:
            return timedelta(0)
        return self.best_at - self.planned_at

    @property
    def is_dated_only(self) -> bool:
        """Whether only the day is known, so that no hour may be told."""
        return self.actual_at is None and self.journey.precision == "day"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a delegation is, as far as its journeys tell; ``None`` is: not told."""

    journey: Journey
    state: str
    place: Place | None
    milestone: Milestone | None = None

    @property
    def since(self) -> datetime | None:
        """Since when it is so, by the word of who told it."""
        return self.milestone.happened_at if self.milestone else None


@dataclass(frozen=True, slots=True)
class Heard:
    """The last word of a delegation's officers: when said, when heard, by whom."""

    said_at: datetime
    heard_at: datetime
    person: Person


def arrivals(
    event: Event, day: date, *, actor: Actor | None = None
) -> tuple[Arrival, ...]:
    """Who is planned, expected or reported to arrive on ``day`` where the event is.

    An arrival that slips past midnight stays on the board of the day it was planned
    for, and stands on the next day's too. With an actor, what that actor may see.
    """
    start, end = clock.day_of(event, day)
    seen = Journey.objects.all() if actor is None else Journey.objects.visible_to(actor)
    landed = Q(milestones__state=S.LANDED)
    on_day = (
        Q(planned_at__gte=start, planned_at__lt=end)
        | Q(expected_at__gte=start, expected_at__lt=end)
        | landed
        & Q(milestones__happened_at__gte=start, milestones__happened_at__lt=end)
    )
    journeys = (
        seen.filter(on_day, event=event, kind=Journey.Kind.ARRIVAL)
        .exclude(state=S.CALLED_OFF)
        .distinct()
        .select_related("delegation__party", "airport", "hotel", "event")
        .prefetch_related("milestones")
    )
    found = [_arrival(journey) for journey in journeys]
    return tuple(sorted(found, key=lambda one: (one.best_at or end, one.journey.pk)))


def where_is(
    delegations: Iterable[Delegation], at: datetime
) -> dict[int, Whereabouts | None]:
    """Where each delegation is at ``at``, in a constant number of queries."""
    each = list(delegations)
    told = Prefetch(
        "milestones",
        Milestone.objects.filter(happened_at__lte=at, state__in=ORDER).order_by(
            "happened_at", "pk"
        ),
        to_attr="told",
    )
    journeys = (
        Journey.objects.filter(delegation__in=each)
        .exclude(state=S.CALLED_OFF)
        .select_related("airport", "hotel")
        .prefetch_related(told)
    )
    by_delegation: dict[int, list[Journey]] = {one.pk: [] for one in each}
    for journey in journeys:
        by_delegation[journey.delegation_id].append(journey)
    return {pk: _whereabouts(rows, at) for pk, rows in by_delegation.items()}


def last_heard(delegations: Iterable[Delegation]) -> dict[int, Heard]:
    """When each delegation's present officers were last heard about it, and who.

    One that nobody was heard about is missing from the answer. Two queries.
    """
    pairs = {
        (row.delegation_id, row.officer.person_id): row.officer.person
        for row in Assignment.objects.filter(
            delegation__in=list(delegations), relieved_at=None
        )
        .exclude(consent=Assignment.Consent.DECLINED)
        .select_related("officer__person")
    }
    words = (
        Entry.objects.filter(
            concerns_id__in={delegation for delegation, _person in pairs},
            actor_person_id__in={person for _delegation, person in pairs},
        )
        .values_list("concerns_id", "actor_person_id")
        .annotate(said=Max("said_at"), heard=Max("heard_at"))
    )
    found: dict[int, Heard] = {}
    for delegation, person, said, heard in words:
        officer = pairs.get((delegation or 0, person or 0))
        if officer is None or delegation is None:
            continue
        before = found.get(delegation)
        if before is None or before.heard_at < heard:
            found[delegation] = Heard(said, heard, officer)
    return found


def hotels_of(delegations: Sequence[Delegation]) -> dict[int, Place]:
    """Where each delegation sleeps: its first stay, else where its arrival goes."""
    found: dict[int, Place] = {}
    stays = Stay.objects.filter(delegation__in=delegations).select_related("place")
    for stay in stays.order_by("from_on", "pk"):
        found.setdefault(stay.delegation_id, stay.place)
    arrivals = Journey.objects.filter(
        delegation__in=delegations, kind=Journey.Kind.ARRIVAL, hotel__isnull=False
    ).select_related("hotel")
    for journey in arrivals.order_by("pk"):
        if journey.hotel is not None:
            found.setdefault(journey.delegation_id, journey.hotel)
    return found


def coming(
    delegations: Sequence[Delegation], since: datetime, until: datetime
) -> Iterable[Item]:
    """The landings, drives and leavings of each, not over at ``since``."""
    journeys = list(
        Journey.objects.filter(delegation__in=delegations, precision="minute")
        .exclude(state__in=[S.CALLED_OFF, S.AT_THE_HOTEL])
        .filter(
            Q(planned_at__lt=until) | Q(expected_at__lt=until),
            Q(planned_at__gt=since - ON_THE_ROAD_AT_MOST)
            | Q(expected_at__gt=since - ON_THE_ROAD_AT_MOST),
        )
        .select_related("airport", "hotel")
        .prefetch_related("milestones")
        .order_by("pk")
    )
    if not journeys:
        return
    hotels = hotels_of(delegations)
    ways = ways_among(
        [
            *(journey.airport for journey in journeys),
            *(journey.hotel for journey in journeys),
            *hotels.values(),
        ]
    )
    for journey in journeys:
        yield from _items(
            journey, journey.hotel or hotels.get(journey.delegation_id), ways
        )


def carried_by(delegation_id: int, person_id: int, at: datetime) -> tuple[Carried, ...]:
    """The keys, telephones, cars and gifts of the delegation that the officer holds.

    Things are counted: how many it is, is said back.
    """
    held = Holding.objects.filter(
        delegation=delegation_id, holder=person_id, state=Holding.State.HELD
    )
    return tuple(
        Carried(
            Kind.CUSTODY,
            f"{one.code} {one}",
            one._meta.label_lower,
            one.pk,
            fields={"how_many": str(one.count)},
        )
        for one in held.order_by("pk")
    )


def broken_by(change: Change) -> tuple[Break, ...]:
    """Who must be told of an arrival's hour, what it misses, which cars cannot come.

    And who has no rooms, or fewer than were promised.
    """
    at = change.at
    return (*touched(at), *overworked(at), *short_of_rooms(at))


def _arrival(journey: Journey) -> Arrival:
    told = tuple(journey.milestones.all())
    landings = [one.happened_at for one in told if one.state == S.LANDED]
    return Arrival(
        journey,
        planned_at=journey.planned_at,
        expected_at=journey.expected_at,
        actual_at=landings[0] if landings else None,
        milestones=told,
    )


def _whereabouts(journeys: Sequence[Journey], at: datetime) -> Whereabouts | None:
    """By the journey last begun; before any has, by the next to come."""
    begun = [journey for journey in journeys if _told(journey)]
    if begun:
        journey = max(begun, key=lambda one: (_told(one)[-1].happened_at, one.pk))
        last = max(_told(journey), key=lambda one: ORDER.index(one.state))
        return Whereabouts(journey, last.state, _place_of(journey, last.state), last)
    waiting = [one for one in journeys if one.state in Journey.TO_LAND]
    ahead = [one for one in waiting if one.at is not None and one.at >= at]
    first = min(
        ahead or waiting,
        key=lambda one: (one.group != "main", one.at or at, one.pk),
        default=None,
    )
    return Whereabouts(first, first.state, None) if first else None


def _told(journey: Journey) -> list[Milestone]:
    told: list[Milestone] = journey.told  # type: ignore[attr-defined]
    return told


def _place_of(journey: Journey, state: str) -> Place | None:
    """At the airport until it sets out, at the hotel when it got there; not aloft."""
    if state in {S.WHEELS_UP, S.ON_THE_ROAD}:
        return None
    return journey.hotel if state == S.AT_THE_HOTEL else journey.airport


def _items(journey: Journey, hotel: Place | None, ways: Ways) -> Iterable[Item]:
    when = _arrival(journey).best_at
    if when is None:
        return
    planned = journey.planned_at or when
    drive = ways.between(journey.airport, hotel)
    at_hotel = when + CLEARANCE + (drive.length if drive else timedelta(0))
    if journey.kind == Journey.Kind.DEPARTURE:
        yield _item(journey, _("Departure"), when, when, planned, journey.airport)
    elif journey.state in ON_THE_MOVE:
        yield _item(
            journey,
            str(journey.get_state_display()),
            when,
            at_hotel,
            planned,
            journey.airport,
            ends=hotel,
            is_running=True,
        )
    else:
        late = when - planned
        yield _item(
            journey, _("Landing"), when, at_hotel, planned, journey.airport, hotel
        )
        yield _item(
            journey,
            _("At the hotel"),
            at_hotel,
            at_hotel,
            at_hotel - late,
            hotel,
            hotel,
        )


def _item(
    journey: Journey,
    title: str,
    starts: datetime,
    over: datetime,
    planned: datetime,
    place: Place | None,
    ends: Place | None = None,
    *,
    is_running: bool = False,
) -> Item:
    return Item(
        delegation_id=journey.delegation_id,
        subject_kind=journey._meta.label_lower,
        subject_id=journey.pk,
        title=title,
        starts_at=starts,
        ends_at=over,
        planned_at=planned,
        place=place,
        ends_place=ends,
        is_running=is_running,
        detail=journey.terminal,
        lead=lead_of(journey),
    )
