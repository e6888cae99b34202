"""Why this officer, and why nobody: answers as codes and parameters."""

from collections.abc import Collection
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np

from titian.planning.cover.board import Board, Piece, piece_of
from titian.planning.cover.casting import Casting
from titian.planning.cover.construct import prices, willing
from titian.planning.cover.kernel.arrays import NOBODY, Ints
from titian.planning.cover.model import (
    Duty,
    Gap,
    Nearest,
    Plan,
    Problem,
    Reason,
)
from titian.planning.cover.roster import Roster
from titian.planning.cover.rules import (
    RULES,
    tongue,
)

FREE = "free"


@cache
def kernels() -> Any:
    """The compiled half; numba is not loaded before the first reason is asked for."""
    return import_module("titian.planning.cover.kernel.telling")


def why(problem: Problem, plan: Plan, duty: Duty) -> Reason:
    """Why the officer of ``duty`` holds it, all else in the plan as it is.

    Raises
    ------
    ValueError
        If the duty is not in the plan.
    """
    if duty not in plan.duties:
        raise ValueError("The plan has no such duty.")
    roster = rebuilt(problem, plan.duties, but=duty)
    return reason(roster, roster.board.piece(duty))


def impossible(problem: Problem, plan: Plan, gap: Gap) -> Gap:
    """The gap with what rules everybody out, and who comes nearest.

    ``gap`` need not be one of the plan's: any hours of a post may be asked about. An
    officer whom no rule rules out counts as "free".

    Raises
    ------
    ValueError
        If the problem has no such post.
    """
    roster = rebuilt(problem, plan.duties)
    board = roster.board
    if gap.post not in board.post_number:
        raise ValueError(f"There is no post {gap.post}.")
    start, end = board.grid.bounds(gap.start, gap.end)
    number = board.post_number[gap.post]
    return explained(roster, piece_of(number, start, end, gap.mode))


def rebuilt(
    problem: Problem,
    duties: tuple[Duty, ...],
    *,
    pinned: Collection[Duty] = (),
    but: Duty | None = None,
    casting: Casting | None = None,
) -> Roster:
    """A roster with exactly these duties, and what is held elsewhere.

    Duties held are pinned, and those ``pinned``: all ``but`` the one asked about.
    """
    roster = Roster(Board(problem), casting)
    held = [duty for officer in problem.officers for duty in officer.held]
    told = [duty for duty in duties if duty in pinned and duty not in held]
    stays = {duty: None for duty in (*held, *told) if duty != but}
    for duty in stays:
        roster.pin(roster.board.piece(duty), roster.board.number[duty.officer])
    roster.fill(duty for duty in duties if duty not in stays)
    return roster


def reason(roster: Roster, piece: Piece) -> Reason:
    """Why its officer holds the piece; the roster is the same afterwards.

    O(officers fit for the post).
    """
    officer = roster.take(piece)
    post = roster.board.posts[piece.post]
    others = roster.casting.fit(piece.post)
    others = others[others != officer]
    free = willing(roster, piece, others)
    language, cefr = tongue(post, roster.board.officers[officer]) or ("", "")
    found = Reason(
        language,
        cefr,
        met=_met(roster, piece, officer),
        fit=len(others),
        free=len(free),
    )
    if free.size:
        found = _with_regret(roster, piece, officer, free, found)
    elif others.size:
        found = _with_rule(roster, piece, others, found)
    roster.put(piece, officer)
    return found


def _met(roster: Roster, piece: Piece, officer: int) -> bool:
    """Whether the delegation knows the officer before these hours."""
    post = roster.board.posts[piece.post]
    if roster.board.officers[officer].key in post.kept:
        return True
    held = [*roster.held[piece.post].items(), *roster.pinned[piece.post]]
    return any(
        who == officer and not other.on_call and other.start < piece.start
        for other, who in held
    )


def _with_regret(
    roster: Roster, piece: Piece, officer: int, free: Ints, found: Reason
) -> Reason:
    other = int(free[prices(roster, piece, free).argmin()])
    scores = []
    for who in (officer, other):
        roster.put(piece, who)
        scores.append(roster.score())
        roster.take(piece)
    levels = zip(roster.problem.order, *scores, strict=True)
    regret = tuple((level, then - now) for level, now, then in levels if then != now)
    key = roster.board.officers[other].key
    return replace(found, runner_up=key, regret=regret)


def _with_rule(roster: Roster, piece: Piece, others: Ints, found: Reason) -> Reason:
    """The one whom the last rules stop is the next in line."""
    told = verdicts(roster, piece)
    several = np.bitwise_count(told[others]) * len(RULES) - _first(told[others])
    other = int(others[several.argmin()])
    key = roster.board.officers[other].key
    return replace(found, runner_up=key, rule=codes(told[other])[0])


def verdicts(roster: Roster, piece: Piece) -> Ints:
    """For each officer the rules they would break, as bits in the order of RULES."""
    found = roster.casting.lasting(piece.post)
    ask = roster.ask(piece)
    kernels().add_verdicts(roster.casting.cast, roster.now, ask, found)
    return found


def _first(told: Ints) -> Ints:
    """The number of the first rule broken; the last of all numbers if none is."""
    return np.bitwise_count((told & -told) - 1).astype(np.int64)


def codes(told: int) -> list[str]:
    """The rules of one verdict, the first first."""
    return [rule.code for n, rule in enumerate(RULES) if told >> n & 1]


def explained(roster: Roster, piece: Piece) -> Gap:
    """The gap: how many the first rule each would break rules out, and the nearest."""
    board, told = roster.board, verdicts(roster, piece)
    first = np.bincount(_first(told[told != 0]), minlength=len(RULES)).tolist()
    counts = [(FREE, int((told == 0).sum()))]
    counts += [(rule.code, n) for rule, n in zip(RULES, first, strict=True)]
    return Gap(
        board.posts[piece.post].key,
        board.grid.at(piece.start),
        board.grid.at(piece.end),
        piece.mode,
        tuple((code, count) for code, count in counts if count),
        _nearest(roster, piece, told),
    )


def _nearest(roster: Roster, piece: Piece, told: Ints) -> Nearest | None:
    """Who could hold the end of it; else whom one rule alone stops; else nobody."""
    board, ask = roster.board, roster.ask(piece)
    start, officer = kernels().first_free(roster.casting.cast, roster.now, ask, told)
    if officer != NOBODY:
        key = board.officers[officer].key
        return Nearest(key, codes(told[officer])[0], board.grid.at(start))
    single = np.flatnonzero(np.bitwise_count(told) == 1)
    if not single.size:
        return None
    officer = int(single[_first(told[single]).argmax()])
    return Nearest(board.officers[officer].key, codes(told[officer])[0])
