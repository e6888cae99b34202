"""Who stands for whom, who accompanies whom, who keeps the event."""

from collections.abc import Iterable

from django.db import models

from titian.kernel.actor import FEED, HOUSE, Actor, Kind
from titian.kernel.models import Compartment, Event
from titian.people import sight
from titian.people.models import (
    Assignment,
    Delegation,
    Officer,
    Party,
    Person,
    Seat,
)

DRAWERS: dict[str, frozenset[str]] = {
    Compartment.MEDICAL: frozenset({"MED"}),
    Compartment.SECURITY: frozenset({"SEC"}),
    Compartment.POLITICAL: frozenset({"PRO"}),
    Compartment.PAY: frozenset({"LOC"}),
}
"""Which team's people open which drawer; nobody else does, the coordinator neither."""


def stands_for(actor: Actor, party: Party) -> bool:
    """Whether ``actor`` gives its own word, and the word is ``party``'s."""
    return actor.on_word_of is None and is_of(actor.person_id, party)


def is_of(person_id: int | None, party: Party) -> bool:
    """Whether the person belongs to the party."""
    return (
        person_id is not None
        and Person.objects.filter(pk=person_id, party=party).exists()
    )


def accompanies(actor: Actor, delegation: Delegation) -> bool:
    """Whether ``actor`` is the delegation's officer now: asked and not declined."""
    if actor.person_id is None or actor.kind == Kind.LINK:
        return False
    return sight.is_accompanied(delegation.pk, by=actor.person_id)


def present_assignments(delegation: Delegation) -> models.QuerySet[Assignment]:
    """The assignments in force, primary first."""
    return (
        Assignment.objects.filter(delegation=delegation, relieved_at=None)
        .exclude(consent=Assignment.Consent.DECLINED)
        .order_by("role", "pk")
    )


def brings_word_of(actor: Actor, delegation: Delegation) -> bool:
    """Whether ``actor`` is the officer, passing on what one of its guests said."""
    return (
        actor.on_word_of is not None
        and is_of(actor.on_word_of.person_id, delegation.party)
        and accompanies(actor, delegation)
    )


def sits_at(actor: Actor, team: Party, event: Event) -> bool:
    """Whether ``actor`` gives its own word as one of the inner team at the event."""
    return _seats(actor, event).filter(team=team).exists()


def coordinates(actor: Actor, event: Event) -> bool:
    """Whether ``actor`` is a coordinator of the event's officers."""
    return _seats(actor, event).filter(role=Seat.Role.COORDINATOR).exists()


def oversees(actor: Actor, event: Event) -> bool:
    """Whether ``actor`` coordinates the event or audits it."""
    roles = [Seat.Role.COORDINATOR, Seat.Role.AUDITOR]
    seats = Seat.objects.filter(event=event, person=actor.person_id, role__in=roles)
    return actor.kind == Kind.PERSON and actor.on_word_of is None and seats.exists()


def keeps(actor: Actor, event: Event, team_code: str) -> bool:
    """Whether ``actor`` coordinates, or sits at the inner team with this code."""
    return coordinates(actor, event) or (
        _seats(actor, event).filter(team__code=team_code).exists()
    )


def keeps_any_seat(actor: Actor, event: Event) -> bool:
    """Whether ``actor`` sits anywhere at the host's table, be it only to read."""
    return (
        actor.person_id is not None
        and actor.kind != Kind.LINK
        and Seat.objects.filter(event=event, person=actor.person_id).exists()
    )


def may_register(actor: Actor, event: Event) -> bool:
    """Whether ``actor`` may bring lists in: a coordinator, or the house."""
    return actor == HOUSE or coordinates(actor, event)


def may_state_participation(actor: Actor, event: Event) -> bool:
    """Whether ``actor`` says who comes: the protocol desk, a coordinator, a feed."""
    return actor == FEED or keeps(actor, event, "PRO")


def may_let_in(actor: Actor, delegation: Delegation) -> bool:
    """Whether ``actor`` gives guests their links: a coordinator, or their officer."""
    if actor.on_word_of is not None:
        return False
    return coordinates(actor, delegation.event) or accompanies(actor, delegation)


def may_give_leave(actor: Actor, delegation: Delegation) -> bool:
    """Whether ``actor`` says what of the delegation is carried to its next event."""
    return stands_for(actor, delegation.party) or brings_word_of(actor, delegation)


def may_take_lists(actor: Actor, event: Event) -> bool:
    """Whether ``actor`` takes lists with telephones out: a coordinator, the house."""
    return actor == HOUSE or coordinates(actor, event)


def reachable(
    people: Iterable[Person], delegation: Delegation, actor: Actor
) -> set[int]:
    """Whose telephone and address ``actor`` may read on a page of ``delegation``.

    The delegation's own people and the hosts' people are open to its officers, to a
    coordinator and to the delegation itself; the hosts' people also to whoever works
    at one of the hosts' tables, who has to call them; one's own to oneself. A guest
    of somebody else is open to nobody here.
    """
    asked = list(people)
    guests = {one.pk for one in asked if one.party_id == delegation.party_id}
    others = {one.pk for one in asked} - guests
    own = {one.pk for one in asked if one.pk == actor.person_id}
    if (
        is_of(actor.person_id, delegation.party)
        or accompanies(actor, delegation)
        or coordinates(actor, delegation.event)
    ):
        return guests | _hosts(others) | own
    if _seats(actor, delegation.event).exists():
        return _hosts(others) | own
    return own


def _hosts(ids: set[int]) -> set[int]:
    """Those of the inner teams, among whom the officers are."""
    if not ids:
        return set()
    hosts = Person.objects.filter(pk__in=ids, party__kind=Party.Kind.TEAM)
    return set(hosts.values_list("pk", flat=True))


def may_introduce(actor: Actor, assignment: Assignment) -> bool:
    """Whether ``actor`` presents the officer: herself, or a coordinator."""
    return is_the_officer(actor, assignment.officer) or coordinates(
        actor, assignment.event
    )


def may_open_compartment(actor: Actor, compartment: str, event: Event) -> bool:
    """Whether the drawer is one of the actor's team's."""
    teams = DRAWERS.get(compartment, frozenset())
    return _seats(actor, event).filter(team__code__in=teams).exists()


def is_the_officer(actor: Actor, officer: Officer) -> bool:
    """Whether the officer answers for herself."""
    return actor.on_word_of is None and actor.person_id == officer.person_id


def may_erase(actor: Actor, person: Person) -> bool:
    """Whether ``actor`` is the person, who decides about herself."""
    return actor.on_word_of is None and actor.person_id == person.pk


def _seats(actor: Actor, event: Event) -> models.QuerySet[Seat]:
    if actor.person_id is None or actor.on_word_of is not None:
        return Seat.objects.none()
    if actor.kind == Kind.LINK:
        return Seat.objects.none()
    return Seat.objects.filter(event=event, person=actor.person_id).exclude(
        role=Seat.Role.AUDITOR  # who reads everything and does nothing
    )
