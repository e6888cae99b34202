"""From when to when a delegation is in town, as its journeys tell."""

from collections.abc import Iterable
from datetime import datetime, time

from titian.kernel import clock
from titian.logistics.models import Journey
from titian.people.models import Delegation

type Stay = tuple[datetime | None, datetime | None]


def presence(delegations: Iterable[Delegation]) -> dict[int, Stay]:
    """First landing and last leaving of each delegation; ``None`` where not known.

    Reported milestones count before expected, and expected before planned hours. An
    arrival known by its day only begins that day, a departure ends it.
    """
    found: dict[int, Stay] = {}
    journeys = (
        Journey.objects.filter(delegation__in=list(delegations))
        .exclude(state=Journey.State.CALLED_OFF)
        .select_related("event")
        .prefetch_related("milestones")
    )
    for journey in journeys:
        first, last = found.get(journey.delegation_id, (None, None))
        moment = _moment(journey)
        if moment is None:
            continue
        if journey.kind == Journey.Kind.ARRIVAL:
            first = min(first, moment) if first else moment
        else:
            last = max(last, moment) if last else moment
        found[journey.delegation_id] = first, last
    return found


def _moment(journey: Journey) -> datetime | None:
    landed = [
        milestone.happened_at
        for milestone in journey.milestones.all()
        if milestone.state == Journey.State.LANDED
    ]
    moment = min(landed) if landed else journey.at
    if moment is None or journey.precision != "day" or landed:
        return moment
    local = clock.local(journey.event, moment)
    edge = time.min if journey.kind == Journey.Kind.ARRIVAL else time.max
    return datetime.combine(local.date(), edge, local.tzinfo)
