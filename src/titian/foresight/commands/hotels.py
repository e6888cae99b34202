"""Losing a hotel and housing its guests elsewhere, in the same breath."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.foresight.commands.moves import ask_touched
from titian.foresight.errors import WorldMovedOn
from titian.foresight.hotels import Outlook, Way, losing, without_hotel
from titian.foresight.plans import NoSuchChange
from titian.foresight.queries import only_in, standing
from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.logistics.commands import stays
from titian.logistics.models import Block
from titian.places.models import Place


@transaction.atomic
def give_hotel_up(
    event_id: int,
    place_id: int,
    *,
    mend: int | None,
    seen: str,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Block:
    """The hotel is lost, and the way chosen to mend it (``None``: not yet) is done.

    ``seen`` is ``Outlook.seen`` of what the person looked at. The officers of whoever
    moves are told; what stays broken is asked of its owner. Raises ``WorldMovedOn`` if
    it would be something else now, ``NoSuchChange`` for a way that was not shown, and
    what the rooms' commands raise; then nothing is kept.
    """
    if entry := journal.replayed(key, "hotel.lost", None, actor=actor):
        return Block.objects.get(pk=entry.subject_id)

    event, place = Event.objects.get(pk=event_id), Place.objects.get(pk=place_id)
    outlook = without_hotel(event, place, actor=actor, at=at)
    if outlook.seen != seen:
        raise WorldMovedOn(
            _("The world has moved on since you looked. This is how it stands now.")
        )
    way = _chosen(outlook, mend)
    change = losing(event_id, place_id, actor=actor, at=at)
    before = standing(change)
    block = stays.lose_hotel(event_id, place_id, actor=actor, at=at, key=key)
    for move in way.moves if way else ():
        shares = {place.pk: count for place, count, _minutes in move.shares}
        stays.rehouse(move.stay.pk, shares, actor=actor, at=at)
    ask_touched(block, only_in(standing(change), before), actor=actor, at=at, key=key)
    return block


def _chosen(outlook: Outlook, mend: int | None) -> Way | None:
    if mend is None:
        return None
    if not 0 <= mend < len(outlook.ways):
        raise NoSuchChange(mend)
    return outlook.ways[mend]
