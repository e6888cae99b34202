"""Hotels shared out among groups: a first answer, better ones, and a bound on all."""

from random import Random

from titian.planning.rooms.blocks import Effort, Share
from titian.planning.rooms.stock import Blocks, Stock
from titian.planning.rooms.walking import Walk

WHOLE = 120  # pairs of group and hotel that are decided exactly, at once
QUICK, THOROUGH = Effort(nodes=20), Effort(nodes=3000)
HOTELS, GROUPS = 8, 6  # shared out anew in a round
MOST = 14
WALKED = 0.85  # of the time, before what is left is shared out by programmes

type Bound = tuple[int, int]


def construct(stock: Stock) -> Blocks:
    """A first answer: the largest group first, each where it costs least.

    A programme a group, or one for all where they are few. Where somebody is left, as
    many as possible are housed, whatever the way.
    """
    blocks = Blocks({}, {})
    hotels = range(len(stock.problem.hotels))
    if len(stock.groups) * len(hotels) <= WHOLE:
        return Share(stock, blocks, stock.groups, hotels).solved(THOROUGH)[0]
    size = {g: sum(stock.need[k] for k in stock.of_group[g]) for g in stock.groups}
    for group in sorted(size, key=lambda g: (not stock.secure(g), -size[g], g)):
        blocks = Share(stock, blocks, [group], hotels).solved(QUICK)[0]
    if stock.value(blocks)[0]:
        other = Share(stock, blocks, stock.groups, hotels).solved(QUICK)[0]
        blocks = min(blocks, other, key=stock.value)
    return blocks


class Sharing:
    """Blocks that become better, a round at a time.

    First a walk of many quick steps that cools (`walking`), and then large
    neighbourhood search (Shaw 1998) with HiGHS: now the hotels near one another are
    shared out anew among those in them, now a few groups that live together choose
    again among all. Where nobody knows when the search ends there is no long walk.
    """

    def __init__(self, stock: Stock, blocks: Blocks, seed: int) -> None:
        self.stock, self.blocks, self.random = stock, blocks, Random(seed)
        self.value = stock.value(blocks)
        self.walk = Walk(stock, blocks, self.random)
        ways = [stock.problem.groups[group].minutes for group in stock.groups]
        count = range(len(stock.problem.hotels))
        self.far = [
            [sum(abs(way[a] - way[b]) for way in ways) + 1 for b in count]
            for a in count
        ]

    def round(self, number: int, spent: float = 0.0) -> bool:
        """One part of the walk or one neighbourhood; whether the blocks are better.

        ``spent`` is how much of its time the search has had, 0 where it knows no end.
        """
        if number == 0 or 0 < spent < WALKED:
            return self._walked(spent / WALKED)
        return self._shared(number)

    def _walked(self, spent: float) -> bool:
        """On with the walk; what it found counts if it is worth more."""
        self.walk.walk(spent)
        value = self.stock.value(self.walk.blocks)
        if value >= self.value:
            return False
        self.blocks, self.value = self.walk.blocks, value
        return True

    def _shared(self, number: int) -> bool:
        groups, hotels = self._near_hotels() if number % 2 else self._neighbours()
        if not groups or not hotels:
            return False
        found = Share(self.stock, self.blocks, groups, hotels).solved(QUICK)[0]
        value = self.stock.value(found)
        if value > self.value:
            return False
        is_better = value < self.value
        self.blocks, self.value = found, value
        return is_better

    def _homes(self) -> dict[int, set[int]]:
        """The hotels of each group."""
        homes: dict[int, set[int]] = {group: set() for group in self.stock.groups}
        for (kind, hotel), count in self.blocks.rooms.items():
            if count:
                homes[self.stock.kinds[kind].group].add(hotel)
        return homes

    def _near_hotels(self) -> tuple[list[int], list[int]]:
        """Hotels near one another, and whoever is in them."""
        hotels = self._by_distance()[: HOTELS + self.random.randrange(-2, 3)]
        homes = self._homes()
        groups = [g for g in homes if homes[g].intersection(hotels)]
        if len(groups) > MOST:
            groups = self.random.sample(groups, MOST)
        return sorted(groups), sorted(hotels)

    def _neighbours(self) -> tuple[list[int], list[int]]:
        """Groups that live near one another, and all hotels."""
        hotels, homes = self._by_distance()[:5], self._homes()
        groups = [g for g in homes if homes[g].intersection(hotels)]
        groups += [g for g in homes if not homes[g]]
        self.random.shuffle(groups)
        return sorted(groups[:GROUPS]), list(range(len(self.far)))

    def _by_distance(self) -> list[int]:
        """The hotels, those near a random one first, more or less."""
        row = self.far[self.random.randrange(len(self.far))] if self.far else []
        noisy = [(way * self.random.uniform(0.5, 1.5), h) for h, way in enumerate(row)]
        return [hotel for _way, hotel in sorted(noisy)]


def proved(stock: Stock, blocks: Blocks, effort: Effort) -> tuple[Blocks, Bound]:
    """Better blocks, if any are found on the way, and what no plan can be below.

    The bound's minutes hold for plans that house as many. From the relaxation and the
    cuts of HiGHS over all groups and hotels at once, the more the longer it may think.
    """
    hotels = range(len(stock.problem.hotels))
    found, least = Share(stock, blocks, stock.groups, hotels).proved(effort)
    return min(blocks, found, key=stock.value), least
