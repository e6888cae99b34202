"""Two delegations ask each other for an hour: wish and counter-wish, until both agree.

Nobody says why not: a refusal, a withdrawal and an hour that is taken have no reason.
"""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.policy import require
from titian.people.models import Delegation
from titian.talks.commands.hours import free_the_hour, locked, require_to_come
from titian.talks.commands.wishes import Senseless, Wanted, put, require_meant
from titian.talks.models import Bilateral
from titian.talks.policy import acts_for

__all__ = [
    "Senseless",
    "Wanted",
    "agree",
    "ask",
    "close_all_of",
    "counter",
    "decline",
    "locked",
    "own_side",
    "withdraw",
]


@transaction.atomic
def ask(
    asking_id: int,
    asked_id: int,
    wanted: Wanted,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Bilateral:
    """Ask another delegation of the event for a meeting.

    Raises ``Forbidden`` unless the actor acts for the asking side, ``Senseless`` for a
    wish that cannot be, for one's own side or for a second request between the same
    two, ``Delegation.DoesNotExist`` for somebody who does not come to this event.
    """
    if entry := journal.replayed(key, "bilateral.asked", None, actor=actor):
        return Bilateral.objects.get(pk=entry.subject_id)

    rows = Delegation.objects.select_for_update(of=("self",), no_key=True)
    asking = rows.select_related("event", "party").get(pk=asking_id)
    require(acts_for(actor, asking), _("Only its own people ask for a delegation."))
    asked = _counterpart(asking, asked_id)
    require_meant(wanted)
    bilateral = Bilateral.objects.create(
        event=asking.event, asking=asking, asked=asked, opened_at=at
    )
    put(bilateral, asking, wanted, "bilateral.asked", actor=actor, at=at, key=key)
    return bilateral


@transaction.atomic
def counter(
    bilateral_id: int,
    wanted: Wanted,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Bilateral:
    """Answer with another wish; it is the other side's turn then.

    Raises ``Forbidden`` unless it is the actor's side's turn, ``IllegalMove`` once it
    is agreed or over, ``Senseless``.
    """
    if journal.replayed(key, "bilateral.countered", bilateral_id, actor=actor):
        return Bilateral.objects.get(pk=bilateral_id)

    bilateral, side = _for_turn(bilateral_id, "counter", actor)
    require_meant(wanted)
    bilateral.save()
    put(bilateral, side, wanted, "bilateral.countered", actor=actor, at=at, key=key)
    return bilateral


@transaction.atomic
def agree(
    bilateral_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Bilateral:
    """Agree to the wish that lies there: now it waits for an hour and a room.

    Raises ``Forbidden`` unless it is the actor's side's turn, ``IllegalMove``.
    """
    if journal.replayed(key, "bilateral.agreed", bilateral_id, actor=actor):
        return Bilateral.objects.get(pk=bilateral_id)

    bilateral, side = _for_turn(bilateral_id, "agree", actor)
    bilateral.agreed_at = at
    bilateral.save()
    _entered(bilateral, "bilateral.agreed", side, actor=actor, at=at, key=key)
    return bilateral


@transaction.atomic
def decline(
    bilateral_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Bilateral:
    """Say no to the wish that lies there, without a reason.

    Raises ``Forbidden`` unless it is the actor's side's turn, ``IllegalMove``.
    """
    if journal.replayed(key, "bilateral.declined", bilateral_id, actor=actor):
        return Bilateral.objects.get(pk=bilateral_id)

    bilateral, side = _for_turn(bilateral_id, "decline", actor)
    bilateral.save()
    _entered(bilateral, "bilateral.declined", side, actor=actor, at=at, key=key)
    return bilateral


@transaction.atomic
def withdraw(
    bilateral_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Bilateral:
    """One's own side does not want it any more; an hour it has falls free.

    No reason is asked, and none is kept. Raises ``Forbidden`` but for people of either
    side, ``IllegalMove`` when it is over or under way.
    """
    if journal.replayed(key, "bilateral.withdrawn", bilateral_id, actor=actor):
        return Bilateral.objects.get(pk=bilateral_id)

    bilateral = locked(bilateral_id)
    side = own_side(bilateral, actor)
    had_an_hour = bilateral.state in Bilateral.HELD
    bilateral.move("withdraw")
    bilateral.forget_confirmations()
    if had_an_hour:
        require_to_come(bilateral)
        free_the_hour(bilateral, actor=actor, at=at)
    bilateral.save()
    _entered(bilateral, "bilateral.withdrawn", side, actor=actor, at=at, key=key)
    return bilateral


@transaction.atomic
def close_all_of(delegation_id: int, *, at: datetime, key: UUID) -> list[Bilateral]:
    """A delegation does not come: what it still asks or is asked for is withdrawn.

    Its hours fall free; one under way or over stays as it is. Returns those closed now,
    none a second time.
    """
    sides = Q(asking=delegation_id) | Q(asked=delegation_id)
    live = Bilateral.objects.live().filter(sides).order_by("pk")
    found = [locked(pk) for pk in live.values_list("pk", flat=True)]
    return [
        _closed(one, delegation_id, at=at, key=uuid5(key, str(one.pk)))
        for one in found
        if one.meeting is None or one.state == one.State.AGREED or one.is_to_come
    ]


def _closed(
    bilateral: Bilateral, gone_id: int, *, at: datetime, key: UUID
) -> Bilateral:
    gone = next(side for side in bilateral.sides if side.pk == gone_id)
    had_an_hour = bilateral.state in Bilateral.HELD
    bilateral.move("withdraw")
    bilateral.forget_confirmations()
    if had_an_hour:
        free_the_hour(bilateral, actor=HOUSE, at=at)
    bilateral.save()
    verb = "bilateral.withdrawn"
    _entered(bilateral, verb, gone, actor=HOUSE, at=at, key=key)
    return bilateral


def own_side(bilateral: Bilateral, actor: Actor) -> Delegation:
    """The side for which the actor acts; ``Forbidden`` if it is neither."""
    mine = [side for side in bilateral.sides if acts_for(actor, side)]
    require(bool(mine), _("Only the people of one of the two sides do this."))
    return mine[0]


def _for_turn(
    bilateral_id: int, name: str, actor: Actor
) -> tuple[Bilateral, Delegation]:
    """The request after the move, and the side whose word it was."""
    bilateral = locked(bilateral_id)
    own_side(bilateral, actor)
    bilateral.move(name)
    side = bilateral.turn(bilateral.wish)
    require(acts_for(actor, side), _("It is the other side's turn to answer."))
    return bilateral, side


def _counterpart(asking: Delegation, asked_id: int) -> Delegation:
    rows = Delegation.objects.select_related("party").filter(event=asking.event)
    asked = rows.exclude(category="house").get(pk=asked_id)
    if asked.pk == asking.pk:
        raise Senseless(_("A delegation does not meet itself."))
    if asked.status == Delegation.Status.WITHDRAWN:
        raise Senseless(_("This delegation does not come."))
    two = {"asking__in": (asking.pk, asked.pk), "asked__in": (asking.pk, asked.pk)}
    if Bilateral.objects.live().filter(**two).exists():
        raise Senseless(_("There is a request between these two already."))
    return asked


def _entered(
    bilateral: Bilateral,
    verb: str,
    side: Delegation,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> None:
    journal.write(
        verb,
        bilateral,
        actor=actor,
        at=at,
        key=key,
        side=side.pk,
        state=bilateral.state,
    )
