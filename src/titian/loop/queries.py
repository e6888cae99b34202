"""Questions the loop answers."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from titian.kernel.actor import Actor
from titian.kernel.bilingual import in_both
from titian.kernel.clock import zone_of
from titian.kernel.models import Event
from titian.kernel.questions import Break, Carried, Change, Kind
from titian.loop.clocks import (
    HEARD_WITHIN,
    PATIENCE,
    RUNNING,
    SAID_BACK_WITHIN,
    Clock,
    clocks_of,
)
from titian.loop.comparing import Difference, Segment, compared, segments_of
from titian.loop.escalation import Rung, ladder_of, next_rung, rungs_ahead
from titian.loop.handing import introduced_by, introduction_of
from titian.loop.history import Told, history_of
from titian.loop.holding import Holder, officer_of, who_has_it, who_have_them
from titian.loop.meanwhile import Meanwhile, words_added, words_meanwhile
from titian.loop.models import Ask, Confirmation, Promise
from titian.loop.models.topic import Weight
from titian.loop.promising import Suggestion, promised
from titian.loop.runs import Run, runs_of
from titian.loop.speaking import Speaker, who_speaks
from titian.people.models import Assignment, Delegation, Party

__all__ = [
    "Clock",
    "Difference",
    "Holder",
    "Meanwhile",
    "Rate",
    "Run",
    "Rung",
    "Segment",
    "Speaker",
    "Suggestion",
    "Told",
    "broken_by",
    "carried_by",
    "clocks_of",
    "confirmations_open",
    "differences",
    "history_of",
    "introduced_by",
    "introduction_of",
    "kept_rate",
    "kept_rates",
    "ladder_of",
    "next_rung",
    "not_said_back",
    "officer_of",
    "open_asks",
    "overdue",
    "promise_offered",
    "promises_of",
    "rungs_ahead",
    "runs_of",
    "segments_of",
    "unheard",
    "who_has_it",
    "who_have_them",
    "who_speaks",
    "words_added",
    "words_meanwhile",
]

S = Ask.State
FINISHED = [S.CLOSED, S.WITHDRAWN]


def open_asks(event: Event | None = None) -> QuerySet[Ask]:
    """Asks neither closed nor withdrawn, with all that a list shows of them."""
    asks = Ask.objects.exclude(state__in=FINISHED)
    asks = asks.select_related(
        "event", "asked_by__party", "said_by", "owner", "holder", "topic"
    )
    return asks.filter(event=event) if event else asks


def unheard(event: Event, at: datetime) -> QuerySet[Ask]:
    """What nobody passed on, or the team has not opened, for too long."""
    waiting = Q(state=S.SAID, said_at__lte=at - PATIENCE)
    for urgency, within in HEARD_WITHIN.items():
        waiting |= Q(
            state=S.PASSED,
            opened_at=None,
            urgency=urgency,
            passed_at__lte=at - within,
        )
    return open_asks(event).filter(waiting).order_by("said_at", "pk")


def not_said_back(event: Event, at: datetime) -> QuerySet[Ask]:
    """Exact asks that the team has had for too long without saying them back."""
    late = Q()
    for urgency, within in SAID_BACK_WITHIN.items():
        late |= Q(urgency=urgency, passed_at__lte=at - within)
    silent = open_asks(event).filter(late, state=S.PASSED, weight=Weight.EXACT)
    return silent.order_by("passed_at", "pk")


def overdue(event: Event, at: datetime) -> QuerySet[Ask]:
    """Asks whose promised hour has passed without an answer, the longest first."""
    late = open_asks(event).filter(state__in=RUNNING, due_at__lt=at)
    return late.order_by("due_at", "pk")


def differences(ask: Ask) -> list[Difference]:
    """Field by field: same, differs, added, missing; the changed words are marked."""
    return compared(ask.details, ask.heard_as)


def promises_of(
    delegation: Delegation, direction: str | None = None, *, actor: Actor
) -> QuerySet[Promise]:
    """What was promised, ours or theirs or both, as far as ``actor`` may see it.

    Open ones first, each group by its hour.
    """
    promises = Promise.objects.visible_to(actor).filter(delegation=delegation)
    if direction:
        promises = promises.filter(direction=direction)
    promises = promises.select_related("event", "owner_team", "owner_person", "ask")
    is_settled = ~Q(state=Promise.State.OPEN)
    return promises.alias(is_settled=is_settled).order_by("is_settled", "due_at", "pk")


def promise_offered(ask: Ask) -> Suggestion | None:
    """What the answer promises, if it gives a word that nobody has written down yet."""
    if ask.answered_at is None or ask.promises.exists():
        return None
    return promised(ask.answer_words, at=ask.answered_at, zone=zone_of(ask.event))


@dataclass(frozen=True, slots=True)
class Rate:
    """How a team keeps its word: of what is settled, and what is late and open."""

    kept: int
    kept_late: int
    broken: int

    @property
    def settled(self) -> int:
        """How many have ended either way."""
        return self.kept + self.broken

    @property
    def share(self) -> float | None:
        """The share that was kept, late or not; ``None`` before any has ended."""
        return self.kept / self.settled if self.settled else None


def kept_rates(event: Event) -> dict[int, Rate]:
    """Each inner team's rate at the event, by the team's id; one query.

    What an officer promised in person counts for the team she belongs to.
    """
    kept = Q(state=Promise.State.KEPT)
    rows = (
        Promise.objects.filter(event=event, direction=Promise.Direction.OURS)
        .annotate(team=Coalesce("owner_team", "owner_person__party"))
        .filter(team__in=Party.objects.filter(kind=Party.Kind.TEAM))
        .values("team")
        .annotate(
            kept=Count("pk", filter=kept),
            late=Count("pk", filter=kept & Q(settled_at__gt=F("due_at"))),
            broken=Count("pk", filter=Q(state=Promise.State.BROKEN)),
        )
    )
    return {r["team"]: Rate(r["kept"], r["late"], r["broken"]) for r in rows}


def kept_rate(team: Party, event: Event) -> tuple[int, int]:
    """How many of the team's settled promises were kept, and how many there were."""
    rate = kept_rates(event).get(team.pk, Rate(0, 0, 0))
    return rate.kept, rate.settled


