"""The cover of a week: proposed, changed by hand, accepted while it still holds."""

import time
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.foresight.commands.force import put_in_force
from titian.foresight.errors import WorldMovedOn
from titian.foresight.gather.cover import Gathered, gather, horizon
from titian.foresight.models import Proposal
from titian.foresight.plans import (
    changes_of,
    chosen,
    gaps_of,
    hour,
    roster_after,
)
from titian.foresight.shown import figures_of, shown
from titian.foresight.soundness import require_plan, require_roster
from titian.kernel import clock, journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.people.models import Officer
from titian.people.policy import coordinates
from titian.planning import cover
from titian.planning.search import First, Iterations, Seconds, Stop, Watch

KIND = "cover"
ITERATIONS = 1500
LONGEST_SECONDS = 20.0


def propose(
    event_id: int,
    *,
    seed: int = 42,
    iterations: int = ITERATIONS,
    stop: Stop | None = None,
    watch: Watch | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Proposal:
    """A plan of the hours to come beside what is in force; nothing changes by it.

    The search runs outside any transaction: it may take seconds. With ``iterations``
    the same rows and seed give the same plan on any machine; ``stop`` replaces them.
    Raises ``Forbidden`` unless the actor coordinates or is the house itself,
    ``NoDays`` for an event without days to plan, ``NotSound`` if the plan does not
    pass the check, in which case nothing is shown.
    """
    if entry := journal.replayed(key, "cover.proposed", None, actor=actor):
        return Proposal.objects.get(pk=entry.subject_id)

    event = Event.objects.get(pk=event_id)
    require(
        actor == HOUSE or coordinates(actor, event),
        _("Only a coordinator plans the cover."),
    )
    hours = horizon(event, at)
    gathered = gather(event, hours, at)
    ending = stop or First((Iterations(iterations), _patience()))
    plan = cover.solve(gathered.problem, stop=ending, seed=seed, watch=watch)
    require_plan(gathered, plan)
    proposal = Proposal(event=event, kind=KIND, made_by_id=actor.person_id)
    return keep_plan(proposal, gathered, plan, actor=actor, at=at, key=key)


@transaction.atomic
def accept(
    proposal_id: int,
    *,
    leave_out: Collection[int] = (),
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Proposal:
    """Put the proposal in force, all but the changes numbered in ``leave_out``.

    Duties are published and missing officers asked, in one transaction. Raises
    ``Forbidden`` unless the actor coordinates, ``WorldMovedOn`` if it is no longer
    open or if what it was computed from has changed, ``NotSound`` if what is left
    after leaving out breaks a rule, ``NoSuchChange``; then nothing is kept.
    """
    if journal.replayed(key, "proposal.accepted", proposal_id, actor=actor):
        return Proposal.objects.get(pk=proposal_id)

    proposal, gathered = _open_proposal(proposal_id, actor, at)
    rows = chosen(proposal.changes, leave_out)
    require_roster(gathered, roster_after(gathered, rows))
    put_in_force(proposal, rows, left_out=tuple(leave_out), actor=actor, at=at, key=key)
    return proposal


@transaction.atomic
def change_by_hand(
    proposal_id: int,
    index: int,
    officer_id: int,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Proposal:
    """Give the change numbered ``index`` to another officer; the plan is checked again.

    Raises what ``accept`` raises; ``NotSound`` names each rule the officer would break.
    """
    if journal.replayed(key, "proposal.changed", proposal_id, actor=actor):
        return Proposal.objects.get(pk=proposal_id)

    proposal, gathered = _open_proposal(proposal_id, actor, at)
    chosen(proposal.changes, [index])  # refuses a number there is not
    officer = Officer.objects.get(pk=officer_id, event=proposal.event)
    changes = [dict(row) for row in proposal.changes]
    changes[index] |= {"new": officer.pk, "reason": {"by_hand": True}}
    require_roster(gathered, roster_after(gathered, changes))
    proposal.changes = changes
    proposal.save(update_fields=["changes"])
    journal.write(
        "proposal.changed",
        proposal,
        actor=actor,
        at=at,
        key=key,
        index=index,
        officer=officer.pk,
    )
    return proposal


def plan_cover(
    event_code: str,
    seed: int,
    seconds: float,
    *,
    told: Stop | None = None,
    watch: Watch | None = None,
) -> dict[str, Any]:
    """A proposal by the house itself, told in figures and sentences.

    What ``titian plan cover`` prints: accepting is a coordinator's act. ``told`` ends
    the search before its time, and what it has found by then is the proposal.
    """
    event = Event.objects.get(code=event_code)
    begun = time.perf_counter()
    ends: tuple[Stop, ...] = (Seconds(seconds, time.perf_counter),)
    proposal = propose(
        event.pk,
        seed=seed,
        stop=First((*ends, told) if told else ends),
        watch=watch,
        actor=HOUSE,
        at=clock.time_at(event),
    )
    taken = time.perf_counter() - begun
    read = shown(proposal)
    return {
        "proposal": proposal.pk,
        "engine": proposal.engine,
        "seed": proposal.seed,
        "input_hash": proposal.input_hash,
        "objective": proposal.objective,
        "iterations": proposal.plan["iterations"],
        "seconds": round(taken, 3),
        "changes": len(read.changes),
        "gaps": [gap.sentence for gap in read.gaps],
        **figures_of(proposal),
    }


def _patience() -> Seconds:
    return Seconds(LONGEST_SECONDS, time.perf_counter)


@transaction.atomic
def keep_plan(
    proposal: Proposal,
    gathered: Gathered,
    plan: cover.Plan,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Proposal:
    """Save a checked plan as the proposal, and say that there is one.

    A part of larger acts, which have looked at the right and at the plan.
    """
    problem = gathered.problem
    proposal.input_hash, proposal.seed = plan.input_hash, plan.seed
    proposal.engine = plan.engine
    proposal.objective = [list(level) for level in plan.objective]
    proposal.plan = {
        "from": problem.start.isoformat(),
        "to": problem.end.isoformat(),
        "is_first": not problem.published,
        "iterations": plan.iterations,
        "duties": cover.as_data(plan.duties),
    }
    proposal.changes = changes_of(gathered, plan)
    proposal.gaps = gaps_of(gathered, plan)
    proposal.made_at = at
    proposal.save()
    journal.write(
        "cover.proposed",
        proposal,
        actor=actor,
        at=at,
        key=key,
        seed=plan.seed,
        input_hash=plan.input_hash,
        changes=len(proposal.changes),
        gaps=len(proposal.gaps),
    )
    return proposal


def _open_proposal(
    proposal_id: int, actor: Actor, at: datetime
) -> tuple[Proposal, Gathered]:
    """The proposal, held for this transaction, and the world it still agrees with."""
    rows = Proposal.objects.select_related("event").filter(kind=KIND)
    proposal = rows.select_for_update(of=("self",)).get(pk=proposal_id)
    require(coordinates(actor, proposal.event), _("Only a coordinator accepts a plan."))
    if proposal.state != Proposal.State.OPEN:
        raise WorldMovedOn(_("This proposal is no longer open. Have a new one made."))
    hours = (hour(proposal.plan["from"]), hour(proposal.plan["to"]))
    there = clock.zone_of(proposal.event)
    gathered = gather(
        proposal.event, (hours[0].astimezone(there), hours[1].astimezone(there)), at
    )
    if cover.input_hash(gathered.problem) != proposal.input_hash:
        raise WorldMovedOn(
            _("Since this was computed something has changed. Have a new one made.")
        )
    return proposal, gathered
