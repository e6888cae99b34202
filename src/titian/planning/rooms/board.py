"""Who is in which room: a plan in the making, quick to ask and to change."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from titian.planning.rooms.model import Problem, Stay

NOWHERE = -1


class Board:
    """Rooms and parties by number, and who sleeps where.

    ``masks`` are the nights taken, as bits, by room; ``at`` is the room of a party, or
    ``NOWHERE``; ``in_hotel`` and ``on_floor`` count the parties of each group.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.parties, self.rooms = problem.parties, problem.rooms
        self.party = {one.key: number for number, one in enumerate(self.parties)}
        self.room = {one.key: number for number, one in enumerate(self.rooms)}
        groups = {one.key: number for number, one in enumerate(problem.groups)}
        hotels = {one.key: number for number, one in enumerate(problem.hotels)}
        self.groups, self.hotels = groups, hotels
        self.group = [groups[one.group] for one in self.parties]
        self.hotel = [hotels[one.hotel] for one in self.rooms]
        self.mask = [one.mask for one in self.parties]
        self.floors = sorted(
            {(h, r.floor) for h, r in zip(self.hotel, self.rooms, strict=True)}
        )
        number = {floor: n for n, floor in enumerate(self.floors)}
        pairs = zip(self.hotel, self.rooms, strict=True)
        self.floor = [number[h, r.floor] for h, r in pairs]
        self.apart = _both_ways(problem, groups)
        self.secure = {n for n, one in enumerate(problem.groups) if one.secure}
        weights = problem.rules.weight
        self.weight = [weights[one.level - 1] for one in problem.groups]
        self.along = self._along()
        self.wished_by = _wished_by(problem, self.party)
        self.masks = [0] * len(self.rooms)
        self.held: list[list[int]] = [[] for _room in self.rooms]
        self.at = [NOWHERE] * len(self.parties)
        self.in_hotel: list[Counter[int]] = [Counter() for _hotel in problem.hotels]
        self.on_floor: list[Counter[int]] = [Counter() for _floor in self.floors]

    def _along(self) -> list[list[int]]:
        """The rooms of each floor, in the order one walks past them."""
        along: list[list[int]] = [[] for _floor in self.floors]
        for room, floor in enumerate(self.floor):
            along[floor].append(room)
        for rooms in along:
            rooms.sort(key=lambda r: (self.rooms[r].position, self.rooms[r].key))
        return along

    def floors_of(self, hotel: int) -> list[int]:
        """The numbers of a hotel's floors, from below."""
        return [n for n, (where, _floor) in enumerate(self.floors) if where == hotel]

    def put(self, party: int, room: int) -> None:
        """The party sleeps there; whether it may was asked before."""
        self.at[party] = room
        self.masks[room] |= self.mask[party]
        self.held[room].append(party)
        self.in_hotel[self.hotel[room]][self.group[party]] += 1
        self.on_floor[self.floor[room]][self.group[party]] += 1

    def take(self, party: int) -> int:
        """The party sleeps nowhere; the room it had."""
        room, self.at[party] = self.at[party], NOWHERE
        self.held[room].remove(party)
        self.masks[room] &= ~self.mask[party]
        for counts in (
            self.in_hotel[self.hotel[room]],
            self.on_floor[self.floor[room]],
        ):
            counts[self.group[party]] -= 1
            if not counts[self.group[party]]:
                del counts[self.group[party]]
        return room

    def side_by_side(self, one: int, other: int) -> bool:
        """Whether two rooms are next to each other."""
        near = abs(self.rooms[one].position - self.rooms[other].position) == 1
        return near and self.floor[one] == self.floor[other]

    def joined(self, one: int, other: int) -> bool:
        """Whether a door leads from one room to the other."""
        a, b = self.rooms[one], self.rooms[other]
        return b.key in a.doors or a.key in b.doors

    def missed(self, party: int) -> int:
        """How many wishes of a housed party are not met."""
        here, asks = self.at[party], self.parties[party]
        wishes = [(key, self.side_by_side) for key in asks.near]
        wishes += [(key, self.joined) for key in asks.connecting]
        count = 0
        for key, meets in wishes:
            other = self.at[self.party[key]] if key in self.party else NOWHERE
            count += other == NOWHERE or not meets(here, other)
        return count

    def objective(self, told: int = 0) -> tuple[tuple[str, int], ...]:
        """What the plan is worth, level by level. O(parties + groups in hotels)."""
        problem = self.problem
        homes = [p for p, room in enumerate(self.at) if room != NOWHERE]
        extra = problem.rules.hotel_minutes
        value = {
            "told": told,
            "unhoused": sum(
                self.weight[self.group[p]]
                for p, room in enumerate(self.at)
                if room == NOWHERE
            ),
            "spread": sum(
                extra + problem.groups[group].minutes[hotel]
                for hotel, groups in enumerate(self.in_hotel)
                for group in groups
            ),
            "near": sum(
                self.missed(p) * self.weight[self.group[p]]
                for p in homes
                if self.parties[p].near or self.parties[p].connecting
            ),
            "floors": sum(len(groups) for groups in self.on_floor),
            "price": sum(
                self.rooms[self.at[p]].price * self.mask[p].bit_count() for p in homes
            ),
        }
        return tuple((level, value[level]) for level in problem.order)

    def stays(self) -> tuple[Stay, ...]:
        """Who sleeps where, in the order of the parties."""
        return tuple(
            Stay(party.key, self.rooms[room].key, party.names)
            for party, room in zip(self.parties, self.at, strict=True)
            if room != NOWHERE
        )

    def unhoused(self) -> tuple[str, ...]:
        """Who sleeps nowhere, in the order of the parties."""
        pairs = zip(self.parties, self.at, strict=True)
        return tuple(party.key for party, room in pairs if room == NOWHERE)

    def load(self, stays: Iterable[Stay]) -> None:
        """Put all of them where they were, asking no rule."""
        for stay in stays:
            self.put(self.party[stay.party], self.room[stay.room])


def _both_ways(problem: Problem, groups: dict[str, int]) -> list[set[int]]:
    """For each group those it is never with, whoever of the two said so."""
    apart: dict[int, set[int]] = defaultdict(set)
    for number, group in enumerate(problem.groups):
        for other in (groups[key] for key in group.apart if key in groups):
            apart[number].add(other)
            apart[other].add(number)
    return [apart[number] for number in range(len(problem.groups))]


def _wished_by(
    problem: Problem, party: dict[str, int]
) -> dict[str, list[tuple[int, bool]]]:
    """By key, the parties that wish to be near it, and whether through a door."""
    found: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for one in problem.parties:
        for key in one.near:
            found[key].append((party[one.key], False))
        for key in one.connecting:
            found[key].append((party[one.key], True))
    return dict(found)
