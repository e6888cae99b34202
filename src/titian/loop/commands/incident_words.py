"""What is written in an incident: words cleared for outside, particulars, notes."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import compartments, journal
from titian.kernel.actor import Actor
from titian.kernel.models import Compartment, SealedNote
from titian.kernel.policy import require
from titian.loop import saying
from titian.loop.commands.incident_record import keep, locked
from titian.loop.incidents import may, may_clear
from titian.loop.models import Incident
from titian.people.models import Member
from titian.people.queries import speaker

PARTICULARS = (
    "clinic",
    "hospital",
    "ambulance",
    "embassy",
    "insurance",
    "police_report",
)


@transaction.atomic
def clear_words(
    incident_id: int,
    *,
    say_en: str,
    say_id: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Incident:
    """Say what may be said outside; nothing else is. Only a spokesperson does."""
    incident = locked(incident_id)
    if journal.replayed(key, "incident.words_cleared", incident_id, actor=actor):
        return incident
    require(may_clear(actor, incident), _("Only the spokesperson clears words."))
    incident.say_en, incident.say_id = saying.some(say_en), saying.at_most(say_id)
    incident.say_by = speaker(actor)
    return keep(
        incident,
        "incident.words_cleared",
        actor=actor,
        at=at,
        key=key,
        words=incident.say_en,
    )


@transaction.atomic
def note_particulars(
    incident_id: int,
    particulars: Mapping[str, str],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Incident:
    """Which clinic, hospital, ambulance, embassy; insurance and police report number.

    No illness and no name belongs here: that is a note in a compartment.
    """
    incident = locked(incident_id)
    if journal.replayed(key, "incident.particulars_noted", incident_id, actor=actor):
        return incident
    require(may(actor, "stabilise", incident), _("Only its commander does this."))
    given = saying.fields(particulars)
    if not set(given) <= set(PARTICULARS):
        raise saying.Unknown(_("These fields cannot be read."))
    incident.particulars = {**incident.particulars, **given}
    return keep(
        incident,
        "incident.particulars_noted",
        actor=actor,
        at=at,
        key=key,
        fields=sorted(given),
    )


@transaction.atomic
def put_note(
    incident_id: int,
    words: str,
    *,
    compartment: str,
    about: int,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> SealedNote:
    """Lock a medical or security note about one of the guests away, with the incident.

    Raises ``Forbidden`` unless the drawer is the actor's, ``Unknown`` for a person who
    is not of the delegation.
    """
    incident = locked(incident_id)
    drawer = saying.one_of(Compartment, compartment)
    guests = Member.objects.filter(delegation=incident.ask.asked_by_id)
    if not guests.filter(person=about).exists():
        raise saying.Unknown(_("Choose one of the delegation’s people."))
    note = compartments.put_away(
        saying.some(words),
        drawer,
        event=incident.event,
        about=about,
        concerns=incident.concerns_id,
        actor=actor,
        at=at,
        key=key,
    )
    incident.notes.add(note)
    return note
