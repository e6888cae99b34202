"""A guest's seat at an item: given, changed, taken back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.people.models import Delegation, Member
from titian.programme.commands.rundown import BadWords, kept_by
from titian.programme.models import Activity, Placing
from titian.programme.models.seating import SEAT_AT_MOST
from titian.programme.seating import OVER, holder, is_in_the_pool, takes_part


class SeatTaken(IllegalMove):
    """Somebody sits there at this item; its argument is a sentence. A 409."""


class NotAtThisItem(ValueError):
    """Who is to sit there does not take part; its argument is a sentence."""


@transaction.atomic
def give_seat(
    activity_id: int,
    delegation_id: int,
    seat: str,
    *,
    side: str = "",
    member_id: int | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Placing:
    """Say where the delegation, or one person of it, sits at the item.

    A slot in the pool of a press call puts the call on the newsroom's programme.
    Raises ``Forbidden`` unless the actor keeps the rundown, ``IllegalMove`` if it has
    a seat there already or the item is over, ``SeatTaken`` if somebody else sits
    there, ``NotAtThisItem``, ``BadWords`` for no seat or too many words,
    ``Delegation.DoesNotExist`` or ``Member.DoesNotExist`` for nobody of this event.
    """
    if entry := journal.replayed(key, "placing.given", None, actor=actor):
        return Placing.objects.get(pk=entry.subject_id)

    activity = _open_item(actor, activity_id)
    placing = _for_whom(activity, delegation_id, member_id)
    _sit(placing, seat, side, actor)
    placing.save()
    if is_in_the_pool(placing.delegation, activity):
        activity.delegations.add(placing.delegation)
    record("given", placing, actor=actor, at=at, key=key)
    return placing


@transaction.atomic
def change_seat(
    placing_id: int,
    seat: str,
    *,
    side: str = "",
    seen: str | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Placing:
    """Say another seat or side; whom it touches hears of it.

    ``seen`` is the seat the actor read before: ``IllegalMove`` if it is another by
    now, or the item is over. Raises ``Forbidden``, ``SeatTaken`` and ``BadWords`` as
    ``give_seat`` does.
    """
    if journal.replayed(key, "placing.changed", placing_id, actor=actor):
        return Placing.objects.get(pk=placing_id)

    placing = _locked(placing_id, actor)
    if seen is not None and seen != placing.seat:
        raise IllegalMove("cannot change a seat that was changed meanwhile")
    before = placing.where
    _sit(placing, seat, side, actor)
    if placing.where == before:
        return placing
    placing.save(update_fields=["seat", "side"])
    record("changed", placing, actor=actor, at=at, key=key)
    return placing


@transaction.atomic
def take_back_seat(
    placing_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Placing:
    """The seat is nobody's again; whom it touches hears of it.

    Raises ``Forbidden`` unless the actor keeps the rundown, ``IllegalMove`` if it was
    taken back already or the item is over.
    """
    if journal.replayed(key, "placing.taken_back", placing_id, actor=actor):
        return Placing.objects.get(pk=placing_id)

    placing = _locked(placing_id, actor)
    if not placing.seat:
        raise IllegalMove("cannot take back what is taken back")
    placing.seat = placing.side = ""
    placing.save(update_fields=["seat", "side"])
    _leave_the_pool(placing)
    record("taken_back", placing, actor=actor, at=at, key=key)
    return placing


def _leave_the_pool(placing: Placing) -> None:
    """With its last slot the press call goes from the newsroom's programme."""
    activity, delegation = placing.activity, placing.delegation
    held = Placing.objects.given().filter(activity=activity, delegation=delegation)
    if is_in_the_pool(delegation, activity) and not held.exists():
        activity.delegations.remove(delegation)


def _for_whom(activity: Activity, delegation_id: int, member_id: int | None) -> Placing:
    """A placing to be filled in, for who takes part and has none there yet."""
    sides = Delegation.objects.select_related("party").filter(event=activity.event_id)
    delegation, member = sides.get(pk=delegation_id), None
    if member_id:
        people = Member.objects.select_related("person").filter(delegation=delegation)
        member = people.get(pk=member_id)
    if not takes_part(delegation, activity):
        raise NotAtThisItem(
            _("%(delegation)s does not take part in this item.")
            % {"delegation": delegation.name}
        )
    there = Placing.objects.filter(activity=activity, delegation=delegation)
    if there.filter(member=member).exists():
        raise IllegalMove("cannot give a seat to who has one")
    return Placing(activity=activity, delegation=delegation, member=member)


def _open_item(actor: Actor, activity_id: int) -> Activity:
    """The item, locked, so that no seat at it is given twice at the same moment."""
    activity = kept_by(actor, activity_id)
    if activity.state in OVER:
        raise IllegalMove(f"cannot seat anybody at what is {activity.state}")
    return activity


def _locked(placing_id: int, actor: Actor) -> Placing:
    item = Placing.objects.values_list("activity", flat=True).get(pk=placing_id)
    activity = _open_item(actor, item)
    placing = Placing.objects.select_related("delegation__party", "member__person").get(
        pk=placing_id
    )
    placing.activity = activity
    return placing


def _sit(placing: Placing, seat: str, side: str, actor: Actor) -> None:
    seat, side = " ".join(seat.split()), " ".join(side.split())
    if not seat:
        raise BadWords(_("Say the seat, as it stands on the seating plan."))
    if max(len(seat), len(side)) > SEAT_AT_MOST:
        raise BadWords(_("Say the seat and the side in at most 80 characters each."))
    other = holder(placing.activity, seat)
    if other is not None and other.pk != placing.pk:
        raise SeatTaken(_taken(other, seat, actor))
    placing.seat, placing.side = seat, side


def _taken(other: Placing, seat: str, actor: Actor) -> str:
    """Who has it, for those who may see that side; for others only that it is had."""
    seen = Placing.objects.visible_to(actor).filter(pk=other.pk).exists()
    if not seen:
        return _("“%(seat)s” is already given at this item.") % {"seat": seat}
    named = {"seat": seat, "delegation": other.delegation.name, "who": other.who}
    if other.member is None:
        return _("“%(seat)s” is already the seat of %(delegation)s.") % named
    return _("“%(seat)s” is already the seat of %(who)s, %(delegation)s.") % named


def record(
    done: str, placing: Placing, *, actor: Actor, at: datetime, key: UUID | None
) -> None:
    """Enter what was done with the seat: which item and person, never the words."""
    journal.write(
        f"placing.{done}",
        placing,
        actor=actor,
        at=at,
        key=key,
        activity=placing.activity_id,
        member=placing.member_id,
    )
