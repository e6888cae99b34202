"""Who is told: the people of a team, of a delegation, of an event."""

from datetime import datetime

from django.db.models import QuerySet

from titian.kernel.models import Event
from titian.people.models import (
    Assignment,
    Delegation,
    Officer,
    Party,
    Person,
    Seat,
)
from titian.people.queries import is_valid


def seated(event: Event, team: Party) -> QuerySet[Person]:
    """Everybody who sits at the team."""
    seats = Seat.objects.filter(event=event, team=team)
    return Person.objects.filter(pk__in=seats.values("person"))


def coordinators(event: Event) -> QuerySet[Person]:
    """Who is told when nobody else acts."""
    seats = Seat.objects.filter(event=event, role=Seat.Role.COORDINATOR)
    return Person.objects.filter(pk__in=seats.values("person"))


def officers(delegation: Delegation) -> QuerySet[Person]:
    """The delegation's officers, asked and not declined."""
    held = Assignment.objects.filter(delegation=delegation, relieved_at=None)
    present = held.exclude(consent=Assignment.Consent.DECLINED)
    return Person.objects.filter(pk__in=present.values("officer__person"))


def leaders(delegation: Delegation) -> QuerySet[Person]:
    """Who leads the delegation's officers."""
    led = Officer.objects.filter(person__in=officers(delegation))
    return Person.objects.filter(pk__in=led.values("leader__person"))


def focal_points(delegation: Delegation, at: datetime) -> QuerySet[Person]:
    """Who speaks for the delegation at that hour."""
    points = delegation.focal_points.all()
    valid = [point.person_id for point in points if is_valid(point, at)]
    return Person.objects.filter(pk__in=valid)


def owners(event: Event, team: Party | None, person_id: int | None) -> QuerySet[Person]:
    """The person, and everybody of the team."""
    owner = Person.objects.filter(pk=person_id or 0)
    return owner | seated(event, team) if team else owner
