"""What delegations have before them, whichever room keeps it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.db.models import Prefetch, Q
from django.utils.module_loading import import_string

from titian.people.models import Delegation, Party
from titian.places.models import Place
from titian.places.queries import Way, leaving, ways_among
from titian.programme.models import Activity, Placing

S = Activity.State
STAYS_AROUND = timedelta(hours=3)
"""After an item a party is still near it; later it is taken to be at its hotel."""
LONGEST = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Item:
    """An hour of a delegation: an activity, a landing, a drive, a leaving.

    ``starts_at`` is the best that was said of it, never a forecast: who leaves by it
    must not come late because we guessed. ``ends_place`` is where it leaves people,
    and ``lead`` is how long before it one must be there: at an airport, hours.
    """

    delegation_id: int
    subject_kind: str
    subject_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    planned_at: datetime
    place: Place | None
    ends_place: Place | None
    is_running: bool = False
    is_official: bool = True
    is_private: bool = False
    dress: str = ""
    contact: Party | None = None
    seats: Sequence[Placing] = ()
    detail: str = ""
    way: Way | None = None
    leave_by: datetime | None = None
    lead: timedelta = timedelta(0)

    @property
    def be_there_at(self) -> datetime:
        """When one must be at its place."""
        return self.starts_at - self.lead

    @property
    def sets_out_at(self) -> datetime | None:
        """When to leave, where there is a way to go; who is there already has none."""
        return self.leave_by if self.way and self.way.minutes else None

    @property
    def late(self) -> timedelta:
        """How much later than planned it is expected; negative if earlier."""
        return self.starts_at - self.planned_at


def coming(
    delegations: Sequence[Delegation], since: datetime, until: datetime
) -> Iterable[Item]:
    """The activities of each, not over at ``since`` and beginning before ``until``."""
    ids = {delegation.pk for delegation in delegations}
    events = {delegation.event_id for delegation in delegations}
    mine = Prefetch(
        "delegations", Delegation.objects.filter(pk__in=ids), to_attr="mine"
    )
    activities = (
        Activity.objects.filter(
            Q(delegations__in=ids) | Q(is_for_all=True, is_private=False),
            Q(starts_at__lt=until) | Q(expected_starts_at__lt=until),
            Q(ends_at__gt=since - LONGEST) | Q(expected_ends_at__gt=since),
            event__in=events,
            state__in=[S.PLANNED, S.RUNNING],
            precision=Activity.Precision.MINUTE,
        )
        .select_related("place", "contact")
        .prefetch_related(mine)
        .distinct()
    )
    for activity in activities:
        if activity.state != S.RUNNING and activity.ends <= since:
            continue
        among: list[Delegation] = getattr(activity, "mine", [])
        named = {delegation.pk for delegation in among}
        for delegation in delegations:
            for_all = activity.is_for_all and delegation.event_id == activity.event_id
            if delegation.pk in named or (for_all and not activity.is_private):
                yield _item(activity, delegation)


def coming_to(
    delegations: Sequence[Delegation], since: datetime, until: datetime
) -> dict[int, list[Item]]:
    """What every room has for each delegation, in order, with when to leave.

    The number of queries does not grow with the number of delegations.
    """
    found: dict[int, list[Item]] = defaultdict(list)
    for path in settings.COMING:
        for item in import_string(path)(delegations, since, until):
            found[item.delegation_id].append(item)
    hotels = cast(
        "Mapping[int, Place]", import_string(settings.HOTELS_RULE)(delegations)
    )
    everything = [item for items in found.values() for item in items]
    ways = ways_among(
        [
            *hotels.values(),
            *(item.place for item in everything),
            *(item.ends_place for item in everything),
        ]
    )
    for pk, items in found.items():
        items.sort(key=lambda item: (item.starts_at, item.subject_id))
        starts = _starting_points(items, hotels.get(pk))
        for index, (item, start) in enumerate(zip(items, starts, strict=True)):
            way = ways.between(start, item.place)
            leave_by = leaving(item.be_there_at, way)
            items[index] = replace(item, way=way, leave_by=leave_by)
    return found


def _starting_points(
    items: Sequence[Item], hotel: Place | None
) -> Iterable[Place | None]:
    """From where one sets out to each item: the one before it, or the hotel."""
    before: Item | None = None
    for item in items:
        if item.is_running:
            yield item.place
        elif before and item.be_there_at - before.ends_at < STAYS_AROUND:
            yield before.ends_place or hotel
        else:
            yield hotel
        before = item


def _item(activity: Activity, delegation: Delegation) -> Item:
    return Item(
        delegation_id=delegation.pk,
        subject_kind=activity._meta.label_lower,
        subject_id=activity.pk,
        title=activity.title,
        starts_at=activity.begins,
        ends_at=activity.ends,
        planned_at=activity.starts_at,
        place=activity.place,
        ends_place=activity.place,
        is_running=activity.state == S.RUNNING,
        is_official=activity.is_official,
        is_private=activity.is_private,
        dress=activity.dress,
        contact=activity.contact,
    )
