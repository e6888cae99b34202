"""A hotel or a floor is lost: the fewest people told something new.

Everybody whose room is still there keeps it. Whoever lost theirs is housed in what is
free, each group where it already is or together; if that is not enough, one other party
makes room for each that is left. Who is left after that is for a person to decide.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from titian.planning.rooms.blocks import Effort, Share
from titian.planning.rooms.board import NOWHERE, Board
from titian.planning.rooms.ejecting import make_room
from titian.planning.rooms.model import Plan, Problem, input_hash
from titian.planning.rooms.placing import place
from titian.planning.rooms.rules import allows
from titian.planning.rooms.solving import made
from titian.planning.rooms.stock import Blocks, Stock

OPTIONS = 3
BRIEF = Effort(nodes=20)


@dataclass(frozen=True, slots=True)
class Repair:
    """One way to mend a plan.

    ``told`` are those who must move though their room is still there; ``moved`` those
    who had to be housed anew, or for the first time; ``lost`` those who had a room and
    have none any more. ``burden`` is what telling weighs.
    """

    plan: Plan
    ring: str
    told: tuple[str, ...]
    moved: tuple[str, ...]
    lost: tuple[str, ...]
    burden: int


def repair(
    problem: Problem,
    published: Plan,
    *,
    tonight: int | None = None,
    seed: int = 42,
    options: int = OPTIONS,
) -> tuple[Repair, ...]:
    """Mend a published plan for a problem that has changed.

    Parameters
    ----------
    problem
        What there is now: ``p`` parties, ``r`` rooms.
    published
        What people were told. Parties it left unhoused are not looked at again.
    tonight
        The night; whose stay has begun by then weighs double.
    seed
        Kept in the plan; the same input gives the same repairs.
    options
        How many to give at most.

    Returns
    -------
    tuple[Repair, ...]
        At least one, the best first: fewest unhoused by weight, then fewest told by
        weight, then the rest of the problem's order. Where nothing broke, the
        published plan.

    Notes
    -----
    O(p + r) to read, a programme of the displaced groups times the hotels, and O(r)
    for each who finds no room in it.
    """
    standing = Standing(problem, published, tonight, seed)
    if standing.is_kept():
        return (Repair(published, "none", (), (), (), 0),)
    found = list(standing.inserted(options))
    if found[0].plan.unhoused and found[0].ring == "insertion" and standing.need:
        found = [standing.ejected(), *found]
    return _best(found, options)


class Standing:
    """A problem and what people were told of it."""

    def __init__(
        self, problem: Problem, published: Plan, tonight: int | None, seed: int
    ) -> None:
        self.published, self.seed, self.tonight = published, seed, tonight
        self.board = Board(problem)
        self.told = self._stay()
        out = {self.board.party.get(key) for key in published.unhoused}
        self.out = {party for party in out if party is not None}
        self.need = [
            party
            for party, room in enumerate(self.board.at)
            if room == NOWHERE and party not in self.out
        ]
        self.homes = list(self.board.at)
        self.digest = ""

    def _stay(self) -> set[int]:
        """Everybody who can stay does; whoever was told of a room."""
        board, told = self.board, set()
        for stay in self.published.stays:
            party, room = board.party.get(stay.party), board.room.get(stay.room)
            if party is None:
                continue
            told.add(party)
            if room is not None and allows(board, party, room):
                board.put(party, room)
        return told

    def is_kept(self) -> bool:
        """Whether the published plan holds as it is."""
        return not self.need and self.board.stays() == self.published.stays

    def inserted(self, options: int) -> Iterator[Repair]:
        """All in need in free rooms, nobody else moved; each way without one hotel."""
        hotels = list(range(len(self.board.problem.hotels)))
        for _option in range(max(options, 1)):
            self._insert(hotels)
            found = self._repaired("insertion")
            used = self._most_used()
            self._back()
            yield found
            if used is None or found.lost:
                return
            hotels = [hotel for hotel in hotels if hotel != used]

    def ejected(self) -> Repair:
        """As many as possible, each with at most one other moved."""
        self._insert(list(range(len(self.board.problem.hotels))))
        make_room(self.board, [p for p in self.need if self.board.at[p] == NOWHERE])
        found = self._repaired("ejection")
        self._back()
        return found

    def _insert(self, hotels: list[int]) -> None:
        stock = Stock(self.board, self.need)
        share = Share(stock, Blocks({}, {}), stock.groups, hotels)
        place(stock, share.solved(BRIEF)[0])

    def _back(self) -> None:
        """Everybody where they were before."""
        board = self.board
        moved = [p for p, room in enumerate(board.at) if room != self.homes[p]]
        for party in moved:
            if board.at[party] != NOWHERE:
                board.take(party)
        for party in moved:
            if self.homes[party] != NOWHERE:
                board.put(party, self.homes[party])

    def _most_used(self) -> int | None:
        """The hotel that takes most of those in need."""
        board = self.board
        used = [
            board.hotel[board.at[party]]
            for party in self.need
            if board.at[party] != NOWHERE
        ]
        return max(sorted(set(used)), key=used.count, default=None)

    def _weight(self, party: int) -> int:
        """What it weighs to tell them: by level, and double where they are there."""
        board = self.board
        is_there = (
            self.tonight is not None and board.parties[party].first <= self.tonight
        )
        return board.weight[board.group[party]] * (2 if is_there else 1)

    def _repaired(self, ring: str) -> Repair:
        board = self.board
        self.digest = self.digest or input_hash(board.problem)
        told = [
            party
            for party, room in enumerate(self.homes)
            if room not in (NOWHERE, board.at[party])
        ]
        lost = [p for p in self.need if board.at[p] == NOWHERE and p in self.told]
        burden = sum(map(self._weight, told))
        keys = [
            tuple(board.parties[p].key for p in some)
            for some in (told, self.need, lost)
        ]
        plan = made(board, self.seed, 0, self.digest, burden)
        return Repair(plan, ring, keys[0], keys[1], keys[2], burden)


def _best(repairs: list[Repair], options: int) -> tuple[Repair, ...]:
    """The best, none twice."""
    ranked = sorted(repairs, key=lambda one: [v for _level, v in one.plan.objective])
    kept: list[Repair] = []
    for one in ranked:
        if all(one.plan.stays != other.plan.stays for other in kept):
            kept.append(one)
    return tuple(kept[:options])
