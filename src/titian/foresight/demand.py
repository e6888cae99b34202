"""More people than planned: which rooms are short, and where there are some."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from titian.foresight.gather.rooms import rooms_for
from titian.kernel.models import Event
from titian.logistics.lodging import House, houses
from titian.people.models import Delegation
from titian.places.queries import Way, ways_among

MOST = 5


@dataclass(frozen=True, slots=True)
class Option:
    """A hotel, a ship, a house in another town: rooms free, and the way there."""

    house: House
    way: Way | None
    is_enough: bool

    @property
    def categories(self) -> Sequence[str]:
        """What kinds of rooms it holds: rooms, suites, cabins."""
        return sorted({one.category for one in self.house.blocks})


@dataclass(frozen=True, slots=True)
class Shortage:
    """One delegation with more people: what it needs, has near, and lacks."""

    delegation: Delegation
    people: int
    rooms: int
    free_here: int
    """Rooms free where it sleeps, after those before it took theirs."""
    options: Sequence[Option]

    @property
    def short(self) -> int:
        """Rooms that are not to be had where it sleeps."""
        return max(self.rooms - self.free_here, 0)


@dataclass(frozen=True, slots=True)
class Demand:
    """What so many more people come to; nothing of it is kept."""

    shortages: Sequence[Shortage]
    free: int
    """Rooms free in all hotels together, before."""

    @property
    def rooms(self) -> int:
        """Rooms needed in all."""
        return sum(one.rooms for one in self.shortages)

    @property
    def missing(self) -> int:
        """Rooms that are not to be had anywhere."""
        return max(self.rooms - self.free, 0)


def with_more(event: Event, people: Mapping[int, int]) -> Demand:
    """What it takes to house so many more, by delegation.

    One room for two. Whoever weighs more is served first where they sleep; the options
    are the nearest houses with rooms free, those that have enough before those that
    have some. A constant number of queries.
    """
    known = [one for one in houses(event) if not one.is_lost]
    rows = event.delegations.filter(pk__in=[pk for pk, n in people.items() if n > 0])
    wanted = sorted(rows.select_related("party"), key=lambda one: (one.rank, one.pk))
    ways = ways_among(one.place for one in known)
    left = {one.place.pk: one.free for one in known}
    free, found = sum(left.values()), []
    for row in wanted:
        heads = people[row.pk]
        need = rooms_for(heads)
        homes = [h for h in known if any(s.delegation_id == row.pk for s in h.stays)]
        here = min(need, sum(left[one.place.pk] for one in homes))
        _spend(left, homes, here)
        start = homes[0].place if homes else None
        options = [
            Option(h, ways.between(start, h.place), left[h.place.pk] >= need - here)
            for h in known
            if left[h.place.pk] and h not in homes
        ]
        ranked = sorted(options, key=_nearness)[:MOST] if here < need else []
        found.append(Shortage(row, heads, need, here, ranked))
    return Demand(found, free)


def _spend(left: dict[int, int], homes: Sequence[House], rooms: int) -> None:
    """Take the rooms from the houses, one after the other."""
    for one in homes:
        taken = min(rooms, left[one.place.pk])
        left[one.place.pk] -= taken
        rooms -= taken


def _nearness(one: Option) -> tuple[bool, int, str]:
    minutes = one.way.minutes if one.way else 10_000
    return not one.is_enough, minutes, one.house.place.name
