"""Keeping the rules: a slip of the pen amended, one rule replaced, one retired."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import clock, journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.rules.models import Article
from titian.rules.policy import may_keep
from titian.rules.queries import is_understood

DAY = timedelta(days=1)
TEXT_AT_MOST = 2000


class NotARule(ValueError):
    """What was given makes no rule; its argument is a sentence for who gave it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What may be amended without making another rule of it."""

    text_en: str
    text_id: str = ""
    authority: str = ""
    source: str = ""
    audience: str = ""
    words: str = ""
    owner_id: int | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Successor:
    """What the rule says from some day on."""

    valid_from: date
    text_en: str
    text_id: str = ""
    limit: Decimal | None = None
    unit: str = ""
    authority: str = ""
    source: str = ""


@transaction.atomic
def amend(
    article_id: int,
    event_id: int,
    wording: Wording,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Article:
    """Correct how an article is written; what it rules stays.

    Raises ``Forbidden`` unless the actor keeps the rules, ``NotARule`` without a text
    or with an audience that cannot be read.
    """
    if journal.replayed(key, "rule.amended", event_id, actor=actor):
        return Article.objects.get(pk=article_id)

    article, event = _kept(article_id, event_id, actor)
    _require_text(wording.text_en)
    if not is_understood(wording.audience):
        raise NotARule(_("It is not clear whom the rule concerns. Correct “for”."))
    changed = [
        one.name
        for one in fields(wording)
        if getattr(article, one.name) != getattr(wording, one.name)
    ]
    for name in changed:
        setattr(article, name, getattr(wording, name))
    article.save()
    _write("rule.amended", event, article, actor, at, key, changed=changed)
    return article


@transaction.atomic
def replace(
    article_id: int,
    event_id: int,
    successor: Successor,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Article:
    """Put another article in the place of this one from a day on; gives the new one.

    The former keeps its text and ends the day before. Whoever had read it is asked to
    read the new one. Raises ``IllegalMove`` if it is replaced already, ``NotARule``
    if the day is before the former's own first one.
    """
    if done := journal.replayed(key, "rule.replaced", event_id, actor=actor):
        return Article.objects.get(pk=done.facts["by"])

    former, event = _kept(article_id, event_id, actor)
    if former.replaced_by_id is not None:
        raise IllegalMove(f"cannot replace {former} twice")
    _require_text(successor.text_en)
    if former.valid_from is not None and successor.valid_from <= former.valid_from:
        raise NotARule(_("The new rule begins before the one it replaces. Correct it."))
    new = _beside(former, successor)
    former.valid_to = successor.valid_from - DAY
    former.replaced_by = new
    former.save()
    _write("rule.replaced", event, former, actor, at, key, by=new.pk)
    return new


@transaction.atomic
def retire(
    article_id: int,
    event_id: int,
    last_day: date,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Article:
    """Enter that an article holds until ``last_day`` and nothing takes its place.

    Raises ``IllegalMove`` if it has ended before that day already, ``NotARule`` if
    the day is before its first one.
    """
    if journal.replayed(key, "rule.retired", event_id, actor=actor):
        return Article.objects.get(pk=article_id)

    article, event = _kept(article_id, event_id, actor)
    if article.valid_to is not None and article.valid_to < last_day:
        raise IllegalMove(f"{article} has ended")
    if article.valid_from is not None and last_day < article.valid_from:
        raise NotARule(_("Its last day is before its first one. Correct it."))
    article.valid_to = last_day
    article.save()
    _write("rule.retired", event, article, actor, at, key, last=last_day.isoformat())
    return article


@transaction.atomic
def review(
    article_id: int,
    event_id: int,
    again_on: date,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Article:
    """Say that the source was read again and still says so, and when it is next.

    Raises ``NotARule`` for a day that is not to come.
    """
    if journal.replayed(key, "rule.reviewed", event_id, actor=actor):
        return Article.objects.get(pk=article_id)

    article, event = _kept(article_id, event_id, actor)
    if again_on <= clock.local(event, at).date():
        raise NotARule(_("The next review is a day to come."))
    article.review_on = again_on
    article.save()
    _write("rule.reviewed", event, article, actor, at, key)
    return article


def _kept(article_id: int, event_id: int, actor: Actor) -> tuple[Article, Event]:
    event = Event.objects.get(pk=event_id)
    article = Article.objects.select_for_update().get(pk=article_id)
    require(
        may_keep(actor, event, article),
        _("Only a coordinator or the team that keeps the rule does this."),
    )
    return article, event


def _require_text(words: str) -> None:
    if not words.strip() or len(words) > TEXT_AT_MOST:
        raise NotARule(_("Write the rule in one or two sentences."))


def _beside(former: Article, said: Successor) -> Article:
    new = Article.objects.get(pk=former.pk)
    new.pk, new._state.adding = None, True
    new.topic = _next_topic(former.topic)
    for one in fields(said):
        setattr(new, one.name, getattr(said, one.name))
    new.authority = said.authority or former.authority
    new.source = said.source or former.source
    new.valid_to = new.review_on = new.replaced_by = None
    new.save()
    return new


def _next_topic(topic: str) -> str:
    base, _mark, number = topic.rpartition("_v")
    stem = base if base and number.isdigit() else topic
    taken = set(
        Article.objects.filter(topic__startswith=stem).values_list("topic", flat=True)
    )
    return next(
        name for n in range(2, 1000) if (name := f"{stem[:55]}_v{n}") not in taken
    )


def _write(
    verb: str,
    event: Event,
    article: Article,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    **facts: Any,
) -> None:
    journal.write(
        verb,
        event,
        actor=actor,
        at=at,
        key=key,
        topics=["rules:all", f"event:{event.pk}"],
        article=article.pk,
        **facts,
    )
