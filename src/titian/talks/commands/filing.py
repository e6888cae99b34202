"""Documents enter the register: a number, a first text, later texts, who may read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from titian.kernel import clock, documents, journal
from titian.kernel.actor import Actor
from titian.kernel.models import Document, Event
from titian.kernel.policy import require
from titian.people.models import Delegation, Party, Person
from titian.people.queries import speaker
from titian.talks.commands import life
from titian.talks.models import Paper, PaperVersion, Wording, said
from titian.talks.policy import may_file, may_file_for, may_revise
from titian.talks.roots import rooted
from titian.talks.signed import require_unsigned

if TYPE_CHECKING:
    from django.db.models import QuerySet

NOT_YOURS = gettext_lazy(
    "Only the protocol desk, a coordinator or their officer may file this."
)


class NothingFiled(ValueError):
    """The file is empty, or the very one that is filed already."""


@dataclass(frozen=True, slots=True)
class File:
    """The bytes as they came, and the words that were found in them."""

    content: bytes
    name: str
    media_type: str
    text: str = ""
    composed: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filing:
    """What a document is filed under."""

    kind: str
    title: str
    party_ids: tuple[int, ...]
    summary: str = ""
    secrecy: str = Paper.Secrecy.HOUSE
    reader_ids: tuple[int, ...] = ()
    is_draft: bool = False


@transaction.atomic
def file(
    event_id: int,
    filing: Filing,
    brought: File,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Paper:
    """Enter a document under the next number of its kind and year.

    A private one is numbered outside that series, so that no gap tells of it. Raises
    ``Forbidden`` but for protocol, a coordinator, the officer of every party named;
    ``Wordless`` without a title, ``NothingFiled`` for an empty file, ``TooLarge``.
    """
    if entry := journal.replayed(key, "paper.filed", None, actor=actor):
        return Paper.objects.get(pk=entry.subject_id)

    event = Event.objects.select_for_update().get(pk=event_id)
    parties = list(Delegation.objects.filter(pk__in=filing.party_ids, event=event))
    require(may_file_for(actor, event, parties), str(NOT_YOURS))
    secrecy = Paper.Secrecy(filing.secrecy)
    kind, today = Paper.Kind(filing.kind), clock.local(event, at).date()
    paper = Paper.objects.create(
        event=event,
        number=_next_number(event, kind, today.year, secrecy),
        kind=kind,
        title=said(filing.title, at_most=200),
        summary=said(filing.summary, at_most=600, may_be_empty=True),
        secrecy=secrecy,
        state=Paper.State.DRAFT if filing.is_draft else Paper.State.ISSUED,
        filed_on=today,
        filed_by=speaker(actor),
    )
    paper.parties.set(parties)
    paper.readers.set(_known(event, filing.reader_ids))
    _keep(paper, brought, note="", actor=actor, at=at)
    return _record("paper.filed", paper, actor=actor, at=at, key=key)


@transaction.atomic
def supersede(
    paper_id: int,
    brought: File,
    note: str = "",
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Paper:
    """File a newer text; the former ones stay as they were.

    Raises ``ChangedUnderSignature`` when somebody has signed the text that is filed,
    ``IllegalMove`` for a withdrawn document, else as ``file``.
    """
    if journal.replayed(key, "paper.superseded", paper_id, actor=actor):
        return Paper.objects.get(pk=paper_id)

    paper = _for_change(paper_id, actor=actor)
    if paper.state == Paper.State.WITHDRAWN:
        paper.move("withdraw")
    require_unsigned(paper)
    _keep(paper, brought, note=note, actor=actor, at=at)
    life.send_back_changed(paper, actor=actor, at=at)
    return _record("paper.superseded", paper, actor=actor, at=at, key=key)


@transaction.atomic
def reclassify(
    paper_id: int,
    secrecy: str,
    reader_ids: Iterable[int] = (),
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Paper:
    """Say anew who may read it; a private one is found by its title alone."""
    if journal.replayed(key, "paper.reclassified", paper_id, actor=actor):
        return Paper.objects.get(pk=paper_id)

    paper = _for_change(paper_id, actor=actor)
    paper.secrecy = Paper.Secrecy(secrecy)
    paper.save(update_fields=["secrecy"])
    paper.readers.set(_known(paper.event, reader_ids))
    if paper.is_private:
        Wording.objects.filter(paper=paper).update(body="")
    return _record("paper.reclassified", paper, actor=actor, at=at, key=key)


@transaction.atomic
def issue(
    paper_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Paper:
    """A draft becomes the document that both sides may go by."""
    return _step(paper_id, "issue", "paper.issued", actor=actor, at=at, key=key)


@transaction.atomic
def withdraw(
    paper_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Paper:
    """It counts no more; it stays in the register under its number."""
    return _step(paper_id, "withdraw", "paper.withdrawn", actor=actor, at=at, key=key)


@transaction.atomic
def take_over(
    gone_id: int,
    heir_id: int,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> int:
    """Two parties have merged: every document of the one is the other's too; how many.

    Nothing else changes: not who may read a private one, not a number, not a text. The
    agreements are the heir's, and what is owed under them. Raises ``Forbidden`` but
    for a coordinator or protocol.
    """
    if entry := journal.replayed(key, "papers.taken_over", heir_id, actor=actor):
        return int(entry.facts["papers"])

    heir = Delegation.objects.select_related("event").get(pk=heir_id)
    gone = Delegation.objects.get(pk=gone_id, event=heir.event)
    require(may_file(actor, heir.event), str(NOT_YOURS))
    papers = Paper.objects.filter(parties=gone).exclude(parties=heir)
    count = papers.count()
    for paper in list(papers):
        paper.parties.add(heir)
    heir.event.agreements.filter(delegation=gone).update(delegation=heir)
    journal.write(
        "papers.taken_over",
        heir,
        actor=actor,
        at=at,
        key=key,
        topics=[],
        papers=count,
        of=gone.pk,
    )
    return count


def _step(
    paper_id: int,
    name: str,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> Paper:
    if journal.replayed(key, verb, paper_id, actor=actor):
        return Paper.objects.get(pk=paper_id)
    paper = _for_change(paper_id, actor=actor)
    require_unsigned(paper)
    paper.move(name)
    paper.save(update_fields=["state"])
    return _record(verb, paper, actor=actor, at=at, key=key)


def _for_change(paper_id: int, *, actor: Actor) -> Paper:
    paper = Paper.objects.select_for_update().get(pk=paper_id)
    require(may_revise(actor, paper), str(NOT_YOURS))
    return paper


def _next_number(event: Event, kind: Paper.Kind, year: int, secrecy: str) -> str:
    if secrecy == Paper.Secrecy.PRIVATE:
        return f"{kind}-P{token_hex(3).upper()}/{year}"
    start, end = f"{kind}-", f"/{year}"
    taken = event.papers.filter(number__startswith=start, number__endswith=end)
    numbers = taken.values_list("number", flat=True)
    middles = (one[len(start) : -len(end)] for one in numbers)
    return f"{start}{max([int(m) for m in middles if m.isdigit()] or [0]) + 1:03}{end}"


def _known(event: Event, ids: Iterable[int]) -> "QuerySet[Person]":
    """Readers are people the event knows: of a party that is there, or of the house."""
    there = Q(party__in=Delegation.objects.filter(event=event).values("party"))
    ours = Q(party__kind=Party.Kind.TEAM)
    return Person.objects.filter(there | ours, pk__in=list(ids))


def _keep(
    paper: Paper, brought: File, *, note: str, actor: Actor, at: datetime
) -> PaperVersion:
    if not brought.content:
        raise NothingFiled(
            _("The file is empty. Look at it on your own screen and choose it again.")
        )
    is_open = paper.secrecy == Paper.Secrecy.OPEN
    document = documents.keep(
        brought.content,
        name=brought.name,
        kind="paper",
        media_type=brought.media_type,
        at=at,
        secrecy=Document.Secrecy.OPEN if is_open else Document.Secrecy.HOUSE,
    )
    last = paper.versions.order_by("number").last()
    if last is not None and last.document == document:
        raise NothingFiled(_("This very file is filed already: not a byte is new."))
    body = "" if paper.is_private else rooted(f"{paper.summary} {brought.text}")
    Wording.objects.update_or_create(
        paper=paper,
        defaults={"heading": rooted(f"{paper.number} {paper.title}"), "body": body},
    )
    return PaperVersion.objects.create(
        paper=paper,
        number=(last.number if last else 0) + 1,
        document=document,
        name=brought.name[:200],
        note=said(note, at_most=300, may_be_empty=True),
        composed=brought.composed,
        brought_by=speaker(actor),
        brought_at=at,
    )


def _record(
    verb: str, paper: Paper, *, actor: Actor, at: datetime, key: UUID | None
) -> Paper:
    """Of a private document nobody's page hears; the file is known by its digest."""
    last = paper.versions.order_by("number").last()
    journal.write(
        verb,
        paper,
        actor=actor,
        at=at,
        key=key,
        topics=[] if paper.is_private else [*paper.topics, f"event:{paper.event_id}"],
        state=paper.state,
        secrecy=paper.secrecy,
        version=last.number if last else 0,
        sha256=last.sha256 if last else "",
    )
    return paper
