"""The search for the smallest changes when one officer falls out for some hours."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from titian.planning.cover.board import Piece, piece_of
from titian.planning.cover.construct import takers
from titian.planning.cover.ejecting import ejections
from titian.planning.cover.grid import runs
from titian.planning.cover.improve import improve, round_a_gap
from titian.planning.cover.kernel.arrays import NOBODY
from titian.planning.cover.model import Duty, Gap
from titian.planning.cover.restoring import restore
from titian.planning.cover.roster import Roster
from titian.planning.cover.trial import Holding, Trial
from titian.planning.search import First, Iterations, WithoutGain

MOST = 3
STARTS = 6  # so many officers are tried for the weightiest duty
ROUNDS, IDLE = 40, 12  # of the neighbourhood, where a gap is left
DIRECT, ONE_STEP, AROUND = 0, 1, 2
LEVELS = ("uncovered", "told", "faces", "price")
SOON = ((timedelta(hours=2), 3), (timedelta(hours=12), 2))
type Turn = tuple[Piece, Piece, int]  # taken from its holder, given, to whom


@dataclass(frozen=True, slots=True)
class Repair:
    """Duties that go, duties that come, what stays open.

    ``cost`` are (level, value), lower is better: weighted hours nobody holds; people
    told something new, weighted by level of delegation and by how soon; faces new to a
    delegation; the price of the takers. ``others`` counts published duties of those who
    did not fall out and are changed all the same. ``ring`` is how far it had to look:
    0 directly, 1 one duty moved or cut, 2 a neighbourhood.
    """

    gone: tuple[Duty, ...]
    new: tuple[Duty, ...]
    gaps: tuple[Gap, ...]
    cost: tuple[tuple[str, int], ...]
    others: int
    ring: int

    def applied(self, published: Iterable[Duty]) -> tuple[Duty, ...]:
        """The published duties with this repair, in the order of their start."""
        gone = set(self.gone)
        duties = [*(duty for duty in published if duty not in gone), *self.new]
        return tuple(sorted(duties, key=lambda d: (d.start, d.post, d.end, d.officer)))


class Without:
    """The roster without one officer for some hours, and the search for a mend."""

    def __init__(self, roster: Roster, gone: int, mask: int, at: datetime) -> None:
        self.roster = roster
        self.gone, self.at, self.mask = gone, at, mask
        self.board = self.roster.board
        self.now = self.board.grid.ceil(at)
        self.trial = Trial(self.roster)
        self._was = self.board.away[gone]
        self._open = self.roster.uncovered
        self._known = self.roster.now.faces.copy()
        self._twice = [
            one
            for pinned in self.roster.pinned
            for one in pinned
            if one[1] == gone and one[0].mask & mask and one in self.roster.published
        ]  # somebody else holds the same hours: nobody has to take them
        self.lost = self._fall_out()
        self.board.leave(gone, self._was | mask)
        self._mark = len(self.trial.log)
        self._direct = {piece: self.takers(piece) for piece in self.lost}

    def undo(self) -> None:
        """Everything as it was."""
        self.trial.back()
        self.board.leave(self.gone, self._was)

    def _fall_out(self) -> list[Piece]:
        """Take what the officer holds in these hours; keep what lies beside them."""
        lost: list[Piece] = []
        for piece in self.roster.ledger.of(self.gone):
            if not piece.mask & self.mask:
                continue
            self.trial.take(piece)
            for start, end in runs(piece.mask & ~self.mask):
                part = piece_of(piece.post, start, end, piece.mode)
                self.trial.put(part, self.gone)
            for start, end in runs(piece.mask & self.mask):
                lost.append(piece_of(piece.post, start, end, piece.mode))
        return sorted(lost, key=self._weight)

    def _weight(self, piece: Piece) -> tuple[int, ...]:
        level = self.board.posts[piece.post].level
        return piece.on_call, level, piece.start, piece.post

    def found(self, *, wide: bool) -> list[Repair]:
        """Every repair worth comparing; ``wide`` looks round a gap that is left."""
        if not self.lost:
            return []
        tries = [self._tried(start) for start in range(self._starts())]
        if wide and all(one.gaps for one in tries):
            tries.append(self._around())
        return tries

    def _starts(self) -> int:
        """How many first choices there are for the weightiest duty that has any."""
        if not all(self._direct.values()):
            return MOST  # each costs a search
        key = self._key()
        return min(STARTS, len(self._direct[key])) if key else 0

    def _key(self) -> Piece | None:
        return next((piece for piece in self.lost if self._direct[piece]), None)

    def _tried(self, start: int) -> Repair:
        """Mend with the ``start``-th taker of the weightiest duty; then undo it."""
        self._mend(start)
        ring = DIRECT if not self._others() and self._whole() else ONE_STEP
        repair = self._repair(ring)
        self.trial.back(self._mark)
        return repair

    def _mend(self, start: int) -> None:
        """Those with the fewest takers first; without any, a step further."""
        key, touched = self._key(), set[int]()
        if key:
            takers = self._direct[key]
            taker = takers[min(start, len(takers) - 1)]
            self.trial.put(key, taker)
            touched.add(taker)
        left = sorted(self.lost, key=lambda p: (len(self._direct[p]), self._weight(p)))
        for piece in left:
            if piece == key:
                continue
            taker = self._taker(piece, touched)
            if taker != NOBODY:
                self.trial.put(piece, taker)
                touched.add(taker)
            else:
                touched |= self._step_further(piece, start)

    def _taker(self, piece: Piece, touched: Collection[int]) -> int:
        """The best who may: before all who is told already, best of this delegation."""
        free = [
            o
            for o in self._direct[piece]
            if o not in touched or self.roster.allows(piece, o)
        ]
        faces = self.roster.faces[piece.post]
        return min(
            free, key=lambda o: (o not in touched, o not in faces), default=NOBODY
        )

    def takers(self, piece: Piece) -> list[int]:
        """Who may take it as things stand, the cheapest first; as many as matter.

        Each duty given away touches two officers at most, so that behind so many more
        than are tried somebody untouched is left whenever there is one.
        """
        return takers(self.roster, piece)[: STARTS + 2 * len(self.lost)]

    def _may(self, piece: Piece, officer: int) -> bool:
        return self.roster.allows(piece, officer)

    def _step_further(self, piece: Piece, start: int) -> set[int]:
        """Cut the hours, or move one duty out of the way: what tells fewer people."""
        mark, ways = len(self.trial.log), list[tuple[list[int], list[Turn]]]()
        self.trial.place_parts(piece)
        _gone, parts = self.trial.net(mark)
        ways.append((self._price(mark), [(p, p, o) for p, o in parts]))
        self.trial.back(mark)
        ways += self._ejections(piece)
        ways.sort(key=lambda one: one[0])
        _cost, turns = ways[min(start, len(ways) - 1)]
        for moved, _piece, _officer in turns:
            if self._holds(moved):
                self.trial.take(moved)
        for _moved, given, officer in turns:
            self.trial.put(given, officer)
        return {officer for _moved, _given, officer in turns}

    def _holds(self, piece: Piece) -> bool:
        return piece in self.roster.held[piece.post]

    def _ejections(self, piece: Piece) -> list[tuple[list[int], list[Turn]]]:
        """Whose duty moved to whom would free somebody for it, with the cost."""
        found: list[tuple[list[int], list[Turn]]] = []
        mark = len(self.trial.log)
        for moved, holder, taker in ejections(
            self.roster, piece, self.now, self._known
        ):
            self.trial.take(moved)
            self.trial.put(piece, holder)
            self.trial.put(moved, taker)
            turns = [(moved, piece, holder), (moved, moved, taker)]
            found.append((self._price(mark), turns))
            self.trial.back(mark)
        return found

    def _around(self) -> Repair:
        """Ruin and recreate round each gap; never worse than the plan before."""
        self._mend(0)
        held = [dict(one) for one in self.roster.held]
        stop = First((Iterations(ROUNDS), WithoutGain(IDLE)))
        improve(self.roster, stop, Random(0), (self._near_a_gap,))
        restore(self.roster, held)
        pairs = list(zip(held, self.roster.held, strict=True))
        # All that went before all that came: taken back the other way round, nobody
        # holds two at once on the way.
        for before, after in pairs:
            gone = (one for one in before.items() if after.get(one[0]) != one[1])
            self.trial.log += [(-1, piece, officer) for piece, officer in gone]
        for before, after in pairs:
            new = (one for one in after.items() if before.get(one[0]) != one[1])
            self.trial.log += [(1, piece, officer) for piece, officer in new]
        repair = self._repair(AROUND)
        self.trial.back(self._mark)
        return repair

    def _near_a_gap(self, roster: Roster, random: Random) -> list[Piece]:
        """A gap and what lies round it, but for what has begun."""
        return [p for p in round_a_gap(roster, random) if p.start >= self.now]

    def _others(self) -> int:
        """Published duties of those who did not fall out, changed all the same."""
        gone, _new = self.trial.net(self._mark)
        return sum(o != self.gone and o != NOBODY for _p, o in gone)

    def _whole(self) -> bool:
        """Whether each lost duty went to one officer, uncut."""
        return all(self.roster.held[p.post].get(p, NOBODY) != NOBODY for p in self.lost)

    def _price(self, mark: int) -> list[int]:
        """The cost of what was done since ``mark``, in the order of ``LEVELS``."""
        gone, new = self.trial.net(mark)
        came = [(p, o) for p, o in new if o != NOBODY]
        return [
            self.roster.uncovered - self._open,
            self._people_told(gone, came),
            sum(self._is_new_face(p, o) for p, o in came),
            sum(self._rank(p, o) for p, o in came),
        ]

    def _people_told(self, gone: list[Holding], came: list[Holding]) -> int:
        """Officers by how soon, and delegations others held by level as well."""
        officers: dict[int, int] = {}
        posts: dict[int, int] = {}
        for piece, officer in [*gone, *came]:
            if officer in {self.gone, NOBODY}:
                continue
            soon = self._soon(piece)
            officers[officer] = max(soon, officers.get(officer, 0))
        for piece, officer in gone:
            if officer not in {self.gone, NOBODY}:
                level = 8 - self.board.posts[piece.post].level
                posts[piece.post] = max(
                    level * self._soon(piece), posts.get(piece.post, 0)
                )
        return sum(officers.values()) + sum(posts.values())

    def _soon(self, piece: Piece) -> int:
        left = self.board.grid.at(piece.start) - self.at
        return next((weight for within, weight in SOON if left <= within), 1)

    def _is_new_face(self, piece: Piece, officer: int) -> bool:
        return not piece.on_call and not self._known[piece.post, officer]

    def _rank(self, piece: Piece, officer: int) -> int:
        """How far down the list of takers; the merit alone for a duty moved."""
        takers = self._direct.get(piece, [])
        if officer in takers:
            return takers.index(officer)
        return round(self.roster.casting.merit(piece.post, officer)) + STARTS

    def _repair(self, ring: int) -> Repair:
        gone, new = self.trial.net()
        told = self.roster.published
        return Repair(
            gone=tuple(told[one] for one in [*gone, *self._twice] if one in told),
            new=tuple(self._duty(p, o) for p, o in new if o != NOBODY),
            gaps=tuple(self._gap(p) for p, o in new if o == NOBODY),
            cost=tuple(zip(LEVELS, self._price(self._mark), strict=True)),
            others=self._others(),
            ring=ring,
        )

    def _duty(self, piece: Piece, officer: int) -> Duty:
        gap, key = self._gap(piece), self.board.officers[officer].key
        return Duty(gap.post, key, gap.start, gap.end, gap.mode)

    def _gap(self, piece: Piece) -> Gap:
        grid, post = self.board.grid, self.board.posts[piece.post].key
        return Gap(post, grid.at(piece.start), grid.at(piece.end), piece.mode)
