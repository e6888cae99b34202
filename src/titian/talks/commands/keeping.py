"""Whether an agreement is kept, line by line: shown, accepted, disputed, waived."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from titian.kernel import documents, journal, sealing
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.models import Consequence, Document, Entry
from titian.kernel.policy import require
from titian.people.queries import speaker
from titian.talks.models import Agreement, Deliverable, Evidence, said
from titian.talks.policy import answers_for_the_house, may

if TYPE_CHECKING:
    from titian.people.models import Person

LINE_DUE = "titian.talks.timers.line_due"
LINE_STILL_UNMET = "titian.talks.timers.line_still_unmet"
GRACE = timedelta(minutes=15)
"""How long the owner alone knows; then the line goes one step up."""

REFUSALS: dict[str, str | Promise] = {
    "deliver": gettext_lazy("Only the side that owes this line may show it is done."),
    "accept": gettext_lazy("Only the side that is owed this line may accept it."),
    "dispute": gettext_lazy("Only the side that is owed this line may dispute it."),
    "waive": gettext_lazy("Only the side that is owed this line may let it go."),
}


class NothingShown(ValueError):
    """Neither a file nor a word came with the claim, or the file is empty."""


@transaction.atomic
def deliver(
    line_id: int,
    *,
    words: str = "",
    document_id: int | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Deliverable:
    """Show that a line is done, by a word or a document the house already keeps.

    This is the owing side's claim; only the entitled side accepts it. Raises
    ``NothingShown`` without word and document, ``Wordless`` if the words are too long,
    ``Forbidden`` for anybody but the owing side, and for a document that the actor
    has no right to show, ``IllegalMove`` if the line has moved on.
    """
    if journal.replayed(key, "line.delivered", line_id, actor=actor):
        return _line(line_id)

    line = _for_move("deliver", line_id, actor=actor)
    document = Document.objects.get(pk=document_id) if document_id else None
    if document is not None:
        require(
            _may_show(actor, document, line), _("This document is not yours to show.")
        )
    return _deliver(line, document, words, actor=actor, at=at, key=key)


@transaction.atomic
def deliver_file(
    line_id: int,
    content: bytes,
    *,
    name: str,
    media_type: str,
    words: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Deliverable:
    """Show that a line is done by a file brought now; otherwise as ``deliver``.

    The right is checked before a byte is kept. Raises ``NothingShown`` for an empty
    file, ``documents.TooLarge`` above the house's limit.
    """
    if journal.replayed(key, "line.delivered", line_id, actor=actor):
        return _line(line_id)

    line = _for_move("deliver", line_id, actor=actor)
    line.machine.after(line.state, "deliver")
    if not content:
        raise NothingShown(name)
    document = documents.keep(
        content,
        name=name,
        kind="evidence",
        media_type=media_type,
        at=at,
        secrecy=Document.Secrecy.OPEN,
    )
    return _deliver(line, document, words, name=name, actor=actor, at=at, key=key)


@transaction.atomic
def accept(
    line_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Deliverable:
    """Say that what was shown is what was owed: the entitled side's word alone."""
    if journal.replayed(key, "line.accepted", line_id, actor=actor):
        return _line(line_id)

    line = _for_move("accept", line_id, actor=actor)
    line.accept(at=at)
    return _keep(line, "line.accepted", actor=actor, at=at, key=key)


