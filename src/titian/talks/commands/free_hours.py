"""What bilaterals are planned with: free and busy hours, rooms, interpreters."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.people.models import Delegation
from titian.places.models import Place
from titian.programme.policy import may_keep
from titian.talks.models import FreeBusy, Interpretation, MeetingRoom
from titian.talks.policy import acts_for

LONGEST = timedelta(days=3)
SEATS, RANKS, TEAMS = range(2, 61), range(1, 8), range(100)


class BadSpan(ValueError):
    """Hours, seats or teams that cannot be; the argument is a sentence."""


@transaction.atomic
def tell_hours(
    delegation_id: int,
    starts_at: datetime,
    ends_at: datetime,
    *,
    is_free: bool = False,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> FreeBusy:
    """Say that a delegation can be met in these hours, or that it cannot; never why.

    Raises ``Forbidden`` unless the actor acts for the delegation, ``BadSpan`` for hours
    that end before they start, or are longer than three days.
    """
    if entry := journal.replayed(key, "free_hours.told", None, actor=actor):
        return FreeBusy.objects.get(pk=entry.subject_id)

    delegation = Delegation.objects.select_related("event").get(pk=delegation_id)
    require(
        acts_for(actor, delegation),
        _("Only its own people say when a delegation is free."),
    )
    if not timedelta(0) < ends_at - starts_at <= LONGEST:
        raise BadSpan(_("Give hours that end after they start, three days at most."))
    span = FreeBusy.objects.create(
        delegation=delegation, starts_at=starts_at, ends_at=ends_at, is_free=is_free
    )
    journal.write("free_hours.told", span, actor=actor, at=at, key=key)
    return span


@transaction.atomic
def take_back_hours(
    span_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> None:
    """What was said of these hours holds no more.

    Raises ``Forbidden`` unless the actor acts for the delegation.
    """
    if journal.replayed(key, "free_hours.taken_back", span_id, actor=actor):
        return
    rows = FreeBusy.objects.select_related("delegation__event")
    span = rows.select_for_update(of=("self",)).get(pk=span_id)
    require(
        acts_for(actor, span.delegation),
        _("Only its own people say when a delegation is free."),
    )
    journal.write("free_hours.taken_back", span, actor=actor, at=at, key=key)
    span.delete()


@transaction.atomic
def keep_room(
    event_id: int,
    place_id: int,
    seats: int,
    lowest_rank: int = 7,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> MeetingRoom:
    """Keep a room for bilaterals, or say anew how many it seats and for whom it is.

    Raises ``Forbidden`` unless the actor keeps the rundown, ``BadSpan`` for seats or a
    rank that cannot be.
    """
    if entry := journal.replayed(key, "meeting_room.kept", None, actor=actor):
        return MeetingRoom.objects.get(pk=entry.subject_id)

    event = _kept(event_id, actor)
    if seats not in SEATS or lowest_rank not in RANKS:
        raise BadSpan(_("A room seats 2 to 60, and is for a rank of 1 to 7."))
    room, _new = MeetingRoom.objects.update_or_create(
        event=event,
        place=Place.objects.get(pk=place_id),
        defaults={"seats": seats, "lowest_rank": lowest_rank},
    )
    journal.write("meeting_room.kept", room, actor=actor, at=at, key=key, seats=seats)
    return room


@transaction.atomic
def give_up_room(
    room_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> None:
    """The room is for bilaterals no more; hours it was given before stay as they are.

    Raises ``Forbidden`` unless the actor keeps the rundown.
    """
    if journal.replayed(key, "meeting_room.given_up", room_id, actor=actor):
        return
    room = MeetingRoom.objects.select_related("event").get(pk=room_id)
    _kept(room.event_id, actor)
    journal.write("meeting_room.given_up", room, actor=actor, at=at, key=key)
    room.delete()


@transaction.atomic
def set_interpreters(
    event_id: int,
    one: str,
    other: str,
    teams: int,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Interpretation:
    """Say how many teams interpret between two languages at the venue; 0 is none.

    Raises ``Forbidden`` unless the actor keeps the rundown, ``BadSpan`` for one
    language alone or a number that cannot be.
    """
    if entry := journal.replayed(key, "interpreters.set", None, actor=actor):
        return Interpretation.objects.get(pk=entry.subject_id)

    event = _kept(event_id, actor)
    first, second = sorted((one.strip().lower(), other.strip().lower()))
    if not (2 <= len(first) <= 8 and 2 <= len(second) <= 8) or first == second:
        raise BadSpan(_("Give two languages by their codes: en, id, fr."))
    if teams not in TEAMS:
        raise BadSpan(_("Give a number of teams: 0 to 99."))
    pair, _new = Interpretation.objects.update_or_create(
        event=event, one=first, other=second, defaults={"teams": teams}
    )
    journal.write("interpreters.set", pair, actor=actor, at=at, key=key, teams=teams)
    return pair


def _kept(event_id: int, actor: Actor) -> Event:
    """The event, for who keeps its rundown."""
    event = Event.objects.get(pk=event_id)
    require(
        may_keep(actor, event),
        _("Only protocol, the venue team or a coordinator changes the rundown."),
    )
    return event
