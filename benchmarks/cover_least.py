"""The proven minimum of a repair of cover: how few others must change, at the least.

Over whole duties: each lost duty goes to one officer, or stays open as far as our own
repair leaves hours open; whoever takes it may give away what is in the way, to whoever
is fit and there. The rules are asked two duties at a time, and whether whoever takes a
duty of another has room for it is not asked at all: so the programme is easier than the
question, and what it proves is never more than the true least. Solved by HiGHS.
"""

import math
from dataclasses import dataclass, field
from itertools import combinations

from titian.planning.cover.board import Piece
from titian.planning.cover.mending import Without
from titian.planning.cover.roster import WEIGHT, Roster
from titian.planning.rooms.programme import Programme

type Take = tuple[int, int]  # a lost duty, and who takes it


@dataclass
class Asked:
    """Which takes there are, what each needs moved, and which exclude each other."""

    search: Without
    takes: dict[Take, list[Piece]] = field(default_factory=dict)
    needs_any: dict[Take, list[Piece]] = field(default_factory=dict)
    apart: list[tuple[Take, Take]] = field(default_factory=list)

    @property
    def roster(self) -> Roster:
        """Everybody's duties, the lost ones taken away."""
        return self.search.roster

    def officer(self, officer: int) -> None:
        """What the officer could take, and what would have to go for it."""
        roster, board = self.roster, self.search.board
        mine = [p for p in roster.ledger.of(officer) if p.start >= self.search.now]
        free = {
            n: roster.allows(piece, officer)
            for n, piece in enumerate(self.search.lost)
            if roster.casting.may(piece.post, officer)
        }
        for piece in mine:
            board.take(piece, officer)
        for number, is_free in free.items():
            piece = self.search.lost[number]
            if not roster.allows(piece, officer):
                continue
            in_the_way = [p for p in mine if self._excludes(p, piece, officer)]
            self.takes[number, officer] = in_the_way
            if not is_free and not in_the_way:
                self.needs_any[number, officer] = mine
        for one, other in combinations([n for n, o in self.takes if o == officer], 2):
            first, second = self.search.lost[one], self.search.lost[other]
            if self._excludes(first, second, officer):
                self.apart.append(((one, officer), (other, officer)))
        for piece in mine:
            board.put(piece, officer)

    def _excludes(self, held: Piece, piece: Piece, officer: int) -> bool:
        """Whether the officer cannot take the one while they hold the other."""
        self.search.board.put(held, officer)
        allows = self.roster.allows(piece, officer)
        self.search.board.take(held, officer)
        return not allows

    def movable(self, piece: Piece, holder: int) -> bool:
        """Whether anybody else is fit for it and there."""
        away = self.search.board.away
        fit = self.roster.casting.fit(piece.post).tolist()
        return any(o != holder and not away[o] & piece.mask for o in fit)


def fewest(search: Without, open_weight: int) -> int:
    """The fewest duties of others that change, with no more left open than that."""
    asked = Asked(search)
    for officer in range(len(search.board.officers)):
        if officer != search.gone:
            asked.officer(officer)
    lines = Programme()
    takes = {take: lines.column(0.0, 1) for take in asked.takes}
    ways = [*asked.takes.items(), *asked.needs_any.items()]
    in_the_way = sorted({(p, take[1]) for take, pieces in ways for p in pieces})
    moved = {key: lines.column(1.0, int(asked.movable(*key))) for key in in_the_way}
    left = [lines.column(0.0, 1) for _piece in search.lost]
    for number, is_left in enumerate(left):
        takers = [(column, 1.0) for take, column in takes.items() if take[0] == number]
        lines.row(1, [*takers, (is_left, 1.0)], 1)
    for take, pieces in asked.takes.items():
        for piece in pieces:
            lines.row(0, [(moved[piece, take[1]], 1.0), (takes[take], -1.0)], 1)
    for take, pieces in asked.needs_any.items():
        several = [(moved[piece, take[1]], 1.0) for piece in pieces]
        lines.row(0, [*several, (takes[take], -1.0)], len(pieces))
    for one, other in asked.apart:
        lines.row(0, [(takes[one], 1.0), (takes[other], 1.0)], 1)
    weights = [float(_weight(search, piece)) for piece in search.lost]
    lines.row(0, list(zip(left, weights, strict=True)), open_weight)
    found = lines.solved()
    # Where nobody takes whole duties there is no solution, and nothing is proved.
    return math.ceil(found.bound - 1e-6) if found.values else 0


def _weight(search: Without, piece: Piece) -> int:
    """What it weighs to leave the duty open."""
    level = search.board.posts[piece.post].level
    return WEIGHT[piece.on_call] * (8 - level) * (piece.end - piece.start)
