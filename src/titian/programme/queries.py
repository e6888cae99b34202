"""Questions this room answers: what is next, what is now, what stands where."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.questions import Break, Carried, Change, Kind
from titian.people.models import Delegation
from titian.places.models import Place
from titian.programme.clashes import clashes
from titian.programme.items import Item, coming_to
from titian.programme.live import Expected, forecast
from titian.programme.models import Activity
from titian.programme.seating import seats_of

FAR_AHEAD = timedelta(days=14)
NEAR = timedelta(days=3)
HANDED_OVER = timedelta(hours=24)
"""So far ahead a hand-over names what comes."""


@dataclass(frozen=True, slots=True)
class NowNext:
    """What a delegation does now, and what comes next; either may be nothing."""

    now: Item | None = None
    next: Item | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """What one place has in a day, beside what the other places have."""

    place: Place | None
    rows: tuple[Expected, ...]

    @property
    def clock(self) -> str:
        """By which zone its people read their hours: the place's, else the event's."""
        return self.place.zone if self.place else self.rows[0].activity.event.zone


@dataclass(frozen=True, slots=True)
class Rundown:
    """A day: the lanes side by side, and what is known by its date only."""

    day: date
    lanes: tuple[Lane, ...]
    dated_only: tuple[Activity, ...]


def next_items(delegation: Delegation, at: datetime, n: int = 3) -> tuple[Item, ...]:
    """The next ``n`` hours of the delegation, private ones too, with when to leave.

    The seats stand with them. An item that should have begun but did not is still
    next; one that runs is not.
    """
    items = coming_to([delegation], at, at + FAR_AHEAD).get(delegation.pk, [])
    coming = [item for item in items if not item.is_running][:n]
    kind = Activity._meta.label_lower
    ids = [item.subject_id for item in coming if item.subject_kind == kind]
    seats = seats_of(delegation, ids) if ids else {}
    return tuple(
        replace(item, seats=seats.get(item.subject_id, ()))
        if item.subject_kind == kind
        else item
        for item in coming
    )


def now_of(
    delegations: Iterable[Delegation], at: datetime, *, private: bool = False
) -> dict[int, NowNext]:
    """What each delegation does now and next, in a constant number of queries.

    Private items are left out unless asked for: never on the wall.
    """
    each = list(delegations)
    found = coming_to(each, at, at + NEAR)
    return {
        delegation.pk: _now_next(
            [
                one
                for one in found.get(delegation.pk, [])
                if private or not one.is_private
            ],
            at,
        )
        for delegation in each
    }


def rundown(
    event: Event, day: date, *, at: datetime | None = None, actor: Actor | None = None
) -> Rundown:
    """The day, lane by lane, as it looks at ``at``; with an actor, what it may see."""
    lanes: dict[int | None, list[Expected]] = defaultdict(list)
    for one in forecast(event, day, at or clock.time_at(event), actor=actor):
        lanes[one.activity.place_id].append(one)
    in_order = sorted(lanes.values(), key=lambda rows: rows[0].activity.starts_at)
    return Rundown(
        day,
        tuple(Lane(rows[0].activity.place, tuple(rows)) for rows in in_order),
        _dated_only(event, day, actor),
    )


def broken_by(change: Change) -> tuple[Break, ...]:
    """Delegations that would be at two places, and places that would hold two items."""
    return tuple(clashes(change.at))


def carried_by(delegation_id: int, person_id: int, at: datetime) -> tuple[Carried, ...]:
    """The next 24 hours of the delegation: an item or a journey each, at its hour."""
    rows = Delegation.objects.filter(pk=delegation_id).select_related("event")
    found: dict[tuple[str, int], Carried] = {}
    for item in coming_to(list(rows), at, at + HANDED_OVER).get(delegation_id, []):
        place = f", {item.place.name}" if item.place else ""
        one = Carried(
            Kind.NEXT,
            f"{item.title}{place}",
            item.subject_kind,
            item.subject_id,
            due_at=item.starts_at,
        )
        found.setdefault(one.key, one)
    return tuple(found.values())


def _now_next(items: list[Item], at: datetime) -> NowNext:
    running = [item for item in items if item.is_running]
    begun = running or [item for item in items if item.starts_at <= at < item.ends_at]
    now = begun[-1] if begun else None
    after = [item for item in items if item.starts_at > at and not item.is_running]
    return NowNext(now, after[0] if after else None)


def _dated_only(event: Event, day: date, actor: Actor | None) -> tuple[Activity, ...]:
    start, end = clock.day_of(event, day)
    seen = (
        Activity.objects.all() if actor is None else Activity.objects.visible_to(actor)
    )
    return tuple(
        seen.filter(
            event=event,
            precision=Activity.Precision.DAY,
            starts_at__lt=end,
            ends_at__gte=start,
        )
        .exclude(state=Activity.State.CANCELLED)
        .select_related("place")
        .order_by("starts_at", "pk")
    )
