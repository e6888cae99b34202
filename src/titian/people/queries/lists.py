"""People in lists: found by any name in any script, page by page, by competence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.people.models import (
    Absence,
    Delegation,
    Duty,
    Member,
    Officer,
    Person,
    language_rank,
)
from titian.people.models.person import folded
from titian.people.policy import keeps_any_seat

PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """One page of people, and the id behind which the next begins, if there is one."""

    members: Sequence[Member]
    after: int | None


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many of a delegation are in one of its sub-groups."""

    group: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many delegations of one level stand where."""

    level: str
    label: str
    by_status: Mapping[str, int]

    @property
    def coming(self) -> int:
        """All but those that withdrew."""
        withdrawn = self.by_status.get(Delegation.Status.WITHDRAWN, 0)
        return sum(self.by_status.values()) - withdrawn


def search_people(event: Event, words: str, actor: Actor) -> QuerySet[Person]:
    """People of the event the actor may see whose name has every word, any script.

    Members of delegations in the actor's sight; officers and the host's teams for
    those who keep the event. Without a word nobody is found.
    """
    terms = folded(words).split()
    if not terms:
        return Person.objects.none()
    seen = Delegation.objects.visible_to(actor).filter(event=event)
    members = Member.objects.filter(delegation__in=seen)
    officers = Officer.objects.visible_to(actor).filter(event=event)
    sight = Q(pk__in=members.values("person")) | Q(pk__in=officers.values("person"))
    if keeps_any_seat(actor, event):
        sight |= Q(pk__in=event.seats.values("person"))
    wanted = Q()
    for term in terms:
        wanted &= Q(search__contains=term)
    found = Person.objects.filter(wanted).filter(sight)
    return found.select_related("party").order_by("pk")


def members_page(delegations: QuerySet[Delegation], *, after: int = 0) -> list[Member]:
    """Fifty members behind the one with id ``after``; never by offset."""
    return list(_members(delegations, after)[:PAGE])


def delegation_list(
    actor: Actor, event: Event, *, after: int = 0, group: str = ""
) -> Page:
    """Fifty of all the people the actor may see at the event, behind ``after``.

    Two queries, however many people there are: a page begins behind an id.
    """
    seen = Delegation.objects.visible_to(actor).filter(event=event)
    ids = list(seen.values_list("pk", flat=True))
    members = _members(ids, after)
    if group:
        members = members.filter(group=group)
    rows = list(members[: PAGE + 1])
    return Page(rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None)


def members_by_group(delegation: Delegation) -> tuple[GroupCount, ...]:
    """The sub-groups that have people, in the order of the form; totals agree."""
    rows = delegation.members.values_list("group").annotate(n=Count("pk"))
    counts = dict(rows.order_by())
    return tuple(
        GroupCount(group, str(label), counts[group])
        for group, label in Member.Group.choices
        if group in counts
    )


def counts_by_level(
    event: Event, among: QuerySet[Delegation] | None = None
) -> tuple[LevelCount, ...]:
    """Every level, highest first, with how many delegations stand at which step.

    ``among`` counts only those, such as the ones a reader may see.
    """
    counted = event.delegations.all() if among is None else among.filter(event=event)
    rows = counted.order_by().values_list("level", "status")
    counts: dict[str, dict[str, int]] = {}
    for level, status, n in rows.annotate(n=Count("pk")):
        counts.setdefault(level, {})[status] = n
    return tuple(
        LevelCount(level, str(label), counts.get(level, {}))
        for level, label in Delegation.Level.choices
    )


def _members(
    delegations: QuerySet[Delegation] | Sequence[int], after: int
) -> QuerySet[Member]:
    members = Member.objects.filter(delegation__in=delegations, pk__gt=after)
    return members.select_related("person", "delegation__party").order_by("pk")


def registry(
    event: Event,
    *,
    languages: Mapping[str, str] | None = None,
    gender: str = "",
    licence: bool = False,
    free_at: datetime | None = None,
    actor: Actor | None = None,
) -> list[Officer]:
    """Officers who speak each language at least at its level, and are free then.

    Free is who is with no delegation and not away; who is on call counts as free.
    With an actor, only those in the actor's sight.
    """
    officers = Officer.objects.all()
    if actor is not None:
        officers = officers.visible_to(actor)
    officers = officers.filter(event=event).select_related("person", "home")
    if gender:
        officers = officers.filter(gender=gender)
    if licence:
        officers = officers.filter(has_licence=True)
    if free_at is not None:
        officers = officers.exclude(pk__in=_taken(free_at)).exclude(
            pk__in=_away(free_at)
        )
    return [o for o in officers.order_by("code") if _speaks(o, languages or {})]


def _taken(at: datetime) -> QuerySet[Duty, int]:
    on_duty = Duty.objects.filter(
        starts_at__lte=at, ends_at__gt=at, withdrawn_at=None, mode=Duty.Mode.ATTACHED
    )
    return on_duty.values_list("officer", flat=True)


def _away(at: datetime) -> QuerySet[Absence, int]:
    absences = Absence.objects.filter(starts_at__lte=at, ends_at__gt=at)
    return absences.values_list("officer", flat=True)


def _speaks(officer: Officer, languages: Mapping[str, str]) -> bool:
    spoken = officer.person.languages
    return all(
        language_rank(spoken.get(code, "")) >= language_rank(level)
        for code, level in languages.items()
    )
