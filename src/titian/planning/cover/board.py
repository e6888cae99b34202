"""Where everybody is: the hours each officer holds, as bits."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from titian.planning.cover.grid import Grid, bits, runs
from titian.planning.cover.kernel.arrays import ATTACHED, AWAY, CALLS, Counts, Flags
from titian.planning.cover.model import Duty, Mode, Post, Problem


class Piece(NamedTuple):
    """Steps from ``start`` until ``end`` of one post that one officer is to hold."""

    post: int
    start: int
    end: int
    on_call: bool
    mask: int

    @property
    def mode(self) -> Mode:
        """In person, or by telephone."""
        return Mode.ON_CALL if self.on_call else Mode.ATTACHED


def piece_of(post: int, start: int, end: int, mode: Mode) -> Piece:
    """A piece with its bits."""
    return Piece(post, start, end, mode is Mode.ON_CALL, bits(start, end))


class Board:
    """Everybody's hours. Officers and posts are numbers, in the order of their keys.

    Told twice: as bits, for the rules that speak, and as ``hours`` for those compiled.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rules = problem.rules
        self.grid = Grid(problem)
        self.posts = sorted(problem.posts, key=lambda post: post.key)
        self.officers = sorted(problem.officers, key=lambda officer: officer.key)
        self.post_number = {post.key: n for n, post in enumerate(self.posts)}
        self.number = {officer.key: n for n, officer in enumerate(self.officers)}
        self.demand = [self._demand(post) for post in self.posts]
        self.attached = [0] * len(self.officers)
        self.calls = [[0] * self.rules.on_call_limit for _officer in self.officers]
        self.away = [0] * len(self.officers)
        self.hours = np.zeros((len(self.officers), self.grid.size), np.uint16)
        for number, officer in enumerate(self.officers):
            for span in officer.unavailable:
                mask = self.grid.mask(span.start, span.end)
                self.leave(number, self.away[number] | mask)

    def leave(self, officer: int, mask: int) -> int:
        """Let the officer be away in these hours and no others; answer which were."""
        was, self.away[officer] = self.away[officer], mask
        row = self.hours[officer]
        for start, end in runs(was & ~mask):
            row[start:end] -= AWAY
        for start, end in runs(mask & ~was):
            row[start:end] += AWAY
        return was

    def wanted(self) -> Flags:
        """Which steps of each post are to be held attached."""
        found = np.zeros((len(self.posts), self.grid.size), np.bool_)
        for row, (attached, _call) in zip(found, self.demand, strict=True):
            for start, end in runs(attached):
                row[start:end] = True
        return found

    def _demand(self, post: Post) -> tuple[int, int]:
        """Hours to be held attached, and those for which the telephone is enough."""
        attached = call = 0
        for demand in post.demand:
            mask = self.grid.mask(demand.start, demand.end)
            if demand.mode is Mode.ATTACHED:
                attached |= mask
            else:
                call |= mask
        return attached, call & ~attached

    def piece(self, duty: Duty) -> Piece:
        """A duty on the grid; post -1 if it is none of the problem's."""
        start, end = self.grid.bounds(duty.start, duty.end)
        number = self.post_number.get(duty.post, -1)
        return piece_of(number, start, end, duty.mode)

    def put(self, piece: Piece, officer: int) -> None:
        """Let the officer hold the piece, lawful or not."""
        row = self.hours[officer, piece.start : piece.end]
        if not piece.on_call:
            self.attached[officer] |= piece.mask
            row |= ATTACHED
            return
        row += (row & CALLS) < self.rules.on_call_limit
        carry, layers = piece.mask, self.calls[officer]
        for depth, layer in enumerate(layers):
            layers[depth] = layer | carry
            carry &= layer

    def put_many(
        self,
        attached: Sequence[tuple[int, int, int]],
        on_call: Sequence[tuple[int, int, int]],
    ) -> None:
        """``put`` of many at once on a board nobody holds anything on yet.

        Each is (officer, start, end). O(rows + officers · steps), of whole arrays.
        """
        there = self._counted(attached) > 0
        calls = np.minimum(self._counted(on_call), self.rules.on_call_limit)
        self.hours |= np.where(there, ATTACHED, 0).astype(np.uint16)
        self.hours += calls.astype(np.uint16)
        self.attached = _as_bits(there)
        layers = [_as_bits(calls > depth) for depth in range(self.rules.on_call_limit)]
        self.calls = [list(of) for of in zip(*layers, strict=True)]

    def _counted(self, rows: Sequence[tuple[int, int, int]]) -> Counts:
        """How many of the rows hold each officer at each step."""
        found = np.zeros((len(self.officers), self.grid.size + 1), np.int16)
        told = np.array(rows, np.int64).reshape(-1, 3)
        np.add.at(found, (told[:, 0], told[:, 1]), 1)
        np.add.at(found, (told[:, 0], told[:, 2]), -1)
        return np.cumsum(found, axis=1, dtype=np.int16)[:, :-1]

    def take(self, piece: Piece, officer: int) -> None:
        """The reverse of ``put``."""
        row = self.hours[officer, piece.start : piece.end]
        if not piece.on_call:
            self.attached[officer] &= ~piece.mask
            row &= AWAY | CALLS
            return
        row -= (row & CALLS) > 0
        carry, layers = piece.mask, self.calls[officer]
        for depth in range(len(layers) - 1, -1, -1):
            hit = layers[depth] & carry
            layers[depth] ^= hit
            carry ^= hit


def _as_bits(rows: Flags) -> list[int]:
    """Each row of flags as one whole number, the first flag its lowest bit."""
    packed = np.packbits(rows, axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in packed]
