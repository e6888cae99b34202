"""Every piece that is given away or open, as rows of numbers that can be searched."""

import numpy as np

from titian.planning.cover.board import Piece
from titian.planning.cover.kernel.arrays import (
    NOBODY,
    OFFICER,
    UNUSED,
    WIDTH,
    Flags,
    Ints,
)


class Ledger:
    """Who holds which piece; ``pieces[n]`` is what row ``n`` is about.

    A row is (post, start, end, on call, officer), the officer ``UNUSED`` where there
    is no piece. Whatever is found is in the order of the pieces, whenever they came.
    """

    def __init__(self) -> None:
        self.rows: Ints = np.full((64, WIDTH), UNUSED, np.int64)
        self.pieces: list[Piece] = []
        self._row: dict[Piece, int] = {}
        self._spare: list[int] = []

    def put(self, piece: Piece, officer: int) -> None:
        """Write down that the officer, or nobody, holds the piece."""
        if self._spare:
            row = self._spare.pop()
            self.pieces[row] = piece
        else:
            row = len(self.pieces)
            self.pieces.append(piece)
            if row == len(self.rows):
                more = np.full_like(self.rows, UNUSED)
                self.rows = np.concatenate([self.rows, more])
        self._row[piece] = row
        self.rows[row] = piece.post, piece.start, piece.end, piece.on_call, officer

    def take(self, piece: Piece) -> None:
        """Strike the piece out."""
        row = self._row.pop(piece)
        self.rows[row] = UNUSED
        self._spare.append(row)

    def of(self, *officers: int) -> list[Piece]:
        """All that these hold."""
        return self._sorted(np.isin(self.rows[:, OFFICER], officers))

    def open(self) -> list[Piece]:
        """All that nobody holds."""
        return self.of(NOBODY)

    def calls(self, start: int, end: int) -> list[Piece]:
        """Everything by telephone in these steps, held or open."""
        _post, begins, ends, on_call, officer = self.rows.T
        within = (begins < end) & (ends > start)
        return self._sorted(within & (on_call == 1) & (officer != UNUSED))

    def _sorted(self, chosen: Flags) -> list[Piece]:
        return sorted(self.pieces[row] for row in np.flatnonzero(chosen).tolist())
