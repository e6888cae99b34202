"""The demo's eight pairs of eyes."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from titian.kernel.actor import Actor, Kind, Proof
from titian.kernel.models import Event
from titian.people.models import Assignment, Delegation, FocalPoint, Person, Seat


@dataclass(frozen=True)
class Role:
    """One way into the demo: an account, or a guest who gets a link."""

    name: str
    title: str
    what: str
    person: Person
    user: User | None = None
    delegation: Delegation | None = None


def roles_of(event: Event) -> list[Role]:
    """Coordinator, two officers, three desks, a guest, and the spokesperson."""
    return list(_roles(event))


def _roles(event: Event) -> Iterator[Role]:
    yield from _seat(
        event,
        "coordinator",
        "LOC",
        _("LO coordinator"),
        _("The control room: who covers whom, what is late, what comes next."),
    )
    yield from _officer(event, "officer", "JPN")
    yield from _officer(event, "officer-arn", "ARN")
    yield from _seat(
        event,
        "transport",
        "TRN",
        _("Transport desk"),
        _("A queue of requests, each in the guest's own words."),
    )
    yield from _seat(
        event,
        "protocol",
        "PRO",
        _("Protocol desk"),
        _("The programme, the meetings, what was agreed."),
    )
    yield from _guest(event, "ARN")
    yield from _seat(
        event, "press", "PRS", _("Press desk"), _("What the newsrooms ask.")
    )
    yield from _seat(
        event,
        "spokesperson",
        "PRS",
        _("Spokesperson"),
        _("The press gate: what is cleared, held, released and recalled."),
        role=Seat.Role.SPOKESPERSON,
    )


def role_named(event: Event, name: str) -> Role | None:
    """The role with this name in the address, if the event has it."""
    return next((role for role in _roles(event) if role.name == name), None)


def coordinator_of(event: Event) -> Actor:
    """Somebody who may give guests their links."""
    seats = Seat.objects.filter(event=event, role=Seat.Role.COORDINATOR)
    return Actor(Kind.PERSON, Proof.SIGNED_IN, seats.earliest("pk").person_id)


def _seat(
    event: Event, name: str, team: str, title: str, what: str, role: str = ""
) -> Iterator[Role]:
    """The first of the team with an account; with ``role``, the first who is that."""
    seats = Seat.objects.filter(
        event=event, team__code=team, person__user__isnull=False
    )
    named = seats.filter(role=role) if role else seats
    seat = named.select_related("person__user").order_by("pk").first()
    if seat is not None:
        yield Role(name, title, what, seat.person, user=seat.person.user)


def _officer(event: Event, name: str, party: str) -> Iterator[Role]:
    held = Assignment.objects.filter(
        delegation__event=event,
        delegation__party__code=party,
        relieved_at=None,
        officer__person__user__isnull=False,
    ).select_related("officer__person__user", "delegation__party")
    if assignment := held.order_by("role", "pk").first():
        person = assignment.officer.person
        title = _("LO of %(delegation)s") % {"delegation": assignment.delegation.name}
        what = _("The phone page: where to be, when, and one tap for what happened.")
        yield Role(name, title, what, person, user=person.user)


def _guest(event: Event, party: str) -> Iterator[Role]:
    points = FocalPoint.objects.filter(
        delegation__event=event, delegation__party__code=party
    ).select_related("person", "delegation__party")
    if point := points.order_by("pk").first():
        title = _("Focal point of %(delegation)s") % {
            "delegation": point.delegation.name
        }
        what = _("The guest's link: my programme, my LO, what I asked.")
        yield Role(
            "focal-point", title, what, point.person, delegation=point.delegation
        )
