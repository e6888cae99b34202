"""Hand-overs on the phone: what is listed, what may be done, and what one holds."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet

from titian.kernel.actor import Actor
from titian.logistics.commands import custody
from titian.logistics.models import Holding
from titian.loop.commands import handover_items, handovers
from titian.loop.handing import Line, lines_of, what_of
from titian.loop.holders import holders, holds
from titian.loop.models import HandOver
from titian.people.commands import assignments, leaving
from titian.people.models import Assignment, Duty
from titian.people.policy import present_assignments

COMMANDS: dict[str, tuple[str, Callable[..., object]]] = {
    "handover.begin": ("delegation", handovers.begin),
    "handover.accept": ("handover", handover_items.accept),
    "handover.question": ("handover", handover_items.question),
    "handover.explain": ("handover", handover_items.explain),
    "handover.add_word": ("handover", handover_items.add_word),
    "handover.hand_over": ("handover", handovers.hand_over),
    "handover.take_over": ("handover", handovers.take_over),
    "handover.call_off": ("handover", handovers.call_off),
    "handover.let_go": ("handover", handovers.let_go),
    "assignment.introduce": ("assignment", assignments.introduce),
    "duty.end": ("duty", leaving.end_duty),
    "holding.take": ("delegation", custody.take),
    "holding.give_back": ("holding", custody.give_back),
    "holding.give_back_scanned": ("delegation", custody.give_back_scanned),
}
"""What comes through the acts' door about hand-overs, duties and things."""

LATELY = timedelta(hours=12)
MOST_RETURNED = 50

SCOPES: dict[str, Callable[[Actor], QuerySet[Model]]] = {
    "handover": lambda actor: HandOver.objects.visible_to(actor),
    "duty": lambda actor: Duty.objects.visible_to(actor),
    "holding": lambda actor: Holding.objects.visible_to(actor),
}


def handing_of(held: Assignment, actor: Actor, at: datetime) -> dict[str, Any]:
    """The hand-over under way or whom to hand over to, the question, the things."""
    row = (
        HandOver.objects.visible_to(actor)
        .live()
        .filter(
            Q(outgoing=held.officer_id) | Q(incoming=held.officer_id),
            delegation=held.delegation_id,
        )
        .select_related("event", "delegation", "outgoing__person", "incoming__person")
        .first()
    )
    return {
        "handover": _handover(row, held, actor) if row else None,
        "reliefs": [] if row else _reliefs(held, at),
        "with_them": _with_them(held, at),
        "unmet": _unmet(held),
        "duty": _duty(held, at),
        "things": _things(held),
        "returned": _returned(held, at),
        "thing_kinds": [[value, str(label)] for value, label in Holding.Kind.choices],
    }


def _with_them(held: Assignment, at: datetime) -> str:
    """Who has the guests now, where it is another LO than the reader."""
    now = holders([held.delegation_id], at).get(held.delegation_id)
    return str(now) if now is not None and now.pk != held.officer_id else ""


def _handover(row: HandOver, held: Assignment, actor: Actor) -> dict[str, Any]:
    lines = lines_of(row)
    return {
        "id": row.pk,
        "state": row.state,
        "mine": "outgoing" if row.outgoing_id == held.officer_id else "incoming",
        "outgoing": row.outgoing.person.display,
        "incoming": row.incoming.person.display,
        "for_good": row.is_for_good,
        "handed_at": row.handed_at.isoformat() if row.handed_at else None,
        "left": sum(not line.is_accepted for line in lines),
        "items": [_line(line, row, actor) for line in lines],
    }


def _line(line: Line, row: HandOver, actor: Actor) -> dict[str, Any]:
    one = line.carried
    return {
        "kind": one.kind,
        "what": what_of(line, row, actor),
        "subject_kind": one.subject_kind,
        "subject_id": one.subject_id,
        "mark": line.mark,
        "fields": dict(one.fields),
        "due_at": one.due_at.isoformat() if one.due_at else None,
        "state": line.state,
        "question": line.question,
        "explained": line.explained,
        "sealed": bool(one.compartment),
        "differences": [
            {
                "field": each.field,
                "asked": each.asked,
                "kind": each.kind,
                "segments": [list(segment) for segment in each.segments],
            }
            for each in (line.item.differing(one.fields) if line.item else [])
        ],
    }


def _reliefs(held: Assignment, at: datetime) -> list[dict[str, Any]]:
    """Whom she may hand over to, if the delegation is hers now."""
    others = present_assignments(held.delegation).exclude(officer=held.officer)
    rows = list(others.select_related("officer__person"))
    if not rows or not holds(held.officer, held.delegation, at):
        return []
    return [{"id": one.officer_id, "name": one.officer.person.display} for one in rows]


def _unmet(held: Assignment) -> dict[str, Any] | None:
    if held.introduced_at is not None or held.group:
        return None
    return {"assignment": held.pk, "late": held.meeting_missed_at is not None}


def _duty(held: Assignment, at: datetime) -> dict[str, Any] | None:
    running = Duty.objects.filter(
        officer=held.officer_id,
        delegation=held.delegation_id,
        mode=Duty.Mode.ATTACHED,
        withdrawn_at=None,
        starts_at__lt=at,
        ends_at__gt=at,
    ).first()
    if running is None:
        return None
    return {"id": running.pk, "ends_at": running.ends_at.isoformat()}


def _things(held: Assignment) -> list[dict[str, Any]]:
    mine = Holding.objects.filter(
        delegation=held.delegation_id,
        holder=held.officer.person_id,
        state=Holding.State.HELD,
    )
    return [
        {"id": one.pk, "code": one.code, "what": str(one), "tag": one.tag}
        for one in mine.order_by("pk")
    ]


def _returned(held: Assignment, at: datetime) -> list[dict[str, Any]]:
    """What she gave back lately, with its receipt: the newest first."""
    gone = Holding.objects.filter(
        delegation=held.delegation_id,
        holder=held.officer.person_id,
        state=Holding.State.RETURNED,
        returned_at__gt=at - LATELY,
    )
    return [
        {
            "code": one.code,
            "what": str(one),
            "tag": one.tag,
            "at": one.returned_at.isoformat() if one.returned_at else None,
        }
        for one in gone.order_by("-returned_at", "-pk")[:MOST_RETURNED]
    ]
