"""The rules of cover: one named function each, and the sentence when it is broken.

Every function answers whether ``officer`` may take ``piece`` on top of what the board
holds. Sentences are message ids; ``%(officer)s``, ``%(post)s`` and ``%(limit)s`` are
filled in by whoever speaks to people.
"""

from collections.abc import Callable
from dataclasses import dataclass

from titian.planning.cover.board import Board, Piece
from titian.planning.cover.grid import bits
from titian.planning.cover.model import Officer, Post, cefr_rank


def tongue(post: Post, officer: Officer) -> tuple[str, str] | None:
    """The wanted language the officer speaks best, with its level; None without one.

    A post that wants none gets ("", "").
    """
    if not post.wanted:
        return "", ""
    spoken = [
        (cefr_rank(officer.languages[code]), code)
        for code, least in post.wanted
        if cefr_rank(officer.languages.get(code, "")) >= cefr_rank(least)
    ]
    if not spoken:
        return None
    _rank, code = max(spoken, key=lambda one: one[0])
    return code, officer.languages[code]


def speaks(board: Board, officer: int, piece: Piece) -> bool:
    """Any one of the wanted languages, at the level asked for."""
    return tongue(board.posts[piece.post], board.officers[officer]) is not None


def cleared(board: Board, officer: int, piece: Piece) -> bool:
    """Vetted for the level of the delegation."""
    return board.officers[officer].clearance <= board.posts[piece.post].level


def willing(board: Board, officer: int, piece: Piece) -> bool:
    """Who declined is not asked again."""
    return board.posts[piece.post].key not in board.officers[officer].declined


def present(board: Board, officer: int, piece: Piece) -> bool:
    """Not on leave, not ill."""
    return not board.away[officer] & piece.mask


def alone(board: Board, officer: int, piece: Piece) -> bool:
    """With one delegation at a time; nobody is on call beside being attached."""
    held = board.attached[officer]
    return not (held if piece.on_call else held | board.calls[officer][0]) & piece.mask


def within_calls(board: Board, officer: int, piece: Piece) -> bool:
    """At most ``on_call_limit`` delegations by telephone at once."""
    return not (piece.on_call and board.calls[officer][-1] & piece.mask)


def within_hours(board: Board, officer: int, piece: Piece) -> bool:
    """At most ``attached_limit`` hours attached in any ``attached_window``.

    The fullest window can always be moved until it begins where a duty begins, so only
    those are counted.
    """
    if piece.on_call:
        return True
    hour = board.grid.hour
    window = board.rules.attached_window * hour
    limit = board.rules.attached_limit * hour
    mask = board.attached[officer] | piece.mask
    low = max(piece.start - window + 1, 0)
    begins = (mask & ~(mask << 1)) & bits(low, piece.end)
    if mask >> low & 1:
        begins |= 1 << low
    while begins:
        begin = (begins & -begins).bit_length() - 1
        if (mask >> begin & ((1 << window) - 1)).bit_count() > limit:
            return False
        begins &= begins - 1
    return True


def rested(board: Board, officer: int, piece: Piece) -> bool:
    """At least ``rest`` hours without any duty in the ``rest_window`` a day of work is.

    Duties less than ``rest`` apart are one day of work; it may span what the window
    leaves beside the rest (13 hours).
    """
    rules = board.rules
    return _ends_in_time(board, officer, piece, rules.rest, rules.rest_window)


def has_day_off(board: Board, officer: int, piece: Piece) -> bool:
    """At least ``day_off`` hours free in the ``day_off_window`` a week of work is.

    Duties less than ``day_off`` apart are one week of work; it may span what the window
    leaves beside the day off (144 hours).
    """
    rules = board.rules
    return _ends_in_time(board, officer, piece, rules.day_off, rules.day_off_window)


def _ends_in_time(
    board: Board, officer: int, piece: Piece, pause: int, window: int
) -> bool:
    """Whether the spell of work round the piece leaves its pause in the window."""
    hour = board.grid.hour
    busy = board.attached[officer] | board.calls[officer][0]
    pause, longest = pause * hour, (window - pause) * hour
    start = spell_start(busy, piece.start, pause, piece.end - longest)
    if piece.end - start > longest:
        return False
    return spell_end(busy, piece.end, pause, start + longest) - start <= longest


def spell_start(busy: int, at: int, pause: int, enough: int) -> int:
    """Where the work begins that goes on, without a pause, until ``at``.

    Looks no further back than it must to pass ``enough``.
    """
    while at >= enough:
        below = busy & ((1 << at) - 1)
        last = below.bit_length()
        if not below or at - last >= pause:
            break
        at = (~busy & ((1 << last) - 1)).bit_length()
    return at


def spell_end(busy: int, at: int, pause: int, enough: int) -> int:
    """Where the work ends that goes on, without a pause, from ``at``."""
    above = busy >> at
    while above and at <= enough:
        free = (above & -above).bit_length() - 1
        if free >= pause:
            break
        above >>= free
        run = (~above & (above + 1)).bit_length() - 1
        at += free + run
        above >>= run
    return at


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its code, the sentence when it is broken, and its field in Rules."""

    code: str
    keeps: Callable[[Board, int, Piece], bool]
    sentence: str
    limit: str = ""


LASTING = (
    Rule(
        "language",
        speaks,
        "%(officer)s does not speak a language that %(post)s needs well enough.",
    ),
    Rule(
        "clearance",
        cleared,
        "%(officer)s is not cleared for the level of %(post)s.",
    ),
    Rule(
        "declined",
        willing,
        "%(officer)s has declined %(post)s.",
    ),
)
PASSING = (
    Rule(
        "away",
        present,
        "%(officer)s is away in these hours.",
    ),
    Rule(
        "busy",
        alone,
        "%(officer)s is on duty elsewhere in these hours.",
    ),
    Rule(
        "on_call_limit",
        within_calls,
        "%(officer)s is already on call for %(limit)s delegations.",
        "on_call_limit",
    ),
    Rule(
        "hours",
        within_hours,
        "%(officer)s would be with delegations for more than %(limit)s hours in a day.",
        "attached_limit",
    ),
    Rule(
        "rest",
        rested,
        "%(officer)s would rest for less than %(limit)s hours.",
        "rest",
    ),
    Rule(
        "day_off",
        has_day_off,
        "%(officer)s would have no full day off in seven.",
    ),
)
RULES = LASTING + PASSING
_PASSING = tuple(rule.keeps for rule in PASSING)
SENTENCES = {rule.code: rule.sentence for rule in RULES}


def allows(board: Board, officer: int, piece: Piece) -> bool:
    """Whether no passing rule is broken; the lasting ones are looked up elsewhere."""
    return all(keeps(board, officer, piece) for keeps in _PASSING)


def broken(board: Board, officer: int, piece: Piece) -> tuple[str, ...]:
    """The codes of all rules the officer would break, in the order of ``RULES``."""
    return tuple(rule.code for rule in RULES if not rule.keeps(board, officer, piece))
