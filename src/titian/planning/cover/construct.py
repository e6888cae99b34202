"""The first plan, in milliseconds: the hardest delegations first, few faces each."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from random import Random
from typing import Any

import numpy as np

from titian.planning.cover.board import Board, Piece, piece_of
from titian.planning.cover.kernel.arrays import NOBODY, Floats, Ints
from titian.planning.cover.model import Mode, Problem
from titian.planning.cover.roster import Roster

NO_NOISE = np.zeros(0)


@cache
def kernels() -> Any:
    """The compiled half of cover; numba is not loaded before the first plan is made."""
    return import_module("titian.planning.cover.kernel.taking")


def started(problem: Problem) -> Roster:
    """A roster with what stays: duties held, and published ones that break no rule."""
    roster = Roster(Board(problem))
    for number, officer in enumerate(roster.board.officers):
        for duty in officer.held:
            roster.pin(roster.board.piece(duty), number)
    _keep_published(roster)
    return roster


def _keep_published(roster: Roster) -> None:
    """Put published duties back, the earliest first, each if it may still be held."""
    stay = roster.problem.order[0] == "changed"
    for piece, officer in roster.published:
        if _still_holds(roster, piece, officer, whole=not stay):
            (roster.pin if stay else roster.put)(piece, officer)


def _still_holds(roster: Roster, piece: Piece, officer: int, *, whole: bool) -> bool:
    """Whether the duty is wanted (for all its hours, or some) and lawful."""
    attached, call = roster.open_hours(piece.post)
    wanted = call if piece.on_call else attached
    needed = not piece.mask & ~wanted if whole else bool(piece.mask & wanted)
    fit = roster.casting.may(piece.post, officer)
    return needed and fit and roster.allows(piece, officer)


def construct(problem: Problem) -> Roster:
    """The first plan: everything is a piece, and every piece that can be is held.

    O(pieces · officers), each of them a handful of operations on whole weeks.
    """
    roster = started(problem)
    for post in by_difficulty(roster):
        attached, _call = roster.open_hours(post)
        place_all(roster, roster.cut(post, attached, Mode.ATTACHED))
    calls = []
    for post in range(len(roster.held)):
        _attached, call = roster.open_hours(post)
        calls += roster.cut(post, call, Mode.ON_CALL)
    place_all(roster, sorted(calls, key=lambda p: (p.start, p.end, p.post)))
    return roster


def by_difficulty(roster: Roster) -> list[int]:
    """Posts by level, then by how few could serve them."""
    posts, fit = roster.board.posts, roster.casting.fit
    return sorted(range(len(posts)), key=lambda n: (posts[n].level, fit(n).size, n))


def place_all(
    roster: Roster, pieces: Iterable[Piece], random: Random | None = None
) -> None:
    """Give each piece to the best who may take it; cut what nobody can take whole."""
    for piece in pieces:
        if (officer := taker(roster, piece, random)) != NOBODY:
            roster.put(piece, officer)
        else:
            _place_parts(roster, piece)


def taker(roster: Roster, piece: Piece, random: Random | None = None) -> int:
    """The best officer who may take the piece as things stand, or nobody."""
    cast, now, ask = roster.casting.cast, roster.now, roster.ask(piece)
    among, noise = roster.casting.fit(piece.post), NO_NOISE
    if random:
        among = roster.desk.found[: kernels().free(cast, now, ask, among, roster.desk)]
        noise = np.array([random.random() for _officer in among])
    found: int = kernels().cheapest(cast, now, roster.desk, ask, among, noise)
    return found


def prices(roster: Roster, piece: Piece, among: Ints) -> Floats:
    """What taking costs each: a rule of thumb for the objective, lower is better."""
    cast, now, ask = roster.casting.cast, roster.now, roster.ask(piece)
    found = np.zeros(among.size)
    kernels().prices(cast, now, roster.desk, ask, among, found)
    return found


def willing(roster: Roster, piece: Piece, among: Ints) -> Ints:
    """Those among them who may take the piece as things stand; until asked again."""
    cast, now, ask = roster.casting.cast, roster.now, roster.ask(piece)
    found = roster.desk.found
    return found[: kernels().willing(cast, now, ask, among, found)]


def takers(roster: Roster, piece: Piece) -> list[int]:
    """Everybody who may take the piece as things stand, the cheapest first."""
    may = willing(roster, piece, roster.casting.fit(piece.post))
    found: list[int] = may[prices(roster, piece, may).argsort(stable=True)].tolist()
    return found


def _place_parts(roster: Roster, piece: Piece) -> None:
    """Let somebody hold a part of it, and look at the rest; what remains is a gap.

    Nobody may take the whole of it.
    """
    left = [piece]
    while left:
        whole = left.pop()
        part, officer = whole, NOBODY
        if whole is not piece:
            officer = taker(roster, whole)
        if officer == NOBODY:
            part, officer = _longest_part(roster, whole)
        if officer == NOBODY:
            part, officer = _longer_duty(roster, whole)
        roster.put(part, officer)
        for start, end in ((whole.start, part.start), (part.end, whole.end)):
            if start < end:
                left.append(piece_of(whole.post, start, end, whole.mode))


def _longest_part(roster: Roster, piece: Piece) -> tuple[Piece, int]:
    """The longest part at either edge that leaves no stub, and its taker."""
    cast, now, ask = roster.casting.cast, roster.now, roster.ask(piece)
    fit = roster.casting.fit(piece.post)
    start, end, officer = kernels().longest(cast, now, roster.desk, ask, fit, NO_NOISE)
    return piece_of(piece.post, start, end, piece.mode), officer


def _longer_duty(roster: Roster, piece: Piece) -> tuple[Piece, int]:
    """How much of it those before and after can add to what they hold already."""
    who, may = roster.now.who[piece.post], roster.casting.may
    around = int(who[piece.start - 1]), int(who[piece.end])
    for length in range(piece.end - piece.start - 1, 0, -1):
        for part, officer in zip(_edges(piece, length), around, strict=True):
            if may(piece.post, officer) and roster.allows(part, officer):
                return part, officer
    return piece, NOBODY


def _edges(piece: Piece, length: int) -> tuple[Piece, Piece]:
    """So many steps at the beginning, and at the end."""
    post, start, end, mode = piece.post, piece.start, piece.end, piece.mode
    return (
        piece_of(post, start, start + length, mode),
        piece_of(post, end - length, end, mode),
    )
