"""Questions the loop answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from titian.kernel.actor import Actor
from titian.kernel.models import Entry, Event
from titian.kernel.questions import Break, Carried, Change
from titian.kernel.sealing import unseal
from titian.loop.commands.asks import PATIENCE
from titian.loop.models import Ask, Promise
from titian.people.models import Assignment, Delegation, Party, Person

FINISHED = [Ask.State.CLOSED, Ask.State.WITHDRAWN]
SAY_BACK = timedelta(minutes=20)
Segment = tuple[str, str]
"""``same``, ``added`` or ``taken``, and the words."""


def open_asks(event: Event | None = None) -> QuerySet[Ask]:
    """Asks neither closed nor withdrawn."""
    asks = Ask.objects.exclude(state__in=FINISHED)
    return asks.filter(event=event) if event else asks


def who_has_it(ask: Ask) -> str:
    """One line: the person, or the team until somebody of it has taken it."""
    if ask.state in {Ask.State.SAID, Ask.State.RESTATED}:
        officer = officer_of(ask.asked_by)
        return _("%(name)s, LO") % {"name": officer.display} if officer else _("no LO")
    if ask.state == Ask.State.ANSWERED:
        return _("%(name)s, to say that it is kept") % {"name": ask.said_by.display}
    if ask.state in FINISHED or ask.owner is None:
        return _("nobody: it is closed")
    if ask.holder is not None:
        return f"{ask.holder.display}, {ask.owner.name}"
    return ask.owner.name


def officer_of(delegation: Delegation) -> Person | None:
    """The primary officer who has not declined, else a relief."""
    held = Assignment.objects.filter(delegation=delegation, relieved_at=None)
    agreed = held.exclude(consent=Assignment.Consent.DECLINED)
    first = agreed.select_related("officer__person").order_by("role", "pk").first()
    return first.officer.person if first else None


@dataclass(frozen=True, slots=True)
class Clock:
    """One labelled hour of an ask: when it is due, when it was met, whether late."""

    label: str
    due_at: datetime | None
    done_at: datetime | None
    is_breached: bool


def clocks_of(ask: Ask, at: datetime) -> list[Clock]:
    """Heard, said back, answered: each with its own hour; re-routing starts anew."""
    passed = ask.passed_at
    heard_by = passed + PATIENCE if passed else None
    back_by = passed + SAY_BACK if passed else None
    return [
        _clock(_("Heard"), heard_by, ask.opened_at, at),
        _clock(_("Said back"), back_by, ask.restated_at or ask.in_hand_at, at),
        _clock(_("Answered"), ask.due_at, ask.answered_at, at),
        _clock(_("Closed by the asker"), None, ask.closed_at, at),
    ]


def _clock(
    label: str, due: datetime | None, done: datetime | None, at: datetime
) -> Clock:
    late = due is not None and (done or at) > due
    return Clock(label, due, done, late)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of an ask, as asked and as said back."""

    field: str
    asked: str
    heard: str
    kind: str
    segments: tuple[Segment, ...]


def differences(ask: Ask) -> list[Difference]:
    """Field by field: same, differs, added, missing; the changed words are marked."""
    fields = [*ask.details, *(f for f in ask.heard_as if f not in ask.details)]
    return [
        _difference(name, ask.details.get(name, ""), ask.heard_as.get(name, ""))
        for name in fields
    ]


def _difference(name: str, asked: str, heard: str) -> Difference:
    marked = tuple(segments_of(asked, heard))
    if _plain(asked) == _plain(heard):
        return Difference(name, asked, heard, "same", (("same", heard),))
    if not heard:
        return Difference(name, asked, heard, "missing", marked)
    taken = any(kind == "taken" for kind, _words in marked)
    return Difference(name, asked, heard, "differs" if taken else "added", marked)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".")


def segments_of(asked: str, heard: str) -> Iterator[Segment]:
    """What stayed, what was taken out and what was put in, word by word."""
    before, after = asked.split(), heard.split()
    plain = SequenceMatcher(None, _low(before), _low(after), autojunk=False)
    for kind, a, b, c, d in plain.get_opcodes():
        if kind == "equal":
            yield "same", " ".join(after[c:d])
            continue
        if a < b:
            yield "taken", " ".join(before[a:b])
        if c < d:
            yield "added", " ".join(after[c:d])