def confirmations_open(event: Event) -> QuerySet[Confirmation]:
    """What changes would break and nobody has said to have seen, the loudest first."""
    return (
        Confirmation.objects.filter(event=event, confirmed_at=None, superseded_at=None)
        .select_related("event", "delegation__party", "owner_team", "owner_person")
        .order_by("-loudness", "by", "pk")
    )


def carried_by(delegation_id: int, person_id: int, at: datetime) -> tuple[Carried, ...]:
    """The guests' open asks and promises: whoever accompanies them answers for them."""
    asks = open_asks().filter(asked_by=delegation_id, merged_into=None).order_by("pk")
    open_ = Promise.objects.filter(delegation=delegation_id, state=Promise.State.OPEN)
    promises = open_.select_related("ask").order_by("due_at", "pk")
    return (*map(_ask_carried, asks), *map(_promise_carried, promises))


def _ask_carried(ask: Ask) -> Carried:
    """What is exact is said back field by field, as it was to its team."""
    exact = ask.weight == Weight.EXACT
    return Carried(
        Kind.ASK,
        f"{ask.code} {ask}".strip(),
        ask._meta.label_lower,
        ask.pk,
        fields=dict(ask.details) if exact else {},
        about_id=ask.said_by_id,
        due_at=ask.due_at,
    )


def _promise_carried(word: Promise) -> Carried:
    about = word.ask.said_by_id if word.ask else word.owner_person_id
    label = word._meta.label_lower
    return Carried(
        Kind.PROMISE, str(word), label, word.pk, about_id=about, due_at=word.due_at
    )


def broken_by(change: Change) -> tuple[Break, ...]:
    """Open asks that nobody would accompany any more."""
    officers = Assignment.objects.filter(
        delegation=OuterRef("asked_by"), relieved_at=None
    ).exclude(consent=Assignment.Consent.DECLINED)
    alone = open_asks().exclude(Exists(officers)).order_by("pk")
    return tuple(_left_alone(ask, change.at) for ask in alone)


def _left_alone(ask: Ask, at: datetime) -> Break:
    english, indonesian = in_both(
        lambda: (
            _("Nobody would answer for %(code)s of %(delegation)s.")
            % {"code": ask.code, "delegation": ask.asked_by.party.name}
        )
    )
    return Break(
        2,
        at,
        english,
        ask._meta.label_lower,
        ask.pk,
        sentence_id=indonesian,
        concerns_id=ask.asked_by_id,
    )
