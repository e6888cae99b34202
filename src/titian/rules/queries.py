"""Questions this room answers: which rules concern whom and why, who has read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from titian.people.models import Delegation, Member, Person
from titian.rules.advice import Worded, answer
from titian.rules.matching import (
    Applied,
    Clash,
    Facts,
    Reader,
    Rule,
    UnknownAudience,
    Why,
    applied,
    applies_to,
    conflicts,
    ended,
)
from titian.rules.models import Acknowledgement, Article, Permit
from titian.rules.vocabulary import folded, stands_in


@dataclass(frozen=True, slots=True)
class Told:
    """A rule as one reader meets it: why, whether it still holds, when it was read."""

    article: Article
    is_out_of_date: bool
    read_at: datetime | None = None
    because: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two articles, one of each side, that do not agree; nobody decides between them.

    ``tighter`` is the one with the smaller limit, where both are of one measure.
    """

    ours: Article
    theirs: Article
    clash: Clash
    tighter: Article | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """A guest who has rules left to read: how many were, of how many."""

    person: Person
    read: int
    of: int


def facts_of(delegation: Delegation, on: date, reader: Reader = Reader.GUEST) -> Facts:
    """What decides which rules apply to ``delegation``: the event is its stay.

    What it brings is looked up by ``with_items`` where a rule asks for it.
    """
    event, party = delegation.event, delegation.party
    return Facts(
        iso2=party.iso2,
        kind=party.kind,
        on=on,
        arrives_on=event.starts_on,
        leaves_on=event.ends_on,
        places=frozenset([*event.cities, event.name_en] if event.cities else ()),
        reader=reader,
        party=party.code,
        level=delegation.level,
    )


def for_guest(
    delegation: Delegation, on: date, *, person_id: int | None = None
) -> tuple[Told, ...]:
    """The rules to tell a guest that day, and which of them ``person_id`` has read."""
    return _told(facts_of(delegation, on), delegation, person_id)


def for_officer(delegation: Delegation, on: date) -> tuple[Told, ...]:
    """The same and what the host must arrange: what the officer has to know."""
    return _told(facts_of(delegation, on, Reader.OFFICER), delegation, None)


def disagreements(told: Iterable[Told]) -> tuple[Disagreement, ...]:
    """Each pair of one rule of ours and one of theirs that do not agree."""
    by_number = {one.article.pk: one.article for one in told}
    rules = [Applied(rule_of(one.article), one.is_out_of_date) for one in told]
    return tuple(
        Disagreement(
            by_number[one.ours.number],
            by_number[one.theirs.number],
            one.clash,
            by_number[one.tighter] if one.tighter else None,
        )
        for one in conflicts(rules)
    )


def who_has_not_read(
    delegation: Delegation, on: date, *, at_most: int | None = None
) -> tuple[Reminder, ...]:
    """The delegation's people who have not acknowledged every rule that holds.

    By name, all of them or the first ``at_most``.
    """
    people, of = _unread(delegation, on)
    return tuple(Reminder(person, person.done, of) for person in people[:at_most])


def how_many_have_not_read(delegation: Delegation, on: date) -> int:
    """How many they are, without their names."""
    return int(_unread(delegation, on)[0].count())


def _unread(delegation: Delegation, on: date) -> tuple[Any, int]:
    """People annotated with how many rules they have read, and of how many."""
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
    return people, len(holding)


def out_of_date(on: date) -> list[Article]:
    """Articles past their last day: whoever keeps the base must look at them."""
    return [a for a in Article.objects.all() if ended(rule_of(a), on)]


def answered(words: str, delegation: Delegation, on: date) -> list[Article]:
    """The articles that answer a question of that day, the best one first, or none."""
    articles = list(Article.objects.select_related("replaced_by"))
    facts = facts_of(delegation, on, Reader.OFFICER)
    facts = with_items(facts, delegation, [one.audience for one in articles])
    by_number = {article.pk: article for article in articles}
    texts = [Worded(rule_of(a), (a.text_en, a.text_id), a.asked_with) for a in articles]
    found = answer(words, texts, facts)
    return [by_number[one.number] for one in found.cited]


def who_may_know(words: str) -> tuple[str, ...]:
    """Codes of the teams that keep the articles nearest to a question nobody answers.

    Nearest is the one asked for by most of its words; none is nobody's.
    """
    heard = folded(words)
    rows = Article.objects.exclude(owner=None).exclude(words="")
    hits = [
        (sum(stands_in(word, heard) for word in article.asked_with), article)
        for article in rows.select_related("owner")
    ]
    best = max(hits, key=lambda hit: (hit[0], -hit[1].pk), default=None)
    if best is None or not best[0] or best[1].owner is None:
        return ()
    return (best[1].owner.code,)


def article_for(delegation: Delegation, kind: str, on: date) -> Article | None:
    """The article in force that asks for a permit for this kind of thing, if any.

    Of several the one that wants the paper earliest.
    """
    facts = facts_of(delegation, on, Reader.OFFICER)
    facts = replace(facts, items=frozenset({kind}), groups=_groups(delegation))
    rows = {a.pk: a for a in Article.objects.filter(permit=kind)}
    found = [
        rows[one.rule.number]
        for one in applied(map(rule_of, rows.values()), facts)
        if not one.is_out_of_date
    ]
    return max(found, key=lambda one: (one.lead_days or 0, -one.pk), default=None)


def with_items(facts: Facts, delegation: Delegation, audiences: Sequence[str]) -> Facts:
    """``facts`` with what the delegation declared and whom it brings, where asked."""
    said = " ".join(audiences)
    if "item:" in said:
        declared = Permit.objects.filter(delegation=delegation)
        kinds = declared.exclude(state=Permit.State.WITHDRAWN).values_list("kind")
        facts = replace(facts, items=frozenset(kind for (kind,) in kinds))
    if "group:" in said:
        facts = replace(facts, groups=_groups(delegation))
    return facts


def rule_of(article: Article) -> Rule:
    """What matching must know of an article."""
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


def _groups(delegation: Delegation) -> frozenset[str]:
    members = Member.objects.filter(delegation=delegation).order_by()
    return frozenset(members.values_list("group", flat=True).distinct())


def _told(
    facts: Facts, delegation: Delegation, person_id: int | None
) -> tuple[Told, ...]:
    articles = {article.pk: article for article in Article.objects.all()}
    facts = with_items(facts, delegation, [a.audience for a in articles.values()])
    read = Acknowledgement.objects.filter(
        person=person_id, event=delegation.event_id
    ).values_list("article", "read_at")
    read_at = dict(read) if person_id is not None else {}
    return tuple(
        Told(
            articles[match.rule.number],
            match.is_out_of_date,
            read_at.get(match.rule.number),
            match.because,
        )
        for match in applied(map(rule_of, articles.values()), facts)
    )
