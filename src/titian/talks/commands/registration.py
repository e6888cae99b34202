"""Meetings and agreements as the papers have them, brought in by lists."""

from collections.abc import Container, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.registering import Batch, Row, link, merge, registers
from titian.people.models import Delegation
from titian.programme.models import Activity
from titian.talks.commands import keeping, reports
from titian.talks.models import AgendaItem, Agreement, Deliverable


@transaction.atomic
def register_meetings(
    event_id: int,
    rows: Sequence[Row],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Batch:
    """Meetings of two sides; of those to come a report is asked when they end.

    A row has ``activity`` (columns of the hour, with its code), ``meeting`` (columns
    of the meeting) and ``agenda`` (pairs of English and Indonesian words). Raises
    ``Forbidden`` unless a coordinator, or the house, brings them.
    """
    batch = _register_meetings(event_id, rows, actor=actor, at=at, key=key)
    reports.watch_all(event_id, actor=actor, at=at)
    return batch


@registers("meetings.registered")
def _register_meetings(event: Event, rows: Sequence[Row]) -> Batch:
    """Meetings of two sides, each with its hour in the programme and its agenda.

    A row has ``activity`` (columns of the hour, with its code), ``meeting`` (columns
    of the meeting) and ``agenda`` (pairs of English and Indonesian words).
    """
    hours, batch = merge(
        event.activities.all(),
        [{**row["activity"], "event_id": event.pk, "kind": "meeting"} for row in rows],
        key=("event_id", "code"),
    )
    batch.add(_invite(event, hours, rows))
    meetings, done = merge(
        event.meetings.all(),
        [
            {**row["meeting"], "event_id": event.pk, "activity_id": hour.pk}
            for hour, row in zip(hours, rows, strict=True)
        ],
        key=("event_id", "activity_id"),
    )
    batch.add(done)
    points = [
        {
            "meeting_id": meeting.pk,
            "order": order,
            "words_en": english,
            "words_id": other,
        }
        for meeting, row in zip(meetings, rows, strict=True)
        for order, (english, other) in enumerate(row.get("agenda", ()), start=1)
    ]
    agenda = AgendaItem.objects.filter(meeting__event=event)
    batch.add(merge(agenda, points, key=("meeting_id", "order"))[1])
    return batch


@registers("agreements.registered")
def register_agreements(event: Event, rows: Sequence[Row]) -> Batch:
    """Papers between the host and one party, one for each code.

    One that is new here and was signed elsewhere is in force; of one that is known the
    list says nothing about its life.
    """
    known = set(event.agreements.values_list("code", flat=True))
    given = [{**row, "event_id": event.pk, **_life(row, known)} for row in rows]
    return merge(event.agreements.all(), given, key=("event_id", "code"))[1]


@registers("lines.registered")
def _register_lines(event: Event, rows: Sequence[Row]) -> Batch:
    lines = Deliverable.objects.filter(agreement__event=event)
    return merge(lines, rows, key=("agreement_id", "line"))[1]


@transaction.atomic
def register_deliverables(
    event_id: int,
    rows: Sequence[Row],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Batch:
    """Lines of agreements, one for each number; the hour of each is watched.

    Raises ``Forbidden`` unless a coordinator, or the house, brings them.
    """
    batch = _register_lines(event_id, rows, actor=actor, at=at, key=key)
    papers = {row["agreement_id"] for row in rows}
    for agreement in Agreement.objects.filter(pk__in=papers).order_by("pk"):
        keeping.watch(agreement.pk, actor=actor, at=at)
    return batch


def _life(row: Row, known: Container[str]) -> Row:
    is_new = row["code"] not in known and row.get("signed_on")
    return {"state": Agreement.State.IN_FORCE} if is_new else {}


def _invite(event: Event, hours: Sequence[Activity], rows: Sequence[Row]) -> Batch:
    """Let both sides of each meeting see its hour."""
    known: dict[int, Any] = Delegation.objects.filter(event=event).in_bulk()
    batch = Batch()
    sides = {
        hour: [known[row["meeting"][side]] for side in ("party_a_id", "party_b_id")]
        for hour, row in zip(hours, rows, strict=True)
    }
    link("delegations", sides, batch)
    return batch
