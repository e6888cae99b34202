"""Blocks moved about quickly: some taken out, put back where they cost least."""

from collections import Counter
from math import exp, inf
from random import Random

from titian.planning.rooms.stock import Blocks, Stock

HOT, COLD = 20.0, 0.7  # minutes a step may lose, at first and at last
UNHOUSED = 100_000  # minutes for each weight without a room
STEPS = 150  # in a round
SHARES = 3  # of a large group taken out at once


class Walk:
    """A walk among blocks: ruin and recreate (Schrimpf et al. 2000), annealed.

    Secure groups stay where they are. A step is O(groups taken out · hotels · kinds);
    worse blocks are taken with a chance that grows smaller as the walk cools.
    """

    def __init__(self, stock: Stock, blocks: Blocks, random: Random) -> None:
        self.stock, self.random, self.blocks = stock, random, blocks
        self.hotels = range(len(stock.problem.hotels))
        self.groups = [group for group in stock.groups if not stock.secure(group)]
        self.cost = {
            group: [stock.cost(group, hotel) for hotel in self.hotels]
            for group in self.groups
        }
        self.may = {
            group: [hotel for hotel in self.hotels if stock.may(group, hotel)]
            for group in self.groups
        }
        self.keys = [self._keys(kind) for kind in range(len(stock.kinds))]
        self.left = [dict(count) for count in stock.in_hotel]
        self.there: list[set[int]] = [set() for _hotel in self.hotels]
        self.held: dict[int, dict[int, dict[int, int]]] = {}
        self._load(blocks)
        self.best = self.value = sum(map(self._worth, self.groups))

    def _keys(self, kind: int) -> list[tuple[str, bool, int]]:
        """What a room of the kind takes from a hotel."""
        one = self.stock.kinds[kind]
        nights = [night for night in self.stock.nights if night & one.mask]
        ways = (False, True) if one.accessible else (False,)
        return [(one.category, way, night) for way in ways for night in nights]

    def _load(self, blocks: Blocks) -> None:
        stock = self.stock
        self.held = {group: {} for group in self.groups}
        for (group, hotel), floors in blocks.floors.items():
            if floors:
                self.there[hotel].add(group)
            taken: Counter[tuple[str, bool, int]] = Counter()
            for floor in floors:
                taken.update(stock.on_floor[floor])
            for key, count in taken.items():
                self.left[hotel][key] = self.left[hotel].get(key, 0) - count
        for (kind, hotel), count in blocks.rooms.items():
            group = stock.kinds[kind].group
            if group in self.held and count:
                self._give(group, hotel, {kind: count})

    def _give(self, group: int, hotel: int, share: dict[int, int]) -> None:
        own = self.held[group].setdefault(hotel, {})
        left = self.left[hotel]
        for kind, count in share.items():
            own[kind] = own.get(kind, 0) + count
            for key in self.keys[kind]:
                left[key] -= count
        self.there[hotel].add(group)

    def _take(self, group: int, hotel: int) -> None:
        left = self.left[hotel]
        for kind, count in self.held[group].pop(hotel).items():
            for key in self.keys[kind]:
                left[key] += count
        self.there[hotel].discard(group)

    def _need(self, group: int) -> dict[int, int]:
        """What the group still lacks, by kind."""
        need = {kind: self.stock.need[kind] for kind in self.stock.of_group[group]}
        for share in self.held[group].values():
            for kind, count in share.items():
                need[kind] -= count
        return {kind: count for kind, count in need.items() if count}

    def _worth(self, group: int) -> int:
        """Its minutes, and very many for those without a room."""
        cost, lacks = self.cost[group], sum(self._need(group).values())
        minutes = sum(cost[hotel] for hotel in self.held[group])
        return minutes + UNHOUSED * self.stock.board.weight[group] * lacks

    def walk(self, spent: float) -> bool:
        """A round of steps, the cooler the more is ``spent``; whether any was best."""
        heat, before = HOT * (COLD / HOT) ** min(spent, 1.0), self.best
        for _step in range(STEPS if self.groups else 0):
            self._step(heat)
        return self.best < before

    def _step(self, heat: float) -> None:
        gone = self._chosen()
        groups = sorted({group for group, _hotel in gone})
        was = {
            group: {hotel: dict(share) for hotel, share in self.held[group].items()}
            for group in groups
        }
        before = sum(map(self._worth, groups))
        self._moved(gone, groups)
        worse = sum(map(self._worth, groups)) - before
        if worse > 0 and self.random.random() >= exp(-worse / heat):
            self._restore(was)
            return
        self.value += worse
        if self.value < self.best:
            self.best, self.blocks = self.value, self._told()

    def _moved(self, gone: list[tuple[int, int]], groups: list[int]) -> None:
        """Out they go, and in again in some order, or those who lack most first."""
        for group, hotel in gone:
            self._take(group, hotel)
        self.random.shuffle(groups)
        if self.random.random() < 0.5:
            groups.sort(key=lambda group: -sum(self._need(group).values()))
        for group in groups:
            self._settle(group)

    def _restore(self, was: dict[int, dict[int, dict[int, int]]]) -> None:
        for group in was:
            for hotel in list(self.held[group]):
                self._take(group, hotel)
        for group, shares in was.items():
            for hotel, share in shares.items():
                self._give(group, hotel, share)

    def _chosen(self) -> list[tuple[int, int]]:
        """Some groups in one hotel or near it, each with some of its shares."""
        random = self.random
        first = random.choice(self.groups)
        near = self._near(first)
        here = sorted(group for group in self.there[near] if group in self.held)
        others = random.sample(here, min(len(here), random.randrange(1, 5)))
        gone: list[tuple[int, int]] = []
        for group in dict.fromkeys([first, *others]):
            gone += [(group, hotel) for hotel in self._leaves(group, near)]
        return gone

    def _near(self, group: int) -> int:
        """A hotel it may be in, mostly one of the nearer."""
        may, cost = self.may[group] or [0], self.cost[group]
        tries = 3 if self.random.random() < 0.7 else 1
        some = [self.random.choice(may) for _try in range(tries)]
        return min(some, key=lambda hotel: (cost[hotel], hotel))

    def _leaves(self, group: int, near: int) -> list[int]:
        """The hotels it leaves: all of them, or a few where it is in many."""
        homes = sorted(self.held[group])
        if len(homes) <= SHARES:
            return homes
        some = self.random.sample(homes, self.random.randrange(1, SHARES + 1))
        return sorted({*some, near}.intersection(homes))

    def _settle(self, group: int) -> None:
        """Put back what the group lacks, where a room costs least, more or less."""
        need = self._need(group)
        while need and (found := self._cheapest(group, need)):
            hotel, share = found
            self._give(group, hotel, share)
            for kind, count in share.items():
                need[kind] -= count
                if not need[kind]:
                    del need[kind]

    def _cheapest(
        self, group: int, need: dict[int, int]
    ) -> tuple[int, dict[int, int]] | None:
        """The hotel where a room of the need costs least, more or less, and a share."""
        apart, own = self.stock.board.apart[group], self.held[group]
        best, found = inf, None
        for hotel in self.may[group]:
            if apart and not apart.isdisjoint(self.there[hotel]):
                continue
            share = self._share(hotel, need)
            if share:
                cost = 0.0 if hotel in own else self.cost[group][hotel]
                cost *= self.random.uniform(0.8, 1.2) / sum(share.values())
                if cost < best:
                    best, found = cost, (hotel, share)
        return found

    def _share(self, hotel: int, need: dict[int, int]) -> dict[int, int]:
        """What the hotel could take of the need.

        Kinds that ask for the same rooms count what those before them would take.
        """
        left, used = self.left[hotel], dict[tuple[str, bool, int], int]()
        share = {}
        for kind, count in need.items():
            keys = self.keys[kind]
            fits = min(left.get(key, 0) - used.get(key, 0) for key in keys)
            if fits > 0:
                share[kind] = taken = min(count, fits)
                if len(need) > 1:
                    for key in keys:
                        used[key] = used.get(key, 0) + taken
        return share

    def _told(self) -> Blocks:
        """The blocks as they are now, with the secure groups'."""
        stock = self.stock
        rooms = {
            (kind, hotel): count
            for (kind, hotel), count in self.blocks.rooms.items()
            if stock.secure(stock.kinds[kind].group)
        }
        for group in self.groups:
            for hotel, share in self.held[group].items():
                rooms |= {(kind, hotel): count for kind, count in share.items()}
        return Blocks(rooms, dict(self.blocks.floors))
