"""Hotels shared out among those without rooms: proposed, accepted while it holds."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.foresight.errors import NotSound, WorldMovedOn
from titian.foresight.gather.rooms import Gathered, gather, shares_of, unhoused
from titian.foresight.models import Proposal
from titian.foresight.plans import Row, chosen
from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.logistics.commands.stays import house
from titian.logistics.policy import may_house
from titian.planning import rooms
from titian.planning.check.rooms import violations
from titian.planning.search import Iterations

KIND = "rooms"
ROUNDS = 20


class NoHotels(ValueError):
    """No hotel holds rooms, or everybody has some; the argument is a sentence."""


def propose_rooms(
    event_id: int,
    delegation_ids: Collection[int],
    *,
    seed: int = 42,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Proposal:
    """Where these could sleep who have no rooms; whoever has a stay keeps it.

    The search runs outside any transaction. The same rows and seed give the same plan.
    Raises ``Forbidden`` unless the actor decides who sleeps where, ``NoHotels``, and
    ``NotSound`` if the plan does not pass the check; then nothing is shown.
    """
    if entry := journal.replayed(key, "rooms.proposed", None, actor=actor):
        return Proposal.objects.get(pk=entry.subject_id)

    event = Event.objects.get(pk=event_id)
    _require(actor, event)
    gathered = gather(event)
    problem = unhoused(gathered, delegation_ids)
    if not problem.rooms or not problem.parties:
        raise NoHotels(
            _("No hotel has rooms free.")
            if problem.parties
            else _("Tick at least one delegation that has no rooms.")
        )
    plan = rooms.solve(problem, stop=Iterations(ROUNDS), seed=seed)
    if violations(problem, plan):
        raise NotSound((_("The rooms do not pass the check."),))
    told = sorted(set(delegation_ids))
    return _keep(event, gathered, plan, told, actor=actor, at=at, key=key)


@transaction.atomic
def accept_rooms(
    proposal_id: int,
    *,
    leave_out: Collection[int] = (),
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Proposal:
    """Promise the rooms, all but the rows numbered in ``leave_out``.

    Raises ``Forbidden`` unless the actor decides who sleeps where, ``WorldMovedOn`` if
    it is no longer open or what it was computed from has changed, ``NoSuchChange``;
    then nothing is kept.
    """
    if journal.replayed(key, "proposal.accepted", proposal_id, actor=actor):
        return Proposal.objects.get(pk=proposal_id)

    proposal = _open_proposal(proposal_id, actor)
    taken = chosen(proposal.changes, leave_out)
    for row in taken:
        house(
            row["delegation"],
            row["place"],
            row["rooms"],
            (None, None),
            actor=actor,
            at=at,
        )
    others = Proposal.objects.filter(event=proposal.event_id, kind=KIND)
    others.filter(state=Proposal.State.OPEN).exclude(pk=proposal.pk).update(
        state=Proposal.State.OUTDATED
    )
    proposal.state = proposal.machine.after(proposal.state, "accept")
    proposal.accepted_at, proposal.accepted_by_id = at, actor.person_id
    proposal.save(update_fields=["state", "accepted_at", "accepted_by"])
    journal.write(
        "proposal.accepted",
        proposal,
        actor=actor,
        at=at,
        key=key,
        changes=len(taken),
        left_out=sorted(leave_out),
    )
    return proposal


def _open_proposal(proposal_id: int, actor: Actor) -> Proposal:
    """The proposal, held for this transaction, if the world still agrees with it."""
    rows = Proposal.objects.select_related("event").filter(kind=KIND)
    proposal = rows.select_for_update(of=("self",)).get(pk=proposal_id)
    _require(actor, proposal.event)
    if proposal.state != Proposal.State.OPEN:
        raise WorldMovedOn(_("This proposal is no longer open. Have a new one made."))
    problem = unhoused(gather(proposal.event), proposal.plan["delegations"])
    if rooms.input_hash(problem) != proposal.input_hash:
        raise WorldMovedOn(
            _("Since this was computed something has changed. Have a new one made.")
        )
    return proposal


def _require(actor: Actor, event: Event) -> None:
    require(
        may_house(actor, event),
        _("Only the accommodation team or a coordinator decides who sleeps where."),
    )


@transaction.atomic
def _keep(
    event: Event,
    gathered: Gathered,
    plan: rooms.Plan,
    told: list[int],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> Proposal:
    left: dict[str, int] = {}
    for party in plan.unhoused:
        code = party.split("/")[0]
        left[code] = left.get(code, 0) + 1
    proposal = Proposal.objects.create(
        event=event,
        kind=KIND,
        input_hash=plan.input_hash,
        seed=plan.seed,
        engine=plan.engine,
        objective=[list(level) for level in plan.objective],
        plan={"iterations": plan.iterations, "delegations": told},
        changes=_rows(gathered, plan),
        gaps=[
            {"delegation": gathered.delegations[code].pk, "rooms": count}
            for code, count in sorted(left.items())
        ],
        made_at=at,
        made_by_id=actor.person_id,
    )
    facts: dict[str, Any] = {"seed": plan.seed, "input_hash": plan.input_hash}
    journal.write("rooms.proposed", proposal, actor=actor, at=at, key=key, **facts)
    return proposal


def _rows(gathered: Gathered, plan: rooms.Plan) -> list[Row]:
    """One row a delegation and hotel, in the order of delegation."""
    found: list[Row] = []
    keys = [stay.party for stay in plan.stays]
    for part, hotels in sorted(shares_of(gathered, plan, keys).items()):
        code = part.rpartition("/")[0]
        for key, count in sorted(hotels.items(), key=lambda one: (-one[1], one[0])):
            found.append(
                {
                    "delegation": gathered.delegations[code].pk,
                    "place": gathered.places[key].pk,
                    "rooms": count,
                    "minutes": gathered.minutes(code, key),
                    "hotels": len(hotels),
                }
            )
    return found
