"""Who is at an event, read once: officers, focal points, guests, the hosts' tables."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from titian.kernel.models import Event
from titian.people.models import (
    Assignment,
    Delegation,
    FocalPoint,
    Member,
    Officer,
    Seat,
)

OFFICER, FOCAL_POINT, GUEST, TEAM = "officer", "focal_point", "guest", "team"
MAIN = frozenset(
    {
        Member.Group.HEAD,
        Member.Group.SPOUSE,
        Member.Group.DELEGATE,
        Member.Group.FOCAL_POINT,
    }
)
"""The sub-groups of a delegation that travel with its main party."""


@dataclass(slots=True)
class Known:
    """One person: as what she is here, and with which delegations and teams."""

    roles: set[str] = field(default_factory=set)
    delegations: set[int] = field(default_factory=set)
    teams: set[int] = field(default_factory=set)


class Crowd:
    """Everybody at one event, in five queries, however many they are."""

    def __init__(self, event: Event) -> None:
        self.event = event

    @cached_property
    def people(self) -> Mapping[int, Known]:
        """By the person's id."""
        found: dict[int, Known] = defaultdict(Known)
        for person, delegation in self._accompanying():
            found[person].roles.add(OFFICER)
            found[person].delegations.add(delegation)
        for person in self.event.officers.values_list("person", flat=True):
            found[person].roles.add(OFFICER)
        points = FocalPoint.objects.filter(delegation__event=self.event)
        for person, delegation in points.values_list("person", "delegation"):
            found[person].roles.add(FOCAL_POINT)
            found[person].delegations.add(delegation)
        for person, delegation, _group in self.members:
            found[person].roles.add(GUEST)
            found[person].delegations.add(delegation)
        seats = Seat.objects.filter(event=self.event)
        for person, team in seats.values_list("person", "team"):
            found[person].roles.add(TEAM)
            found[person].teams.add(team)
        return dict(found)

    @cached_property
    def members(self) -> list[tuple[int, int, str]]:
        """Person, delegation and sub-group of every guest."""
        members = Member.objects.filter(delegation__event=self.event)
        return list(members.values_list("person", "delegation", "group"))

    @cached_property
    def delegations(self) -> Mapping[int, Delegation]:
        """By id, with the party that sends it; not those that withdrew."""
        rows = self.event.delegations.select_related("party").exclude(
            status=Delegation.Status.WITHDRAWN
        )
        return {row.pk: row for row in rows}

    def with_delegation(self, ids: set[int]) -> dict[int, set[int]]:
        """The people of, and with, these delegations; which of them each is with."""
        return {
            pk: with_
            for pk, known in self.people.items()
            if (with_ := known.delegations & ids)
        }

    def of_role(self, role: str) -> set[int]:
        """Everybody who is here as this."""
        return {pk for pk, known in self.people.items() if role in known.roles}

    def _accompanying(self) -> list[tuple[int, int]]:
        held = Assignment.objects.filter(
            delegation__event=self.event, relieved_at=None
        ).exclude(consent=Assignment.Consent.DECLINED)
        return list(held.values_list("officer__person", "delegation"))


def crowd_of(event: Event) -> Crowd:
    """Everybody at ``event``; nothing is read before it is asked for."""
    return Crowd(event)


def leaders_of(event: Event) -> Mapping[int, int]:
    """Each officer's leader, both by their person: the leader tree."""
    rows = Officer.objects.filter(event=event, leader__isnull=False)
    return dict(rows.values_list("person", "leader__person"))
