"""What the page of a hand-over draws: its lines, and whose move each is."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from titian.kernel import clock, compartments
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.loop.comparing import Difference
from titian.loop.handing import Line, lines_of, what_of
from titian.loop.holders import changes_due, holders
from titian.loop.models import HandOver
from titian.loop.policy import HANDOVER_SIDES
from titian.people.models import Assignment, Duty
from titian.people.policy import coordinates
from titian.people.queries.met import not_met
from titian.web.desk.rooms import oversees
from titian.web.templatetags.titian import near_clock

FRESH = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One line as this reader may see it."""

    line: Line
    what: str
    differences: list[Difference]
    may_open: bool

    @property
    def tone(self) -> str:
        """The shape beside its state."""
        return {"accepted": "ok", "questioned": "late"}.get(self.line.state, "still")


@dataclass(frozen=True, slots=True)
class Standing:
    """A hand-over in a list: how much of it is left."""

    row: HandOver
    left: int
    total: int

    @property
    def over_since(self) -> datetime | None:
        """The hour at which the duty was to end, if it goes on for want of this."""
        duty = self.row.duty
        return duty.overran_at if duty and duty.withdrawn_at is None else None


def page_of(row: HandOver, actor: Actor) -> dict[str, Any]:
    """Everything the page shows, and which acts are the reader's."""
    now = clock.local(row.event, clock.time_at(row.event))
    lines = [_row(one, row, actor) for one in lines_of(row)] if row.is_live else []
    sides = {name: side(actor, row) for name, side in HANDOVER_SIDES.items()}
    moves = [
        move.name for move in HandOver.machine.moves_from(row.state) if sides[move.by]
    ]
    return {
        "event": row.event,
        "now": now,
        "row": row,
        "groups": [
            (label, list(found))
            for label, found in groupby(lines, key=lambda one: one.line.kind_label)
        ],
        "left": sum(not one.line.is_accepted for one in lines),
        "taken": [] if row.is_live else list(row.items.order_by("kind", "pk")),
        "moves": moves,
        "is_incoming": sides["incoming"] and row.is_live,
        "is_outgoing": sides["outgoing"] and row.is_live,
        "key": uuid4(),
    }


def list_of(event: Event, actor: Actor) -> dict[str, Any]:
    """Those under way with what is left, the last ones, and who has not met whom."""
    now = clock.local(event, clock.time_at(event))
    leads = oversees(actor.person_id, event)
    rows = HandOver.objects.visible_to(actor).filter(event=event)
    named = rows.select_related(
        "event", "delegation__party", "outgoing__person", "incoming__person", "duty"
    )
    over = named.exclude(state__in=HandOver.LIVE).order_by("-pk")
    return {
        "event": event,
        "now": now,
        "under_way": standing_of(named.live().order_by("opened_at", "pk")),
        "over": over[:FRESH],
        "due": changes_due(event, now) if leads else [],
        "unmet": not_met(event) if leads else [],
        "pairs": _pairs(event) if coordinates(actor, event) else [],
        "ends": ends_of(event, now) if coordinates(actor, event) else [],
        "key": uuid4(),
    }


def standing_of(rows: Any) -> list[Standing]:
    """Each with how many of its things are not accepted yet."""
    found = []
    for row in rows:
        lines = lines_of(row)
        left = sum(not one.is_accepted for one in lines)
        found.append(Standing(row, left, len(lines)))
    return found


def ends_of(event: Event, at: datetime) -> list[tuple[str, str]]:
    """What a coordinator may end: each duty that runs, and each assignment."""
    running = Duty.objects.filter(
        delegation__event=event, withdrawn_at=None, starts_at__lt=at, ends_at__gt=at
    ).select_related("officer__person", "delegation__party", "delegation__event")
    present = Assignment.objects.filter(
        delegation__event=event, relieved_at=None
    ).select_related("officer__person", "delegation__party")
    duties = [
        (
            f"duty-{one.pk}",
            _("%(delegation)s: %(officer)s, the duty until %(at)s")
            % {
                "delegation": one.delegation.code,
                "officer": one.officer,
                "at": near_clock(one.ends_at, at),
            },
        )
        for one in running.order_by("delegation__party__code", "pk")
    ]
    pairs = [
        (
            f"assignment-{one.pk}",
            _("%(delegation)s: %(officer)s, for good")
            % {"delegation": one.delegation.code, "officer": one.officer},
        )
        for one in present.order_by("delegation__party__code", "role", "pk")
    ]
    return [*duties, *pairs]


def _row(line: Line, row: HandOver, actor: Actor) -> Row:
    one = line.carried
    return Row(
        line,
        what_of(line, row, actor),
        line.item.differing(one.fields) if line.item else [],
        bool(one.compartment)
        and compartments.may_open(actor, one.compartment, row.event),
    )


def _pairs(event: Event) -> list[tuple[str, str]]:
    """Every delegation with two officers and no hand-over: from its holder to each."""
    held = (
        Assignment.objects.filter(delegation__event=event, relieved_at=None)
        .exclude(consent=Assignment.Consent.DECLINED)
        .exclude(delegation__handovers__state__in=HandOver.LIVE)
        .select_related("officer__person", "delegation__party")
        .order_by("delegation__party__code", "role", "pk")
    )
    rows = list(held)
    first = holders({one.delegation_id for one in rows}, clock.time_at(event))
    return [
        (
            f"{one.delegation_id}-{holder.pk}-{one.officer_id}",
            f"{one.delegation.code}: {holder} → {one.officer}",
        )
        for one in rows
        if (holder := first.get(one.delegation_id)) and holder.pk != one.officer_id
    ]
