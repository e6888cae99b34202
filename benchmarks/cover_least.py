"""The proven minimum of a repair of cover: how few others must change, at the least.

Over whole duties: each lost duty goes to one officer, or stays open as far as our own
repair leaves hours open; whoever takes it gives away what is in the way, to somebody
who is fit and there and who, in turn, gives away what is in the way. Whether the third
in such a row has room is not asked, and the rules are asked two duties at a time: so
the programme is easier than the question, and what it proves is never more than the
true least. Solved to the end by HiGHS.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from titian.planning.cover.board import Piece
from titian.planning.cover.mending import Without
from titian.planning.cover.roster import WEIGHT, Roster
from titian.planning.rooms.programme import Programme

type Take = tuple[Piece, int]  # a duty, and who would take it


@dataclass
class Asked:
    """Which takes there are, what each needs moved, and which exclude each other."""

    search: Without
    takes: dict[Take, list[Piece]] = field(default_factory=dict)
    needs_any: dict[Take, list[Piece]] = field(default_factory=dict)
    apart: list[tuple[Take, Take]] = field(default_factory=list)
    held: dict[Piece, int] = field(default_factory=dict)

    @property
    def roster(self) -> Roster:
        """Everybody's duties, the lost ones taken away."""
        return self.search.roster

    def everybody(self, pieces: Iterable[Piece]) -> list[Piece]:
        """Who could take these; answer what would have to go for it, in order."""
        wanted, before = sorted(pieces), set(self.held)
        for officer in range(len(self.search.board.officers)):
            if officer != self.search.gone:
                self._officer(officer, wanted)
        return sorted(set(self.held) - before)

    def _officer(self, officer: int, wanted: list[Piece]) -> None:
        roster, board = self.roster, self.search.board
        mine = [p for p in roster.ledger.of(officer) if p.start >= self.search.now]
        fit = [
            piece
            for piece in wanted
            if roster.casting.may(piece.post, officer) and piece not in mine
        ]
        free = {piece: roster.allows(piece, officer) for piece in fit}
        for piece in mine:
            board.take(piece, officer)
        here = [piece for piece in fit if roster.allows(piece, officer)]
        for piece in here:
            in_the_way = []
            if not free[piece]:
                in_the_way = [p for p in mine if self._excludes(p, piece, officer)]
            self.takes[piece, officer] = in_the_way
            if not free[piece] and not in_the_way:
                self.needs_any[piece, officer] = mine
            needed = in_the_way or self.needs_any.get((piece, officer), [])
            self.held |= dict.fromkeys(needed, officer)
        for one, other in combinations([p for p in here if p in self.search.lost], 2):
            if self._excludes(one, other, officer):
                self.apart.append(((one, officer), (other, officer)))
        for piece in mine:
            board.put(piece, officer)

    def _excludes(self, held: Piece, piece: Piece, officer: int) -> bool:
        """Whether the officer cannot take the one while they hold the other."""
        self.search.board.put(held, officer)
        allows = self.roster.allows(piece, officer)
        self.search.board.take(held, officer)
        return not allows

    def movable(self, piece: Piece) -> bool:
        """Whether anybody but who holds it is fit for it and there."""
        away, holder = self.search.board.away, self.held[piece]
        fit = self.roster.casting.fit(piece.post).tolist()
        return any(o != holder and not away[o] & piece.mask for o in fit)


def fewest(search: Without, open_weight: int, enough: int) -> int:
    """The fewest duties of others that change, with no more left open than that.

    Nobody looks a step further once ``enough`` is proved.
    """
    asked = Asked(search)
    near = asked.everybody(search.lost)
    proved = _proved(asked, [], open_weight)
    if proved >= enough or len(search.board.officers) * len(near) > DEEP:
        return proved
    asked.everybody(near)
    return max(proved, _proved(asked, near, open_weight))


DEEP = 20_000  # takes of a second step that are looked at


def _proved(asked: Asked, near: list[Piece], open_weight: int) -> int:
    """What HiGHS proves; those ``near`` have to find somebody else who takes them."""
    lost, lines = asked.search.lost, Programme()
    wanted = {*lost, *near}
    takes = {take: lines.column(0, 1) for take in asked.takes if take[0] in wanted}
    moved = {
        piece: lines.column(1, int(asked.movable(piece)))
        for piece in sorted(asked.held)
    }
    left = [lines.column(0, 1) for _piece in lost]
    for piece, is_left in zip(lost, left, strict=True):
        lines.row(1, [*_takers(takes, piece), (is_left, 1.0)], 1)
    for piece in near:
        lines.row(0, [*_takers(takes, piece), (moved[piece], -1.0)], 0)
    for take, column in takes.items():
        for piece in asked.takes[take]:
            lines.row(0, [(moved[piece], 1.0), (column, -1.0)], 1)
        if several := asked.needs_any.get(take):
            any_of = [(moved[piece], 1.0) for piece in several]
            lines.row(0, [*any_of, (column, -1.0)], len(several))
    for one, other in asked.apart:
        lines.row(0, [(takes[one], 1.0), (takes[other], 1.0)], 1)
    weights = [float(_weight(asked.search, piece)) for piece in lost]
    lines.row(0, list(zip(left, weights, strict=True)), open_weight)
    found = lines.solved()
    # Where nobody takes whole duties there is no solution, and nothing is proved.
    return math.ceil(found.bound - 1e-6) if found.values else 0


def _takers(takes: dict[Take, int], piece: Piece) -> list[tuple[int, float]]:
    return [(column, 1.0) for take, column in takes.items() if take[0] == piece]


def _weight(search: Without, piece: Piece) -> int:
    """What it weighs to leave the duty open."""
    level = search.board.posts[piece.post].level
    return WEIGHT[piece.on_call] * (8 - level) * (piece.end - piece.start)
