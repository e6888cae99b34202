"""Give back what need not have moved."""

from collections.abc import Mapping, Sequence

from titian.planning.cover.board import Piece
from titian.planning.cover.kernel.arrays import NOBODY
from titian.planning.cover.roster import Roster


def restore(roster: Roster, before: Sequence[Mapping[Piece, int]]) -> None:
    """Let officers hold again what they held before, wherever the score is better.

    ``before`` are the pieces by post. A search that mends a gap leaves changes behind
    that the last step made needless; each given back may free the next, so it goes on
    until none is. O(changed²) checks at worst.
    """
    while any(
        _restored(roster, piece, officer)
        for post, held in enumerate(before)
        if held != roster.held[post]
        for piece, officer in sorted(held.items())
        if officer != NOBODY and roster.held[post].get(piece) != officer
    ):
        pass


def _restored(roster: Roster, piece: Piece, officer: int) -> bool:
    """Give one piece back; False, with all as it was, where that is no better."""
    there = roster.held[piece.post].items()
    over = [
        (p, o) for p, o in there if p.mask & piece.mask and p.on_call == piece.on_call
    ]
    if any(p.mask & ~piece.mask for p, _officer in over):
        return False
    score = roster.score()
    for other, _holder in over:
        roster.take(other)
    if roster.allows(piece, officer):
        roster.put(piece, officer)
        if roster.score() < score:
            return True
        roster.take(piece)
    for other, holder in over:
        roster.put(other, holder)
    return False
