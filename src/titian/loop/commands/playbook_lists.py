"""Templates, their lines and contacts, brought in by lists; a timeline is then run."""

from collections.abc import Sequence, Set
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.registering import Batch, Row, merge, registers
from titian.loop.commands import playbooks
from titian.loop.models import Contact, Playbook, PlaybookLine, Step


@registers("playbooks.registered")
def register_playbooks(event: Event, rows: Sequence[Row]) -> Batch:
    """Templates, one for each code."""
    return merge(
        Playbook.objects.filter(event=event),
        [{**row, "event_id": event.pk} for row in rows],
        key=("event_id", "code"),
    )[1]


@registers("contacts.registered")
def register_contacts(event: Event, rows: Sequence[Row]) -> Batch:
    """Whom to call, one for each code."""
    return merge(
        Contact.objects.filter(event=event),
        [{**row, "event_id": event.pk} for row in rows],
        key=("event_id", "code"),
    )[1]


@registers("playbook_lines.registered")
def _register_lines(event: Event, rows: Sequence[Row]) -> Batch:
    """Lines, one for each template and code; a template that changes is a new version.

    A line that was withdrawn comes back.
    """
    known = dict(event.playbooks.values_list("code", "pk"))
    wanted = [
        {
            "playbook_id": known[row["playbook"]],
            "withdrawn_at": None,
            **{name: row[name] for name in row if name not in DONE},
        }
        for row in rows
    ]
    among = PlaybookLine.objects.filter(playbook__event=event)
    had = set(among.values_list("playbook", flat=True))
    lines, batch = merge(among, wanted, key=("playbook_id", "code"))
    moved = {pk for _label, ids in batch.made for pk in ids}
    moved |= {change.id for change in batch.changed}
    batch.add(
        _next_versions(event, {x.playbook_id for x in lines if x.pk in moved} & had)
    )
    return batch


def _next_versions(event: Event, ids: Set[int]) -> Batch:
    rows = [
        {"event_id": event.pk, "code": one.code, "version": one.version + 1}
        for one in event.playbooks.filter(pk__in=ids)
    ]
    return merge(event.playbooks.all(), rows, key=("event_id", "code"))[1]


DONE = frozenset({"playbook", "done_at", "done_words"})


@transaction.atomic
def register_lines(
    event_id: int,
    rows: Sequence[Row],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Batch:
    """Lines of templates; a master timeline is run at once, done where a row says so.

    Raises ``Forbidden`` unless a coordinator, or the house, brings them, ``KeyError``
    for a template that is not there.
    """
    batch = _register_lines(event_id, rows, actor=actor, at=at, key=key)
    timelines = Playbook.objects.filter(event=event_id, kind=Playbook.Kind.TIMELINE)
    for playbook in timelines.select_related("event"):
        _run(playbook, rows, batch, actor=actor, at=at)
    return batch


def _run(
    playbook: Playbook,
    rows: Sequence[Row],
    batch: Batch,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    mine = [row for row in rows if row["playbook"] == playbook.code]
    if not mine or playbook.runs.exists() or playbook.event.starts_on is None:
        return
    made = playbooks.begin(playbook, moments={}, actor=actor, at=at)
    batch.made.append((made._meta.label_lower, [made.pk]))
    steps = {step.code: step for step in made.steps.all()}
    batch.made.append((Step._meta.label_lower, [step.pk for step in steps.values()]))
    done = [_done(steps[row["code"]], row) for row in mine if row.get("done_at")]
    Step.objects.bulk_update(done, ["state", "done_at", "words"])
    if done:
        journal.write("steps.registered", made, actor=actor, at=at, done=len(done))


def _done(step: Step, row: Row) -> Step:
    """Ticked by the list that was brought in: by nobody here."""
    values: dict[str, Any] = dict(row)
    step.state, step.done_at = Step.State.DONE, values["done_at"]
    step.words = str(values.get("done_words") or "")[:300]
    return step
