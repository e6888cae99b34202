"""The timetable of bilaterals: proposed, mended, accepted while it still holds."""

import time
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from titian.foresight.errors import NotSound, WorldMovedOn
from titian.foresight.free_hours import floored
from titian.foresight.gather.bilaterals import Gathered, gather
from titian.foresight.models import Proposal
from titian.foresight.timetables import Row, changes_of, moment, refusals_of
from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.planning import bilaterals
from titian.planning.check.bilaterals import violations
from titian.planning.search import First, Iterations, Seconds, Stop
from titian.programme.policy import may_keep
from titian.talks.commands import hours

KIND = "bilaterals"
ROUNDS = 30
LONGEST_SECONDS = 10.0


def propose(
    event_id: int,
    *,
    seed: int = 42,
    rounds: int = ROUNDS,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Proposal:
    """A timetable of all that is agreed, beside what was told; nothing changes by it.

    The search runs outside any transaction: it may take seconds. The same rows, seed
    and rounds give the same timetable. Raises ``Forbidden`` unless the actor keeps the
    rundown, ``NotSound`` if it does not pass the check, so that nothing is shown.
    """
    if entry := journal.replayed(key, "timetable.proposed", None, actor=actor):
        return Proposal.objects.get(pk=entry.subject_id)

    event, gathered = _gathered(event_id, actor, at)
    stop: Stop = First(
        (Iterations(rounds), Seconds(LONGEST_SECONDS, time.perf_counter))
    )
    plan = bilaterals.solve(gathered.problem, stop=stop, seed=seed)
    _require_sound(gathered, plan)
    return _keep(event, gathered, plan, "solve", actor=actor, at=at, key=key)


def mend(
    event_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Proposal:
    """What can stay stays; those that cannot move, with the fewest others.

    A side is late by what its programme, its journey or its free hours say by now.
    Raises as ``propose`` does.
    """
    if entry := journal.replayed(key, "timetable.proposed", None, actor=actor):
        return Proposal.objects.get(pk=entry.subject_id)

    event, gathered = _gathered(event_id, actor, at)
    best = bilaterals.repair(gathered.problem, gathered.published, options=1)[0]
    if best.moved:  # else it is what was told, which somebody may have put by hand
        _require_sound(gathered, best.plan, told=best.burden)
    return _keep(event, gathered, best.plan, "mend", actor=actor, at=at, key=key)


@transaction.atomic
def accept(
    proposal_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Proposal:
    """Put the timetable in force: the displaced, then the moves, then the new hours.

    Raises ``Forbidden`` unless the actor keeps the rundown, ``WorldMovedOn`` if it is
    no longer open, if what it was computed from has changed, or if one of its hours has
    come meanwhile; then nothing is kept.
    """
    if journal.replayed(key, "timetable.accepted", proposal_id, actor=actor):
        return Proposal.objects.get(pk=proposal_id)

    proposal = _open_proposal(proposal_id, actor, at)
    for number, row in enumerate(proposal.changes):
        once = uuid5(key, str(number)) if key else None
        _put_in_force(row, actor=actor, at=at, key=once)
    others = Proposal.objects.filter(event=proposal.event_id, kind=KIND)
    others.filter(state=Proposal.State.OPEN).exclude(pk=proposal.pk).update(
        state=Proposal.State.OUTDATED
    )
    proposal.state = Proposal.machine.after(proposal.state, "accept")
    proposal.accepted_at, proposal.accepted_by_id = at, actor.person_id
    proposal.save(update_fields=["state", "accepted_at", "accepted_by"])
    journal.write(
        "timetable.accepted",
        proposal,
        actor=actor,
        at=at,
        key=key,
        changes=len(proposal.changes),
    )
    return proposal


def _put_in_force(row: Row, *, actor: Actor, at: datetime, key: UUID | None) -> None:
    number = row["bilateral"]
    if row["what"] == "displace":
        hours.displace(number, actor=actor, at=at, key=key)
        return
    act = hours.place if row["what"] == "place" else hours.move
    begins = moment(row["starts_at"])
    act(number, row["place"], begins, actor=actor, at=at, key=key)


def _gathered(event_id: int, actor: Actor, at: datetime) -> tuple[Event, Gathered]:
    event = Event.objects.get(pk=event_id)
    require(
        may_keep(actor, event),
        _("Only protocol, the venue team or a coordinator plans the bilaterals."),
    )
    return event, gather(event, floored(event, at))


def _require_sound(
    gathered: Gathered, plan: bilaterals.Plan, told: float | None = None
) -> None:
    """``NotSound`` if the checker, which has no line of the search, finds anything."""
    if violations(gathered.problem, plan, told=told):
        raise NotSound(
            (_("The plan does not pass its own check, so it is not shown."),)
        )


@transaction.atomic
def _keep(
    event: Event,
    gathered: Gathered,
    plan: bilaterals.Plan,
    way: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> Proposal:
    proposal = Proposal.objects.create(
        event=event,
        kind=KIND,
        input_hash=bilaterals.input_hash(gathered.problem),
        seed=plan.seed,
        engine=plan.engine,
        objective=[list(level) for level in plan.objective],
        plan={
            "from": gathered.days.since.isoformat(),
            "way": way,
            "iterations": plan.iterations,
        },
        changes=changes_of(gathered, plan),
        gaps=refusals_of(gathered, plan),
        made_at=at,
        made_by_id=actor.person_id,
    )
    journal.write(
        "timetable.proposed",
        proposal,
        actor=actor,
        at=at,
        key=key,
        seed=plan.seed,
        input_hash=proposal.input_hash,
        changes=len(proposal.changes),
        refused=len(proposal.gaps),
    )
    return proposal


def _open_proposal(proposal_id: int, actor: Actor, at: datetime) -> Proposal:
    """The proposal, held for this transaction, while it agrees with the world."""
    rows = Proposal.objects.select_related("event").filter(kind=KIND)
    proposal = rows.select_for_update(of=("self",)).get(pk=proposal_id)
    Event.objects.select_for_update(no_key=True).get(
        pk=proposal.event_id
    )  # one at once
    require(
        may_keep(actor, proposal.event),
        _("Only protocol, the venue team or a coordinator plans the bilaterals."),
    )
    if proposal.state != Proposal.State.OPEN:
        raise WorldMovedOn(_("This proposal is no longer open. Have a new one made."))
    gathered = gather(proposal.event, moment(proposal.plan["from"]))
    begins = [moment(row["starts_at"]) for row in proposal.changes if row["starts_at"]]
    has_come = min(begins, default=at) < at
    if has_come or bilaterals.input_hash(gathered.problem) != proposal.input_hash:
        raise WorldMovedOn(
            _("Since this was computed something has changed. Have a new one made.")
        )
    return proposal
