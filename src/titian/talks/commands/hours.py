"""The hour of a bilateral: given, moved, confirmed by both sides, or free again."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import clock, journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.bilingual import in_both
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Basis
from titian.kernel.policy import require
from titian.programme.commands.activities import Plan
from titian.programme.commands.freeing import give_back, put_elsewhere
from titian.programme.policy import may_keep
from titian.talks.commands import meetings
from titian.talks.models import Bilateral, Wish
from titian.talks.models.bilateral import (
    ASKED_AGAIN_BEFORE,
    RELEASED_BEFORE,
    TIME_TO_ANSWER,
)
from titian.talks.policy import acts_for

ASK_AGAIN = "titian.talks.timers.bilateral_asks_again"
RELEASE = "titian.talks.timers.bilateral_unconfirmed"


@transaction.atomic
def place(
    bilateral_id: int,
    place_id: int,
    starts_at: datetime,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Bilateral:
    """Give an agreed request its hour and its room: a meeting on the rundown.

    Raises ``Forbidden`` unless the actor keeps the rundown, ``IllegalMove`` unless it
    waits for an hour.
    """
    if journal.replayed(key, "bilateral.placed", bilateral_id, actor=actor):
        return _row(bilateral_id)

    bilateral = _locked(bilateral_id, actor)
    bilateral.move("place")
    wish = bilateral.wish
    bilateral.meeting = meetings.call(
        bilateral.asking_id,
        bilateral.asked_id,
        _plan(bilateral, wish, place_id, starts_at),
        agenda=wish.words.splitlines(),
        actor=actor,
        at=at,
        key=uuid5(key, "meeting") if key else None,
    )
    _has_hour(bilateral, "bilateral.placed", starts_at, actor=actor, at=at, key=key)
    return bilateral


@transaction.atomic
def move(
    bilateral_id: int,
    place_id: int,
    starts_at: datetime,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Bilateral:
    """Give it another hour or room; what was confirmed before has to be anew.

    Raises as ``place`` does; ``IllegalMove`` unless it has an hour that is to come.
    """
    if journal.replayed(key, "bilateral.moved", bilateral_id, actor=actor):
        return _row(bilateral_id)

    bilateral = _locked(bilateral_id, actor)
    bilateral.move("move")
    if bilateral.meeting is None:
        raise LookupError("A bilateral with an hour has a meeting.")
    ends_at = starts_at + timedelta(minutes=bilateral.wish.minutes)
    put_elsewhere(
        bilateral.meeting.activity_id, place_id, starts_at, ends_at, actor=actor, at=at
    )
    _has_hour(bilateral, "bilateral.moved", starts_at, actor=actor, at=at, key=key)
    return bilateral


@transaction.atomic
def displace(
    bilateral_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Bilateral:
    """Take its hour for another that weighs more; it waits for a new one.

    Raises as ``place`` does; ``IllegalMove`` unless it has an hour that is to come.
    """
    if journal.replayed(key, "bilateral.displaced", bilateral_id, actor=actor):
        return _row(bilateral_id)

    bilateral = _locked(bilateral_id, actor)
    bilateral.move("displace")
    require_to_come(bilateral)
    bilateral.forget_confirmations()
    free_the_hour(bilateral, actor=actor, at=at)
    bilateral.save()
    _entered(bilateral, "bilateral.displaced", actor=actor, at=at, key=key)
    return bilateral


@transaction.atomic
def confirm(
    bilateral_id: int,
    side_id: int | None = None,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Bilateral:
    """Say for one's side that it comes; said by both, the hour is theirs.

    ``side_id`` is for who acts for both. Raises ``Forbidden`` but for people of either
    side, ``IllegalMove`` without an hour.
    """
    if journal.replayed(key, "bilateral.side_confirmed", bilateral_id, actor=actor):
        return _row(bilateral_id)

    bilateral = _held(bilateral_id)
    mine = [
        side
        for side in bilateral.sides
        if acts_for(actor, side) and side_id in (None, side.pk)
    ]
    require(bool(mine), _("Only the people of one of the two sides do this."))
    for side in mine:
        bilateral.confirm(side, at=at)
    bilateral.save()
    sides = [side.pk for side in mine]
    _entered(
        bilateral, "bilateral.side_confirmed", actor=actor, at=at, key=key, sides=sides
    )
    return bilateral


@transaction.atomic
def doubt(
    bilateral_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Bilateral:
    """Somebody of a side cannot come: the side counts as not having confirmed.

    It does not withdraw: that is said on the request's own page. Raises as ``confirm``.
    """
    if journal.replayed(key, "bilateral.doubted", bilateral_id, actor=actor):
        return _row(bilateral_id)

    bilateral = _held(bilateral_id)
    mine = [side for side in bilateral.sides if acts_for(actor, side)]
    require(bool(mine), _("Only the people of one of the two sides do this."))
    bilateral.doubt(mine[0])
    bilateral.save()
    _entered(
        bilateral, "bilateral.doubted", actor=actor, at=at, key=key, side=mine[0].pk
    )
    return bilateral


@transaction.atomic
def ask_again(bilateral_id: int, *, at: datetime, key: UUID | None = None) -> Bilateral:
    """Two hours before: both sides are asked anew whether they come.

    They have until an hour before it, and half an hour at least. ``IllegalMove`` if it
    has no hour any more.
    """
    if journal.replayed(key, "bilateral.asked_again", bilateral_id, actor=HOUSE):
        return _row(bilateral_id)

    bilateral = _held(bilateral_id)
    bilateral.move("ask_again")
    bilateral.forget_confirmations()
    begins = _begins(bilateral)
    now = max(at, clock.time_at(bilateral.event))
    last = max(begins - RELEASED_BEFORE, min(now + TIME_TO_ANSWER, begins))
    bilateral.confirm_by = last
    bilateral.save()
    journal.write(
        "bilateral.asked_again",
        bilateral,
        actor=HOUSE,
        at=at,
        key=key,
        owe=[(RELEASE, last)],
        state=bilateral.state,
        confirm_by=last.isoformat(),
    )
    return bilateral


@transaction.atomic
def release(bilateral_id: int, *, at: datetime, key: UUID | None = None) -> Bilateral:
    """Its hour falls free: not confirmed in time, or its meeting was called off.

    Both sides hear the same sentence, whichever of them was silent. ``IllegalMove`` if
    it has no hour any more.
    """
    if journal.replayed(key, "bilateral.released", bilateral_id, actor=HOUSE):
        return _row(bilateral_id)

    bilateral = _held(bilateral_id)
    bilateral.move("release")
    bilateral.forget_confirmations()
    free_the_hour(bilateral, actor=HOUSE, at=at)
    bilateral.save()
    _entered(bilateral, "bilateral.released", actor=HOUSE, at=at, key=key)
    return bilateral


@transaction.atomic
def watch(bilateral_id: int, *, at: datetime, key: UUID | None = None) -> Bilateral:
    """The rundown has another hour for it: both sides are asked again before that.

    Nothing if the hour is the one it is watched for, or if it has none.
    """
    if journal.replayed(key, "bilateral.watched", bilateral_id, actor=HOUSE):
        return _row(bilateral_id)

    bilateral = locked(bilateral_id)
    if bilateral.state not in Bilateral.HELD:
        return bilateral
    when = max(_begins(bilateral) - ASKED_AGAIN_BEFORE, at)
    if bilateral.asks_again_at == when:
        return bilateral
    bilateral.asks_again_at, bilateral.confirm_by = when, None
    bilateral.sequence += 1
    bilateral.save()
    journal.write(
        "bilateral.watched",
        bilateral,
        actor=HOUSE,
        at=at,
        key=key,
        owe=[(ASK_AGAIN, when)],
        state=bilateral.state,
    )
    return bilateral


def locked(bilateral_id: int) -> Bilateral:
    """The request, held until the transaction ends, with its sides and its hour."""
    rows = Bilateral.objects.select_for_update(of=("self",)).select_related(
        "event", "asking__party", "asked__party", "meeting__activity"
    )
    return rows.get(pk=bilateral_id)


def require_to_come(bilateral: Bilateral) -> None:
    """``IllegalMove`` if its meeting is under way, or has taken place."""
    if not bilateral.is_to_come:
        raise IllegalMove("cannot change what is under way")


def free_the_hour(bilateral: Bilateral, *, actor: Actor, at: datetime) -> None:
    """Call its meeting off and take it off the rundown, and never say for whose sake.

    A part of acts that have looked at the right; one that is off already stays so.
    """
    meeting = bilateral.meeting
    bilateral.asks_again_at = None
    bilateral.sequence += 1
    if meeting is None or meeting.state != meeting.State.PLANNED:
        return
    meeting.move("call_off")
    meeting.save()
    neutral = in_both(lambda: _("The meeting does not take place."))[0]
    give_back(meeting.activity_id, reason=neutral, actor=actor, at=at)
    journal.write(
        "meeting.called_off", meeting, actor=actor, at=at, bilateral=bilateral.pk
    )


def _plan(bilateral: Bilateral, wish: Wish, place_id: int, starts_at: datetime) -> Plan:
    one, other = (side.party for side in bilateral.sides)
    invented = any(side.is_exercise for side in bilateral.sides)
    return Plan(
        title_en=f"{one.name_en} – {other.name_en}"[:200],
        title_id=f"{one.name_id or one.name_en} – {other.name_id or other.name_en}"[
            :200
        ],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=wish.minutes),
        place_id=place_id,
        is_private=wish.press == Wish.Press.CLOSED,
        basis=Basis.SYNTHETIC if invented else Basis.FACT,
    )


def _has_hour(
    bilateral: Bilateral,
    verb: str,
    starts_at: datetime,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> None:
    """It has this hour, to be confirmed: both sides will be asked again before it."""
    bilateral.forget_confirmations()
    bilateral.asks_again_at = max(starts_at - ASKED_AGAIN_BEFORE, at)
    bilateral.sequence += 1
    bilateral.save()
    journal.write(
        verb,
        bilateral,
        actor=actor,
        at=at,
        key=key,
        owe=[(ASK_AGAIN, bilateral.asks_again_at)],
        state=bilateral.state,
        meeting=bilateral.meeting_id,
        starts_at=starts_at.isoformat(),
    )


def _entered(
    bilateral: Bilateral,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    **facts: Any,
) -> None:
    journal.write(
        verb, bilateral, actor=actor, at=at, key=key, state=bilateral.state, **facts
    )


def _row(bilateral_id: int) -> Bilateral:
    return Bilateral.objects.select_related("event").get(pk=bilateral_id)


def _locked(bilateral_id: int, actor: Actor) -> Bilateral:
    """The request, held, for who keeps the rundown."""
    bilateral = locked(bilateral_id)
    require(
        may_keep(actor, bilateral.event),
        _("Only protocol, the venue team or a coordinator changes the rundown."),
    )
    return bilateral


def _held(bilateral_id: int) -> Bilateral:
    """The request, held, that has an hour; ``IllegalMove`` for any other."""
    bilateral = locked(bilateral_id)
    bilateral.machine.after(bilateral.state, "ask_again")
    return bilateral


def _begins(bilateral: Bilateral) -> datetime:
    if bilateral.meeting is None:
        raise LookupError("A bilateral with an hour has a meeting.")
    return bilateral.meeting.activity.begins
