"""Why this officer, and why nobody: answers as codes and parameters."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from titian.planning.cover.board import Board, Piece, piece_of
from titian.planning.cover.casting import Casting
from titian.planning.cover.construct import prices
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
    LASTING,
    RULES,
    broken,
    first_broken,
    tongue,
)

ORDER = {rule.code: number for number, rule in enumerate(RULES)}
LAST = {rule.code for rule in LASTING}
FREE = "free"


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
    board = rebuilt(problem, plan.duties).board
    if gap.post not in board.post_number:
        raise ValueError(f"There is no post {gap.post}.")
    start, end = board.grid.bounds(gap.start, gap.end)
    return explained(board, piece_of(board.post_number[gap.post], start, end, gap.mode))


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
    others = [o for o in roster.casting.fit(piece.post).tolist() if o != officer]
    free = [o for o in others if roster.allows(piece, o)]
    language, cefr = tongue(post, roster.board.officers[officer]) or ("", "")
    found = Reason(
        language,
        cefr,
        met=_met(roster, piece, officer),
        fit=len(others),
        free=len(free),
    )
    if free:
        found = _with_regret(roster, piece, officer, free, found)
    elif others:
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
    roster: Roster, piece: Piece, officer: int, free: list[int], found: Reason
) -> Reason:
    price = prices(roster, piece, free)
    other = min(free, key=lambda o: (price[o], o))
    scores = []
    for who in (officer, other):
        roster.put(piece, who)
        scores.append(roster.score())
        roster.take(piece)
    levels = zip(roster.problem.order, *scores, strict=True)
    regret = tuple((level, then - now) for level, now, then in levels if then != now)
    key = roster.board.officers[other].key
    return replace(found, runner_up=key, regret=regret)


def _with_rule(
    roster: Roster, piece: Piece, others: list[int], found: Reason
) -> Reason:
    """The one whom the last rules stop is the next in line."""
    told = {o: broken(roster.board, o, piece) for o in others}
    other = min(others, key=lambda o: (len(told[o]), -ORDER[told[o][0]], o))
    key = roster.board.officers[other].key
    return replace(found, runner_up=key, rule=told[other][0])


def explained(board: Board, piece: Piece) -> Gap:
    """The gap: how many the first rule each would break rules out, and the nearest."""
    first = [first_broken(board, o, piece) for o in range(len(board.officers))]
    counts = Counter(code or FREE for code in first)
    in_order = [FREE, *ORDER]
    return Gap(
        board.posts[piece.post].key,
        board.grid.at(piece.start),
        board.grid.at(piece.end),
        piece.mode,
        tuple((code, counts[code]) for code in in_order if counts[code]),
        _nearest(board, piece),
    )


def _nearest(board: Board, piece: Piece) -> Nearest | None:
    """Who could hold the end of it; else whom one rule alone stops; else nobody."""
    told = {o: broken(board, o, piece) for o in range(len(board.officers))}
    late = [
        (_free_from(board, o, piece), o)
        for o, codes in told.items()
        if codes and not LAST.intersection(codes)
    ]
    if late and min(late)[0] < piece.end:
        start, officer = min(late)
        key = board.officers[officer].key
        return Nearest(key, told[officer][0], board.grid.at(start))
    single = [(-ORDER[codes[0]], o) for o, codes in told.items() if len(codes) == 1]
    if not single:
        return None
    officer = min(single)[1]
    return Nearest(board.officers[officer].key, told[officer][0])


def _free_from(board: Board, officer: int, piece: Piece) -> int:
    """The first step from which the officer could hold the piece until its end."""
    for start in range(piece.start + 1, piece.end):
        rest = piece_of(piece.post, start, piece.end, piece.mode)
        if first_broken(board, officer, rest) is None:
            return start
    return piece.end
