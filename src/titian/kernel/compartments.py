"""Locked drawers: writing needs a role, reading is an act in the journal."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from titian.kernel import journal, sealing
from titian.kernel.actor import Actor
from titian.kernel.models import Compartment, Event, SealedNote
from titian.kernel.policy import require


def may_open(actor: Actor, compartment: str, event: Event) -> bool:
    """Whether a role that the settings' rule names for the drawer is the actor's."""
    rule = import_string(settings.COMPARTMENT_RULE)
    return bool(rule(actor, compartment, event))


@transaction.atomic
def put_away(
    words: str,
    compartment: Compartment,
    *,
    event: Event,
    about: int,
    concerns: int | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> SealedNote:
    """Lock ``words`` about a person away. Raises ``Forbidden`` without the role."""
    if entry := journal.replayed(key, "note.put_away", None, actor=actor):
        return SealedNote.objects.get(pk=entry.subject_id)

    require(may_open(actor, compartment, event), _("This drawer is not yours."))
    note = SealedNote.objects.create(
        event=event,
        compartment=compartment,
        about_id=about,
        concerns_id=concerns,
        words=sealing.seal(about, {"words": words}),
        written_at=at,
    )
    journal.write(
        "note.put_away", note, actor=actor, at=at, key=key, compartment=compartment
    )
    return note


@transaction.atomic
def open_note(
    note_id: int, purpose: str, *, actor: Actor, at: datetime, key: UUID | None = None
) -> str:
    """The words, and an entry that says who read them and for what purpose."""
    note = SealedNote.objects.get(pk=note_id)
    require(
        may_open(actor, note.compartment, note.event), _("This drawer is not yours.")
    )
    if not journal.replayed(key, "note.opened", note_id, actor=actor):
        journal.write(
            "note.opened",
            note,
            actor=actor,
            at=at,
            key=key,
            about=note.about_id,
            sealed={"purpose": purpose},
            compartment=note.compartment,
        )
    opened = sealing.open_under(note.about_id, bytes(note.words))
    return str(opened["words"]) if opened else ""
