"""The rules of rooms: one named function each, and the sentence when it is broken.

Every function answers whether ``party`` may have ``room``, all else on the board as it
is. Sentences are message ids; ``%(party)s``, ``%(group)s``, ``%(room)s`` and
``%(hotel)s`` are filled in by whoever speaks to people.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from titian.planning.rooms.board import Board


def of_category(board: Board, party: int, room: int) -> bool:
    """Of the category asked for."""
    return board.rooms[room].category == board.parties[party].category


def up_to_standard(board: Board, party: int, room: int) -> bool:
    """In a hotel good enough for the group."""
    hotel = board.problem.hotels[board.hotel[room]]
    return hotel.standard >= board.problem.groups[board.group[party]].standard


def reachable(board: Board, party: int, room: int) -> bool:
    """Accessible, for those who need it."""
    return board.rooms[room].accessible or not board.parties[party].accessible


def kept_apart(board: Board, party: int, room: int) -> bool:
    """With nobody in the hotel whom the group must not meet."""
    others = board.apart[board.group[party]]
    return not others or others.isdisjoint(board.in_hotel[board.hotel[room]])


def secured(board: Board, party: int, room: int) -> bool:
    """On a floor that no group has for itself but this, and alone if it must be."""
    group, there = board.group[party], board.on_floor[board.floor[room]]
    if group in board.secure:
        return not there or there.keys() == {group}
    return not board.secure or board.secure.isdisjoint(there)


def free(board: Board, party: int, room: int) -> bool:
    """Empty in every night of theirs."""
    return not board.masks[room] & board.mask[party]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its code and the sentence when it is broken."""

    code: str
    keeps: Callable[[Board, int, int], bool]
    sentence: str


LASTING = (
    Rule("category", of_category, "%(room)s is not of the category for %(party)s."),
    Rule("standard", up_to_standard, "%(hotel)s is not good enough for %(group)s."),
    Rule(
        "accessible",
        reachable,
        "%(room)s is not accessible, and %(party)s needs a room that is.",
    ),
)
PASSING = (
    Rule(
        "apart",
        kept_apart,
        "%(hotel)s houses somebody whom %(group)s must not meet there.",
    ),
    Rule(
        "security",
        secured,
        "%(group)s and the others on the floor of %(room)s must not share one.",
    ),
    Rule("free", free, "%(room)s is taken in some night of %(party)s."),
)
RULES = LASTING + PASSING
SENTENCES = {rule.code: rule.sentence for rule in RULES}
_QUICKEST_FIRST = tuple(rule.keeps for rule in (PASSING[2], *LASTING, *PASSING[:2]))


def allows(board: Board, party: int, room: int) -> bool:
    """Whether no rule is broken."""
    for keeps in _QUICKEST_FIRST:  # noqa: SIM110 - asked most often, twice as quick
        if not keeps(board, party, room):
            return False
    return True


def broken(board: Board, party: int, room: int) -> tuple[str, ...]:
    """The codes of all rules the party would break there, in the order of ``RULES``."""
    return tuple(rule.code for rule in RULES if not rule.keeps(board, party, room))


def first_broken(board: Board, party: int, room: int) -> str | None:
    """The code of the first rule broken, or None."""
    for rule in RULES:
        if not rule.keeps(board, party, room):
            return rule.code
    return None


def allows_but(board: Board, party: int, room: int, relaxed: Collection[str]) -> bool:
    """Whether no rule is broken but those relaxed."""
    return all(rule.code in relaxed or rule.keeps(board, party, room) for rule in RULES)
