"""Who sleeps where: housed, housed elsewhere, a hotel that can be used no more."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.models import Basis, Event
from titian.kernel.policy import require
from titian.logistics.models import Block, Journey, Stay
from titian.logistics.policy import may_house
from titian.people.models import Delegation
from titian.places.models import Place


class NoRooms(ValueError):
    """The hotel is lost, or no room is asked for; the argument is a sentence."""


@transaction.atomic
def house(
    delegation_id: int,
    place_id: int,
    rooms: int,
    nights: tuple[date | None, date | None],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Stay:
    """Promise the delegation rooms in a hotel from the first day until the last.

    Raises ``Forbidden`` unless the actor keeps the accommodation team or coordinates,
    ``NoRooms`` for none, or in a hotel that is lost.
    """
    if entry := journal.replayed(key, "stay.made", None, actor=actor):
        return Stay.objects.get(pk=entry.subject_id)

    delegation = Delegation.objects.select_related("event").get(pk=delegation_id)
    _require_lodging(actor, delegation.event)
    _require_rooms(delegation.event, place_id, rooms)
    stay = Stay.objects.create(
        event=delegation.event,
        delegation=delegation,
        place_id=place_id,
        rooms=rooms,
        from_on=nights[0],
        to_on=nights[1],
        certainty="planned",
        basis=Basis.SYNTHETIC if delegation.event.is_rehearsal else Basis.FACT,
    )
    journal.write(
        "stay.made", stay, actor=actor, at=at, key=key, place=place_id, rooms=rooms
    )
    return stay


@transaction.atomic
def rehouse(
    stay_id: int,
    shares: Mapping[int, int],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Stay:
    """Move the stay to these hotels, so many rooms each; the most rooms first.

    Arrivals still to come go to the first of them. Raises what ``house`` raises.
    """
    rows = Stay.objects.select_for_update(of=("self",)).select_related("event")
    stay = rows.get(pk=stay_id)
    if journal.replayed(key, "stay.moved", stay_id, actor=actor):
        return stay
    _require_lodging(actor, stay.event)
    for place_id, rooms in shares.items():
        _require_rooms(stay.event, place_id, rooms)
    before = stay.place_id
    (first, own), *others = sorted(shares.items(), key=lambda one: (-one[1], one[0]))
    stay.place_id, stay.rooms, stay.ready_at = first, own, None
    stay.save(update_fields=["place", "rooms", "ready_at"])
    for place_id, rooms in others:
        nights = (stay.from_on, stay.to_on)
        house(stay.delegation_id, place_id, rooms, nights, actor=actor, at=at)
    Journey.objects.filter(
        delegation=stay.delegation_id, hotel=before, state__in=Journey.TO_LAND
    ).update(hotel=first)
    journal.write(
        "stay.moved",
        stay,
        actor=actor,
        at=at,
        key=key,
        before=before,
        place=first,
        rooms=own,
    )
    return stay


@transaction.atomic
def lose_hotel(
    event_id: int,
    place_id: int,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Block:
    """The hotel can be used no more; its stays remain, and lack rooms, until moved.

    Raises ``Forbidden`` as ``house`` does. Where no block was known, an empty one says
    that it is lost.
    """
    if entry := journal.replayed(key, "hotel.lost", None, actor=actor):
        return Block.objects.get(pk=entry.subject_id)

    event, place = Event.objects.get(pk=event_id), Place.objects.get(pk=place_id)
    _require_lodging(actor, event)
    blocks = list(_held(event, place_id))
    if not blocks:
        blocks = [Block.objects.create(event=event, place=place, rooms=0)]
    if all(one.lost_at for one in blocks):
        return blocks[0]
    Block.objects.filter(pk__in=[one.pk for one in blocks]).update(lost_at=at)
    blocks[0].lost_at = at
    journal.write("hotel.lost", blocks[0], actor=actor, at=at, key=key, place=place_id)
    return blocks[0]


@transaction.atomic
def use_again(
    event_id: int,
    place_id: int,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> None:
    """The hotel can be used again; raises ``Forbidden`` as ``house`` does."""
    if journal.replayed(key, "hotel.found", None, actor=actor):
        return
    event = Event.objects.get(pk=event_id)
    _require_lodging(actor, event)
    lost = list(_held(event, place_id).exclude(lost_at=None))
    if not lost:
        return
    Block.objects.filter(pk__in=[one.pk for one in lost]).update(lost_at=None)
    journal.write("hotel.found", lost[0], actor=actor, at=at, key=key, place=place_id)


def _held(event: Event, place_id: int) -> QuerySet[Block]:
    """The hotel's blocks, held for this transaction."""
    rows = Block.objects.select_for_update(of=("self",)).select_related("event")
    return rows.filter(event=event, place=place_id).order_by("pk")


def _require_lodging(actor: Actor, event: Event) -> None:
    require(
        may_house(actor, event),
        _("Only the accommodation team or a coordinator decides who sleeps where."),
    )


def _require_rooms(event: Event, place_id: int, rooms: int) -> None:
    if rooms < 1:
        raise NoRooms(_("Say how many rooms: at least one."))
    blocks = Block.objects.filter(event=event, place=place_id)
    if blocks.exists() and not blocks.filter(lost_at=None).exists():
        place = Place.objects.get(pk=place_id)
        raise NoRooms(_("%s can be used no more.") % place)
