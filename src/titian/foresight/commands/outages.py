"""Taking a car out of service and mending what that breaks, in the same breath."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.foresight.cars import CarMend
from titian.foresight.commands.moves import ask_touched
from titian.foresight.errors import WorldMovedOn
from titian.foresight.outages import Outlook, stopping, without_car
from titian.foresight.plans import NoSuchChange
from titian.foresight.queries import only_in, standing
from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.logistics.commands import transport
from titian.logistics.models import Vehicle


@transaction.atomic
def take_car_out(
    vehicle_id: int,
    *,
    mend: int | None,
    seen: str,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Vehicle:
    """The car stops, and the way chosen to mend it (``None``: not yet) is done.

    ``seen`` is ``Outlook.seen`` of what the person looked at. Whoever is driven by
    another car hears of it, and so do both drivers; what stays broken is asked of its
    owner. Raises ``WorldMovedOn`` if it would be something else now, ``NoSuchChange``
    for a way that was not shown, and what the transport commands raise; then nothing
    is kept.
    """
    if journal.replayed(key, "vehicle.taken_out", vehicle_id, actor=actor):
        return Vehicle.objects.get(pk=vehicle_id)

    vehicle = Vehicle.objects.select_related("event").get(pk=vehicle_id)
    outlook = without_car(vehicle, actor=actor, at=at)
    if outlook.seen != seen:
        raise WorldMovedOn(
            _("The world has moved on since you looked. This is how it stands now.")
        )
    way = _chosen(outlook, mend)
    change = stopping(vehicle_id, actor=actor, at=at)
    before = standing(change)
    stopped = transport.take_out(vehicle_id, actor=actor, at=at, key=key)
    for swap in way.swaps if way else ():
        transport.change_car(swap.drive.trip.pk, swap.car.pk, actor=actor, at=at)
    ask_touched(stopped, only_in(standing(change), before), actor=actor, at=at, key=key)
    return stopped


def _chosen(outlook: Outlook, mend: int | None) -> CarMend | None:
    if mend is None:
        return None
    if not 0 <= mend < len(outlook.ways):
        raise NoSuchChange(mend)
    return outlook.ways[mend]
