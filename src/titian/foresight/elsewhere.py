"""An item at another place or hour: what that breaks, and the smallest ways."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from hashlib import sha256

from django.db.models import Q

from titian.briefing.touched import places_of, taking_part
from titian.foresight.free_hours import SLOT, common, days_of, floored, free_of
from titian.foresight.queries import breaks, breaks_hash
from titian.kernel.actor import Actor
from titian.kernel.questions import Break, Change
from titian.people.models import Delegation
from titian.people.queries import Window, without
from titian.places.models import Closure, Place
from titian.places.queries import ways_among
from titian.programme.commands.rundown import require_keeper
from titian.programme.models import Activity

COMMAND = "titian.programme.commands.activities.relocate"
MOST, TRIED = 3, 4
OVER = [Activity.State.CANCELLED, Activity.State.FINISHED]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a person sees before she says that an item is elsewhere, or then."""

    item: Activity
    place: Place
    starts_at: datetime
    breaks: tuple[Break, ...]

    @property
    def ends_at(self) -> datetime:
        """It takes as long as it would have."""
        return self.starts_at + (self.item.ends - self.item.begins)

    @property
    def seen(self) -> str:
        """One word for all of this: another one if anything were different."""
        item = self.item
        told = [
            item.place_id,
            item.begins.isoformat(),
            item.ends.isoformat(),
            self.place.pk,
            self.starts_at.isoformat(),
            breaks_hash(self.breaks),
        ]
        return sha256(json.dumps(told).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Way:
    """One small way out: another hall at the same hour, or the hall at another one.

    ``minutes`` is the way between the halls, where it is known; ``holds`` how many
    delegations the hall has on the rundown at once, at most: nobody told its seats.
    """

    outlook: Outlook
    comes: int
    minutes: int | None = None
    holds: int = 0

    @property
    def is_other_hour(self) -> bool:
        """Whether the hour moves, and not the place."""
        return self.outlook.place.pk == self.outlook.item.place_id

    @property
    def is_large_enough(self) -> bool:
        """Whether as many have a place there at another hour of the rundown."""
        return self.holds >= self.comes


def outlook(
    item: Activity, place: Place, starts_at: datetime, *, actor: Actor, at: datetime
) -> Outlook:
    """What the other place or hour breaks; nothing is kept.

    Raises what ``activities.relocate`` raises.
    """
    arguments = {
        "activity_id": item.pk,
        "place_id": place.pk,
        "starts_at": starts_at,
    }
    found = breaks(Change(COMMAND, arguments, actor, at))
    return Outlook(item, place, starts_at, found)


def ways_out(item: Activity, *, actor: Actor, at: datetime) -> list[Way]:
    """At most three: free halls at the same hour, and the nearest free hour here.

    Those that break least come first, then large ones, then near ones. None for what
    has started or has no hour yet. Raises ``Forbidden`` unless the actor keeps the
    rundown.
    """
    require_keeper(actor, item.event)
    if item.state != Activity.State.PLANNED or item.is_dated_only:
        return []
    busy = _busy(item, at)
    found = list(_halls(item, busy, actor, at))
    if (hour := _nearest_hour(item, busy, at)) is not None and item.place:
        look = outlook(item, item.place, hour, actor=actor, at=at)
        found.append(Way(look, len(taking_part(item))))
    return sorted(found, key=_weight)[:MOST]


def halls_for(item: Activity) -> list[Place]:
    """Where it may be put: every venue, and every place of the rundown, by name."""
    known = Activity.objects.filter(event=item.event_id).values("place")
    rows = Place.objects.filter(Q(kind=Place.Kind.VENUE) | Q(pk__in=known))
    return list(rows.order_by("name", "pk"))


def is_shut(item: Activity, at: datetime) -> bool:
    """Whether its place is closed for some of its time."""
    hours = _shut(item, at).get(item.place_id or 0, [])
    met = common([(item.begins, item.ends)], hours)
    return bool(met) and not item.is_dated_only


def _weight(way: Way) -> tuple[int, bool, bool, int]:
    here = way.outlook
    return (
        len(here.breaks),
        way.is_other_hour,
        not way.is_large_enough,
        way.minutes if way.minutes is not None else 999,
    )


def _halls(
    item: Activity, busy: Mapping[int, Sequence[Window]], actor: Actor, at: datetime
) -> Iterator[Way]:
    """The likeliest halls that nobody needs at that hour, each as tried."""
    if item.begins <= at:
        return
    comes, holds = len(taking_part(item)), _holds(item)
    hours = [(item.begins, item.ends)]
    halls = Place.objects.filter(kind=Place.Kind.VENUE).exclude(pk=item.place_id or 0)
    free = [one for one in halls if not common(hours, busy.get(one.pk, []))]
    ways = ways_among([*free, item.place])
    far = {one.pk: ways.between(item.place, one) for one in free}

    def order(one: Place) -> tuple[bool, bool, int, str]:
        way = far[one.pk]
        return holds[one.pk] < comes, way is None, way.minutes if way else 0, one.code

    for hall in sorted(free, key=order)[:TRIED]:
        look = outlook(item, hall, item.begins, actor=actor, at=at)
        way = far[hall.pk]
        yield Way(look, comes, way.minutes if way else None, holds[hall.pk])


def _nearest_hour(
    item: Activity, busy: Mapping[int, Sequence[Window]], at: datetime
) -> datetime | None:
    """The quarter nearest to its hour at which its place and all who come are free."""
    days, length = days_of(item.event, at), item.ends - item.begins
    coming = list(Delegation.objects.filter(pk__in=taking_part(item)))
    theirs = free_of(coming, days, movable=[item.pk])
    here = list(without(days.hours, busy.get(item.place_id or 0, [])))
    windows = reduce(common, theirs.values(), here)
    starts = [
        start
        for opens, closes in windows
        for start in _quarters(item, opens, closes - length)
        if start > at and start != item.begins
    ]
    return min(starts, key=lambda one: (abs(one - item.begins), one), default=None)


def _quarters(item: Activity, first: datetime, last: datetime) -> Iterator[datetime]:
    start = floored(item.event, first)
    start = start if start == first else start + SLOT
    while start <= last:
        yield start
        start += SLOT


def _busy(item: Activity, at: datetime) -> dict[int, list[Window]]:
    """By place, when it is closed or somebody else has it."""
    busy = _shut(item, at)
    others = Activity.objects.filter(event=item.event_id, place__isnull=False)
    others = others.filter(precision=Activity.Precision.MINUTE)
    for one in others.exclude(pk=item.pk).exclude(state__in=OVER):
        busy[one.place_id or 0].append((one.begins, max(one.ends, one.begins + SLOT)))
    return busy


def _shut(item: Activity, at: datetime) -> dict[int, list[Window]]:
    found: dict[int, list[Window]] = defaultdict(list)
    rows = Closure.objects.filter(event=item.event_id, lifted_at=None, ends_at__gt=at)
    for one in rows:
        for place in places_of(one.place_id, one.area):
            found[place].append((one.starts_at, one.ends_at))
    return found


def _holds(item: Activity) -> Counter[int]:
    """By place, the most delegations that any other item of the rundown has there."""
    holds: Counter[int] = Counter()
    every = Delegation.objects.filter(event=item.event_id).count()
    rows = Activity.objects.filter(event=item.event_id, place__isnull=False)
    for one in rows.exclude(pk=item.pk).prefetch_related("delegations"):
        comes = every if one.is_for_all else len(one.delegations.all())
        place = one.place_id or 0
        holds[place] = max(holds[place], comes)
    return holds