def _low(words: list[str]) -> list[str]:
    return [word.casefold().strip(",.") for word in words]


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the ask's history: when it was said, when heard, what it was."""

    said_at: datetime
    heard_at: datetime
    sentence: str


def history_of(ask: Ask, actor: Actor) -> list[Told]:
    """The journal's lines about the ask, newest first, for who may see the ask."""
    if not Ask.objects.visible_to(actor).filter(pk=ask.pk).exists():
        return []
    entries = list(
        Entry.objects.filter(subject_kind="loop.ask", subject_id=ask.pk).order_by("-pk")
    )
    names = _names(entries)
    return [
        Told(entry.said_at, entry.heard_at, _sentence(entry, names))
        for entry in entries
    ]


def _names(entries: Sequence[Entry]) -> dict[int, str]:
    ids = [pk for e in entries for pk in (e.actor_person_id, e.word_of_id) if pk]
    people = Person.objects.filter(pk__in=ids)
    return dict(people.values_list("pk", "display"))


def _sentence(entry: Entry, names: dict[int, str]) -> str:
    who = names.get(entry.actor_person_id or 0, _("Titian"))
    words = unseal(entry) or {}
    said = {
        "ask.said": _("%(who)s wrote the request down"),
        "ask.passed_on": _("%(who)s passed it on"),
        "ask.heard": _("%(who)s opened it"),
        "ask.accepted": _("%(who)s took it in hand"),
        "ask.restated": _("%(who)s said it back"),
        "ask.confirmed": _("%(who)s confirmed what was said back"),
        "ask.corrected": _("%(who)s corrected what was said back"),
        "ask.bounced": _("%(who)s handed it to another team: %(reason)s"),
        "ask.answered": _("%(who)s answered"),
        "ask.reopened": _("%(who)s asked again: %(reason)s"),
        "ask.closed": _("%(who)s said that it is kept"),
        "ask.withdrawn": _("%(who)s withdrew it"),
        "ask.left_waiting": _("Nobody had taken it: the coordinator was told"),
        "ask.overdue": _("The promised hour passed without an answer"),
        "ask.gloss_verified": _("%(who)s checked the translation"),
        "incident.raised": _("%(who)s raised the alarm"),
    }.get(entry.verb, entry.verb)
    line = said % {"who": who, "reason": words.get("reason", "")}
    if entry.word_of_id:
        guest = names.get(entry.word_of_id, "")
        line = _("%(line)s, on the word of %(guest)s") % {"line": line, "guest": guest}
    return line


def carried_by(officer_id: int, at: datetime) -> tuple[Carried, ...]:
    """The open asks and promises of the guests whom the officer (a person) has."""
    held = Assignment.objects.filter(officer__person=officer_id, relieved_at=None)
    guests = held.exclude(consent=Assignment.Consent.DECLINED).values("delegation")
    asks = open_asks().filter(asked_by__in=guests).order_by("pk")
    promises = Promise.objects.filter(delegation__in=guests, state=Promise.State.OPEN)
    return (
        *(Carried(str(ask), "loop.ask", ask.pk) for ask in asks),
        *(Carried(str(p), "loop.promise", p.pk) for p in promises.order_by("pk")),
    )


def broken_by(change: Change) -> tuple[Break, ...]:
    """Open asks that nobody would accompany any more."""
    officers = Assignment.objects.filter(
        delegation=OuterRef("asked_by"), relieved_at=None
    ).exclude(consent=Assignment.Consent.DECLINED)
    alone = open_asks().exclude(Exists(officers)).select_related("asked_by__party")
    return tuple(
        Break(
            2,
            change.at,
            f"Nobody would answer for {ask.code} of {ask.asked_by.party.name_en}.",
            "loop.ask",
            ask.pk,
            sentence_id=(
                f"Tidak ada yang mendampingi {ask.code} dari "
                f"{ask.asked_by.party.name_id or ask.asked_by.party.name_en}."
            ),
            concerns_id=ask.asked_by_id,
        )
        for ask in alone.order_by("pk")
    )


def kept_rate(team: Party, event: Event) -> tuple[int, int]:
    """How many of the team's settled promises were kept, and how many there were."""
    settled = Promise.objects.filter(event=event, owner_team=team).exclude(
        state=Promise.State.OPEN
    )
    return settled.filter(state=Promise.State.KEPT).count(), settled.count()
