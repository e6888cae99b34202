"""Who commands, who clears words, and an incident's journal as sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from titian.kernel.actor import Actor
from titian.kernel.models import Entry
from titian.kernel.sealing import unseal_all
from titian.loop.models import Incident, RollAnswer, Step
from titian.people.models import Person, Seat
from titian.people.policy import coordinates, sits_at


def may_command(actor: Actor, incident: Incident) -> bool:
    """The team that has the alarm, or a coordinator."""
    team = incident.ask.owner
    at_team = team is not None and sits_at(actor, team, incident.event)
    return at_team or coordinates(actor, incident.event)


def may(actor: Actor, name: str, incident: Incident) -> bool:
    """Whether ``actor`` is of the side whose move ``name`` is."""
    if incident.machine[name].by == "team":
        return may_command(actor, incident)
    is_hers = actor.on_word_of is None and actor.person_id == incident.commander_id
    return (is_hers and actor.person_id is not None) or coordinates(
        actor, incident.event
    )


def may_clear(actor: Actor, incident: Incident) -> bool:
    """Only who speaks for the event says what may be said."""
    if actor.on_word_of is not None or actor.person_id is None:
        return False
    return speaks_out(actor.person_id, incident)


def speaks_out(person_id: int, incident: Incident) -> bool:
    """Whether the person has the seat of a spokesperson at the incident's event."""
    return Seat.objects.filter(
        event=incident.event, person=person_id, role=Seat.Role.SPOKESPERSON
    ).exists()


def moves_open_to(actor: Actor, incident: Incident) -> list[str]:
    """What ``actor`` could do to it now: one button each."""
    moves = incident.machine.moves_from(incident.state)
    return [move.name for move in moves if may(actor, move.name, incident)]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the incident's journal."""

    said_at: datetime
    heard_at: datetime
    sentence: str
    words: str
    verb: str


def journal_of(incident: Incident) -> list[Line]:
    """All that was done in it, newest first: the alarm, command, steps and calls.

    Only words of the incident itself are opened; notes in compartments never are.
    """
    entries = _entries(incident)
    names, steps = _names(entries), _steps(incident)
    opened = unseal_all([e for e in entries if e.verb.startswith("incident.")])
    return [
        Line(
            entry.said_at,
            entry.heard_at,
            _sentence(entry, names, steps),
            str(opened.get(entry.pk, {}).get("words", "")),
            entry.verb,
        )
        for entry in entries
    ]


def _entries(incident: Incident) -> list[Entry]:
    steps = incident.run.steps.values("pk") if incident.run_id and incident.run else []
    answers = RollAnswer.objects.filter(roll__incident=incident).values("pk")
    about = (
        Q(subject_kind=incident._meta.label_lower, subject_id=incident.pk)
        | Q(subject_kind=incident.ask._meta.label_lower, subject_id=incident.ask_id)
        | Q(subject_kind=Step._meta.label_lower, subject_id__in=steps)
        | Q(subject_kind=RollAnswer._meta.label_lower, subject_id__in=answers)
    )
    found = Entry.objects.filter(about, event=incident.event)
    return list(found.order_by("-said_at", "-pk"))


def _names(entries: Sequence[Entry]) -> dict[int, str]:
    pairs = ((e.actor_person_id, e.facts.get("person")) for e in entries)
    ids = {int(pk) for pair in pairs for pk in pair if pk is not None}
    ids |= {int(pk) for entry in entries for pk in entry.facts.get("called", [])}
    people = Person.objects.filter(pk__in=ids)
    return dict(people.values_list("pk", "display"))


def _steps(incident: Incident) -> dict[int, str]:
    """What each step of its playbook is, in the reader's language."""
    if incident.run is None:
        return {}
    return {step.pk: step.what for step in incident.run.steps.all()}


def _sentence(entry: Entry, names: dict[int, str], steps: dict[int, str]) -> str:
    said = _sayings().get(entry.verb, entry.verb)
    return said % {
        "who": names.get(entry.actor_person_id or 0) or _("Titian"),
        "step": steps.get(entry.subject_id, ""),
        "person": names.get(entry.facts.get("person") or 0, ""),
        "called": ", ".join(
            names[pk] for pk in entry.facts.get("called", []) if pk in names
        )
        or _("nobody yet"),
    }


def _sayings() -> dict[str, str]:
    return {
        "incident.raised": _("%(who)s raised the alarm"),
        "incident.commanded": _("%(who)s took command"),
        "incident.role_given": _("%(who)s gave %(person)s a role"),
        "incident.updated": _("%(who)s said how it stands"),
        "incident.update_missed": _("An update was due and did not come"),
        "incident.stable": _("%(who)s said that it is stable"),
        "incident.flared_up": _("%(who)s said that it is not over"),
        "incident.closed": _("%(who)s ended it"),
        "incident.words_cleared": _("%(who)s cleared what may be said"),
        "incident.particulars_noted": _("%(who)s wrote down particulars"),
        "ask.heard": _("%(who)s opened it"),
        "ask.accepted": _("%(who)s took it in hand"),
        "ask.told": _("%(who)s let the guest know how it stands"),
        "ask.answered": _("%(who)s answered"),
        "ask.closed": _("%(who)s said that it is kept"),
        "ask.left_waiting": _("Nobody had taken it; told: %(called)s"),
        "ask.climbed": _("Still nothing; told: %(called)s"),
        "ask.overdue": _("The promised hour passed without an answer"),
        "step.ticked": _("%(who)s ticked “%(step)s”"),
        "step.unticked": _("%(who)s took back the tick of “%(step)s”"),
        "step.slipped": _("%(who)s gave “%(step)s” another hour"),
        "step.slip_taken_back": _("%(who)s gave “%(step)s” its former hour"),
        "step.dropped": _("%(who)s dropped “%(step)s”"),
        "step.restored": _("%(who)s wants “%(step)s” after all"),
        "step.late": _("“%(step)s” was not done by its hour"),
        "roll.answered": _("%(who)s answered the call"),
    }
