"""Whom words to somebody reach: our own people, our guests, or those outside."""

from enum import StrEnum

from titian.kernel.models import Event
from titian.people.models import FocalPoint, Member, Officer, Party, Person, Seat


class Reach(StrEnum):
    """Whom it reaches."""

    OURS = "ours"  # officers, desks, everybody who works here
    GUESTS = "guests"
    GUEST_PRESS = "guest press"  # a media house that is our guest
    COUNTERPARTS = "counterparts"
    PRESS = "press"
    PUBLIC = "public"


def reach_of(person: Person, event: Event) -> Reach:
    """Whom words to this person reach, at this event."""
    if person.party.kind == Party.Kind.TEAM or _works_at(person, event):
        return Reach.OURS
    is_guest = (
        Member.objects.filter(person=person, delegation__event=event).exists()
        or FocalPoint.objects.filter(person=person, delegation__event=event).exists()
    )
    if person.party.kind == Party.Kind.MEDIA:
        return Reach.GUEST_PRESS if is_guest else Reach.PRESS
    return Reach.GUESTS if is_guest else Reach.COUNTERPARTS


def _works_at(person: Person, event: Event) -> bool:
    return (
        Officer.objects.filter(person=person, event=event).exists()
        or Seat.objects.filter(person=person, event=event).exists()
    )
