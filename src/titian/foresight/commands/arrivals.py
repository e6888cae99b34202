"""Moving an arrival and mending what that breaks, in the same breath."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.foresight.arrivals import Outlook, Way, moved
from titian.foresight.commands.mending import put_mend_in_force, require_mend
from titian.foresight.commands.moves import ask_touched, expecting
from titian.foresight.errors import WorldMovedOn
from titian.foresight.plans import NoSuchChange
from titian.foresight.queries import only_in, standing
from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.logistics.commands import journeys, transport
from titian.logistics.models import Journey


@transaction.atomic
def move_arrival(
    journey_id: int,
    expected_at: datetime,
    *,
    mend: int | None,
    seen: str,
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Journey:
    """The arrival moves, and the way to mend it that was chosen (if any) is done.

    ``seen`` is ``Outlook.seen`` of what the person looked at. Whoever is still touched
    is asked to confirm, new officers are asked, and all whom it touches are told.
    Raises ``WorldMovedOn`` if it would be something else now, ``NoSuchChange`` for a
    way that was not shown, ``NotSound`` or ``Taken`` if it cannot be done, and what
    ``journeys.expect`` raises; then nothing is kept.
    """
    if journal.replayed(key, "journey.expected", journey_id, actor=actor):
        return Journey.objects.get(pk=journey_id)

    rows = Journey.objects.select_related("event", "delegation__party", "airport")
    journey = rows.select_related("hotel").get(pk=journey_id)
    outlook = moved(journey, expected_at, actor=actor, at=at)
    if outlook.seen != seen:
        raise WorldMovedOn(
            _("The world has moved on since you looked. This is how it stands now.")
        )
    way = _chosen(outlook, mend)
    change = expecting(journey_id, expected_at, actor=actor, at=at)
    before = standing(change)
    after = journeys.expect(
        journey_id, expected_at, reason=reason, actor=actor, at=at, key=key
    )
    if way is not None:
        _put_in_force(journey, outlook, way, actor=actor, at=at)
    ask_touched(after, only_in(standing(change), before), actor=actor, at=at, key=key)
    return after


def _chosen(outlook: Outlook, mend: int | None) -> Way | None:
    if mend is None:
        return None
    if not 0 <= mend < len(outlook.ways):
        raise NoSuchChange(mend)
    return outlook.ways[mend]


def _put_in_force(
    journey: Journey, outlook: Outlook, way: Way, *, actor: Actor, at: datetime
) -> None:
    if way.cover is not None and outlook.gathered is not None:
        require_mend(outlook.gathered, way.cover)
        put_mend_in_force(
            journey.event, outlook.gathered, way.cover, actor=actor, at=at
        )
    for swap in way.cars.swaps if way.cars else ():
        transport.change_car(swap.drive.trip.pk, swap.car.pk, actor=actor, at=at)
