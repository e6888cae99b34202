"""Which event a reader is at: the one chosen, else the newest she has a part in."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from titian.kernel.models import Event
from titian.people.models import Member, Officer, Seat
from titian.web.http import HttpRequest

CHOSEN = "event"


def events_of(person_id: int | None) -> models.QuerySet[Event]:
    """The events in which the person has a seat, a duty or a delegation."""
    seats = Seat.objects.filter(person=person_id).values("event")
    duties = Officer.objects.filter(person=person_id).values("event")
    guests = Member.objects.filter(person=person_id).values("delegation__event")
    return Event.objects.filter(
        Q(pk__in=seats) | Q(pk__in=duties) | Q(pk__in=guests)
    )  # not joined: seats times officers times members is a very long list


def event_of(request: HttpRequest) -> Event | None:
    """The reader's present event; remembered for the request."""
    if not hasattr(request, "titian_event"):
        request.titian_event = _find(request)  # type: ignore[attr-defined]
    return request.titian_event  # type: ignore[no-any-return, attr-defined]


def event_here(request: HttpRequest) -> Event:
    """The same, or a refusal in a sentence: whoever has no part sees no page of it."""
    event = event_of(request)
    if event is None:
        raise PermissionDenied(_("You have no part in an event yet."))
    return event


def _find(request: HttpRequest) -> Event | None:
    person = getattr(request.user, "person", None)
    if person is None:
        return None
    mine = events_of(person.pk)
    chosen = request.session.get(CHOSEN)
    if chosen and (event := mine.filter(pk=chosen).first()):
        return event
    return mine.order_by("-pk").first()
