"""What the page of one incident shows, for whom."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db.models import Q
from django.utils.translation import gettext as _

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.compartments import may_open
from titian.kernel.models import Compartment, SealedNote
from titian.loop.commands.incident_words import PARTICULARS
from titian.loop.incidents import (
    journal_of,
    may,
    may_clear,
    may_command,
    moves_open_to,
)
from titian.loop.models import Contact, Incident, IncidentRole, Lesson, Step
from titian.loop.steps import may_tick, owner_of
from titian.people.models import Member, Person
from titian.people.policy import coordinates, keeps_any_seat


@dataclass(frozen=True, slots=True)
class Clock:
    """When the next word of one rhythm is due."""

    level: str
    name: str
    due_at: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Task:
    """A step of the playbook, on the incident's page."""

    step: Step
    owner: str
    is_late: bool
    may_tick: bool


@dataclass(frozen=True, slots=True)
class Note:
    """That there is a note, and whether the reader's drawer holds it."""

    note: SealedNote
    name: str
    may_open: bool


def context_of(
    incident: Incident, actor: Actor, language: str, **more: object
) -> dict[str, object]:
    """Everything on the page: what is known, who does what, what may be said."""
    at = clock.time_at(incident.event)
    leads = may(actor, "stabilise", incident)
    running = incident.state in {Incident.State.ACTIVE, Incident.State.STABLE}
    book = incident.run.playbook if incident.run else None
    return {
        "incident": incident,
        "event": incident.event,
        "now": clock.local(incident.event, at),
        "clocks": _clocks(incident, at),
        "tasks": _tasks(incident, actor, at, language),
        "book": book,
        "contacts": _contacts(incident),
        "journal": journal_of(incident),
        "roles": list(incident.roles.select_related("person")),
        "role_choices": IncidentRole.Role.choices,
        "notes": _notes(incident, actor),
        "particulars": _particulars(incident),
        "rolls": list(incident.rolls.all()),
        "moves": moves_open_to(actor, incident),
        "may_take": may_command(actor, incident)
        and not incident.is_over
        and incident.commander_id != actor.person_id,
        "leads": leads and running,
        "may_clear": may_clear(actor, incident),
        "may_call": coordinates(actor, incident.event) or leads,
        "people": _workers(incident) if leads and running else [],
        "guests": _guests(incident) if _drawers(incident, actor) else [],
        "drawers": _drawers(incident, actor),
        "lessons": list(
            Lesson.objects.visible_to(actor)
            .filter(incident=incident)
            .select_related("owner")
        ),
        "may_note": incident.stable_at is not None
        and keeps_any_seat(actor, incident.event),
        "key": uuid4(),
        **more,
    }


def _clocks(incident: Incident, at: datetime) -> list[Clock]:
    both = [
        ("tactical", _("Tactical update"), incident.tactical_due_at),
        ("executive", _("Executive update"), incident.executive_due_at),
    ]
    return [
        Clock(level, name, due, due is not None and due < at)
        for level, name, due in both
        if due is not None
    ]


def _tasks(incident: Incident, actor: Actor, at: datetime, language: str) -> list[Task]:
    if incident.run is None:
        return []
    steps = incident.run.steps.select_related(
        "owner", "owner_person", "event", "run__delegation", "done_by"
    )
    return [
        Task(
            step,
            owner_of(step, language),
            step.is_late(at),
            step.state == Step.State.OPEN and may_tick(actor, step),
        )
        for step in steps
    ]


def _contacts(incident: Incident) -> list[Contact]:
    return [
        one
        for one in incident.event.contacts.all()
        if not one.alarms or incident.alarm in one.alarms
    ]


def _notes(incident: Incident, actor: Actor) -> list[Note]:
    notes = list(incident.notes.order_by("pk"))
    people = Person.objects.in_bulk({note.about_id for note in notes})
    drawers = {
        name: may_open(actor, name, incident.event)
        for name in {note.compartment for note in notes}
    }
    return [
        Note(
            note,
            people[note.about_id].display if drawers[note.compartment] else "",
            drawers[note.compartment],
        )
        for note in notes
    ]


def _particulars(incident: Incident) -> list[tuple[str, str, str]]:
    names = {
        "clinic": _("Clinic"),
        "hospital": _("Hospital"),
        "ambulance": _("Ambulance"),
        "embassy": _("Embassy"),
        "insurance": _("Insurance number"),
        "police_report": _("Police report number"),
    }
    return [
        (name, names[name], incident.particulars.get(name, "")) for name in PARTICULARS
    ]


def _workers(incident: Incident) -> list[Person]:
    """Whoever has a seat at the event, and the delegation's officers."""
    event = incident.event_id
    officers = Q(
        officers__event=event,
        officers__assignments__delegation=incident.ask.asked_by_id,
    )
    people = Person.objects.filter(Q(seats__event=event) | officers)
    return list(people.distinct().order_by("display", "pk")[:200])


def _drawers(incident: Incident, actor: Actor) -> list[tuple[str, str]]:
    both = (Compartment.MEDICAL, Compartment.SECURITY)
    return [
        (one.value, str(one.label))
        for one in both
        if may_open(actor, one, incident.event)
    ]


def _guests(incident: Incident) -> list[Person]:
    members = Member.objects.filter(delegation=incident.ask.asked_by_id)
    people = Person.objects.filter(pk__in=members.values("person"))
    return list(people.order_by("display", "pk")[:300])
