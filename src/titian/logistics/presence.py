"""From when to when a delegation is in town, as its journeys tell."""

from collections.abc import Iterable
from datetime import datetime, time

from titian.kernel import clock
from titian.logistics.models import Journey, Milestone
from titian.people.models import Delegation

S = Journey.State

type Stay = tuple[datetime | None, datetime | None]


def presence(delegations: Iterable[Delegation]) -> dict[int, Stay]:
    """First landing and last leaving of each delegation; ``None`` where not known.

    Reported milestones count before expected, and expected before planned hours. An
    arrival known by its day only begins that day, a departure ends it.
    """
    rows = list(delegations)
    landings = _landings(rows)
    found: dict[int, Stay] = {}
    journeys = Journey.objects.filter(delegation__in=rows)
    for journey in journeys.exclude(state=S.CALLED_OFF).select_related("event"):
        moment = _moment(journey, landings.get(journey.pk))
        if moment is None:
            continue
        first, last = found.get(journey.delegation_id, (None, None))
        if journey.kind == Journey.Kind.ARRIVAL:
            first = min(first, moment) if first else moment
        else:
            last = max(last, moment) if last else moment
        found[journey.delegation_id] = first, last
    return found


def _landings(delegations: Iterable[Delegation]) -> dict[int, datetime]:
    """When each journey was first said to have landed."""
    told = Milestone.objects.filter(
        journey__delegation__in=delegations, state=S.LANDED
    ).order_by("-happened_at")
    return dict(told.values_list("journey", "happened_at"))  # the first is told last


def _moment(journey: Journey, landed: datetime | None) -> datetime | None:
    moment = landed or journey.at
    if moment is None or journey.precision != "day" or landed:
        return moment
    local = clock.local(journey.event, moment)
    edge = time.min if journey.kind == Journey.Kind.ARRIVAL else time.max
    return datetime.combine(local.date(), edge, local.tzinfo)
