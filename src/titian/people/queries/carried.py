"""What a hand-over names of this room: that there are notes in closed drawers."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from titian.kernel import clock
from titian.kernel.models import Compartment, SealedNote
from titian.kernel.questions import Carried, Kind


def carried_by(delegation_id: int, person_id: int, at: datetime) -> tuple[Carried, ...]:
    """The delegation's sealed notes, without a word of theirs: opening is an act."""
    notes = SealedNote.objects.filter(concerns_id=delegation_id)
    return tuple(
        Carried(
            Kind.SENSITIVITY,
            _named(note),
            note._meta.label_lower,
            note.pk,
            about_id=note.about_id,
            compartment=note.compartment,
        )
        for note in notes.select_related("event").order_by("pk")
    )


def _named(note: SealedNote) -> str:
    there = clock.local(note.event, note.written_at)
    return _("Sealed note, %(drawer)s, of %(day)s") % {
        "drawer": Compartment(note.compartment).label,
        "day": date_format(there, "j F"),
    }
