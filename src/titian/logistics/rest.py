"""What is promised to a delegation after an hour: nights, cars, the way home."""

from datetime import date, datetime

from django.db.models import Q

from titian.logistics.models import Journey, Stay, Trip
from titian.people.models import Delegation


def nights_after(delegation: Delegation, last: date) -> list[Stay]:
    """The stays that go on after that day, or whose end nobody has told."""
    rows = Stay.objects.filter(Q(to_on=None) | Q(to_on__gt=last), delegation=delegation)
    return list(rows.select_related("delegation", "event", "place").order_by("pk"))


def cars_after(delegation: Delegation, after: datetime) -> list[Trip]:
    """The trips with hours of their own that begin from then on."""
    rows = Trip.objects.filter(delegation=delegation, starts_at__gte=after)
    named = rows.select_related("vehicle", "origin", "destination")
    return list(named.order_by("starts_at", "pk"))


def departures_of(delegation: Delegation) -> list[Journey]:
    """Its ways home that nobody has begun."""
    rows = Journey.objects.filter(
        delegation=delegation,
        kind=Journey.Kind.DEPARTURE,
        state__in=(Journey.State.SCHEDULED, Journey.State.EXPECTED),
    )
    return list(rows.order_by("planned_at", "pk"))
