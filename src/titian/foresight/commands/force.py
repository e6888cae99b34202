"""A checked plan put in force through the commands of people."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from titian.foresight.models import Proposal
from titian.foresight.plans import Row, hour
from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.people.commands.assignments import assign
from titian.people.commands.duties import publish_duties
from titian.people.commands.hours import Hours
from titian.people.models import Assignment


def put_in_force(
    proposal: Proposal,
    rows: Sequence[Row],
    *,
    left_out: Sequence[int] = (),
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> None:
    """Accept the proposal: publish these rows of it, and set every other one aside.

    Officers who have no assignment are asked, nobody for hours that are over. A part
    of larger acts, which have checked the rows and hold the transaction.
    """
    _publish(proposal, rows, actor=actor, at=at)
    others = Proposal.objects.filter(event=proposal.event_id, kind=proposal.kind)
    others.filter(state=Proposal.State.OPEN).exclude(pk=proposal.pk).update(
        state=Proposal.State.OUTDATED
    )
    proposal.state = Proposal.machine.after(proposal.state, "accept")
    proposal.accepted_at, proposal.accepted_by_id = at, actor.person_id
    proposal.save(update_fields=["state", "accepted_at", "accepted_by"])
    journal.write(
        "proposal.accepted",
        proposal,
        actor=actor,
        at=at,
        key=key,
        changes=len(rows),
        left_out=sorted(left_out),
    )


def _publish(
    proposal: Proposal, rows: Sequence[Row], *, actor: Actor, at: datetime
) -> None:
    held, freed = _hours(proposal, rows, at)
    publish_duties(
        proposal.event_id, held, freed, proposal_id=proposal.pk, actor=actor, at=at
    )
    present = Assignment.objects.filter(
        delegation__event=proposal.event, relieved_at=None
    )
    there = set(present.values_list("officer", "delegation"))
    wanted: dict[tuple[int, int], str] = {}
    for hours in held:
        if hours.ends_at <= at:
            continue
        pair = (hours.officer_id, hours.delegation_id)
        if pair not in there and wanted.get(pair) != Assignment.Role.PRIMARY:
            wanted[pair] = hours.role
    for (officer_id, delegation_id), role in wanted.items():
        assign(officer_id, delegation_id, role, hours=(), actor=actor, at=at)


def _hours(
    proposal: Proposal, rows: Sequence[Row], at: datetime
) -> tuple[list[Hours], list[Hours]]:
    """What is held anew and what falls free; the first plan records the whole week."""
    earliest = hour(proposal.plan["from"])
    if not proposal.plan["is_first"]:
        earliest = max(earliest, at)
    held: list[Hours] = []
    freed: list[Hours] = []
    for row in rows:
        span = (max(hour(row["starts_at"]), earliest), hour(row["ends_at"]))
        if span[0] >= span[1]:  # over since the plan was computed
            continue
        post = row["delegation"]
        freed += [Hours(one["officer"], post, *span) for one in row["old"]]
        if row["new"] is not None:
            held.append(Hours(row["new"], post, *span, row["role"], row["mode"]))
    return held, freed
