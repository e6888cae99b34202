"""People in lists: found by any name in any script, page by page, by competence."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q, QuerySet

from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.people.models import (
    Delegation,
    Duty,
    Member,
    Officer,
    Person,
    language_rank,
)
from titian.people.models.person import folded

PAGE = 50


def search_people(event: Event, words: str, actor: Actor) -> QuerySet[Person]:
    """People of delegations the actor may see whose name has every word, any script."""
    wanted = Q()
    for word in folded(words).split():
        wanted &= Q(search__contains=word)
    seen = Delegation.objects.visible_to(actor).filter(event=event)
    members = Member.objects.filter(delegation__in=seen)
    return Person.objects.filter(
        wanted, pk__in=members.values("person")
    ).select_related("party")


def members_page(delegations: QuerySet[Delegation], *, after: int = 0) -> list[Member]:
    """Fifty members behind the one with id ``after``; never by offset."""
    members = Member.objects.filter(delegation__in=delegations, pk__gt=after)
    return list(
        members.select_related("person", "delegation__party").order_by("pk")[:PAGE]
    )


def registry(
    event: Event,
    *,
    languages: Mapping[str, str] | None = None,
    gender: str = "",
    licence: bool = False,
    free_at: datetime | None = None,
) -> list[Officer]:
    """Officers who speak each language at least at its level, and are free then."""
    officers = Officer.objects.filter(event=event).select_related("person")
    if gender:
        officers = officers.filter(gender=gender)
    if licence:
        officers = officers.filter(has_licence=True)
    if free_at is not None:
        officers = officers.exclude(pk__in=_taken(free_at))
    return [o for o in officers.order_by("code") if _speaks(o, languages or {})]


def _taken(at: datetime) -> QuerySet[Duty, int]:
    on_duty = Duty.objects.filter(
        starts_at__lte=at, ends_at__gt=at, withdrawn_at=None, mode=Duty.Mode.ATTACHED
    )
    return on_duty.values_list("officer", flat=True)


def _speaks(officer: Officer, languages: Mapping[str, str]) -> bool:
    spoken = officer.person.languages
    return all(
        language_rank(spoken.get(code, "")) >= language_rank(level)
        for code, level in languages.items()
    )
