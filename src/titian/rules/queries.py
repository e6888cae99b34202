"""Questions this room answers: which rules concern whom, and who has read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from titian.people.models import Delegation, Member, Person
from titian.rules.matching import Applied, Facts, Reader, applied, ended
from titian.rules.models import Acknowledgement, Article


@dataclass(frozen=True, slots=True)
class Told:
    """A rule as one reader meets it: whether it still holds, and when it was read."""

    article: Article
    is_out_of_date: bool
    read_at: datetime | None = None


def facts_of(
    delegation: Delegation, on: date, reader: Reader = Reader.GUEST
) -> Facts:
    """What decides which rules apply to ``delegation``: the event is its stay."""
    event, party = delegation.event, delegation.party
    return Facts(
        iso2=party.iso2,
        kind=party.kind,
        on=on,
        arrives_on=event.starts_on,
        leaves_on=event.ends_on,
        places=frozenset([*event.cities, event.name_en] if event.cities else ()),
        reader=reader,
    )


def for_guest(
    delegation: Delegation, on: date, *, person_id: int | None = None
) -> tuple[Told, ...]:
    """The rules to tell a guest on that day, and which of them ``person_id`` has read."""
    matches = applied(Article.objects.all(), facts_of(delegation, on))
    return _told(matches, delegation, person_id)


def for_officer(delegation: Delegation, on: date) -> tuple[Told, ...]:
    """The same and what the host must arrange: what the officer has to know."""
    facts = facts_of(delegation, on, Reader.OFFICER)
    return _told(applied(Article.objects.all(), facts), delegation, None)


def who_has_not_read(delegation: Delegation, on: date) -> QuerySet[Person]:
    """The delegation's people who have not acknowledged every rule that holds.

    Each with ``read``, how many they did; the officer sees whom to remind.
    """
    holding = [
        told.article.pk for told in for_guest(delegation, on) if not told.is_out_of_date
    ]
    here = Q(rules_read__event=delegation.event_id, rules_read__article__in=holding)
    members = Member.objects.filter(delegation=delegation)
    return (
        Person.objects.filter(pk__in=members.values("person"))
        .annotate(read=Count("rules_read", filter=here))
        .filter(read__lt=len(holding))
        .order_by("display", "pk")
    )


def out_of_date(on: date) -> list[Article]:
    """Articles past their last day: whoever keeps the base must look at them."""
    return [article for article in Article.objects.all() if ended(article, on)]


def _told(
    matches: Iterable[Applied[Article]], delegation: Delegation, person_id: int | None
) -> tuple[Told, ...]:
    found: Sequence[Applied[Article]] = tuple(matches)
    read = Acknowledgement.objects.filter(
        person=person_id, event=delegation.event_id
    ).values_list("article", "read_at")
    read_at = dict(read) if person_id is not None else {}
    return tuple(
        Told(match.rule, match.is_out_of_date, read_at.get(match.rule.pk))
        for match in found
    )
