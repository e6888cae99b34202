"""The plan in the making: every piece, who holds it, and what it costs so far."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

import numpy as np

from titian.planning.cover.board import Board, Piece, piece_of
from titian.planning.cover.casting import Casting
from titian.planning.cover.cut import Cutting, cuts
from titian.planning.cover.grid import runs
from titian.planning.cover.kernel.arrays import FACES, NOBODY, Ask, Now, desk
from titian.planning.cover.ledger import Ledger
from titian.planning.cover.model import Duty, Mode, Problem
from titian.planning.cover.rules import allows

ELSEWHERE = -1
WEIGHT = (4, 1)  # of an hour nobody holds: attached, on call
type Score = tuple[int, ...]


class Roster:
    """Pieces and their holders, with the objective kept up to date.

    ``held[post]`` maps each piece to its officer or ``NOBODY``; ``pinned`` pieces stay.
    """

    def __init__(self, board: Board, casting: Casting | None = None) -> None:
        self.board = board
        self.casting = casting or Casting(board)
        posts, officers = range(len(board.posts)), len(board.officers)
        self.held: list[dict[Piece, int]] = [{} for _post in posts]
        self.pinned: list[list[tuple[Piece, int]]] = [[] for _post in posts]
        self.faces: list[dict[int, int]] = [self._kept(n) for n in posts]
        self.load = [0] * officers
        self.now = Now(
            board.hours,
            np.zeros((len(posts), officers), np.bool_),
            np.full((len(posts), board.grid.size + 1), NOBODY, np.int64),
            np.zeros(officers, np.int64),
        )
        for post, faces in enumerate(self.faces):
            self.now.faces[post, list(faces)] = True
        self.desk = desk(officers, board.grid.size)
        self.ledger = Ledger()
        self.published = self._published()
        self.told_at: list[list[tuple[int, Piece, int]]] = [[] for _post in posts]
        for place, (piece, officer) in enumerate(self.published):
            self.told_at[piece.post].append((place, piece, officer))
        self.changed = len(board.problem.published)
        self.uncovered = self.spread = self.margin = self.handovers = 0
        self.strangers = sum(max(0, len(faces) - FACES) for faces in self.faces)
        self._handovers = [0 for _post in posts]
        self._once = [0 for _post in posts]  # hours somebody holds, as bits
        self._twice = [0 for _post in posts]  # and those that several hold
        self._stale: set[int] = set()

    def _kept(self, post: int) -> dict[int, int]:
        number = self.board.number
        kept = self.board.posts[post].kept
        return {number[key]: 1 for key in sorted(kept) if key in number}

    def _published(self) -> dict[tuple[Piece, int], Duty]:
        """Published duties by piece and officer, without those of strangers."""
        number = self.board.number
        return {
            (piece, number[duty.officer]): duty
            for duty in sorted(
                self.board.problem.published,
                key=lambda d: (d.start, d.post, d.end, d.officer),
            )
            if (piece := self.board.piece(duty)).post != ELSEWHERE
            and duty.officer in number
        }

    @property
    def problem(self) -> Problem:
        """What is being planned."""
        return self.board.problem

    def put(self, piece: Piece, officer: int) -> None:
        """Let the officer, or nobody, hold the piece; no rule is asked."""
        if piece in self.held[piece.post]:
            self.ledger.take(piece)
        self.held[piece.post][piece] = officer
        self.ledger.put(piece, officer)
        self._hold(piece, officer)

    def pin(self, piece: Piece, officer: int) -> None:
        """Let the officer hold the piece for good, here or at a post elsewhere."""
        if piece.post == ELSEWHERE:
            self.board.put(piece, officer)
            self._weigh(officer)
            return
        self.pinned[piece.post].append((piece, officer))
        self._hold(piece, officer)

    def hold_elsewhere(self, duties: Iterable[Duty]) -> None:
        """Let officers hold many duties for good at posts that are not looked at.

        Before anything else is held. Raises ValueError for the duty of an officer the
        problem does not know.
        """
        board, steps = self.board, dict[tuple[datetime, datetime], tuple[int, int]]()
        held: tuple[list[tuple[int, int, int]], ...] = ([], [])
        for duty in duties:
            span = duty.start, duty.end
            if span not in steps:
                steps[span] = board.grid.bounds(*span)
            officer = board.number.get(duty.officer, NOBODY)
            if officer == NOBODY:
                raise ValueError(f"{duty.officer} is not known.")
            held[duty.mode is Mode.ON_CALL].append((officer, *steps[span]))
        board.put_many(*held)
        for officer in range(len(self.load)):
            self._weigh(officer)

    def _hold(self, piece: Piece, officer: int) -> None:
        self._stale.add(piece.post)
        self._count(piece, officer, 1)
        if officer != NOBODY:
            self.board.put(piece, officer)
            self._weigh(officer)
            self._tell(piece, officer)

    def take(self, piece: Piece) -> int:
        """Take the piece from the roster; answer who held it."""
        officer = self.held[piece.post].pop(piece)
        self.ledger.take(piece)
        self._stale.add(piece.post)
        self._count(piece, officer, -1)
        if officer != NOBODY:
            self.board.take(piece, officer)
            self._weigh(officer)
            self._tell(piece, NOBODY)
        return officer

    def _tell(self, piece: Piece, officer: int) -> None:
        """Say who holds these hours, the same whatever was put there in between."""
        post, mask = piece.post, piece.mask
        if (self._twice if officer == NOBODY else self._once)[post] & mask:
            self._tell_several(piece)
            return
        self._once[post] ^= mask
        self.now.who[post, piece.start : piece.end] = officer

    def _tell_several(self, piece: Piece) -> None:
        """Where a telephone is kept beside somebody attached, the one attached."""
        who, post = self.now.who[piece.post], piece.post
        who[piece.start : piece.end] = NOBODY
        self._once[post] = self._twice[post] = 0
        there = [*self.held[post].items(), *self.pinned[post]]
        for other, officer in sorted(there, key=lambda one: (-one[0].on_call, one)):
            if officer == NOBODY:
                continue
            self._twice[post] |= self._once[post] & other.mask
            self._once[post] |= other.mask
            start, end = max(piece.start, other.start), min(piece.end, other.end)
            if start < end:
                who[start:end] = officer

    def _count(self, piece: Piece, officer: int, sign: int) -> None:
        steps = sign * (piece.end - piece.start)
        if officer == NOBODY:
            level = self.board.posts[piece.post].level
            self.uncovered += WEIGHT[piece.on_call] * (8 - level) * steps
            return
        if (piece, officer) in self.published:
            self.changed -= sign
        self.margin += (6 - self.casting.rank(piece.post, officer)) * steps
        if not piece.on_call:
            way = self.board.officers[officer].travel_minutes
            self.margin += sign * (way // 15)
            self._tally(piece.post, officer, sign)

    def _tally(self, post: int, officer: int, sign: int) -> None:
        faces = self.faces[post]
        self.strangers -= max(0, len(faces) - FACES)
        count = faces.pop(officer, 0) + sign
        if count:
            faces[officer] = count
        self.strangers += max(0, len(faces) - FACES)
        self.now.faces[post, officer] = count != 0

    def _weigh(self, officer: int) -> None:
        board = self.board
        attached = board.attached[officer].bit_count()
        load = 4 * attached + board.calls[officer][0].bit_count()
        self.spread += load * load - self.load[officer] ** 2
        self.load[officer] = self.now.load[officer] = load

    def score(self) -> Score:
        """The objective in the order of the problem; lower is better."""
        for post in self._stale:
            found = self._handovers_of(post)
            self.handovers += found - self._handovers[post]
            self._handovers[post] = found
        self._stale.clear()
        values = {
            "changed": self.changed,
            "uncovered": self.uncovered,
            "faces": self.strangers,
            "handovers": self.handovers,
            "spread": self.spread,
            "margin": self.margin,
        }
        return tuple(values[level] for level in self.problem.order)

    def _handovers_of(self, post: int) -> int:
        """How often somebody hands the delegation to somebody else."""
        told = sorted([*self.held[post].items(), *self.pinned[post]])
        met = [(p.start, p.end, o) for (p, o) in told if o != NOBODY]
        return sum(
            before[1] >= after[0] and before[2] != after[2]
            for before, after in pairwise(met)
        )

    def allows(self, piece: Piece, officer: int) -> bool:
        """Whether the officer, fit for the post, may take the piece as things stand."""
        return allows(self.board, officer, piece)

    def ask(self, piece: Piece) -> Ask:
        """The piece as the kernels want it."""
        post = piece.post
        return Ask(
            post,
            self.casting.group[post],
            piece.start,
            piece.end,
            piece.on_call,
            len(self.faces[post]),
        )

    def open_hours(self, post: int) -> tuple[int, int]:
        """Hours of the post in no piece yet, as bits: attached, on call."""
        attached, call = self.board.demand[post]
        pinned = [piece for piece, _officer in self.pinned[post]]
        for piece in (*self.held[post], *pinned):
            call &= ~piece.mask
            if not piece.on_call:
                attached &= ~piece.mask
        return attached, call

    def cut(self, post: int, mask: int, mode: Mode, shift: int = 0) -> list[Piece]:
        """Pieces for these hours, each one a duty somebody could hold."""
        cutting = Cutting.of(self.board.rules, mode, shift)
        pieces = []
        for start, end in runs(mask):
            begin = start
            for offset in cuts(cutting, end - start, self.board.grid.local_step[start]):
                pieces.append(piece_of(post, begin, start + offset, mode))
                begin = start + offset
        return pieces

    def open_pieces(self, post: int) -> list[Piece]:
        """Everything still to be given away at the post."""
        attached, call = self.open_hours(post)
        return [
            *self.cut(post, attached, Mode.ATTACHED),
            *self.cut(post, call, Mode.ON_CALL),
        ]

    def fill(self, duties: Iterable[Duty]) -> None:
        """Put duties as they stand, whatever the rules say of them.

        Raises
        ------
        ValueError
            If a duty is of an officer or a post the problem does not know.
        """
        for duty in duties:
            piece = self.board.piece(duty)
            officer = self.board.number.get(duty.officer, NOBODY)
            if officer == NOBODY or piece.post == ELSEWHERE:
                raise ValueError(f"{duty.officer} or {duty.post} is not known.")
            twice = piece in self.held[piece.post]  # two at once, by hand
            (self.pin if twice else self.put)(piece, officer)
