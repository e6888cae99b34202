"""One duty moved out of the way of another: who could make room, and who follows."""

from functools import cache
from importlib import import_module
from typing import Any

import numpy as np

from titian.planning.cover.board import Piece
from titian.planning.cover.kernel.arrays import (
    END,
    OFFICER,
    ON_CALL,
    POST,
    START,
    Flags,
    Ints,
)
from titian.planning.cover.roster import Roster

EJECTED = 6  # so many ways to move one duty out of the way are compared
TRIED = 600  # so many duties in the way are looked at


@cache
def kernels() -> Any:
    """The compiled half; numba is not loaded before the first plan is mended."""
    return import_module("titian.planning.cover.kernel.ejecting")


def ejections(
    roster: Roster, piece: Piece, begun: int, known: Flags
) -> list[tuple[Piece, int, int]]:
    """Duties that could be moved, their holder who is then free for it, their taker.

    The lowest guests' first, none from before the step ``begun``; a taker whom the
    delegation has ``known`` before a stranger.
    """
    cast, now, ask = roster.casting.cast, roster.now, roster.ask(piece)
    rows, groups = roster.ledger.rows, np.array(roster.casting.group, np.int64)
    near = np.zeros(len(rows), np.int64)
    near = near[: kernels().in_the_way(cast, now, ask, rows, begun, near)]
    found = np.zeros((EJECTED, 2), np.int64)
    chosen = _by_level(roster, piece, near)[:TRIED]
    count = kernels().ejections(cast, now, ask, known, groups, rows, chosen, found)
    return [
        (roster.ledger.pieces[row], int(rows[row, OFFICER]), taker)
        for row, taker in found[:count].tolist()
    ]


def _by_level(roster: Roster, piece: Piece, near: Ints) -> Ints:
    """The lowest guests first, then those at the same time, then as pieces come."""
    rows, posts = roster.ledger.rows[near], roster.board.posts
    post, start, end = rows[:, POST], rows[:, START], rows[:, END]
    level = np.array([one.level for one in posts], np.int64)[post]
    beside = (start >= piece.end) | (end <= piece.start)
    order = (rows[:, OFFICER], rows[:, ON_CALL], end, start, post, beside, -level)
    return near[np.lexsort(order)]
