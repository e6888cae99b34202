"""Some groups and some hotels shared out anew, all else as it is: one programme."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil

from titian.planning.rooms.programme import ENDLESS, Programme, Solved
from titian.planning.rooms.stock import Blocks, Kind, Stock

NEAR = 1e-6
LEFT = 2000  # minutes a room more is worth, tried before the exact order


@dataclass(frozen=True, slots=True)
class Effort:
    """How long a programme is thought about: in nodes, for the same answer again."""

    nodes: int | None = 100
    seconds: float | None = None


class Share:
    """The groups' rooms in the hotels, as a programme.

    Columns: whether a group is in a hotel, rooms by kind and hotel, rooms not found,
    and whether a secure group has a floor. Rows: what is asked, what there is in the
    nights that count, floors held alone, groups kept apart.
    """

    def __init__(
        self,
        stock: Stock,
        blocks: Blocks,
        groups: Sequence[int],
        hotels: Sequence[int],
    ) -> None:
        self.stock, self.blocks = stock, blocks
        self.groups, self.hotels = list(groups), list(hotels)
        self.inside = set(groups)
        self.programme = Programme()
        self.there: dict[tuple[int, int], int] = {}
        self.rooms: dict[tuple[int, int], int] = {}
        self.left: dict[int, int] = {}
        self.floor: dict[tuple[int, int], int] = {}
        self.kinds = [k for group in self.groups for k in stock.of_group[group]]
        self.asked = {kind: self._asked(kind) for kind in self.kinds}
        self.taken = self._taken()
        self._columns()
        self._rows()

    def _asked(self, kind: int) -> int:
        held = self.blocks.rooms
        others = set(range(len(self.stock.problem.hotels))).difference(self.hotels)
        return self.stock.need[kind] - sum(held.get((kind, h), 0) for h in others)

    def _columns(self) -> None:
        stock = self.stock
        stays = self._who_stays()
        for group in self.groups:
            for hotel in self.hotels:
                away = stock.board.apart[group].isdisjoint(stays[hotel])
                if away and stock.may(group, hotel):
                    column = self.programme.column(stock.cost(group, hotel), 1)
                    self.there[group, hotel] = column
        for kind in self.kinds:
            group = stock.kinds[kind].group
            self.left[kind] = self.programme.column(0, self.asked[kind])
            for hotel in self.hotels:
                most = min(self.asked[kind], self._most(kind, hotel))
                if most > 0 and (group, hotel) in self.there:
                    self.rooms[kind, hotel] = self.programme.column(0, most)
        for group in filter(stock.secure, self.groups):
            for hotel in self.hotels:
                for floor in self._lockable(group, hotel):
                    self.floor[group, floor] = self.programme.column(0, 1)

    def _lockable(self, group: int, hotel: int) -> list[int]:
        """The floors nobody else has, nor any group that is not shared out anew."""
        held = {
            floor
            for (other, where), floors in self.blocks.floors.items()
            if where == hotel and other not in self.inside
            for floor in floors
        }
        return [f for f in self.stock.lockable(group, hotel) if f not in held]

    def _who_stays(self) -> dict[int, set[int]]:
        """Groups in the hotels that are not shared out anew."""
        stays: dict[int, set[int]] = {hotel: set() for hotel in self.hotels}
        for (kind, hotel), count in self.blocks.rooms.items():
            group = self.stock.kinds[kind].group
            if count and hotel in stays and group not in self.inside:
                stays[hotel].add(group)
        return stays

    def _most(self, kind: int, hotel: int) -> int:
        """The most rooms a kind could have in a hotel, were it alone there."""
        asked = self.stock.kinds[kind]
        if self.stock.secure(asked.group):
            floors = self.stock.lockable(asked.group, hotel)
            counts = [self.stock.on_floor[floor] for floor in floors]
        else:
            counts = [self.stock.in_hotel[hotel]]
        return min(
            sum(count[asked.category, asked.accessible, night] for count in counts)
            for night in self.stock.nights
            if asked.mask & night
        )

    def _rows(self) -> None:
        programme = self.programme
        for kind, asked in self.asked.items():
            here = [(kind, h) for h in self.hotels if (kind, h) in self.rooms]
            terms = [(self.rooms[pair], 1.0) for pair in here]
            programme.row(asked, [*terms, (self.left[kind], 1.0)], asked)
            for pair in here:
                column = self.rooms[pair]
                most = programme.limits[column]
                there = self.there[self.stock.kinds[kind].group, pair[1]]
                programme.row(-ENDLESS, [(column, 1.0), (there, -most)], 0)
        for hotel in self.hotels:
            self._supply(hotel)
            self._apart(hotel)

    def _supply(self, hotel: int) -> None:
        """What there is in each night that counts, shared and by locked floor."""
        stock = self.stock
        floors = stock.board.floors_of(hotel)
        for floor in floors:
            terms = [
                (self.floor[group, floor], 1.0)
                for group in self.groups
                if (group, floor) in self.floor
            ]
            if len(terms) > 1:
                self.programme.row(-ENDLESS, terms, 1)
        done = set()
        for category in stock.categories:
            for accessible in (False, True):
                for night in stock.nights:
                    key = category, accessible, night
                    here = self._present(hotel, *key)
                    unique = tuple(here), self._free(hotel, key)
                    if here and unique not in done:
                        done.add(unique)
                        self._supply_of(hotel, key, here)

    def _supply_of(
        self, hotel: int, key: tuple[str, bool, int], here: list[int]
    ) -> None:
        stock, floors = self.stock, set(self.stock.board.floors_of(hotel))
        locks = [
            (group, floor, stock.on_floor[floor][key])
            for group, floor in self.floor
            if floor in floors
        ]
        shared = [k for k in here if not stock.secure(stock.kinds[k].group)]
        if shared or locks:
            terms = [(self.rooms[kind, hotel], 1.0) for kind in shared]
            terms += [
                (self.floor[g, f], float(count))
                for g, f, count in locks
                if f not in stock.locked
            ]
            self.programme.row(-ENDLESS, terms, self._free(hotel, key))
        for group in filter(stock.secure, self.groups):
            own = [k for k in here if stock.kinds[k].group == group]
            terms = [(self.rooms[kind, hotel], 1.0) for kind in own]
            terms += [
                (self.floor[g, f], -float(count)) for g, f, count in locks if g == group
            ]
            if own:
                self.programme.row(-ENDLESS, terms, 0)

    def _present(
        self, hotel: int, category: str, accessible: bool, night: int
    ) -> list[int]:
        """The kinds that would take such a room of the hotel in that night."""
        kinds: list[Kind] = self.stock.kinds
        return [
            kind
            for kind in self.kinds
            if (kind, hotel) in self.rooms
            and kinds[kind].category == category
            and kinds[kind].mask & night
            and kinds[kind].accessible >= accessible
        ]

    def _free(self, hotel: int, key: tuple[str, bool, int]) -> int:
        """Such rooms that those who stay leave in that night."""
        return max(self.stock.in_hotel[hotel][key] - self.taken[hotel][key], 0)

    def _taken(self) -> dict[int, Counter[tuple[str, bool, int]]]:
        """Rooms of those who stay, by hotel; a floor held alone is taken as a whole."""
        stock = self.stock
        taken: dict[int, Counter[tuple[str, bool, int]]] = defaultdict(Counter)
        for (kind, hotel), count in self.blocks.rooms.items():
            one = stock.kinds[kind]
            if one.group in self.inside or stock.secure(one.group):
                continue
            for night in filter(one.mask.__and__, stock.nights):
                taken[hotel][one.category, False, night] += count
                if one.accessible:
                    taken[hotel][one.category, True, night] += count
        for (group, hotel), floors in self.blocks.floors.items():
            if group not in self.inside:
                for floor in floors:
                    taken[hotel].update(stock.on_floor[floor])
        return taken

    def _apart(self, hotel: int) -> None:
        here = [group for group in self.groups if (group, hotel) in self.there]
        for group in here:
            for other in self.stock.board.apart[group].intersection(here):
                if group < other:
                    pair = [(self.there[one, hotel], 1.0) for one in (group, other)]
                    self.programme.row(-ENDLESS, pair, 1)

    def solved(self, effort: Effort) -> tuple[Blocks, Solved]:
        """As many housed as possible, and then as few minutes of hotels and way.

        Both at once first, which is exact where everybody is housed; else one after
        the other.
        """
        own, costs = self._own(), self.programme.costs
        for kind, column in self.left.items():
            costs[column] = float(LEFT * own[kind])
        found = self._run(effort)
        if not found.values or any(found.values[c] for c in self.left.values()):
            found = self._one_by_one(own, effort)
        return self._blocks(found), found

    def _one_by_one(self, own: dict[int, int], effort: Effort) -> Solved:
        fewest, minutes = self._fewest(own, effort)
        if not fewest.values:
            return fewest
        self._house(own, sum(fewest.values[c] * own[k] for k, c in self.left.items()))
        self.programme.costs[:] = minutes
        found = self._run(effort, list(fewest.values))
        return found if found.values else fewest

    def _fewest(
        self, own: dict[int, int], effort: Effort
    ) -> tuple[Solved, list[float]]:
        """As many housed as possible whatever the way; and the costs of the ways."""
        costs = self.programme.costs
        minutes = list(costs)
        costs[:] = [0.0] * len(costs)
        for kind, column in self.left.items():
            costs[column], minutes[column] = float(own[kind]), 0.0
        return self._run(effort), minutes

    def _house(self, own: dict[int, int], least: int) -> None:
        """No more than ``least`` by weight may be left."""
        terms = [(column, float(own[kind])) for kind, column in self.left.items()]
        self.programme.row(-ENDLESS, terms, least)

    def proved(self, effort: Effort) -> tuple[Blocks, tuple[int, int]]:
        """The best found, and what none is below: unhoused by weight, then minutes."""
        own = self._own()
        fewest, minutes = self._fewest(own, effort)
        unhoused = max(ceil(fewest.bound - NEAR), 0)
        held = sum(fewest.values[c] * own[k] for k, c in self.left.items())
        self._house(own, held)
        if not held:
            self._split()
        self.programme.costs[:] = minutes
        found = self._run(effort, list(fewest.values))
        least = max(ceil(found.bound - NEAR), 0) if held == unhoused else 0
        return self._blocks(found), (unhoused, least)

    def _split(self) -> None:
        """How many hotels a group needs at least, if all of it is housed.

        It follows from the rooms there are; said in whole hotels it lifts the bound.
        """
        limits = self.programme.limits
        for group in self.groups:
            least = 0
            for kind in self.stock.of_group[group]:
                here = [self.rooms.get((kind, hotel)) for hotel in self.hotels]
                most = sorted(-limits[c] for c in here if c is not None)
                held = accumulate(most, initial=0.0)
                least = max(least, sum(-rooms < self.asked[kind] for rooms in held))
            there = [(self.there[g, h], 1.0) for g, h in self.there if g == group]
            self.programme.row(least, there, ENDLESS)

    def _own(self) -> dict[int, int]:
        """What a room of each kind weighs."""
        weight = self.stock.board.weight
        return {kind: weight[self.stock.kinds[kind].group] for kind in self.kinds}

    def cheapest(self, effort: Effort) -> Blocks:
        """The same hotels for the same groups, with the cheapest rooms."""
        programme, used = self.programme, self._start()
        for column in self.there.values():
            programme.limits[column] = used[column]
        programme.costs[:] = [0.0] * len(programme.costs)
        for (kind, hotel), column in self.rooms.items():
            programme.costs[column] = self.stock.price(kind, hotel)
        own = self._own()
        self._house(own, sum(used[c] * own[k] for k, c in self.left.items()))
        return self._blocks(self._run(effort))

    def _run(self, effort: Effort, start: list[int] | None = None) -> Solved:
        return self.programme.solved(
            nodes=effort.nodes, seconds=effort.seconds, start=start or self._start()
        )

    def _start(self) -> list[int]:
        """Everything as it is."""
        values = [0] * len(self.programme.costs)
        held = self.blocks.rooms
        for kind in self.kinds:
            here = {h: held.get((kind, h), 0) for h in self.hotels}
            group = self.stock.kinds[kind].group
            values[self.left[kind]] = self.asked[kind] - sum(here.values())
            for hotel, count in here.items():
                if count and (kind, hotel) in self.rooms:
                    values[self.rooms[kind, hotel]] = count
                    values[self.there[group, hotel]] = 1
        for (group, _hotel), floors in self.blocks.floors.items():
            for floor in floors:
                if (group, floor) in self.floor:
                    values[self.floor[group, floor]] = 1
        return values

    def _blocks(self, found: Solved) -> Blocks:
        """What was found, with what stays."""
        if not found.values:
            return self.blocks
        blocks = self.blocks.copy()
        for pair, column in self.rooms.items():
            blocks.rooms.pop(pair, None)
            if found.values[column]:
                blocks.rooms[pair] = found.values[column]
        for group in filter(self.stock.secure, self.groups):
            for hotel in self.hotels:
                floors = [
                    floor
                    for floor in self.stock.board.floors_of(hotel)
                    if (group, floor) in self.floor
                    and found.values[self.floor[group, floor]]
                ]
                blocks.floors[group, hotel] = tuple(floors)
        return blocks
