"""A delegation leaves early: its own items are cancelled, at others it is missing."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.people.models import Delegation
from titian.programme.commands.rundown import require_keeper
from titian.programme.commands.running import cancel
from titian.programme.commands.seating import take_back_seat
from titian.programme.models import Placing
from titian.programme.rest import items_left


@transaction.atomic
def step_out(
    delegation_id: int,
    after: datetime,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    key: UUID,
) -> tuple[list[int], list[int]]:
    """From then on it is at nothing: the items cancelled, and those it is missing at.

    ``reason`` stands on the rundown, so it says nothing that is not everybody's. Its
    seats there are free. Raises ``Forbidden`` unless the actor keeps the rundown.
    """
    delegation = Delegation.objects.select_related("event").get(pk=delegation_id)
    require_keeper(actor, delegation.event)
    held = Placing.objects.filter(delegation=delegation).exclude(seat="")
    own, shared = items_left(delegation, after)
    for item in own:
        once = uuid5(key, f"activity:{item.pk}")
        cancel(item.pk, reason=reason, actor=actor, at=at, key=once)
    for item in shared:
        item.delegations.remove(delegation)
        for seat in held.filter(activity=item):
            once = uuid5(key, f"placing:{seat.pk}")
            take_back_seat(seat.pk, actor=actor, at=at, key=once)
        journal.write(
            "activity.left",
            item,
            actor=actor,
            at=at,
            key=uuid5(key, f"activity:{item.pk}"),
            delegation=delegation.pk,
        )
    return [one.pk for one in own], [one.pk for one in shared]
