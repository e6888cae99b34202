"""What the pages of the rules show: rows with their state, and who reads which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.people.models import Delegation
from titian.people.policy import keeps_any_seat
from titian.rules.models import Advice, Article, Whose
from titian.rules.naming import clash_name, measure_of, subject_name, why_words
from titian.rules.queries import Disagreement, Told, for_officer


@dataclass(frozen=True, slots=True)
class Row:
    """An article as a list shows it: its state by mark and word, and why it applies."""

    article: Article
    tone: str
    state: str
    measure: str
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clashing:
    """Two articles that do not agree, and how, in a sentence."""

    ours: Article
    theirs: Article
    words: str
    subject: str
    tighter: Article | None


@dataclass(frozen=True, slots=True)
class Group:
    """The articles of one side about one subject."""

    whose: str
    subject: str
    rows: tuple[Row, ...]


def state_of(article: Article, on: date) -> tuple[str, str]:
    """The mark and the name of its state on a day."""
    if article.valid_to is not None and article.valid_to < on:
        return ("still", "replaced" if article.replaced_by_id else "ended")
    if article.valid_from is not None and article.valid_from > on:
        return ("calm", "coming")
    if article.review_on is not None and article.review_on <= on:
        return ("late", "review")
    return ("ok", "in_force")


def row_of(told: Told | Article, on: date) -> Row:
    """The row; of an article nobody was told, without reasons."""
    article = told.article if isinstance(told, Told) else told
    because = told.because if isinstance(told, Told) else ()
    tone, state = state_of(article, on)
    words = tuple(why_words(why) for why in because)
    return Row(article, tone, state, measure_of(article), words)


def drawn(found: Iterable[Disagreement]) -> list[Clashing]:
    """The pairs as a page lists them; no winner among them."""
    return [
        Clashing(
            one.ours,
            one.theirs,
            clash_name(one.clash),
            subject_name(one.ours.subject),
            one.tighter,
        )
        for one in found
    ]


def grouped(rows: Iterable[Row]) -> list[Group]:
    """The rows by side, ours first, and by subject."""
    order = {Whose.OURS: 0, Whose.THEIRS: 1}

    def place(row: Row) -> tuple[int, str]:
        one = row.article
        return order[Whose(one.whose)], subject_name(one.subject)

    return [
        Group(list(order)[side], subject, tuple(group))
        for (side, subject), group in groupby(sorted(rows, key=place), key=place)
    ]


def today(event: Event) -> date:
    """The day it is at the event."""
    return now(event).date()


def now(event: Event) -> datetime:
    """The hour it is at the event, as its people read it."""
    return clock.local(event, clock.time_at(event))


def own_delegations(actor: Actor, event: Event) -> list[Delegation]:
    """For which delegations the reader may ask."""
    seen = Delegation.objects.visible_to(actor).filter(event=event)
    rows = seen.select_related("party", "event").order_by("party__code").distinct()
    return list(rows)


def readable(actor: Actor, event: Event) -> list[Told | Article]:
    """All articles, for whoever sits at the hosts' table; else those that apply to the
    delegations the reader sees, each with the reason.
    """
    if keeps_any_seat(actor, event):
        rows = Article.objects.select_related("owner", "replaced_by")
        return list(rows)
    found: dict[int, Told] = {}
    for delegation in own_delegations(actor, event):
        for told in for_officer(delegation, today(event)):
            found.setdefault(told.article.pk, told)
    return list(found.values())


def shown(advice: Advice, on: date) -> Mapping[str, object]:
    """An answer: its articles with their authority, days and source; or whom we asked.

    There is no word in it that is not an article's, or that names the request.
    """
    cited = advice.cited.select_related("replaced_by").order_by("pk")
    return {
        "advice": advice,
        "cited": [row_of(article, on) for article in cited],
        "asked": advice.ask,
    }
