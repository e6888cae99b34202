"""How a talk stands as both sides may read it: topics, offers, what changed in each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from titian.talks.models import Issue, Offer, Option, Talk
from titian.talks.policy import SIDES


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What a side last offered on a topic; no words if it has offered nothing."""

    side: str
    party: str
    words: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Term:
    """One topic in an offer, and what the offer before it said there."""

    issue: Issue
    option: Option
    before: str

    @property
    def is_changed(self) -> bool:
        """Whether the offer it answers said something else there."""
        return self.before not in ("", self.option.words)


@dataclass(frozen=True, slots=True)
class Version:
    """An offer in the ledger, with its terms held against the one it answers."""

    offer: Offer
    party: str
    terms: tuple[Term, ...]
    has_lapsed: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic on the table."""

    issue: Issue
    options: tuple[Option, ...]
    standpoints: tuple[Standpoint, ...]


def topics_of(talk: Talk) -> list[Topic]:
    """Every topic in its order, with options and what either side last offered."""
    last = _last_offered(talk)
    rows = talk.issues.select_related("agreed_on").prefetch_related("options__pros")
    return [
        Topic(
            issue,
            tuple(issue.options.all()),
            tuple(_standpoint(talk, side, last.get((issue.pk, side))) for side in "ab"),
        )
        for issue in rows
    ]


def standpoints(issue: Issue) -> tuple[Standpoint, ...]:
    """Both sides' last offers on one topic, side by side."""
    last = _last_offered(issue.talk)
    return tuple(
        _standpoint(issue.talk, side, last.get((issue.pk, side)))
        for side in sorted(SIDES)
    )


def versions_of(talk: Talk, at: datetime) -> list[Version]:
    """The ledger, the newest offer first."""
    rows = talk.offers.select_related("author", "answers").prefetch_related(
        "options__issue"
    )
    by_pk = {offer.pk: offer for offer in rows}
    return [
        Version(
            offer,
            talk.delegation(offer.side).name,
            tuple(_terms(offer, by_pk.get(offer.answers_id or 0))),
            offer.is_open and offer.has_lapsed(at),
        )
        for offer in sorted(by_pk.values(), key=lambda one: -one.number)
    ]


def todays_package(talk: Talk) -> dict[int, int]:
    """Option by topic as things stand: what is agreed, else what was last offered."""
    found: dict[int, int] = {}
    rows = talk.offers.exclude(state=Offer.State.WITHDRAWN).order_by("number")
    for offer in rows.prefetch_related("options"):
        found |= {option.issue_id: option.pk for option in offer.options.all()}
    agreed = talk.issues.exclude(agreed_on=None).values_list("pk", "agreed_on")
    return found | {issue: option for issue, option in agreed if option}


def _terms(offer: Offer, answered: Offer | None) -> Iterable[Term]:
    before = (
        {option.issue_id: option.words for option in answered.options.all()}
        if answered
        else {}
    )
    options = sorted(offer.options.all(), key=lambda one: one.issue.order)
    for option in options:
        yield Term(option.issue, option, before.get(option.issue_id, ""))


def _last_offered(talk: Talk) -> dict[tuple[int, str], tuple[Option, int]]:
    found: dict[tuple[int, str], tuple[Option, int]] = {}
    for offer in talk.offers.order_by("number").prefetch_related("options"):
        for option in offer.options.all():
            found[option.issue_id, offer.side] = (option, offer.number)
    return found


def _standpoint(
    talk: Talk, side: str, offered: tuple[Option, int] | None
) -> Standpoint:
    option, number = offered if offered else (None, None)
    words = option.words if option else ""
    return Standpoint(side, talk.delegation(side).name, words, number)
