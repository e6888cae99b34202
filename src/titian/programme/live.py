"""The running order now: rows → planning.ripple → when it will really start."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.planning.ripple import Slot, ripple
from titian.programme.models import Activity

S = Activity.State
MINUTE, ONE_DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Expected:
    """When an item really starts and ends, or will, and what it waits for."""

    activity: Activity
    starts_at: datetime
    ends_at: datetime
    cause: Activity | None = None

    @property
    def late(self) -> timedelta:
        """How much later than planned it starts; negative if earlier."""
        return self.starts_at - self.activity.starts_at

    @property
    def over(self) -> timedelta:
        """How much later than planned it ends; negative if earlier."""
        return self.ends_at - self.activity.ends_at

    @property
    def told(self) -> tuple[datetime, datetime]:
        """The hours to be shown: as forecast, but as last said while all is silent."""
        if self.is_silent:
            return self.activity.begins, self.activity.ends
        return self.starts_at, self.ends_at

    @property
    def runs_over(self) -> bool:
        """Whether it ends a minute or more later than planned."""
        return self.over >= MINUTE

    @property
    def runs_under(self) -> bool:
        """Whether it ends, or ended, a minute or more earlier than planned."""
        return self.over <= -MINUTE

    @property
    def is_silent(self) -> bool:
        """Whether it should have begun and nobody has said that it did."""
        is_planned = self.activity.state == S.PLANNED
        return (
            is_planned and self.cause is None and self.starts_at > self.activity.begins
        )


@dataclass(frozen=True, slots=True)
class Shift:
    """An item that a new start would move: planned, expected so far, expected then."""

    activity: Activity
    planned: datetime
    old: datetime
    new: datetime
    new_end: datetime


def forecast(
    event: Event, day: date, at: datetime, *, actor: Actor | None = None
) -> tuple[Expected, ...]:
    """What of ``day`` starts when, as it looks at ``at``; ordered by planned start.

    Lateness is computed over everything, and what still runs from the evening before
    pushes the morning; with an ``actor``, only what that actor may see is told, causes
    too.
    """
    items = _items_of(event, day - ONE_DAY, day)
    found = [
        one
        for one in _expected(items, at, {})
        if _touches(one, clock.day_of(event, day))
    ]
    if actor is None:
        return tuple(found)
    seen = set(
        Activity.objects.visible_to(actor)
        .filter(event=event)
        .values_list("pk", flat=True)
    )
    return tuple(
        _without_secrets(one, seen) for one in found if one.activity.pk in seen
    )


def ripple_of(
    activity_id: int, new_start: datetime, *, at: datetime | None = None
) -> tuple[Shift, ...]:
    """What a new start of the item would move, itself first; nothing is saved.

    A push that runs past midnight pushes the next day as well.
    """
    activity = Activity.objects.select_related("event").get(pk=activity_id)
    at = at or clock.time_at(activity.event)
    hours = (activity.starts_at, activity.begins, new_start)
    days = [clock.local(activity.event, hour).date() for hour in hours]
    items = _items_of(activity.event, min(days), max(days) + ONE_DAY)
    before = {one.activity.pk: one for one in _expected(items, at, {})}
    after = _expected(items, at, {activity_id: new_start})
    shifts = [
        Shift(
            one.activity,
            planned=one.activity.starts_at,
            old=before[one.activity.pk].starts_at,
            new=one.starts_at,
            new_end=one.ends_at,
        )
        for one in after
        if one.activity.state == S.PLANNED
        and (one.activity.pk == activity_id or _differs(one, before))
    ]
    return tuple(sorted(shifts, key=lambda shift: shift.activity.pk != activity_id))


def _differs(one: Expected, before: Mapping[int, Expected]) -> bool:
    return one.starts_at != before[one.activity.pk].starts_at


def _items_of(event: Event, first: date, last: date) -> list[Activity]:
    """What is planned or expected to touch these days where the event is."""
    start, end = clock.day_of(event, first)[0], clock.day_of(event, last)[1]
    planned = Q(starts_at__lt=end, ends_at__gte=start)
    expected = Q(expected_starts_at__lt=end, expected_ends_at__gte=start)
    return list(
        Activity.objects.filter(planned | expected, event=event)
        .filter(precision=Activity.Precision.MINUTE)
        .exclude(state=S.CANCELLED)
        .select_related("place", "event", "contact")
        .prefetch_related("delegations")
        .order_by("starts_at", "pk")
    )


def _touches(one: Expected, hours: tuple[datetime, datetime]) -> bool:
    """Whether it is planned, or now thought, to be on within ``hours``."""
    start, end = hours
    spans = (
        (one.activity.starts_at, one.activity.ends_at),
        (one.starts_at, one.ends_at),
    )
    return any(begins < end and ends >= start for begins, ends in spans)


def _expected(
    items: Sequence[Activity], at: datetime, moved: Mapping[int, datetime]
) -> tuple[Expected, ...]:
    by_key = {str(item.pk): item for item in items}
    slots, late = [], {}
    for key, item in by_key.items():
        start, end = _known(item, at, moved)
        planned = min(item.starts_at, start)  # what began early is not late
        after = tuple(str(other.pk) for other in _waits_for(item, items))
        slots.append(Slot(key, planned, end - start, after))
        late[key] = start - planned
    return tuple(
        Expected(
            by_key[one.slot.key],
            one.start,
            one.end,
            by_key[one.cause] if one.cause else None,
        )
        for one in ripple(slots, late)
    )


def _known(
    item: Activity, at: datetime, moved: Mapping[int, datetime]
) -> tuple[datetime, datetime]:
    """When it starts and ends as far as was said of itself, nothing pushing it.

    What should have started but did not starts now at the earliest; what should be
    over but runs ends now at the earliest. An item whose whole time passed without a
    word is taken to have been held as planned: silence delays nobody.
    """
    start = moved.get(item.pk) or item.begins
    length = _length(item)
    if item.finished_at:
        return start, max(start, item.finished_at)
    if item.state == S.RUNNING:
        end = item.expected_ends_at or start + length
        return start, max(start, end, at)
    if item.pk not in moved and start < at < start + length:
        start = at
    return start, start + length


def _length(item: Activity) -> timedelta:
    if item.expected_starts_at and item.expected_ends_at and not item.started_at:
        return item.expected_ends_at - item.expected_starts_at
    return item.ends_at - item.starts_at


def _waits_for(item: Activity, items: Iterable[Activity]) -> list[Activity]:
    """The items planned before it that hold its place or its people."""
    if item.state != S.PLANNED:
        return []
    return [
        other
        for other in items
        if (other.starts_at, other.pk) < (item.starts_at, item.pk)
        and other.ends_at <= item.starts_at
        and not _was_swapped(other, item)
        and (_shares_place(other, item) or _holds_people(other, item))
    ]


def _was_swapped(other: Activity, item: Activity) -> bool:
    """Whether both were given new hours, and ``item`` is the first of them now."""
    said = all(one.expected_starts_at or one.started_at for one in (other, item))
    return said and item.ends <= other.begins


def _shares_place(other: Activity, item: Activity) -> bool:
    return item.place_id is not None and other.place_id == item.place_id


def _holds_people(other: Activity, item: Activity) -> bool:
    """Whether people of ``item`` are at ``other`` before it.

    What is for all holds everybody; but all do not wait for one delegation.
    """
    if other.is_for_all:
        return item.is_for_all or bool(item.delegations.all())
    theirs = {delegation.pk for delegation in other.delegations.all()}
    return not item.is_for_all and any(
        delegation.pk in theirs for delegation in item.delegations.all()
    )


def _without_secrets(one: Expected, seen: set[int]) -> Expected:
    if one.cause is None or one.cause.pk in seen:
        return one
    return Expected(one.activity, one.starts_at, one.ends_at)
