"""Press calls: the cameras wait for a landing that may move."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from titian.briefing.models.statement import PRESS
from titian.kernel import telling
from titian.kernel.bilingual import in_both
from titian.kernel.questions import Break
from titian.logistics.cars import CLEARANCE
from titian.logistics.models import Journey
from titian.people.models import Party
from titian.places.queries import INSIDE_ONE_HOUSE, Ways, ways_among
from titian.programme.models import PRESS_CALL, Activity

NEAR = timedelta(hours=18)
"""A landing farther from a call than this is another day's."""
CAMERAS_WAIT = timedelta(minutes=30)
"""How long after the landing the guests may still be seen at the airport."""


def missed_calls(at: datetime) -> Iterator[Break]:
    """Press calls to come at which the guests would not be there yet, or be gone."""
    calls = _calls(at)
    if not calls:
        return
    journeys = _arrivals(calls)
    places = [*(one.place for one in calls), *(j.airport for j in journeys.values())]
    ways = ways_among(places)
    team = Party.objects.filter(code=PRESS).values_list("pk", flat=True).first()
    for call in calls:
        for delegation in call.delegations.all():
            journey = journeys.get(delegation.pk)
            if journey is not None:
                yield from _missed(call, journey, ways, team, at)


def _calls(at: datetime) -> Sequence[Activity]:
    return list(
        Activity.objects.filter(
            kind=PRESS_CALL,
            state=Activity.State.PLANNED,
            precision=Activity.Precision.MINUTE,
            ends_at__gt=at,
        )
        .select_related("place", "event")
        .prefetch_related("delegations__party")
        .order_by("starts_at", "pk")
    )


def _arrivals(calls: Sequence[Activity]) -> Mapping[int, Journey]:
    """The main landing to come of everybody who is called, by delegation."""
    rows = Journey.objects.filter(
        delegation__activities__in=[call.pk for call in calls],
        kind=Journey.Kind.ARRIVAL,
        group="main",
        state__in=Journey.TO_LAND,
        precision="minute",
    )
    rows = rows.select_related("delegation__party", "event", "airport").distinct()
    return {row.delegation_id: row for row in rows.order_by("-pk")}


def _missed(
    call: Activity, journey: Journey, ways: Ways, team: int | None, at: datetime
) -> Iterator[Break]:
    lands_at = journey.at
    if lands_at is None or abs(lands_at - call.begins) > NEAR:
        return
    way = ways.between(journey.airport, call.place)
    minutes = way.minutes if way else 0
    there_at = lands_at + timedelta(minutes=minutes)
    at_the_airport = minutes <= INSIDE_ONE_HOUSE
    gone_at = lands_at + CLEARANCE + CAMERAS_WAIT if at_the_airport else call.ends
    if there_at > call.ends or call.begins > gone_at:
        yield _break(call, journey, _sentence(call, journey, lands_at, at), team)


def _sentence(
    call: Activity, journey: Journey, lands_at: datetime, at: datetime
) -> Callable[[], str]:
    return lambda: (
        _(
            "The press call “%(call)s” at %(hour)s does not meet %(delegation)s, who "
            "would land at %(landing)s."
        )
        % {
            "call": _("a private item") if call.is_private else call.title,
            "hour": telling.hour_near(call.event, call.begins, near=at),
            "delegation": journey.delegation.name,
            "landing": telling.hour_near(call.event, lands_at, near=at),
        }
    )


def _break(
    call: Activity, journey: Journey, words: Callable[[], str], team: int | None
) -> Break:
    english, indonesian = in_both(words)
    return Break(
        level=journey.delegation.rank,
        by=call.begins,
        sentence=english,
        subject_kind=call._meta.label_lower,
        subject_id=call.pk,
        owner_team_id=team,
        sentence_id=indonesian,
        concerns_id=journey.delegation_id,
    )
