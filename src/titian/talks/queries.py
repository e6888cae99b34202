"""Questions this room answers: what is owed either way, which meeting would fail."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from titian.kernel.actor import Actor
from titian.kernel.models import Entry, Event
from titian.kernel.questions import Break, Change
from titian.loop.models import Promise
from titian.people.models import Delegation, Person
from titian.talks.models import SOON, Agreement, Deliverable
from titian.talks.standing import meetings_that_fail

S = Deliverable.State
TONES = {
    S.OPEN: "calm",
    S.DELIVERED: "hand",
    S.ACCEPTED: "ok",
    S.DISPUTED: "late",
    S.WAIVED: "calm",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line on the spine at one moment: its mark, and how far its hour is."""

    line: Deliverable
    tone: str
    to_go: timedelta

    @property
    def is_red(self) -> bool:
        """Whether its hour has passed unmet."""
        return self.tone == "red"

    @property
    def is_near(self) -> bool:
        """Whether it is unmet with less than a day to go."""
        return self.line.is_unmet and timedelta(0) <= self.to_go <= SOON


@dataclass(frozen=True, slots=True)
class Spine:
    """An agreement's lines by date on either bank, with now between them."""

    at: datetime
    past: tuple[Row, ...]
    coming: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """How one side's lines stand."""

    lines: int
    accepted: int
    overdue: int
    disputed: int
    delivered: int
    near: int


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing promised to the other side: a line of an agreement, or a word given."""

    what: str
    due_at: datetime
    is_overdue: bool
    is_soon: bool
    owner: str
    subject_kind: str
    subject_id: int
    agreement_id: int | None = None


@dataclass(frozen=True, slots=True)
class OwedLists:
    """What is still owed in both directions, the most pressing first."""

    ours: tuple[Owed, ...]
    theirs: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a line; ``who`` is empty where the house did it."""

    verb: str
    at: datetime
    who: str


def row_of(line: Deliverable, at: datetime) -> Row:
    """How the line stands at ``at``."""
    tone = TONES[S(line.state)]
    if line.is_overdue(at):
        tone = "red"
    elif line.is_soon(at):
        tone = "late"
    return Row(line, tone, line.due_at - at)


def spine(agreement: Agreement, at: datetime) -> Spine:
    """The agreement's lines by date, parted by now."""
    rows = [row_of(line, at) for line in _by_hour(agreement.lines.all())]
    return Spine(
        at,
        past=tuple(row for row in rows if row.line.due_at < at),
        coming=tuple(row for row in rows if row.line.due_at >= at),
    )


def totals(agreement: Agreement, at: datetime) -> dict[str, Totals]:
    """How the lines of each direction ("ours", "theirs") stand; loads lines once."""
    lines = list(agreement.lines.all())
    return {
        direction: _totals((row for row in lines if row.direction == direction), at)
        for direction in Deliverable.Direction.values
    }


def unmet(event: Event, at: datetime) -> QuerySet[Deliverable]:
    """Lines still unmet with less than a day to go or their hour passed, by hour.

    Both sides are shown them; scope them with ``visible_to`` before they leave.
    """
    return (
        Deliverable.objects.unmet()
        .filter(agreement__event=event, due_at__lte=at + SOON)
        .select_related("agreement__delegation__party", "handled_by", "handler")
        .order_by("due_at", "pk")
    )


def owed_lists(delegation: Delegation, *, actor: Actor, at: datetime) -> OwedLists:
    """What is promised and still open between us and ``delegation``, both ways.

    Lines of agreements and words given together, as far as ``actor`` may see them.
    """
    lines = (
        Deliverable.objects.visible_to(actor)
        .unmet()
        .filter(agreement__delegation=delegation)
        .select_related("handled_by", "handler")
    )
    words = (
        Promise.objects.visible_to(actor)
        .filter(delegation=delegation, state=Promise.State.OPEN)
        .select_related("owner_team", "owner_person")
    )
    found: dict[str, list[Owed]] = {"ours": [], "theirs": []}
    for line in lines:
        found[line.direction].append(_owed_line(line, at))
    for word in words:
        found[word.direction].append(_owed_word(word, at))
    ours, theirs = (
        tuple(sorted(found[way], key=lambda owed: owed.due_at)) for way in found
    )
    return OwedLists(ours, theirs)


def history(line: Deliverable) -> tuple[Step, ...]:
    """What happened to the line, oldest first: who and when; both sides see it."""
    told = list(
        Entry.objects.filter(
            subject_kind=Deliverable._meta.label_lower, subject_id=line.pk
        ).order_by("said_at", "pk")
    )
    ids = {entry.word_of_id or entry.actor_person_id or 0 for entry in told}
    names = dict(Person.objects.filter(pk__in=ids).values_list("pk", "display"))
    return tuple(
        Step(
            entry.verb,
            entry.said_at,
            names.get(entry.word_of_id or entry.actor_person_id or 0, ""),
        )
        for entry in told
    )


def broken_by(change: Change) -> tuple[Break, ...]:
    """Meetings to come whose delegation would not have arrived, or be elsewhere."""
    return tuple(meetings_that_fail(change.at))


def _by_hour(lines: Iterable[Deliverable]) -> list[Deliverable]:
    return sorted(lines, key=lambda line: (line.due_at, line.line))


def _totals(lines: Iterable[Deliverable], at: datetime) -> Totals:
    rows = [row_of(line, at) for line in lines]
    states = Counter(row.line.state for row in rows)
    return Totals(
        lines=len(rows),
        accepted=states[S.ACCEPTED],
        overdue=sum(row.is_red for row in rows),
        disputed=states[S.DISPUTED],
        delivered=states[S.DELIVERED],
        near=sum(row.is_near for row in rows),
    )


def _owed_line(line: Deliverable, at: datetime) -> Owed:
    return Owed(
        what=line.what,
        due_at=line.due_at,
        is_overdue=line.is_overdue(at),
        is_soon=line.is_soon(at),
        owner=str(line.handler or line.handled_by or ""),
        subject_kind=line._meta.label_lower,
        subject_id=line.pk,
        agreement_id=line.agreement_id,
    )


def _owed_word(word: Promise, at: datetime) -> Owed:
    return Owed(
        what=word.words,
        due_at=word.due_at,
        is_overdue=word.due_at < at,
        is_soon=at <= word.due_at <= at + SOON,
        owner=str(word.owner_person or word.owner_team or ""),
        subject_kind=word._meta.label_lower,
        subject_id=word.pk,
    )
