"""The plan in the making: every piece, who holds it, and what it costs so far."""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from titian.planning.cover.board import Board, Piece, piece_of
from titian.planning.cover.cut import Cutting, cuts
from titian.planning.cover.grid import runs
from titian.planning.cover.model import Duty, Mode, Problem, cefr_rank
from titian.planning.cover.rules import LASTING, allows, speaks, tongue

NOBODY = -1
ELSEWHERE = -1
FACES = 2  # so many a delegation gets used to without cost
WEIGHT = (4, 1)  # of an hour nobody holds: attached, on call
type Score = tuple[int, ...]


class Casting:
    """What never changes while planning: who may serve whom, and how well."""

    def __init__(self, board: Board) -> None:
        spoken = _spoken(board)
        self.fit = [
            [o for o in spoken[n] if _may(board, o, piece_of(n, 0, 1, Mode.ATTACHED))]
            for n in range(len(board.posts))
        ]
        serves = Counter(officer for fits in self.fit for officer in fits)
        self.ranks = [
            {o: spoken[n][o] for o in fits} for n, fits in enumerate(self.fit)
        ]
        self.merit = [
            {o: _merit(board, rank, serves[o], o) for o, rank in ranks.items()}
            for ranks in self.ranks
        ]


def _spoken(board: Board) -> list[dict[int, int]]:
    """For each post, how well those officers speak who speak well enough."""
    by_wanted: dict[tuple[tuple[str, str], ...], dict[int, int]] = {}
    for post in board.posts:
        if post.wanted not in by_wanted:
            by_wanted[post.wanted] = {
                number: cefr_rank(found[1])
                for number, officer in enumerate(board.officers)
                if (found := tongue(post, officer))
            }
    return [by_wanted[post.wanted] for post in board.posts]


def _may(board: Board, officer: int, probe: Piece) -> bool:
    """Whether the lasting rules allow it, the language being known."""
    return all(
        rule.keeps(board, officer, probe)
        for rule in LASTING
        if rule.keeps is not speaks
    )


def _merit(board: Board, rank: int, serves: int, officer: int) -> float:
    """What it costs to spend this officer here: who serves many is kept for them."""
    way = board.officers[officer].travel_minutes / 60
    return 12.0 * serves / max(1, len(board.posts)) - 0.5 * rank + way


class Roster:
    """Pieces and their holders, with the objective kept up to date.

    ``held[post]`` maps each piece to its officer or ``NOBODY``; ``pinned`` pieces stay.
    """

    def __init__(self, board: Board, casting: Casting | None = None) -> None:
        self.board = board
        self.casting = casting or Casting(board)
        posts, officers = range(len(board.posts)), range(len(board.officers))
        self.held: list[dict[Piece, int]] = [{} for _post in posts]
        self.pinned: list[list[tuple[Piece, int]]] = [[] for _post in posts]
        self.who = [[NOBODY] * (board.grid.size + 1) for _post in posts]
        self.faces: list[dict[int, int]] = [self._kept(n) for n in posts]
        self.load = [0 for _officer in officers]
        self.published = self._published()
        self.told_at: list[list[tuple[int, Piece, int]]] = [[] for _post in posts]
        for place, (piece, officer) in enumerate(self.published):
            self.told_at[piece.post].append((place, piece, officer))
        self.changed = len(board.problem.published)
        self.uncovered = self.spread = self.margin = 0
        self._handovers = [0 for _post in posts]
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
        self.held[piece.post][piece] = officer
        self._hold(piece, officer)

    def pin(self, piece: Piece, officer: int) -> None:
        """Let the officer hold the piece for good, here or at a post elsewhere."""
        if piece.post == ELSEWHERE:
            self.board.put(piece, officer)
            self._weigh(officer)
            return
        self.pinned[piece.post].append((piece, officer))
        self._hold(piece, officer)

    def _hold(self, piece: Piece, officer: int) -> None:
        self._stale.add(piece.post)
        self._count(piece, officer, 1)
        if officer != NOBODY:
            self.board.put(piece, officer)
            self._weigh(officer)
            self._tell(piece)

    def take(self, piece: Piece) -> int:
        """Take the piece from the roster; answer who held it."""
        officer = self.held[piece.post].pop(piece)
        self._stale.add(piece.post)
        self._count(piece, officer, -1)
        if officer != NOBODY:
            self.board.take(piece, officer)
            self._weigh(officer)
            self._tell(piece)
        return officer

    def _tell(self, piece: Piece) -> None:
        """Say who holds these hours, the same whatever was put there in between.

        Where a telephone is kept beside somebody attached, the one attached.
        """
        who = self.who[piece.post]
        who[piece.start : piece.end] = [NOBODY] * (piece.end - piece.start)
        there = (*self.held[piece.post].items(), *self.pinned[piece.post])
        near = [one for one in there if one[0].mask & piece.mask and one[1] != NOBODY]
        for other, officer in sorted(near, key=lambda one: (-one[0].on_call, one)):
            start = max(piece.start, other.start)
            end = min(piece.end, other.end)
            who[start:end] = [officer] * (end - start)

    def _count(self, piece: Piece, officer: int, sign: int) -> None:
        steps = sign * (piece.end - piece.start)
        if officer == NOBODY:
            level = self.board.posts[piece.post].level
            self.uncovered += WEIGHT[piece.on_call] * (8 - level) * steps
            return
        if (piece, officer) in self.published:
            self.changed -= sign
        rank = self.casting.ranks[piece.post].get(officer, 0)
        self.margin += (6 - rank) * steps
        if not piece.on_call:
            way = self.board.officers[officer].travel_minutes
            self.margin += sign * (way // 15)
            _tally(self.faces[piece.post], officer, sign)

    def _weigh(self, officer: int) -> None:
        board = self.board
        attached = board.attached[officer].bit_count()
        load = 4 * attached + board.calls[officer][0].bit_count()
        self.spread += load * load - self.load[officer] ** 2
        self.load[officer] = load

    def score(self) -> Score:
        """The objective in the order of the problem; lower is better."""
        for post in self._stale:
            self._handovers[post] = self._handovers_of(post)
        self._stale.clear()
        values = {
            "changed": self.changed,
            "uncovered": self.uncovered,
            "faces": sum(max(0, len(faces) - FACES) for faces in self.faces),
            "handovers": sum(self._handovers),
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


def _tally(faces: dict[int, int], officer: int, sign: int) -> None:
    count = faces.get(officer, 0) + sign
    if count:
        faces[officer] = count
    else:
        del faces[officer]
