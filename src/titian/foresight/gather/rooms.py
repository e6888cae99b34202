"""Rows into the problem of rooms: who must sleep where, and what hotels hold.

Hotels tell how many rooms they hold, not which floor or door they have: each is one
floor of rooms that are alike but for suites. Where nobody said how many rooms a
delegation needs, it is one for two of those expected.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from django.db.models import Count

from titian.kernel.models import Event
from titian.logistics.lodging import House, houses, nights_of
from titian.logistics.models import Stay
from titian.people.models import Delegation
from titian.places.models import Place
from titian.places.queries import Way, ways_among
from titian.planning import rooms
from titian.programme.models import Activity

HEADS_A_ROOM = 2
SUITE, ROOM = "suite", "room"
FAR = 240
"""Minutes to where nobody knows the way."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The problem, what is promised, and the rows its keys stand for."""

    problem: rooms.Problem
    published: rooms.Plan
    delegations: Mapping[str, Delegation]
    places: Mapping[str, Place]
    stays: Mapping[str, Stay | None]
    """By party: the stay it belongs to; nothing of those without one."""
    centre: Place | None

    def minutes(self, delegation: str, place: str) -> int:
        """From the hotel to where the delegation works."""
        group = next(one for one in self.problem.groups if one.key == delegation)
        keys = [one.key for one in self.problem.hotels]
        return group.minutes[keys.index(place)]


def rooms_for(heads: int) -> int:
    """How many rooms so many people need, where nobody said."""
    return ceil(heads / HEADS_A_ROOM)


def gather(event: Event, added: Mapping[int, int] | None = None) -> Gathered:
    """The problem of the event's rooms, with rooms ``added`` by delegation.

    Those who have a stay are where they are, as far as its hotel holds rooms for them.
    """
    known = [one for one in houses(event) if not one.is_lost]
    holding = [one for one in known if one.holds]
    places = {one.place.code: one.place for one in holding}
    delegations = {row.code: row for row in _coming(event)}
    centre = _centre(event)
    ways = ways_among([*places.values(), centre])
    minutes = tuple(_minutes(ways.between(one, centre)) for one in places.values())
    parties = list(_parties(event, delegations.values(), added or {}))
    problem = rooms.Problem(
        groups=tuple(
            rooms.Group(code, row.rank, minutes) for code, row in delegations.items()
        ),
        parties=tuple(one for one, _stay in parties),
        hotels=tuple(rooms.Hotel(code) for code in places),
        rooms=tuple(room for one in holding for room in _rooms(one)),
        order=("unhoused", "told", "spread", "near", "floors", "price"),
    )
    stays = {one.key: stay for one, stay in parties}
    published = _published(problem, stays)
    return Gathered(problem, published, delegations, places, stays, centre)


def unhoused(gathered: Gathered, delegation_ids: Collection[int]) -> rooms.Problem:
    """Those of the delegations who have no room yet, and the rooms nobody has."""
    asked = {
        code for code, row in gathered.delegations.items() if row.pk in delegation_ids
    }
    taken = {stay.room for stay in gathered.published.stays}
    housed = {stay.party for stay in gathered.published.stays}
    problem = gathered.problem
    parties = tuple(
        one for one in problem.parties if one.key not in housed and one.group in asked
    )
    there = {one.group for one in parties}
    return replace(
        problem,
        groups=tuple(one for one in problem.groups if one.key in there),
        parties=parties,
        rooms=tuple(one for one in problem.rooms if one.key not in taken),
    )


def _coming(event: Event) -> Sequence[Delegation]:
    """Who comes in person, and so sleeps somewhere."""
    rows = event.delegations.filter(
        party__kind__in=["state", "organisation"], attendance="in_person"
    ).exclude(status=Delegation.Status.WITHDRAWN)
    return list(rows.select_related("party", "event").order_by("party__code"))


def _centre(event: Event) -> Place | None:
    """Where most of the official items are."""
    counted = (
        Activity.objects.filter(event=event, is_official=True)
        .exclude(place=None)
        .values("place")
        .annotate(items=Count("pk"))
        .order_by("-items", "place")
    )
    first = counted.first()
    return Place.objects.get(pk=first["place"]) if first else None


def _minutes(way: Way | None) -> int:
    return way.minutes if way else FAR


def _rooms(house: House) -> Iterator[rooms.Room]:
    """One floor, a room beside the other."""
    code, position = house.place.code, 0
    for block in house.blocks:
        if block.lost_at is not None:
            continue
        category = SUITE if block.category == SUITE else ROOM
        for _room in range(block.rooms):
            key = f"{code}/{position:04}"
            yield rooms.Room(key, code, category, 0, position)
            position += 1


def _parties(
    event: Event, delegations: Iterable[Delegation], added: Mapping[int, int]
) -> Iterator[tuple[rooms.Party, Stay | None]]:
    """One a room: of each stay, of whoever has none, and those added."""
    slept: Mapping[int, list[Stay]] = defaultdict(list)
    for stay in event.stays.select_related("place", "event").order_by("pk"):
        slept[stay.delegation_id].append(stay)
    zero = _zero(event, [one for several in slept.values() for one in several])
    for row in delegations:
        own = slept.get(row.pk, [])
        for stay in own:
            count = stay.rooms or (rooms_for(row.expected) if len(own) == 1 else 1)
            span = _span(event, stay.from_on, stay.to_on, zero)
            yield from _alike(row.code, str(stay.pk), count, span, stay)
        span = _span(event, None, None, zero)
        if not own and row.expected:
            yield from _alike(row.code, "new", rooms_for(row.expected), span, None)
        if more := added.get(row.pk, 0):
            yield from _alike(row.code, "added", more, span, None)


def _alike(
    code: str, part: str, count: int, span: tuple[int, int], stay: Stay | None
) -> Iterator[tuple[rooms.Party, Stay | None]]:
    for number in range(count):
        key = f"{code}/{part}/{number:04}"
        yield rooms.Party(key, code, ROOM, first=span[0], last=span[1]), stay


def _zero(event: Event, stays: Sequence[Stay]) -> date:
    days = [one.from_on for one in stays if one.from_on]
    return min([*days, event.starts_on or date.max])


def _span(
    event: Event, first: date | None, last: date | None, zero: date
) -> tuple[int, int]:
    nights = nights_of(event, first, last)
    return ((nights[0] - zero).days, (nights[-1] - zero).days) if nights else (0, 0)


def _published(problem: rooms.Problem, stays: Mapping[str, Stay | None]) -> rooms.Plan:
    """Whoever has a stay in a hotel that holds a room for it; suites stay free."""
    free: dict[str, list[str]] = defaultdict(list)
    for room in reversed(problem.rooms):
        if room.category == ROOM:
            free[room.hotel].append(room.key)
    found = []
    for party in problem.parties:
        stay = stays[party.key]
        if stay is not None and free[stay.place.code]:
            found.append(rooms.Stay(party.key, free[stay.place.code].pop()))
    return rooms.Plan(tuple(found), (), (), seed=0, engine=rooms.ENGINE, input_hash="")


def shares_of(
    gathered: Gathered, plan: rooms.Plan, keys: Iterable[str]
) -> dict[str, Counter[str]]:
    """How many rooms of which hotel, by stay or delegation: the party's part of key."""
    wanted = set(keys)
    hotel = {room.key: room.hotel for room in gathered.problem.rooms}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for stay in plan.stays:
        if stay.party in wanted:
            found[stay.party.rpartition("/")[0]][hotel[stay.room]] += 1
    return found
