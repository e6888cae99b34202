"""The owing side shows that a line is done: by a word, a document, a file."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import documents, journal, sealing
from titian.kernel.actor import Actor
from titian.kernel.models import Document
from titian.kernel.policy import require
from titian.people.queries import speaker
from titian.talks.commands.lines import for_move, line_of, record
from titian.talks.models import Deliverable, Evidence, said
from titian.talks.policy import answers_for_the_house

if TYPE_CHECKING:
    from titian.people.models import Person


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
        return line_of(line_id)

    line = for_move("deliver", line_id, actor=actor)
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
        return line_of(line_id)

    line = for_move("deliver", line_id, actor=actor)
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
    return record(line, "line.delivered", actor=actor, at=at, key=key, words=words)


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
