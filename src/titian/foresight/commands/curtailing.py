"""A visit ends early: one command through every room, and the reason stays sealed."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from titian.foresight.visits import Rest, rest_of
from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.logistics.commands.leaving import leave_early
from titian.people.commands.duties import publish_duties
from titian.people.commands.hours import Hours
from titian.people.models import Delegation
from titian.people.policy import coordinates
from titian.programme.commands.leaving import step_out
from titian.talks.commands import meetings

LONGEST_REASON = 2000


class NoReason(ValueError):
    """Why it ends is missing or too long; the argument is a sentence."""


@transaction.atomic
def curtail(
    delegation_id: int,
    leaves_at: datetime,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID,
) -> Delegation:
    """The delegation leaves at that hour, and everything after it is undone at once.

    Its meetings are called off, its own items cancelled, it is missing at the others;
    rooms and cars are free, duties end, the departure has this hour. Counterparts are
    told that it does not take place, and never why: the reason is sealed. Raises
    ``Forbidden`` unless the actor coordinates, ``NoReason``, ``IllegalMove`` if it has
    withdrawn, and what the rooms raise; then nothing is kept.
    """
    rows = Delegation.objects.select_for_update(of=("self",), no_key=True)
    delegation = rows.select_related("event", "party").get(pk=delegation_id)
    if journal.replayed(key, "visit.curtailed", delegation_id, actor=actor):
        return delegation
    _require(delegation, reason, actor)
    rest = rest_of(delegation, leaves_at)
    neutral = _("The programme of the delegation has changed.")
    for one in rest.meetings:
        once = uuid5(key, f"meeting:{one.pk}")
        meetings.call_off(one.pk, neutral, actor=actor, at=at, key=once)
    own, shared = step_out(
        delegation.pk, leaves_at, reason=neutral, actor=actor, at=at, key=key
    )
    ways = leave_early(delegation.pk, leaves_at, actor=actor, at=at, key=key)
    _end_duties(delegation, rest, leaves_at, actor=actor, at=at)
    journal.write(
        "visit.curtailed",
        delegation,
        actor=actor,
        at=at,
        key=key,
        about=delegation.head_id or actor.person_id,
        sealed={"reason": reason.strip()},
        leaves_at=leaves_at.isoformat(),
        meetings=[one.pk for one in rest.meetings],
        cancelled=own,
        left=shared,
        duties=len(rest.duties),
        stays=ways.stays,
        trips=ways.trips,
        journeys=ways.journeys,
    )
    return delegation


def _require(delegation: Delegation, reason: str, actor: Actor) -> None:
    require(
        coordinates(actor, delegation.event),
        _("Only a coordinator ends a visit early."),
    )
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise NoReason(_("Say in a few words why; nobody else reads it."))
    if delegation.status == Delegation.Status.WITHDRAWN:
        raise IllegalMove("a delegation that withdrew is not here")


def _end_duties(
    delegation: Delegation,
    rest: Rest,
    leaves_at: datetime,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    freed = [
        Hours(
            one.officer_id,
            delegation.pk,
            max(one.starts_at, leaves_at),
            one.ends_at,
        )
        for one in rest.duties
    ]
    if freed:
        publish_duties(delegation.event_id, (), freed, actor=actor, at=at)
