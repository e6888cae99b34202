"""When delegations can be met: free or not, hour by hour, and nothing says why.

A side's own word, its programme, its journeys and its other meetings become one answer.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from titian.kernel import clock
from titian.kernel.models import Event
from titian.logistics.models import Journey
from titian.people.models import Delegation
from titian.people.queries import Window, without
from titian.programme.items import Item, coming_to
from titian.programme.models import Activity
from titian.talks.models import FreeBusy
from titian.talks.models.bilateral import SLOT_MINUTES

SLOT = timedelta(minutes=SLOT_MINUTES)
OPENS, CLOSES = timedelta(hours=8), timedelta(hours=20)
DAYS_AHEAD, DAYS_AT_MOST = 7, 14
ITEM, JOURNEY = Activity._meta.label_lower, Journey._meta.label_lower


@dataclass(frozen=True, slots=True)
class Days:
    """The hours in which rooms are open, day by day, in slots of a quarter."""

    since: datetime
    opens: tuple[datetime, ...]

    @property
    def slots_a_day(self) -> int:
        """As many in each."""
        return (CLOSES - OPENS) // SLOT

    @property
    def hours(self) -> list[Window]:
        """What is left of each day."""
        spans = [(max(one, self.since), one + CLOSES - OPENS) for one in self.opens]
        return [(start, end) for start, end in spans if start < end]

    def slot_of(self, moment: datetime) -> int | None:
        """The number of the slot that begins then; ``None`` if none does."""
        for day, opens in enumerate(self.opens):
            number, rest = divmod(moment - opens, SLOT)
            if 0 <= number < self.slots_a_day and not rest:
                return day * self.slots_a_day + number
        return None

    def begins(self, slot: int) -> datetime:
        """When the slot with this number begins."""
        day, number = divmod(slot, self.slots_a_day)
        return self.opens[day] + number * SLOT

    def spans(self, windows: Iterable[Window]) -> list[tuple[int, int]]:
        """The slots that lie wholly in the windows, each as first and after."""
        found: list[tuple[int, int]] = []
        for start, end in sorted(windows):
            for day, opens in enumerate(self.opens):
                first = max(-((opens - start) // SLOT), 0)
                after = min((end - opens) // SLOT, self.slots_a_day)
                if first < after:
                    zero = day * self.slots_a_day
                    found.append((zero + first, zero + after))
        return sorted(found)


def days_of(event: Event, since: datetime) -> Days:
    """The days that are left of the event; of one without days, the next seven."""
    today = clock.local(event, since).date()
    first = max(event.starts_on or today, today)
    last = event.ends_on or today + timedelta(days=DAYS_AHEAD - 1)
    count = min((last - first).days + 1, DAYS_AT_MOST)
    opens = [_opening(event, first + timedelta(days=n)) for n in range(count)]
    left = [one for one in opens if one + CLOSES - OPENS > since]
    return Days(since, tuple(left))


def floored(event: Event, moment: datetime) -> datetime:
    """The moment of the slot that runs then."""
    midnight = clock.day_of(event, clock.local(event, moment).date())[0]
    return midnight + (moment - midnight) // SLOT * SLOT


def free_of(
    delegations: Sequence[Delegation], days: Days, *, movable: Collection[int] = ()
) -> dict[int, list[Window]]:
    """The hours in which each can be met, in a constant number of queries.

    Items whose ids are ``movable`` are left out: they are what is planned.
    """
    if not days.opens:
        return {one.pk: [] for one in delegations}
    until = days.opens[-1] + CLOSES - OPENS
    items = coming_to(delegations, days.opens[0], until)
    told, away = _told(delegations), _away(delegations, items, (days.opens[0], until))
    found: dict[int, list[Window]] = {}
    for one in delegations:
        free = _only(days.hours, told[one.pk, True])
        taken = _taken(items.get(one.pk, []), movable)
        busy = [*told[one.pk, False], *away.get(one.pk, []), *taken]
        found[one.pk] = list(without(free, busy))
    return found


def common(one: Iterable[Window], other: Iterable[Window]) -> list[Window]:
    """The hours that are in both."""
    spans = [
        (max(first[0], second[0]), min(first[1], second[1]))
        for first in one
        for second in other
    ]
    return sorted(span for span in spans if span[0] < span[1])


def _opening(event: Event, day: date) -> datetime:
    return clock.day_of(event, day)[0] + OPENS


def _told(delegations: Sequence[Delegation]) -> Mapping[tuple[int, bool], list[Window]]:
    found: dict[tuple[int, bool], list[Window]] = defaultdict(list)
    for span in FreeBusy.objects.filter(delegation__in=delegations):
        found[span.delegation_id, span.is_free].append((span.starts_at, span.ends_at))
    return found


def _only(hours: Iterable[Window], told: list[Window]) -> Iterator[Window]:
    """The hours; of a day of which free hours were told, only those."""
    for span in hours:
        inside = common([span], told)
        yield from inside or [span]


def _taken(items: Iterable[Item], movable: Collection[int]) -> list[Window]:
    """Items with a quarter before and after them, to come and to go."""
    return [
        (item.be_there_at - SLOT, max(item.ends_at, item.starts_at) + SLOT)
        for item in items
        if not (item.subject_kind == ITEM and item.subject_id in movable)
    ]


def _away(
    delegations: Sequence[Delegation],
    items: Mapping[int, Sequence[Item]],
    within: Window,
) -> dict[int, list[Window]]:
    """Before its main party is here, and after it has left, where that is known."""
    journeys = Journey.objects.filter(
        delegation__in=delegations, group="main", precision="minute"
    ).exclude(state=Journey.State.CALLED_OFF)
    kinds = {one.pk: one.kind for one in journeys}
    found: dict[int, list[Window]] = defaultdict(list)
    for one in journeys:
        if one.at is not None and _is_beyond(one, one.at, within):
            found[one.delegation_id].append(within)
    for pk, some in items.items():
        for item in some:
            if item.subject_kind != JOURNEY or item.subject_id not in kinds:
                continue
            if kinds[item.subject_id] == Journey.Kind.ARRIVAL:
                found[pk].append((within[0], item.ends_at))
            else:
                found[pk].append((item.be_there_at, within[1]))
    return found


def _is_beyond(journey: Journey, at: datetime, within: Window) -> bool:
    """Whether it comes after all of these hours, or has left before them."""
    if journey.kind == Journey.Kind.ARRIVAL:
        return at >= within[1]
    return at <= within[0]
