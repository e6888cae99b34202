"""What is left of a visit after an hour: asked of every room before it is undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from titian.kernel import clock
from titian.logistics.models import Journey, Stay, Trip
from titian.logistics.rest import cars_after, departures_of, nights_after
from titian.people.models import Delegation, Duty
from titian.programme.models import Activity
from titian.programme.rest import items_left
from titian.talks.models import Meeting


@dataclass(frozen=True, slots=True)
class Rest:
    """What would be undone if they left at that hour."""

    meetings: Sequence[Meeting]
    own: Sequence[Activity]
    shared: Sequence[Activity]
    stays: Sequence[Stay]
    trips: Sequence[Trip]
    departures: Sequence[Journey]
    duties: Sequence[Duty]


def rest_of(delegation: Delegation, after: datetime) -> Rest:
    """Every room's answer, unscoped: for a coordinator, and for the command."""
    own, shared = items_left(delegation, after)
    held = list(_meetings(delegation, after))
    hours = {one.activity_id for one in held}
    return Rest(
        meetings=held,
        own=[one for one in own if one.pk not in hours],
        shared=[one for one in shared if one.pk not in hours],
        stays=nights_after(delegation, clock.local(delegation.event, after).date()),
        trips=cars_after(delegation, after),
        departures=departures_of(delegation),
        duties=list(
            Duty.objects.filter(
                delegation=delegation, withdrawn_at=None, ends_at__gt=after
            )
            .select_related("officer__person")
            .order_by("starts_at", "pk")
        ),
    )


def _meetings(delegation: Delegation, after: datetime) -> Sequence[Meeting]:
    rows = Meeting.objects.filter(
        Q(party_a=delegation) | Q(party_b=delegation),
        state=Meeting.State.PLANNED,
        activity__starts_at__gte=after,
    )
    named = rows.select_related("activity", "event", "party_a__party", "party_b__party")
    return list(named.order_by("activity__starts_at", "pk"))
