"""Which hours of a delegation are held, and which guarded ones are not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

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
    is_early: bool = False
    """Whether it begins with the landing: the guests are there before their officer."""


class Kind(StrEnum):
    """What a stretch of a delegation's strip shows."""

    PRIMARY = "primary"
    RELIEF = "relief"
    ON_CALL = "on_call"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one delegation's strip: who holds it, or that nobody does."""

    kind: Kind
    starts_at: datetime
    ends_at: datetime
    officer_id: int | None = None
    name: str = ""


def holding(delegations: Iterable[Delegation], at: datetime) -> QuerySet[Duty]:
    """The duties in force at ``at`` over these delegations, with officer and person."""
    return Duty.objects.filter(
        delegation__in=delegations, starts_at__lte=at, ends_at__gt=at, withdrawn_at=None
    ).select_related("officer__person")


def gaps(
    event: Event, starts_at: datetime, ends_at: datetime, *, only: int | None = None
) -> list[Gap]:
    """Guarded hours between the two instants that nobody holds; earliest first."""
    rows = _to_be_held(event, only)
    presence = import_string(settings.PRESENCE_RULE)(rows)
    found = _guarded(event, rows, presence, (starts_at, ends_at))
    held: dict[int, list[Window]] = {}
    duties = _in_force(list(found), starts_at, ends_at).filter(mode=Duty.Mode.ATTACHED)
    for pk, start, end in duties.values_list("delegation", "starts_at", "ends_at"):
        held.setdefault(pk, []).append((start, end))
    holes = [
        Gap(pk, *hole, is_early=hole[0] == presence[pk][0])
        for pk, windows in found.items()
        for hole in without(windows, held.get(pk, []))
    ]
    return sorted(holes, key=lambda gap: (gap.starts_at, gap.delegation_id))


def strip(
    delegations: Sequence[Delegation], starts_at: datetime, ends_at: datetime
) -> dict[int, list[Segment]]:
    """Who holds each delegation of one event from hour to hour, and where nobody does.

    Segments of a delegation do not overlap: who is with the guests hides who is on
    call, the primary hides the relief, and a guarded hour without anybody is a gap.
    Hours that need nobody and have nobody have no segment. The number of queries is
    the same for one delegation and for all.
    """
    strips: dict[int, list[Segment]] = {row.pk: [] for row in delegations}
    if not strips:
        return strips
    duties = _in_force(list(strips), starts_at, ends_at)
    for duty in duties.select_related("officer__person").order_by("starts_at", "pk"):
        strips[duty.delegation_id].append(_segment(duty, starts_at, ends_at))
    for hole in gaps(delegations[0].event, starts_at, ends_at):
        if hole.delegation_id in strips:
            strips[hole.delegation_id].append(
                Segment(Kind.GAP, hole.starts_at, hole.ends_at)
            )
    return {pk: _laid_out(segments) for pk, segments in strips.items()}


def _in_force(
    ids: Sequence[int], starts_at: datetime, ends_at: datetime
) -> QuerySet[Duty]:
    return Duty.objects.filter(
        delegation__in=ids,
        starts_at__lt=ends_at,
        ends_at__gt=starts_at,
        withdrawn_at=None,
    )


def _segment(duty: Duty, starts_at: datetime, ends_at: datetime) -> Segment:
    on_call = duty.mode == Duty.Mode.ON_CALL
    return Segment(
        Kind.ON_CALL if on_call else Kind(duty.role),
        max(duty.starts_at, starts_at),
        min(duty.ends_at, ends_at),
        duty.officer_id,
        duty.officer.person.display,
    )


IN_FRONT = (Kind.PRIMARY, Kind.RELIEF, Kind.GAP, Kind.ON_CALL)


def _laid_out(segments: Sequence[Segment]) -> list[Segment]:
    """The segments in order, cut so that what stands in front hides what is behind."""
    shown: list[Segment] = []
    for segment in sorted(segments, key=lambda one: IN_FRONT.index(one.kind)):
        taken = [(one.starts_at, one.ends_at) for one in shown]
        free = without([(segment.starts_at, segment.ends_at)], taken)
        shown += [replace(segment, starts_at=a, ends_at=b) for a, b in free]
    merged: list[Segment] = []
    for segment in sorted(shown, key=lambda one: one.starts_at):
        if merged and _goes_on(merged[-1], segment):
            merged[-1] = replace(merged[-1], ends_at=segment.ends_at)
        else:
            merged.append(segment)
    return merged


def _goes_on(first: Segment, second: Segment) -> bool:
    return first.ends_at == second.starts_at and (
        (first.kind, first.officer_id) == (second.kind, second.officer_id)
    )


def guarded(
    event: Event, starts_at: datetime, ends_at: datetime, *, only: int | None = None
) -> dict[int, list[Window]]:
    """When each delegation must be held: by its level, while it is in town."""
    rows = _to_be_held(event, only)
    presence = import_string(settings.PRESENCE_RULE)(rows)
    return _guarded(event, rows, presence, (starts_at, ends_at))


def _to_be_held(event: Event, only: int | None) -> list[Delegation]:
    delegations = event.delegations.filter(
        attendance="in_person", party__kind__in=["state", "organisation"]
    ).exclude(status=Delegation.Status.WITHDRAWN)
    return list(delegations if only is None else delegations.filter(pk=only))


def _guarded(
    event: Event,
    rows: Sequence[Delegation],
    presence: Mapping[int, tuple[datetime | None, datetime | None]],
    asked: Window,
) -> dict[int, list[Window]]:
    packages = {p.level: p for p in Entitlement.objects.filter(event=event)}
    return {
        row.pk: _windows(event, packages.get(row.level), presence.get(row.pk), asked)
        for row in rows
    }


def _windows(
    event: Event,
    package: Entitlement | None,
    presence: tuple[datetime | None, datetime | None] | None,
    asked: Window,
) -> list[Window]:
    if package is None or presence is None or presence[0] is None:
        return []
    first = max(asked[0], presence[0])
    last = min(asked[1], presence[1] or asked[1])
    if first >= last:
        return []
    if package.guarded_from == package.guarded_to:
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


def without(windows: Iterable[Window], held: Iterable[Window]) -> Iterable[Window]:
    """What is left of the windows once the held hours are taken out."""
    taken = sorted(held)
    for start, end in windows:
        reached = start
        for first, last in taken:
            if last <= reached or first >= end:
                continue
            if first > reached:
                yield reached, first
            reached = max(reached, last)
        if reached < end:
            yield reached, end
