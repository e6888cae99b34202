"""Whoever finds no room: one other party moves, and makes room."""

from collections.abc import Collection

from titian.planning.rooms.board import Board
from titian.planning.rooms.placing import cheapest
from titian.planning.rooms.rules import allows


def make_room(board: Board, parties: Collection[int]) -> None:
    """House as many of them as possible, each with at most one other moved.

    The weightiest first; the one who moves is the one it weighs least to tell. Nobody
    who is housed loses their room. O(rooms) for each who can be helped.
    """
    weight = board.weight
    for party in sorted(parties, key=lambda p: (-weight[board.group[p]], p)):
        for room in _in_the_way(board, party):
            if _ejected(board, party, room):
                break


def _in_the_way(board: Board, party: int) -> list[int]:
    """The rooms one party alone keeps from them, those of the lightest first."""
    asked, mask = board.parties[party].category, board.mask[party]
    rooms = []
    for room, one in enumerate(board.rooms):
        if one.category == asked and board.masks[room] & mask:
            others = [p for p in board.held[room] if board.mask[p] & mask]
            if len(others) == 1:
                rooms.append((board.weight[board.group[others[0]]], room))
    return [room for _weight, room in sorted(rooms)]


def _ejected(board: Board, party: int, room: int) -> bool:
    """Whether the one in the way found another room; if not, nothing changed."""
    mask = board.mask[party]
    other = next(p for p in board.held[room] if board.mask[p] & mask)
    board.take(other)
    if allows(board, party, room):
        board.put(party, room)
        elsewhere = cheapest(board, other)
        if elsewhere is not None:
            board.put(other, elsewhere)
            return True
        board.take(party)
    board.put(other, room)
    return False
