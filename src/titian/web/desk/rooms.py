"""The bar's rooms: which of them a reader has, and which one this page is."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from titian.briefing.policy import may_read_press
from titian.kernel.actor import Actor, Kind, Proof
from titian.kernel.models import Event
from titian.people.models import Officer, Seat
from titian.talks.models import Talk
from titian.talks.policy import may_open_talk

OVERSEERS = frozenset({Seat.Role.COORDINATOR, Seat.Role.AUDITOR})


@dataclass(frozen=True)
class Room:
    """One link of the bar."""

    name: str
    url: str
    is_here: bool


def rooms(person_id: int | None, event: Event | None, here: str) -> list[Room]:
    """What the reader may open at the event, in the order of the bar."""
    if event is None or person_id is None:
        return []
    seats = set(
        Seat.objects.filter(event=event, person=person_id).values_list(
            "role", flat=True
        )
    )
    works = bool(seats) or is_officer(person_id, event)
    offered = [
        ("room", _("Control room"), bool(seats)),
        ("cover", _("Cover"), bool(seats & OVERSEERS)),
        ("asks", _("Requests"), True),
        ("programme", _("Programme"), True),
        ("notices", _("Notices"), True),
        ("press", _("Press desk"), may_read_press(_signed(person_id), event)),
        ("agreements", _("Agreements"), True),
        ("talks", _("Talks"), _talks(person_id, event)),
        ("timeline", _("Timeline"), works),
        ("incidents", _("Incidents"), works),
        ("people", _("People"), bool(seats)),
        ("imports", _("Files"), Seat.Role.COORDINATOR in seats),
    ]
    return [
        Room(words, reverse(name), name == here)
        for name, words, open_ in offered
        if open_
    ]


def _talks(person_id: int, event: Event) -> bool:
    """Named for a talk, or able to open one."""
    actor = _signed(person_id)
    named = Talk.objects.visible_to(actor).filter(event=event)
    return may_open_talk(actor, event) or named.exists()


def _signed(person_id: int) -> Actor:
    return Actor(Kind.PERSON, Proof.SIGNED_IN, person_id)


def is_officer(person_id: int, event: Event) -> bool:
    """Whether the reader accompanies guests at the event."""
    return Officer.objects.filter(event=event, person=person_id).exists()


def oversees(person_id: int | None, event: Event) -> bool:
    """Whether the reader coordinates the event's officers, or audits that."""
    seats = Seat.objects.filter(event=event, person=person_id, role__in=OVERSEERS)
    return person_id is not None and seats.exists()


def may_keep_clock(person_id: int | None, event: Event | None) -> bool:
    """Whether the reader may stop and start a rehearsal clock."""
    return (
        event is not None
        and event.is_rehearsal
        and Seat.objects.filter(
            event=event, person=person_id, role=Seat.Role.COORDINATOR
        ).exists()
    )
