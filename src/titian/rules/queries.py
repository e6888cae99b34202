"""Questions this room answers: which rules concern whom, and who has read them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from titian.people.models import Delegation, Person
from titian.rules.matching import (
    Facts,
    Reader,
    Rule,
    UnknownAudience,
    applied,
    applies_to,
    ended,
)
from titian.rules.models import Acknowledgement, Article


@dataclass(frozen=True, slots=True)
class Told:
    """A rule as one reader meets it: whether it still holds, and when it was read."""

    article: Article
    is_out_of_date: bool
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """A guest who has rules left to read: how many were, of how many."""

    person: Person
    read: int
    of: int


def facts_of(delegation: Delegation, on: date, reader: Reader = Reader.GUEST) -> Facts:
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
    """The rules to tell a guest that day, and which of them ``person_id`` has read."""
    return _told(facts_of(delegation, on), delegation, person_id)


def for_officer(delegation: Delegation, on: date) -> tuple[Told, ...]:
    """The same and what the host must arrange: what the officer has to know."""
    return _told(facts_of(delegation, on, Reader.OFFICER), delegation, None)


def who_has_not_read(delegation: Delegation, on: date) -> tuple[Reminder, ...]:
    """The delegation's people who have not acknowledged every rule that holds."""
    holding = [
        told.article.pk for told in for_guest(delegation, on) if not told.is_out_of_date
    ]
    here = Q(rules_read__event=delegation.event_id, rules_read__article__in=holding)
    people = (
        Person.objects.filter(memberships__delegation=delegation)
        .annotate(done=Count("rules_read", filter=here))
        .filter(done__lt=len(holding))
        .order_by("display", "pk")
    )
    return tuple(Reminder(person, person.done, len(holding)) for person in people)


def out_of_date(on: date) -> list[Article]:
    """Articles past their last day: whoever keeps the base must look at them."""
    return [article for article in Article.objects.all() if ended(_rule(article), on)]


def _told(
    facts: Facts, delegation: Delegation, person_id: int | None
) -> tuple[Told, ...]:
    articles = {article.pk: article for article in Article.objects.all()}
    read = Acknowledgement.objects.filter(
        person=person_id, event=delegation.event_id
    ).values_list("article", "read_at")
    read_at = dict(read) if person_id is not None else {}
    return tuple(
        Told(
            articles[match.rule.number],
            match.is_out_of_date,
            read_at.get(match.rule.number),
        )
        for match in applied(map(_rule, articles.values()), facts)
    )


def _rule(article: Article) -> Rule:
    return Rule(
        number=article.pk,
        side=article.side,
        jurisdiction=article.jurisdiction,
        audience=article.audience,
        valid_from=article.valid_from,
        valid_to=article.valid_to,
        whose=article.whose,
        subject=article.subject,
        stance=article.stance,
        limit=article.limit,
        unit=article.unit,
    )


def is_understood(audience: str) -> bool:
    """Whether every condition of ``audience`` is one that matching can read."""
    nobody = Facts("", "", date.min)
    try:
        for condition in audience.split():
            applies_to(condition, nobody)
    except UnknownAudience:
        return False
    return True
