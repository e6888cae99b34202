"""Why this officer, and why nobody: answers as codes and parameters."""

from collections.abc import Collection
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A smallest set of rules that stand between a gap and any officer.

    With all of ``rules`` relaxed ``officer`` could hold it whole, with any one back in
    force nobody could by so few. Without an officer there is nobody at all.
    """

    officer: str | None = None
    rules: tuple[str, ...] = ()


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
    if not any(one.post == duty.post and one == duty for one in plan.duties):
        raise ValueError("The plan has no such duty.")
    roster = seen_from(problem, plan.duties, duty.post, but=duty)
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
    roster = seen_from(problem, plan.duties, gap.post)
    start, end = roster.board.grid.bounds(gap.start, gap.end)
    return explained(roster, piece_of(0, start, end, gap.mode))


def relaxed(problem: Problem, plan: Plan, gap: Gap) -> Relaxation:
    """What would have to give for one officer to hold all these hours.

    Of all officers whom the fewest rules stop; of those, whose rules come last. No
    smaller set would do, since every officer breaks at least as many. O(officers) after
    the roster. Raises ValueError if the problem has no such post.
    """
    roster = seen_from(problem, plan.duties, gap.post)
    start, end = roster.board.grid.bounds(gap.start, gap.end)
    told = verdicts(roster, piece_of(0, start, end, gap.mode))
    if not told.size:
        return Relaxation()
    counts = np.bitwise_count(told)
    fewest = np.flatnonzero(counts == counts.min())
    nearest = min(fewest, key=lambda o: [-n for n in _numbers(int(told[o]))])
    key = roster.board.officers[int(nearest)].key
    return Relaxation(key, tuple(codes(int(told[nearest]))))


def _numbers(told: int) -> list[int]:
    """The places of the rules of one verdict."""
    return [n for n in range(len(RULES)) if told >> n & 1]


def seen_from(
    problem: Problem,
    duties: tuple[Duty, ...],
    key: str,
    *,
    but: Duty | None = None,
) -> Roster:
    """A roster of one post, number 0; all that is held at others is held elsewhere.

    It answers for its post as the roster of all posts would; its score is right in
    what a change there adds. O(posts + officers + duties), a few microseconds a duty.
    Raises ValueError if the problem has no such post.
    """
    posts = [post for post in problem.posts if post.key == key]
    if not posts:
        raise ValueError(f"There is no post {key}.")
    here = tuple(duty for duty in duties if duty.post == key)
    told = tuple(duty for duty in problem.published if duty.post == key)
    board = Board(replace(problem, posts=tuple(posts), published=told))
    roster = Roster(board, Casting(board, problem.posts))
    held = [duty for officer in problem.officers for duty in officer.held]
    stays = dict.fromkeys(held)
    elsewhere = (d for d in duties if d.post != key and not (stays and d in stays))
    roster.hold_elsewhere(d for d in (*elsewhere, *stays) if d.post != key)
    for duty in stays:
        if duty.post == key and duty != but:
            roster.pin(board.piece(duty), board.number[duty.officer])
    roster.fill(d for d in here if d not in stays or d == but)
    return roster


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
    return [RULES[n].code for n in _numbers(told)]


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
