"""What an arrival's hour touches: who must be told, what it misses, who is missing."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from titian.kernel import telling
from titian.kernel.bilingual import in_both
from titian.kernel.questions import Break
from titian.logistics.models import Journey, Stay
from titian.logistics.policy import TRANSPORT
from titian.people.models import Delegation, Duty, Party
from titian.places.models import Place
from titian.places.queries import Ways, ways_among
from titian.programme.models import Activity

S = Journey.State
CLEARANCE = timedelta(minutes=15)
"""From the landing to the car door, by a VVIP gate: our estimate."""
CAR_WAITS = timedelta(minutes=15)
"""The car stands at the gate so long before the landing."""
AHEAD = timedelta(days=3)
"""Items later than this after a landing cannot be missed by it."""
LODGING, PROTOCOL, LIAISON = "ACM", "PRO", "LOC"
TEAMS = (TRANSPORT, LODGING, PROTOCOL, LIAISON)


@dataclass(frozen=True, slots=True)
class Board:
    """All that touches the arrivals to come, gathered in few queries."""

    at: datetime
    journeys: Sequence[Journey]
    ways: Ways
    teams: Mapping[str, int]
    hotels: Mapping[int, Place]
    duties: Mapping[int, Sequence[Duty]]
    items: Sequence[Activity]
    covered_events: frozenset[int]

    def hotel_of(self, journey: Journey) -> Place | None:
        """Where it goes from the airport."""
        return self.hotels.get(journey.delegation_id) or journey.hotel

    def drive(self, journey: Journey, place: Place | None) -> timedelta:
        """From the airport to ``place``; nothing where no way is known."""
        way = self.ways.between(journey.airport, place)
        return way.length if way else timedelta(0)


def touched(at: datetime) -> Iterator[Break]:
    """What arrivals still to land ask of others, each with who must confirm it."""
    board = _board(at)
    for journey in board.journeys:
        lands_at = journey.at
        if lands_at is None:
            continue
        yield from _missed(board, journey, lands_at)
        yield from _officers(board, journey, lands_at)
        if journey.expected_at is not None:
            yield _car(board, journey, lands_at)
            yield from _hotel(board, journey, lands_at)
            yield from _greeters(board, journey, lands_at)


def _board(at: datetime) -> Board:
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
    hotels = _hotels(delegations)
    items = _items(journeys, at)
    return Board(
        at=at,
        journeys=journeys,
        ways=ways_among(
            [
                *(journey.airport for journey in journeys),
                *(journey.hotel for journey in journeys),
                *hotels.values(),
                *(item.place for item in items),
            ]
        ),
        teams=dict(Party.objects.filter(code__in=TEAMS).values_list("code", "pk")),
        hotels=hotels,
        duties=_duties(delegations, at),
        items=items,
        covered_events=_covered({journey.event_id for journey in journeys}),
    )


def _hotels(delegations: set[int]) -> dict[int, Place]:
    stays = Stay.objects.filter(delegation__in=delegations).select_related("place")
    found: dict[int, Place] = {}
    for stay in stays.order_by("from_on", "pk"):
        found.setdefault(stay.delegation_id, stay.place)
    return found


def _items(journeys: Sequence[Journey], at: datetime) -> list[Activity]:
    """The items to come; meetings are left out, for ``talks`` watches those."""
    return list(
        Activity.objects.filter(
            Q(starts_at__gte=at) | Q(expected_starts_at__gte=at),
            event__in={journey.event_id for journey in journeys},
            state=Activity.State.PLANNED,
            precision=Activity.Precision.MINUTE,
            meeting=None,
        )
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


def _missed(board: Board, journey: Journey, lands_at: datetime) -> Iterator[Break]:
    if journey.group != "main":
        return
    for item in board.items:
        there_at = lands_at + board.drive(journey, item.place)
        takes_part = item.event_id == journey.event_id and _takes_part(journey, item)
        if (
            takes_part
            and board.at <= item.begins < there_at
            and item.begins < (lands_at + AHEAD)
        ):
            yield _break(
                journey,
                item.begins,
                _misses(journey, item),
                team=board.teams.get(PROTOCOL),
                subject=item,
            )


def _takes_part(journey: Journey, item: Activity) -> bool:
    if item.is_for_all and not item.is_private:
        return True
    return any(one.pk == journey.delegation_id for one in item.delegations.all())


def _officers(board: Board, journey: Journey, lands_at: datetime) -> Iterator[Break]:
    """Nobody on duty at the landing; a handover on the way; whoever is on duty then."""
    if journey.event_id not in board.covered_events:
        return
    duties = board.duties.get(journey.delegation_id, [])
    holding = [duty for duty in duties if duty.starts_at <= lands_at < duty.ends_at]
    if not holding:
        yield _break(
            journey,
            lands_at,
            _alone(journey, lands_at, board.at),
            team=board.teams.get(LIAISON),
        )
        return
    arrives_at = lands_at + CLEARANCE + board.drive(journey, board.hotel_of(journey))
    last = max(holding, key=lambda duty: duty.ends_at)
    if last.ends_at < arrives_at:
        yield _break(
            journey,
            last.ends_at,
            _handover(journey, last.ends_at, board.at),
            person=last.officer.person_id,
        )
    elif journey.expected_at is not None:
        yield _break(
            journey,
            lands_at,
            _receives(journey, last, lands_at, board.at),
            person=last.officer.person_id,
        )


def _car(board: Board, journey: Journey, lands_at: datetime) -> Break:
    ready_at = lands_at - CAR_WAITS
    words = _at_hour(journey, ready_at, board.at)
    return _break(
        journey,
        ready_at,
        lambda: (
            _("The cars of %(delegation)s must be at %(place)s at %(hour)s.")
            % {**words(), "place": _gate(journey)}
        ),
        team=board.teams.get(TRANSPORT),
    )


def _hotel(board: Board, journey: Journey, lands_at: datetime) -> Iterator[Break]:
    hotel = board.hotels.get(journey.delegation_id)
    if hotel is None:
        return
    arrives_at = lands_at + CLEARANCE + board.drive(journey, hotel)
    words = _at_hour(journey, arrives_at, board.at)
    yield _break(
        journey,
        arrives_at,
        lambda: (
            _("%(place)s must be ready to greet %(delegation)s at %(hour)s.")
            % {**words(), "place": hotel}
        ),
        team=board.teams.get(LODGING),
    )


def _greeters(board: Board, journey: Journey, lands_at: datetime) -> Iterator[Break]:
    if not journey.greeters:
        return
    words = _at_hour(journey, lands_at, board.at)
    yield _break(
        journey,
        lands_at,
        lambda: (
            _("Who greets %(delegation)s must be at %(place)s at %(hour)s.")
            % {**words(), "place": _gate(journey)}
        ),
        team=board.teams.get(PROTOCOL),
    )


def _misses(journey: Journey, item: Activity) -> Callable[[], str]:
    return lambda: (
        _("%(delegation)s would not have arrived for “%(item)s”.")
        % {
            "delegation": journey.delegation.name,
            "item": _("a private item") if item.is_private else item.title,
        }
    )


def _alone(journey: Journey, lands_at: datetime, at: datetime) -> Callable[[], str]:
    words = _at_hour(journey, lands_at, at)
    return lambda: (
        _("No officer is on duty for %(delegation)s at the landing, %(hour)s.")
        % words()
    )


def _handover(journey: Journey, ends_at: datetime, at: datetime) -> Callable[[], str]:
    words = _at_hour(journey, ends_at, at)
    return lambda: (
        _(
            "The officers of %(delegation)s hand over at %(hour)s, between the landing "
            "and the hotel."
        )
        % words()
    )


def _receives(
    journey: Journey, duty: Duty, lands_at: datetime, at: datetime
) -> Callable[[], str]:
    words = _at_hour(journey, lands_at, at)
    return lambda: (
        _("%(officer)s receives %(delegation)s at %(hour)s.")
        % {**words(), "officer": duty.officer.person.display}
    )


def _at_hour(
    journey: Journey, hour: datetime, at: datetime
) -> Callable[[], dict[str, object]]:
    """The delegation and the hour, in the language of whoever reads."""
    return lambda: {
        "delegation": journey.delegation.name,
        "hour": telling.hour_near(journey.event, hour, near=at, zone=journey.zone),
    }


def _gate(journey: Journey) -> str:
    place = str(journey.airport or _("the airport"))
    return f"{place}, {journey.terminal_name}" if journey.terminal else place


def _break(
    journey: Journey,
    by: datetime,
    words: Callable[[], str],
    *,
    team: int | None = None,
    person: int | None = None,
    subject: Journey | Activity | None = None,
) -> Break:
    english, indonesian = in_both(words)
    about = subject or journey
    delegation: Delegation = journey.delegation
    return Break(
        level=delegation.rank,
        by=by,
        sentence=english,
        subject_kind=about._meta.label_lower,
        subject_id=about.pk,
        owner_team_id=team,
        owner_person_id=person,
        sentence_id=indonesian,
        concerns_id=delegation.pk,
    )
