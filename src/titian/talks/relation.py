"""One relationship: the signs of how it stands, and its line of time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.loop.models import Ask, Promise
from titian.people.models import Delegation
from titian.talks.health import Signs
from titian.talks.models import Agreement, Deliverable, Meeting, Paper
from titian.talks.queries import OwedLists

QUIET = {Event.Kind.STANDING: timedelta(days=30)}
QUIET_AT_AN_EVENT = timedelta(days=3)
OVER = (Ask.State.ANSWERED, Ask.State.CLOSED, Ask.State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing between them: when, what kind of thing, in which words, whose doing.

    ``pk`` is the row to open, of an agreement for its lines; ``is_day`` where only the
    day is known.
    """

    at: datetime
    kind: str
    words: str
    side: str
    pk: int
    number: int | None = None
    is_day: bool = False


def line_of_time(delegation: Delegation, *, actor: Actor) -> tuple[Moment, ...]:
    """Everything dated between us and ``delegation`` that ``actor`` may see, by hour.

    From the first note to the last line of an agreement to come. Private requests and
    what was only said in the loop are left to their own pages.
    """
    found = [
        *_coming(delegation),
        *_papers(delegation, actor),
        *_filed(delegation, actor),
        *_meetings(delegation, actor),
        *_promises(delegation, actor),
        *_asks(delegation, actor),
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.kind, one.pk)))


def signs_of(
    delegation: Delegation,
    moments: Sequence[Moment],
    owed: OwedLists,
    *,
    dead_ends: int,
    actor: Actor,
    at: datetime,
) -> Signs:
    """What can be counted of the relationship, as far as ``actor`` may see it.

    ``owed`` is what stands open either way, ``dead_ends`` are the ends of the channel
    where nobody is reached.
    """
    words = Promise.objects.visible_to(actor).filter(delegation=delegation)
    lines = Deliverable.objects.visible_to(actor).filter(
        agreement__delegation=delegation
    )
    asks = Ask.objects.visible_to(actor).filter(asked_by=delegation, due_at__lt=at)
    return Signs(
        unheard=sum(one.owes_a_word for one in words.filter(state="broken")),
        unmet_since=tuple(one.due_at for one in (*owed.ours, *owed.theirs)),
        disputed=lines.filter(state=Deliverable.State.DISPUTED).count(),
        unanswered=asks.exclude(state__in=OVER).count(),
        dead_ends=dead_ends,
        last_at=max((one.at for one in moments if one.at <= at), default=None),
        next_at=min((one.at for one in moments if one.at > at), default=None),
        quiet=QUIET.get(Event.Kind(delegation.event.kind), QUIET_AT_AN_EVENT),
    )


def _coming(delegation: Delegation) -> Iterator[Moment]:
    for step in delegation.participations.all():
        at = clock.day_of(delegation.event, step.stated_on)[0]
        yield Moment(
            at, "coming", step.get_status_display(), "theirs", step.pk, is_day=True
        )


def _papers(delegation: Delegation, actor: Actor) -> Iterator[Moment]:
    papers = Agreement.objects.visible_to(actor).filter(delegation=delegation)
    for paper in papers.prefetch_related("lines"):
        if paper.signed_on:
            at = clock.day_of(delegation.event, paper.signed_on)[0]
            yield Moment(at, "signed", paper.title, "ours", paper.pk, is_day=True)
        for line in paper.lines.all():
            kind, when = _of_line(line)
            yield Moment(when, kind, line.what, line.direction, paper.pk, line.line)


def _filed(delegation: Delegation, actor: Actor) -> Iterator[Moment]:
    """Documents by the day they were filed; ``words`` lead to them by their number."""
    papers = Paper.objects.visible_to(actor).filter(parties=delegation)
    for paper in papers.exclude(state=Paper.State.DRAFT):
        at = clock.day_of(delegation.event, paper.filed_on)[0]
        yield Moment(at, "filed", str(paper), "ours", paper.pk, is_day=True)


def _of_line(line: Deliverable) -> tuple[str, datetime]:
    """Settled when it was settled, shown when it was shown; due until then."""
    if line.settled_at:
        return f"line_{line.state}", line.settled_at
    if line.delivered_at and line.state == Deliverable.State.DELIVERED:
        return "line_delivered", line.delivered_at
    return f"line_{line.state}", line.due_at


def _meetings(delegation: Delegation, actor: Actor) -> Iterator[Moment]:
    seen = Meeting.objects.visible_to(actor).select_related(
        "activity", "event", "party_a__party", "party_b__party"
    )
    sides = Q(party_a=delegation) | Q(party_b=delegation)
    for meeting in seen.filter(sides).distinct():
        is_day = meeting.activity.precision == "day"
        begins = meeting.activity.begins
        kind = f"meeting_{meeting.state}"
        yield Moment(begins, kind, str(meeting), "theirs", meeting.pk, is_day=is_day)


def _promises(delegation: Delegation, actor: Actor) -> Iterator[Moment]:
    for word in Promise.objects.visible_to(actor).filter(delegation=delegation):
        yield Moment(word.made_at, "promised", word.words, word.direction, word.pk)
        if word.settled_at:
            kind = f"promise_{word.state}"
            yield Moment(word.settled_at, kind, word.words, word.direction, word.pk)


def _asks(delegation: Delegation, actor: Actor) -> Iterator[Moment]:
    seen = Ask.objects.visible_to(actor).filter(asked_by=delegation, is_private=False)
    for ask in seen.exclude(is_recovery=True):
        yield Moment(ask.said_at, "asked", str(ask), "theirs", ask.pk)
        if ask.answered_at:
            yield Moment(ask.answered_at, "answered", str(ask), "ours", ask.pk)