@transaction.atomic
def dispute(
    line_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Deliverable:
    """Say that what was shown is not what was owed, and why; it is owed again."""
    if journal.replayed(key, "line.disputed", line_id, actor=actor):
        return _line(line_id)

    line = _for_move("dispute", line_id, actor=actor)
    line.dispute(words)
    return _keep(line, "line.disputed", actor=actor, at=at, key=key, words=words)


@transaction.atomic
def waive(
    line_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Deliverable:
    """Want a line no more, and say why."""
    if journal.replayed(key, "line.waived", line_id, actor=actor):
        return _line(line_id)

    line = _for_move("waive", line_id, actor=actor)
    line.waive(words, at=at)
    return _keep(line, "line.waived", actor=actor, at=at, key=key, words=words)


@transaction.atomic
def mark_overdue(line_id: int, *, at: datetime, key: UUID) -> None:
    """Enter that a line's hour has passed unmet: it is red for both sides now."""
    line = _line(line_id)
    if not line.is_unmet or _entered("line.overdue", line):
        return
    journal.write(
        "line.overdue",
        line,
        actor=HOUSE,
        at=at,
        key=key,
        owe=[(LINE_STILL_UNMET, at + GRACE)],
        owner=_owner(line),
    )


@transaction.atomic
def escalate(line_id: int, *, at: datetime, key: UUID) -> None:
    """Enter that an overdue line is still unmet: the owner's lead hears of it."""
    line = _line(line_id)
    if line.is_unmet and not _entered("line.escalated", line):
        journal.write(
            "line.escalated", line, actor=HOUSE, at=at, key=key, owner=_owner(line)
        )


@transaction.atomic
def watch(agreement_id: int, *, actor: Actor, at: datetime) -> int:
    """Set a timer for each hour of unmet lines that has none yet; how many were set.

    For whoever enters or changes an agreement: a second call changes nothing.
    """
    agreement = Agreement.objects.select_related("event").get(pk=agreement_id)
    hours = agreement.lines.filter(state__in=Deliverable.UNMET)
    due = set(hours.values_list("due_at", flat=True)) - _watched(agreement)
    if due:
        journal.write(
            "agreement.watched",
            agreement,
            actor=actor,
            at=at,
            owe=[(LINE_DUE, hour) for hour in sorted(due)],
        )
    return len(due)


@transaction.atomic
def forget_words_of(person_id: int, *, at: datetime) -> None:
    """Empty what an erased person said about lines; what was done stays."""
    told = Entry.objects.filter(
        about_id=person_id, subject_kind=Deliverable._meta.label_lower
    )
    Evidence.objects.filter(brought_by=person_id).update(words="", name="")
    for line in Deliverable.objects.filter(pk__in=told.values("subject_id")):
        line.dispute_words = line.settled_words = ""
        line.save(update_fields=["dispute_words", "settled_words"])
        journal.write("line.words_forgotten", line, actor=HOUSE, at=at)


def _watched(agreement: Agreement) -> set[datetime]:
    """The hours at which the agreement's lines are looked at already."""
    timers = Consequence.objects.filter(
        handler=LINE_DUE,
        entry__subject_kind=agreement._meta.label_lower,
        entry__subject_id=agreement.pk,
    )
    return set(timers.values_list("due_at", flat=True))


def _line(line_id: int) -> Deliverable:
    rows = Deliverable.objects.select_related(
        "agreement__event", "agreement__delegation__party", "handled_by"
    )
    return rows.get(pk=line_id)


def _for_move(name: str, line_id: int, *, actor: Actor) -> Deliverable:
    """The line, locked, for somebody of the side whose move it is."""
    Deliverable.objects.select_for_update().get(pk=line_id)
    line = _line(line_id)
    require(may(actor, name, line), str(REFUSALS[name]))
    return line


def _may_show(actor: Actor, document: Document, line: Deliverable) -> bool:
    """An open document, by the house; by anybody, what is evidence before their eyes.

    Both sides read evidence: nobody may reach a file by guessing its number.
    """
    if document.secrecy != Document.Secrecy.OPEN:
        return False
    seen = Evidence.objects.filter(
        document=document, deliverable__in=Deliverable.objects.visible_to(actor)
    )
    return answers_for_the_house(actor, line) or seen.exists()


def _deliver(
    line: Deliverable,
    document: Document | None,
    words: str,
    *,
    name: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> Deliverable:
    words = said(words, at_most=300, may_be_empty=True)
    if document is None and not words:
        raise NothingShown
    line.deliver(at=at)
    bringer: Person = speaker(actor)
    if sealing.is_destroyed(bringer.pk):  # said before, heard after the erasure
        words = name = ""
    Evidence.objects.create(
        deliverable=line,
        document=document,
        name=(name or str(document or ""))[:200],
        words=words,
        brought_by=bringer,
        brought_at=at,
    )
    return _keep(line, "line.delivered", actor=actor, at=at, key=key, words=words)


def _keep(
    line: Deliverable,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    **words: str,
) -> Deliverable:
    """Save the row and enter ``verb``; words are sealed under the speaker's key."""
    about = speaker(actor).pk
    if sealing.is_destroyed(about):
        line.dispute_words = line.settled_words = ""
    line.save()
    journal.write(
        verb,
        line,
        actor=actor,
        at=at,
        key=key,
        about=about,
        sealed=words,
        state=line.state,
    )
    return line


def _entered(verb: str, line: Deliverable) -> bool:
    """Whether ``verb`` was entered for this hour of the line."""
    told = Entry.objects.filter(
        verb=verb,
        subject_kind=Deliverable._meta.label_lower,
        subject_id=line.pk,
        said_at__gte=line.due_at,
    )
    return told.exists()


def _owner(line: Deliverable) -> dict[str, int | None]:
    """Who must hear that it is overdue: the team for ours, the guest for theirs."""
    if line.is_ours:
        return {"team": line.handled_by_id, "person": line.handler_id}
    return {"delegation": line.agreement.delegation_id}
