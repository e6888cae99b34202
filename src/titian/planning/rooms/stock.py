"""What is asked of the hotels and what they have, in numbers: rooms without names."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from titian.planning.rooms.board import Board
from titian.planning.rooms.model import Problem


@dataclass(frozen=True, slots=True)
class Kind:
    """Parties of one group that ask for the same: any room of theirs does for each."""

    group: int
    category: str
    accessible: bool
    mask: int


@dataclass(slots=True)
class Blocks:
    """How many rooms of each kind in which hotel, and the floors of secure groups."""

    rooms: dict[tuple[int, int], int]
    floors: dict[tuple[int, int], tuple[int, ...]]

    def copy(self) -> "Blocks":
        """Another, to be changed."""
        return Blocks(dict(self.rooms), dict(self.floors))


class Stock:
    """The parties to be housed and the rooms free on a board, counted.

    Parameters
    ----------
    board
        Whoever is on it stays.
    parties
        Numbers of those to be housed.

    Notes
    -----
    Of the nights only those count whose guests are not all there in another night too:
    a hotel that is large enough in those is large enough in all. O(rooms + parties).
    """

    def __init__(self, board: Board, parties: Iterable[int]) -> None:
        self.board, self.problem = board, board.problem
        self.members: dict[Kind, list[int]] = defaultdict(list)
        for party in parties:
            self.members[self._kind(party)].append(party)
        self.kinds = list(self.members)
        self.need = [len(self.members[kind]) for kind in self.kinds]
        self.of_group: dict[int, list[int]] = defaultdict(list)
        for number, kind in enumerate(self.kinds):
            self.of_group[kind.group].append(number)
        self.groups = sorted(self.of_group)
        self.nights = _nights([kind.mask for kind in self.kinds])
        self.locked = {
            floor
            for floor, there in enumerate(board.on_floor)
            if any(self.secure(group) for group in there)
        }
        self.on_floor = self._on_floors()

    def _kind(self, party: int) -> Kind:
        asked, board = self.board.parties[party], self.board
        return Kind(
            board.group[party], asked.category, asked.accessible, board.mask[party]
        )

    def secure(self, group: int) -> bool:
        """Whether the group has its floors to itself."""
        return self.problem.groups[group].secure

    @cached_property
    def categories(self) -> list[str]:
        """The categories asked for, in their order."""
        return sorted({kind.category for kind in self.kinds})

    def _on_floors(self) -> list[Counter[tuple[str, bool, int]]]:
        """Free rooms by floor, category, whether accessible, and night."""
        board = self.board
        found: list[Counter[tuple[str, bool, int]]] = []
        for rooms in board.along:
            count: Counter[tuple[str, bool, int]] = Counter()
            for room in rooms:
                one = board.rooms[room]
                for night in self.nights:
                    if board.masks[room] & night:
                        continue
                    count[one.category, False, night] += 1
                    if one.accessible:
                        count[one.category, True, night] += 1
            found.append(count)
        return found

    @cached_property
    def in_hotel(self) -> list[Counter[tuple[str, bool, int]]]:
        """The same by hotel, without floors somebody has for themselves."""
        hotels: list[Counter[tuple[str, bool, int]]] = [
            Counter() for _hotel in self.problem.hotels
        ]
        for floor, (hotel, _storey) in enumerate(self.board.floors):
            if floor not in self.locked:
                hotels[hotel].update(self.on_floor[floor])
        return hotels

    def cost(self, group: int, hotel: int) -> int:
        """What it costs the group to be in the hotel; nothing if it is there."""
        if group in self.board.in_hotel[hotel]:
            return 0
        way = self.problem.groups[group].minutes[hotel]
        return self.problem.rules.hotel_minutes + way

    def may(self, group: int, hotel: int) -> bool:
        """Good enough, and with nobody there whom they must not meet."""
        asked = self.problem.groups[group].standard
        if self.problem.hotels[hotel].standard < asked:
            return False
        return self.board.apart[group].isdisjoint(self.board.in_hotel[hotel])

    def lockable(self, group: int, hotel: int) -> list[int]:
        """The floors a secure group could have for itself."""
        return [
            floor
            for floor in self.board.floors_of(hotel)
            if not self.board.on_floor[floor].keys() - {group}
        ]

    def price(self, kind: int, hotel: int) -> float:
        """The mean price of a room of that kind, for its nights."""
        nights = self.kinds[kind].mask.bit_count()
        return self._prices[hotel].get(self.kinds[kind].category, 0.0) * nights

    @cached_property
    def _prices(self) -> list[dict[str, float]]:
        sums: list[Counter[str]] = [Counter() for _hotel in self.problem.hotels]
        counts: list[Counter[str]] = [Counter() for _hotel in self.problem.hotels]
        for room, hotel in zip(self.board.rooms, self.board.hotel, strict=True):
            sums[hotel][room.category] += room.price
            counts[hotel][room.category] += 1
        return [
            {category: total / count[category] for category, total in one.items()}
            for one, count in zip(sums, counts, strict=True)
        ]

    def value(self, blocks: Blocks) -> tuple[int, int]:
        """What blocks are worth: unhoused by weight, and minutes of hotels and way."""
        placed: Counter[int] = Counter()
        homes = set()
        for (kind, hotel), count in blocks.rooms.items():
            placed[kind] += count
            if count:
                homes.add((self.kinds[kind].group, hotel))
        unhoused = sum(
            (need - placed[kind]) * self.board.weight[self.kinds[kind].group]
            for kind, need in enumerate(self.need)
        )
        return unhoused, sum(self.cost(*home) for home in homes)


def needs_of(problem: Problem) -> range:
    """Everybody's number."""
    return range(len(problem.parties))


def _nights(masks: list[int]) -> list[int]:
    """The nights, each as one bit, whose guests are not all there in another one."""
    asked = sorted(set(masks))
    there: dict[int, frozenset[int]] = {}
    for night in range(max(masks, default=0).bit_length()):
        guests = frozenset(n for n, mask in enumerate(asked) if mask >> night & 1)
        if any(guests <= other for other in there.values()):
            continue
        there = {n: other for n, other in there.items() if not other <= guests}
        there[1 << night] = guests
    return sorted(there)
