"""What can be done with a file: read it, let its good rows in, take them back."""

import mimetypes
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.exchange import reading
from titian.exchange.heading import Heading, find
from titian.exchange.models import Import
from titian.exchange.reasons import Unreadable
from titian.exchange.sheets import named
from titian.exchange.sheets.declaration import Sheet
from titian.exchange.sifting import Sifting
from titian.kernel import documents, journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Document, Event
from titian.kernel.policy import Forbidden
from titian.kernel.registering import Batch, Changed, require_registrar
from titian.kernel.taking_back import take_back
from titian.people.models import Person

ORIGINAL = "import"


class WorldMovedOn(IllegalMove):
    """What was previewed no longer holds; its argument is a sentence. A 409."""


@transaction.atomic
def preview(
    content: bytes,
    name: str,
    sheet: str,
    event_id: int,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Import:
    """Read a file as the list ``sheet``: good rows, and refused ones with the reason.

    Nothing goes in yet. The file is kept as it came. Raises ``Unreadable``, with a
    sentence, if it cannot be read at all; ``Forbidden`` unless the actor coordinates.
    """
    if entry := journal.replayed(key, "import.previewed", None, actor=actor):
        return Import.objects.get(pk=entry.subject_id)

    event = Event.objects.get(pk=event_id)
    require_registrar(actor, event)
    declared = named(sheet)
    found = _heading(content, name, declared)
    sifting = Sifting(declared, event).of_table(found)
    made = Import.objects.create(
        event=event,
        sheet=sheet,
        document=_kept(content, name, at),
        name=name[:200],
        rows=sifting.good,
        refused=sifting.refused,
        read_at=at,
        read_by_id=actor.person_id,
    )
    _write("import.previewed", made, actor=actor, at=at, key=key)
    return made


@transaction.atomic
def accept(
    import_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Import:
    """Let the good rows in, all or none, and note what that made and changed.

    Raises ``Forbidden`` unless the actor coordinates, ``WorldMovedOn`` if it was
    accepted already or a row that was good no longer is: then read the file again.
    """
    if journal.replayed(key, "import.accepted", import_id, actor=actor):
        return Import.objects.get(pk=import_id)

    waiting, event = _locked(import_id, actor)
    _move(waiting, "accept", _("This list has already been brought in."))
    sheet = named(waiting.sheet)
    rows = _rows_again(waiting, sheet, event)
    batch = sheet.register(event.pk, rows, actor=actor, at=at)
    waiting.accepted_at = at
    since = _write(
        "import.accepted",
        waiting,
        actor=actor,
        at=at,
        key=key,
        made=batch.made_count,
        changed=len(batch.changed),
    )
    waiting.made = _noted(batch, since)
    waiting.save(update_fields=["state", "accepted_at", "made"])
    return waiting


@transaction.atomic
def undo(
    import_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Import:
    """Take back what accepting made, and set what it changed as it was.

    Raises ``Forbidden`` unless the actor coordinates, ``WorldMovedOn`` if it is not
    in, ``InUse``, with a sentence, if something of it is already relied on.
    """
    if journal.replayed(key, "import.undone", import_id, actor=actor):
        return Import.objects.get(pk=import_id)

    accepted, _event = _locked(import_id, actor)
    _move(accepted, "undo", _("This list is not in, so there is nothing to undo."))
    take_back(_batch(accepted.made), since=accepted.made["since"])
    accepted.undone_at = at
    accepted.save(update_fields=["state", "undone_at"])
    _write("import.undone", accepted, actor=actor, at=at, key=key)
    return accepted


def _locked(import_id: int, actor: Actor) -> tuple[Import, Event]:
    imports = Import.objects.select_for_update(of=("self",)).select_related("event")
    found = imports.get(pk=import_id)
    if found.event is None:  # of no event that could be asked who may
        raise Forbidden(_("This list belongs to no event."))
    require_registrar(actor, found.event)
    return found, found.event


@transaction.atomic
def forget_words_of(person_id: int, *, at: datetime) -> None:
    """Empty what imports keep of an erased person: rows, refused rows, former values.

    Which row was whose is not kept, so all rows of such an import go, and the original
    with them; what it made and changed stays as ids.
    """
    label = Person._meta.label_lower
    for one in Import.objects.exclude(made={}):
        if not (one.rows or one.refused):
            continue  # a second time nothing is left to empty
        batch = _batch(one.made)
        theirs = [change for change in batch.changed if change.model == label]
        ids = {pk for kind, some in batch.made if kind == label for pk in some}
        if person_id not in ids | {change.id for change in theirs}:
            continue
        batch.changed = [
            Changed(c.model, c.id, {}) if (c.model, c.id) == (label, person_id) else c
            for c in batch.changed
        ]
        if one.document is not None:
            documents.destroy(one.document)
        one.rows, one.refused = [], []
        one.made = _noted(batch, one.made["since"])
        one.save(update_fields=["rows", "refused", "made"])
        journal.write("import.words_forgotten", one, actor=HOUSE, at=at)


def _move(one: Import, name: str, otherwise: str) -> None:
    try:
        one.state = Import.machine.after(one.state, name)
    except IllegalMove:
        raise WorldMovedOn(otherwise) from None


def _heading(content: bytes, name: str, sheet: Sheet) -> Heading:
    found = find(reading.read(content, name), sheet)
    if found is None:
        needed = [column.name for column in sheet.columns if column.is_needed]
        raise Unreadable("no_header", sheet=sheet.name, columns=", ".join(needed))
    return found


def _kept(content: bytes, name: str, at: datetime) -> Document:
    media_type, _encoding = mimetypes.guess_type(name)
    return documents.keep(
        content,
        name=name,
        kind=ORIGINAL,
        media_type=media_type or "application/octet-stream",
        at=at,
    )


def _rows_again(waiting: Import, sheet: Sheet, event: Event) -> list[dict[str, Any]]:
    """The previewed rows read once more: a code may be gone since."""
    sifting = Sifting(sheet, event).of_previewed(waiting.rows)
    if sifting.refused:
        raise WorldMovedOn(
            _("Something this list refers to has changed since. Read the file again.")
        )
    return sifting.made


def _write(
    verb: str,
    one: Import,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    **counts: int,
) -> int:
    entry = journal.write(
        verb,
        one,
        actor=actor,
        at=at,
        key=key,
        sheet=one.sheet,
        good=len(one.rows),
        refused=len(one.refused),
        counts=counts,
    )
    return entry.pk


def _noted(batch: Batch, since: int) -> dict[str, Any]:
    return {
        "since": since,
        "made": [[label, list(ids)] for label, ids in batch.made],
        "changed": [[one.model, one.id, dict(one.before)] for one in batch.changed],
    }


def _batch(noted: Mapping[str, Any]) -> Batch:
    return Batch(
        [(label, list(ids)) for label, ids in noted["made"]],
        [Changed(label, pk, before) for label, pk, before in noted["changed"]],
    )
