"""What is done in command of an incident: who leads, what is known, when it is over."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.loop import saying
from titian.loop.commands import playbooks
from titian.loop.commands.incident_record import keep, locked
from titian.loop.incidents import may, may_command, speaks_out
from titian.loop.models import Anchor, Incident, IncidentRole, Playbook, PlaybookLine
from titian.people.models import Person, Seat
from titian.people.queries import speaker

LEVELS = ("tactical", "executive")


@transaction.atomic
def take_command(
    incident_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Incident:
    """Lead it from now on: both update clocks start, open commander's steps are hers.

    Of one already commanded, it is the relief of the one before. Raises ``Forbidden``
    unless the actor is of the owning team or coordinates, ``IllegalMove`` if over.
    """
    incident = locked(incident_id)
    if journal.replayed(key, "incident.commanded", incident_id, actor=actor):
        return incident
    require(may_command(actor, incident), _("Only the team that has it commands it."))
    if incident.is_over:
        raise IllegalMove("cannot command what is closed")
    if incident.state == Incident.State.RAISED:
        incident.move("take_command")
        incident.wind_clocks(at)
    incident.commander = speaker(actor)
    _give_commanders_steps(incident)
    return keep(incident, "incident.commanded", actor=actor, at=at, key=key, owe=True)


@transaction.atomic
def give_role(
    incident_id: int,
    role: str,
    person_id: int,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> IncidentRole:
    """Say who does what; the one before is relieved of it.

    Raises ``Forbidden`` unless the actor commands, ``Unknown`` for another role, a
    person who has no seat and no guests at the event, or a spokesperson who does not
    speak for the event: she could clear no word.
    """
    incident = locked(incident_id)
    if journal.replayed(key, "incident.role_given", incident_id, actor=actor):
        return incident.roles.get(role=role)
    _require("stabilise", actor, incident)
    _require_running(incident)
    if not _works_here(person_id, incident):
        raise saying.Unknown(_("Choose somebody who works at the event."))
    if role == IncidentRole.Role.SPOKESPERSON and not speaks_out(person_id, incident):
        raise saying.Unknown(_("Choose somebody who speaks for the event."))
    given, _made = IncidentRole.objects.update_or_create(
        incident=incident,
        role=saying.one_of(IncidentRole.Role, role),
        defaults={"person_id": person_id, "since": at},
    )
    keep(
        incident,
        "incident.role_given",
        actor=actor,
        at=at,
        key=key,
        role=role,
        person=person_id,
    )
    return given


@transaction.atomic
def update(
    incident_id: int,
    words: str,
    *,
    level: str = "tactical",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Incident:
    """Say what is known now; the next word of this level is due its rhythm later.

    Raises ``Forbidden`` unless the actor commands, ``Unknown`` for another level,
    ``IllegalMove`` before anybody commands or when it is over, ``Empty``.
    """
    incident = locked(incident_id)
    if journal.replayed(key, "incident.updated", incident_id, actor=actor):
        return incident
    _require("stabilise", actor, incident)
    _require_running(incident)
    if level not in LEVELS:
        raise saying.Unknown(_("An update is tactical or executive."))
    incident.known = saying.some(words)
    if level == "tactical":
        incident.tactical_due_at = at + incident.tactical_every
    else:
        incident.executive_due_at = at + incident.executive_every
    return keep(
        incident,
        "incident.updated",
        actor=actor,
        at=at,
        key=key,
        words=incident.known,
        owe=True,
        level=level,
    )


@transaction.atomic
def stabilise(
    incident_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Incident:
    """Say that it is stable: the danger is over, the matter is not."""
    return _move(
        incident_id,
        "stabilise",
        "incident.stable",
        words,
        actor=actor,
        at=at,
        key=key,
    )


@transaction.atomic
def flare_up(
    incident_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Incident:
    """Say that it is not over after all: the clocks run again."""
    return _move(
        incident_id,
        "flare_up",
        "incident.flared_up",
        words,
        actor=actor,
        at=at,
        key=key,
    )


@transaction.atomic
def close(
    incident_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Incident:
    """End it. Its ask stays with the asking side: only they say that it is kept."""
    return _move(
        incident_id, "close", "incident.closed", words, actor=actor, at=at, key=key
    )


@transaction.atomic
def miss_the_update(
    incident_id: int, level: str, *, at: datetime, key: UUID
) -> Incident:
    """Nobody said how it stands by the hour: the alarm rings, and will ring again."""
    incident = locked(incident_id)
    if journal.replayed(key, "incident.update_missed", incident_id, actor=HOUSE):
        return incident
    if level == "tactical":
        incident.tactical_due_at = at + incident.tactical_every
    else:
        incident.executive_due_at = at + incident.executive_every
    return keep(
        incident,
        "incident.update_missed",
        actor=HOUSE,
        at=at,
        key=key,
        owe=True,
        level=level,
        missed_at=at.isoformat(),
    )


def begin_playbook(incident: Incident, *, actor: Actor, at: datetime) -> None:
    """Run the playbook of its alarm, if the event has one: the first minutes count."""
    book = Playbook.objects.filter(event=incident.event, alarm=incident.alarm).first()
    if book is None:
        return
    incident.run = playbooks.begin(
        book,
        moments={Anchor.ALARM: incident.raised_at},
        delegation=incident.ask.asked_by,
        subject=(incident._meta.label_lower, incident.pk),
        actor=actor,
        at=at,
    )
    incident.save(update_fields=["run"])


def _move(
    incident_id: int,
    name: str,
    verb: str,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> Incident:
    incident = locked(incident_id)
    if journal.replayed(key, verb, incident_id, actor=actor):
        return incident
    _require(name, actor, incident)
    incident.move(name)
    said = saying.some(words)
    incident.known = said
    if name == "close":
        incident.closed_at = at
        incident.stop_clocks()
    elif name == "stabilise":
        incident.stable_at = at
    else:
        incident.stable_at = incident.closed_at = None
        incident.wind_clocks(at)
    again = name == "flare_up"
    return keep(
        incident, verb, actor=actor, at=at, key=key, words=said, owe=again, steps=again
    )


def _require(name: str, actor: Actor, incident: Incident) -> None:
    require(may(actor, name, incident), _("Only its commander does this."))


def _require_running(incident: Incident) -> None:
    if incident.state not in {Incident.State.ACTIVE, Incident.State.STABLE}:
        raise IllegalMove(f"nobody commands what is {incident.state}")


def _works_here(person_id: int, incident: Incident) -> bool:
    there = Person.objects.filter(pk=person_id)
    seated = Seat.objects.filter(event=incident.event, person=person_id)
    return there.filter(officers__event=incident.event).exists() or seated.exists()


def _give_commanders_steps(incident: Incident) -> None:
    """The steps that the template gives to whoever commands."""
    if incident.run is None:
        return
    codes = incident.run.playbook.lines.filter(
        role=PlaybookLine.Role.COMMANDER
    ).values_list("code", flat=True)
    theirs = incident.run.steps.filter(code__in=list(codes), state="open")
    theirs.update(owner_person=incident.commander)
