"""Changes to a roster that can all be taken back."""

from collections import Counter
from dataclasses import dataclass, field

from titian.planning.cover.board import Piece
from titian.planning.cover.construct import place_all
from titian.planning.cover.roster import Roster

type Holding = tuple[Piece, int]


@dataclass(slots=True)
class Trial:
    """What was put and taken since it began; ``back`` leaves the roster as it was."""

    roster: Roster
    log: list[tuple[int, Piece, int]] = field(default_factory=list)

    def put(self, piece: Piece, officer: int) -> None:
        """Let the officer, or nobody, hold the piece; no rule is asked."""
        self.roster.put(piece, officer)
        self.log.append((1, piece, officer))

    def take(self, piece: Piece) -> int:
        """Take the piece from whoever holds it; answer who did."""
        officer = self.roster.take(piece)
        self.log.append((-1, piece, officer))
        return officer

    def place_parts(self, piece: Piece) -> None:
        """Give it away cut in parts, nobody holding what nobody can."""
        held = self.roster.held[piece.post]
        known = set(held)
        place_all(self.roster, [piece])
        parts = [one for one in held if one not in known]
        self.log += [(1, one, held[one]) for one in parts]

    def back(self, mark: int = 0) -> None:
        """Undo everything since there were ``mark`` changes."""
        while len(self.log) > mark:
            sign, piece, officer = self.log.pop()
            if sign > 0:
                self.roster.take(piece)
            else:
                self.roster.put(piece, officer)

    def net(self, mark: int = 0) -> tuple[list[Holding], list[Holding]]:
        """What is gone and what is new in the end, each in order."""
        count: Counter[Holding] = Counter()
        for sign, piece, officer in self.log[mark:]:
            count[piece, officer] += sign
        gone = sorted(one for one, sign in count.items() if sign < 0)
        return gone, sorted(one for one, sign in count.items() if sign > 0)
