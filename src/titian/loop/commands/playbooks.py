"""Templates: running one makes its steps; changing one is tracked by its version."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import clock, journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.loop import routing, saying
from titian.loop.models import Anchor, Playbook, PlaybookLine, Run, Showing, Step
from titian.loop.policy import is_with
from titian.people.models import Delegation, Person
from titian.people.policy import coordinates, present_assignments

STEPS_DUE = "titian.loop.falls_due.steps_due"


class NoAnchor(ValueError):
    """A line is counted from a moment nobody gave; its argument is a sentence."""


class Waits(ValueError):
    """A line waits for a code that is none of the list's, or for itself."""


@transaction.atomic
def run(
    playbook_id: int,
    *,
    moments: Mapping[str, datetime] | None = None,
    delegation_id: int | None = None,
    subject: tuple[str, int] | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Run:
    """Make a step of each line, with its owner and hour, and watch those hours.

    ``moments`` are the anchors beside the first and last day of the event; ``subject``
    names what it is run for, and for the same one it is run once. Raises ``Forbidden``
    unless the actor coordinates, or accompanies the delegation; ``NoAnchor``.
    """
    playbook = Playbook.objects.select_for_update(of=("self",)).get(pk=playbook_id)
    if entry := journal.replayed(key, "playbook.run", None, actor=actor):
        return Run.objects.get(pk=entry.subject_id)
    delegation = _delegation(playbook, delegation_id)
    right = coordinates(actor, playbook.event) or (
        delegation is not None and is_with(actor, delegation)
    )
    require(right, _("Only a coordinator runs it, or the LO for her own delegation."))
    return begin(
        playbook,
        moments=moments or {},
        delegation=delegation,
        subject=subject,
        actor=actor,
        at=at,
        key=key,
    )


def begin(
    playbook: Playbook,
    *,
    moments: Mapping[str, datetime],
    delegation: Delegation | None = None,
    subject: tuple[str, int] | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Run:
    """The same for a command that has asked for the right itself."""
    kind, number = subject or ("", None)
    there = Run.objects.filter(
        playbook=playbook, subject_kind=kind, subject_id=number
    ).first()
    if there is not None:
        return there
    made = Run.objects.create(
        event=playbook.event,
        playbook=playbook,
        delegation=delegation,
        subject_kind=kind,
        subject_id=number,
        started_at=at,
    )
    known = {**anchors_of(playbook.event), **moments}
    steps = [_step(made, line, known) for line in _lines(playbook)]
    Step.objects.bulk_create(steps)
    journal.write(
        "playbook.run",
        made,
        actor=actor,
        at=at,
        key=key,
        playbook=playbook.code,
        version=playbook.version,
        owe=_watched(steps, at),
    )
    return made


@transaction.atomic
def move_anchor(
    run_id: int, moment: datetime, *, at: datetime, key: UUID | None = None
) -> Run:
    """What the run is anchored to has another hour: open steps keep their distance.

    Steps counted from the event's own days, slipped ones and done ones stay.
    """
    moved = Run.objects.select_for_update(of=("self",)).get(pk=run_id)
    if journal.replayed(key, "playbook.anchor_moved", run_id, actor=HOUSE):
        return moved
    steps = moved.steps.exclude(anchor__in=[Anchor.START, Anchor.END])
    changed = []
    for step in steps.filter(state=Step.State.OPEN):
        if step.due_at == step.planned_at and step.due_at != moment + step.offset:
            step.due_at = step.planned_at = moment + step.offset
            changed.append(step)
    if changed:
        Step.objects.bulk_update(changed, ["due_at", "planned_at"])
        journal.write(
            "playbook.anchor_moved",
            moved,
            actor=HOUSE,
            at=at,
            key=key,
            owe=_watched(changed, at),
        )
    return moved


def _watched(steps: Iterable[Step], at: datetime) -> list[tuple[str, datetime]]:
    """Each hour that comes, and this moment for all that have struck before."""
    hours = {max(step.due_at, at) for step in steps}
    return [(STEPS_DUE, due) for due in sorted(hours)]


@transaction.atomic
def write_line(
    playbook_id: int,
    code: str,
    *,
    what_en: str,
    what_id: str = "",
    minutes: int,
    anchor: str = Anchor.ALARM,
    takes_minutes: int = 0,
    owner_id: int | None = None,
    role: str = "",
    evidence: str = Showing.NONE,
    depends_on: Iterable[str] = (),
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> PlaybookLine:
    """Add a line to a template or change the one with this code: a new version.

    What is under way keeps its steps. Raises ``Forbidden`` unless the actor
    coordinates, ``Waits``, ``NoTeam``, ``Empty``, ``Unknown``.
    """
    playbook = _for_change(playbook_id, actor)
    if entry := journal.replayed(
        key, "playbook.line_written", playbook_id, actor=actor
    ):
        return playbook.lines.get(code=entry.facts["line"])
    waits = [word for word in depends_on if word]
    known = set(playbook.lines.values_list("code", flat=True))
    if not set(waits) <= known - {code}:
        raise Waits(_("A step can only wait for another step of this list."))
    line, _made = PlaybookLine.objects.update_or_create(
        playbook=playbook,
        code=saying.some(code)[:20],
        defaults={
            "what_en": saying.some(what_en)[:200],
            "what_id": saying.at_most(what_id)[:200],
            "anchor": saying.one_of(Anchor, anchor),
            "offset": timedelta(minutes=minutes),
            "takes": timedelta(minutes=takes_minutes),
            "owner": routing.inner_team(owner_id) if owner_id else None,
            "role": saying.one_of(PlaybookLine.Role, role) if role else "",
            "evidence": saying.one_of(Showing, evidence),
            "depends_on": waits,
            "withdrawn_at": None,
        },
    )
    _next_version(playbook, "playbook.line_written", code, actor=actor, at=at, key=key)
    return line


@transaction.atomic
def withdraw_line(
    playbook_id: int, code: str, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Playbook:
    """Take a line out of the template; writing it again brings it back."""
    playbook = _for_change(playbook_id, actor)
    entry = journal.replayed(key, "playbook.line_withdrawn", playbook_id, actor=actor)
    if entry is not None:
        if entry.facts["line"] != code:
            raise journal.KeyReused(code)
        return playbook
    line = playbook.lines.get(code=code, withdrawn_at=None)
    line.withdrawn_at = at
    line.save()
    _next_version(
        playbook, "playbook.line_withdrawn", code, actor=actor, at=at, key=key
    )
    return playbook


@transaction.atomic
def write_card(
    playbook_id: int,
    *,
    card_en: str,
    card_id: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Playbook:
    """Change what officers may say at once to their own guests: a new version."""
    playbook = _for_change(playbook_id, actor)
    if journal.replayed(key, "playbook.card_written", playbook_id, actor=actor):
        return playbook
    playbook.card_en = saying.some(card_en)
    playbook.card_id = saying.at_most(card_id)
    _next_version(playbook, "playbook.card_written", actor=actor, at=at, key=key)
    return playbook


def anchors_of(event: Event) -> dict[str, datetime]:
    """The first instant of the event's first day, and of its last; what is known."""
    days = {Anchor.START: event.starts_on, Anchor.END: event.ends_on}
    return {
        str(anchor): clock.day_of(event, day)[0] for anchor, day in days.items() if day
    }


def _lines(playbook: Playbook) -> list[PlaybookLine]:
    return list(playbook.lines.filter(withdrawn_at=None).select_related("owner"))


def _step(made: Run, line: PlaybookLine, known: Mapping[str, datetime]) -> Step:
    moment = known.get(line.anchor)
    if moment is None:
        said = _("This list is counted from: %(anchor)s. Say when that is.")
        raise NoAnchor(said % {"anchor": line.get_anchor_display()})
    due_at = moment + line.offset
    return Step(
        event=made.event,
        run=made,
        code=line.code,
        what_en=line.what_en,
        what_id=line.what_id,
        anchor=line.anchor,
        offset=line.offset,
        takes=line.takes,
        owner=line.owner,
        owner_person=_in_role(line.role, made.delegation),
        evidence=line.evidence,
        depends_on=line.depends_on,
        source=line.source,
        due_at=due_at,
        planned_at=due_at,
    )


def _in_role(role: str, delegation: Delegation | None) -> Person | None:
    """The delegation's officer; the commander is not known before there is one."""
    if role != PlaybookLine.Role.LO or delegation is None:
        return None
    first = present_assignments(delegation).select_related("officer__person").first()
    return first.officer.person if first else None


def _delegation(playbook: Playbook, delegation_id: int | None) -> Delegation | None:
    if delegation_id is None:
        return None
    return Delegation.objects.get(pk=delegation_id, event=playbook.event_id)


def _for_change(playbook_id: int, actor: Actor) -> Playbook:
    playbook = Playbook.objects.select_for_update(of=("self",)).get(pk=playbook_id)
    require(coordinates(actor, playbook.event), _("Only a coordinator changes it."))
    return playbook


def _next_version(
    playbook: Playbook,
    verb: str,
    line: str = "",
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> None:
    playbook.version += 1
    playbook.save()
    journal.write(
        verb,
        playbook,
        actor=actor,
        at=at,
        key=key,
        line=line,
        version=playbook.version,
    )
