"""What an arrival's hour touches: who must be told, what it misses, who is missing."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from titian.kernel import telling
from titian.kernel.bilingual import in_both
from titian.kernel.questions import Break
from titian.logistics.board import AHEAD, PROTOCOL, Board, board_at
from titian.logistics.cars import CAR_WAITS, CLEARANCE
from titian.logistics.models import Journey, Stay, Trip
from titian.logistics.policy import LODGING, TRANSPORT
from titian.loop.routing import COORDINATION
from titian.people.models import Delegation, Duty
from titian.programme.models import Activity

S = Journey.State


def touched(at: datetime) -> Iterator[Break]:
    """What arrivals still to land ask of others, each with who must confirm it."""
    board = board_at(at)
    for journey in board.journeys:
        lands_at = journey.at
        if lands_at is None:
            continue
        yield from _missed(board, journey, lands_at)
        yield from _officers(board, journey, lands_at)
        if journey.expected_at is not None:
            yield _car(board, journey, lands_at)
            yield from _rooms(board, journey, lands_at)
            yield from _hotel(board, journey, lands_at)
            yield from _greeters(board, journey, lands_at)


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
            team=board.teams.get(COORDINATION),
        )
        return
    arrives_at = lands_at + CLEARANCE + board.drive(journey, board.hotel_of(journey))
    last = max(holding, key=lambda duty: duty.ends_at)
    until = held_until(last, duties)
    if until < arrives_at:
        yield _break(
            journey,
            until,
            _handover(journey, until, board.at),
            person=last.officer.person_id,
        )
    elif journey.expected_at is not None:
        yield _break(
            journey,
            lands_at,
            _receives(journey, last, lands_at, board.at),
            person=last.officer.person_id,
        )


def held_until(duty: Duty, duties: Iterable[Duty]) -> datetime:
    """When the officer hands over: hours published one after the other are one duty."""
    until = duty.ends_at
    for one in sorted(duties, key=lambda one: one.starts_at):
        if one.officer_id == duty.officer_id and one.starts_at <= until < one.ends_at:
            until = one.ends_at
    return until


def _car(board: Board, journey: Journey, lands_at: datetime) -> Break:
    ready_at = lands_at - CAR_WAITS
    words = _at_hour(journey, ready_at, board.at)
    cars = ", ".join(_with_driver(trip) for trip in board.cars.get(journey.pk, ()))
    return _break(
        journey,
        ready_at,
        lambda: (
            (
                _("%(cars)s must be at %(place)s for %(delegation)s at %(hour)s.")
                if cars
                else _("The cars of %(delegation)s must be at %(place)s at %(hour)s.")
            )
            % {**words(), "place": _gate(journey), "cars": cars}
        ),
        team=board.teams.get(TRANSPORT),
    )


def _with_driver(trip: Trip) -> str:
    driver = trip.vehicle.driver
    return f"{trip.vehicle} ({driver.display})" if driver else str(trip.vehicle)


def _rooms(board: Board, journey: Journey, lands_at: datetime) -> Iterator[Break]:
    """Rooms promised for an hour of their own: too early for them, or kept empty."""
    stay = board.stays.get(journey.delegation_id)
    ready_at = stay.ready_at if stay else None
    if stay is None or ready_at is None or journey.group != "main":
        return
    there_at = lands_at + CLEARANCE + board.drive(journey, stay.place)
    if abs(there_at - ready_at) > AHEAD:
        return
    promised = _at_hour(journey, ready_at, board.at)
    there = _at_hour(journey, there_at, board.at)
    yield _break(
        journey,
        there_at,
        lambda: (
            (
                _(
                    "The rooms of %(delegation)s at %(place)s are promised for "
                    "%(hour)s; they would be there before, at %(there)s."
                )
                if there_at < ready_at
                else _(
                    "The rooms of %(delegation)s at %(place)s, promised for %(hour)s, "
                    "must be kept until %(there)s."
                )
            )
            % {**promised(), "place": stay.place, "there": there()["hour"]}
        ),
        team=board.teams.get(LODGING),
        subject=stay,
    )


def _hotel(board: Board, journey: Journey, lands_at: datetime) -> Iterator[Break]:
    stay = board.stays.get(journey.delegation_id)
    if stay is None:
        return
    hotel = stay.place
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
    subject: Journey | Activity | Stay | None = None,
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
