"""Which hours of a delegation are held, and which guarded ones are not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from titian.kernel import clock
from titian.kernel.models import Event
from titian.people.models import Delegation, Duty, Entitlement

Window = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Gap:
    """Guarded hours that nobody holds."""

    delegation_id: int
    starts_at: datetime
    ends_at: datetime


def holding(delegations: Iterable[Delegation], at: datetime) -> QuerySet[Duty]:
    """The duties in force at ``at`` over these delegations, with officer and person."""
    return Duty.objects.filter(
        delegation__in=delegations, starts_at__lte=at, ends_at__gt=at, withdrawn_at=None
    ).select_related("officer__person")


def gaps(
    event: Event, starts_at: datetime, ends_at: datetime, *, only: int | None = None
) -> list[Gap]:
    """Guarded hours between the two instants that nobody holds; earliest first."""
    found = guarded(event, starts_at, ends_at, only=only)
    held: dict[int, list[Window]] = {}
    duties = Duty.objects.filter(
        delegation__in=list(found),
        starts_at__lt=ends_at,
        ends_at__gt=starts_at,
        withdrawn_at=None,
    )
    for pk, start, end in duties.values_list("delegation", "starts_at", "ends_at"):
        held.setdefault(pk, []).append((start, end))
    holes = [
        Gap(pk, *hole)
        for pk, windows in found.items()
        for hole in _without(windows, sorted(held.get(pk, [])))
    ]
    return sorted(holes, key=lambda gap: (gap.starts_at, gap.delegation_id))


def guarded(
    event: Event, starts_at: datetime, ends_at: datetime, *, only: int | None = None
) -> dict[int, list[Window]]:
    """The hours in which each delegation must be held: by level, while it is in town."""
    delegations = event.delegations.filter(
        attendance="in_person", party__kind__in=["state", "organisation"]
    ).exclude(status=Delegation.Status.WITHDRAWN)
    if only is not None:
        delegations = delegations.filter(pk=only)
    rows = list(delegations)
    packages = {p.level: p for p in Entitlement.objects.filter(event=event)}
    presence = import_string(settings.PRESENCE_RULE)(rows)
    return {
        row.pk: _windows(
            event, packages.get(row.level), presence.get(row.pk), (starts_at, ends_at)
        )
        for row in rows
    }


def _windows(
    event: Event,
    package: Entitlement | None,
    presence: tuple[datetime | None, datetime | None] | None,
    asked: Window,
) -> list[Window]:
    if presence is None or presence[0] is None:
        return []
    first = max(asked[0], presence[0])
    last = min(asked[1], presence[1] or asked[1])
    if first >= last:
        return []
    if package is None or package.guarded_from == package.guarded_to:
        return [(first, last)]
    return [
        (max(first, start), min(last, end))
        for start, end in _days(event, package.guarded_from, package.guarded_to, asked)
        if max(first, start) < min(last, end)
    ]


def _days(event: Event, opens: time, closes: time, asked: Window) -> Iterable[Window]:
    """Each day's guarded hours where the event is; midnight closes the day."""
    there = clock.zone_of(event)
    day = asked[0].astimezone(there).date() - timedelta(days=1)
    while day <= asked[1].astimezone(there).date():
        start = datetime.combine(day, opens, there)
        end = datetime.combine(day, closes, there)
        yield start, end if end > start else end + timedelta(days=1)
        day += timedelta(days=1)


def _without(windows: list[Window], held: list[Window]) -> Iterable[Window]:
    """What is left of the windows once the held hours are taken out."""
    for start, end in windows:
        reached = start
        for first, last in held:
            if last <= reached or first >= end:
                continue
            if first > reached:
                yield reached, first
            reached = max(reached, last)
        if reached < end:
            yield reached, end
