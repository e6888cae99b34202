"""What every act in an incident shares: the lock, the record and both clocks."""

from datetime import datetime
from typing import Any
from uuid import UUID

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.loop.models import Incident

TACTICAL_DUE = "titian.loop.falls_due.tactical_due"
STEPS_MISSED = "titian.loop.falls_due.steps_missed"
EXECUTIVE_DUE = "titian.loop.falls_due.executive_due"


def locked(incident_id: int) -> Incident:
    """The incident, held until the act is over."""
    rows = Incident.objects.select_for_update(of=("self",))
    return rows.select_related(
        "event", "ask__asked_by__party", "ask__owner", "commander", "run__playbook"
    ).get(pk=incident_id)


def keep(
    incident: Incident,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    words: str = "",
    owe: bool = False,
    steps: bool = False,
    **facts: Any,
) -> Incident:
    """Save the row and enter ``verb``; with ``owe`` both clocks are watched, with
    ``steps`` the hours that struck while it was over are looked at.
    """
    incident.save()
    clocks = [
        (TACTICAL_DUE, incident.tactical_due_at),
        (EXECUTIVE_DUE, incident.executive_due_at),
    ]
    journal.write(
        verb,
        incident,
        actor=actor,
        at=at,
        key=key,
        about=actor.person_id if words else None,
        sealed={"words": words} if words else None,
        owe=[
            *((name, due) for name, due in clocks if owe and due is not None),
            *([(STEPS_MISSED, at)] if steps else []),
        ],
        state=incident.state,
        **facts,
    )
    return incident
