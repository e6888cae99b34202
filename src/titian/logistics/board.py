"""Whatever touches the arrivals to come, gathered in few queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from titian.logistics.models import Journey, Stay, Trip
from titian.logistics.policy import LODGING, TRANSPORT
from titian.loop.routing import COORDINATION
from titian.people.models import Duty, Party
from titian.places.models import Place
from titian.places.queries import Ways, ways_among
from titian.programme.models import PRESS_CALL, Activity

AHEAD = timedelta(days=3)
"""Items later than this after a landing cannot be missed by it."""
PROTOCOL = "PRO"
TEAMS = (TRANSPORT, LODGING, PROTOCOL, COORDINATION)


@dataclass(frozen=True, slots=True)
class Board:
    """All that touches the arrivals to come, gathered in few queries."""

    at: datetime
    journeys: Sequence[Journey]
    ways: Ways
    teams: Mapping[str, int]
    stays: Mapping[int, Stay]
    cars: Mapping[int, Sequence[Trip]]
    duties: Mapping[int, Sequence[Duty]]
    items: Sequence[Activity]
    covered_events: frozenset[int]

    def hotel_of(self, journey: Journey) -> Place | None:
        """Where it goes from the airport."""
        stay = self.stays.get(journey.delegation_id)
        return stay.place if stay else journey.hotel

    def drive(self, journey: Journey, place: Place | None) -> timedelta:
        """From the airport to ``place``; nothing where no way is known."""
        way = self.ways.between(journey.airport, place)
        return way.length if way else timedelta(0)


def board_at(at: datetime) -> Board:
    """The board as things stand at ``at``."""
    journeys = list(
        Journey.objects.filter(
            kind=Journey.Kind.ARRIVAL,
            state__in=Journey.TO_LAND,
            precision="minute",
        )
        .filter(Q(planned_at__gte=at - AHEAD) | Q(expected_at__gte=at - AHEAD))
        .select_related("delegation__party", "event", "airport", "hotel")
        .order_by("pk")
    )
    delegations = {journey.delegation_id for journey in journeys}
    stays = _stays(delegations)
    items = _items(journeys, at)
    return Board(
        at=at,
        journeys=journeys,
        ways=ways_among(
            [
                *(journey.airport for journey in journeys),
                *(journey.hotel for journey in journeys),
                *(stay.place for stay in stays.values()),
                *(item.place for item in items),
            ]
        ),
        teams=dict(Party.objects.filter(code__in=TEAMS).values_list("code", "pk")),
        stays=stays,
        cars=_cars(journeys),
        duties=_duties(delegations, at),
        items=items,
        covered_events=_covered({journey.event_id for journey in journeys}),
    )


def _stays(delegations: set[int]) -> dict[int, Stay]:
    stays = Stay.objects.filter(delegation__in=delegations).select_related("place")
    found: dict[int, Stay] = {}
    for stay in stays.order_by("from_on", "pk"):
        found.setdefault(stay.delegation_id, stay)
    return found


def _cars(journeys: Sequence[Journey]) -> dict[int, list[Trip]]:
    found: dict[int, list[Trip]] = defaultdict(list)
    trips = Trip.objects.filter(journey__in=[one.pk for one in journeys])
    for trip in trips.select_related("vehicle__driver").order_by("vehicle__plate"):
        found[trip.journey_id or 0].append(trip)
    return found


def _items(journeys: Sequence[Journey], at: datetime) -> list[Activity]:
    """The items to come, without what others watch: meetings and press calls."""
    return list(
        Activity.objects.filter(
            Q(starts_at__gte=at) | Q(expected_starts_at__gte=at),
            event__in={journey.event_id for journey in journeys},
            state=Activity.State.PLANNED,
            precision=Activity.Precision.MINUTE,
            meeting=None,
        )
        .exclude(kind=PRESS_CALL)
        .select_related("place")
        .prefetch_related("delegations")
        .order_by("starts_at", "pk")
    )


def _duties(delegations: set[int], at: datetime) -> dict[int, list[Duty]]:
    found: dict[int, list[Duty]] = defaultdict(list)
    for duty in (
        Duty.objects.filter(
            delegation__in=delegations,
            mode=Duty.Mode.ATTACHED,
            withdrawn_at=None,
            ends_at__gt=at - AHEAD,
        )
        .select_related("officer__person")
        .order_by("starts_at", "pk")
    ):
        found[duty.delegation_id].append(duty)
    return found


def _covered(events: set[int]) -> frozenset[int]:
    """Events whose cover is published: before that, no hour has an officer."""
    published = Duty.objects.filter(delegation__event__in=events, withdrawn_at=None)
    return frozenset(published.values_list("delegation__event", flat=True).distinct())
