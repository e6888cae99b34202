"""Somebody falls out: the smallest changes to what was published that mend it.

The published duties of all others stay, as far as they can. First whoever may take a
lost duty as things stand; then one step further, somebody else's duty moved out of the
way, or the hours cut in two; then a neighbourhood of each gap. What is still open then
is shown as a gap: that is a question for a person.
"""

from dataclasses import replace
from datetime import datetime

from titian.planning.cover.board import Piece, piece_of
from titian.planning.cover.explain import explained, reason, rebuilt
from titian.planning.cover.mending import MOST, Repair, Without
from titian.planning.cover.model import Gap, Problem, Span
from titian.planning.cover.roster import Roster
from titian.planning.cover.trial import Trial

__all__ = ["Repair", "Standing", "without"]

ORDER = ("uncovered", "changed", "faces", "handovers", "spread", "margin")


def without(problem: Problem, officer: str, span: Span) -> Problem:
    """The same problem with the officer away in these hours too."""
    crew = tuple(
        replace(one, unavailable=(*one.unavailable, span))
        if one.key == officer
        else one
        for one in problem.officers
    )
    return replace(problem, officers=crew)


class Standing:
    """What is published, ready to be asked; building it is the slow part.

    Parameters
    ----------
    problem
        ``published`` are the duties in force. Those of officers or posts the problem
        does not know are left alone.

    Notes
    -----
    Building takes O(duties + posts · officers). A repair takes O(lost · officers)
    checks, each a handful of operations on whole weeks held as bits, and leaves the
    roster as it was. Ejection chains of one link, then ruin and recreate (Schrimpf et
    al. 2000) round what stays open.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = replace(problem, order=ORDER)
        posts = {post.key for post in problem.posts}
        officers = {officer.key for officer in problem.officers}
        known = (d for d in problem.published if d.post in posts)
        duties = tuple(d for d in known if d.officer in officers)
        self.roster = rebuilt(self.problem, duties)

    def repairs(
        self,
        officer: str,
        span: Span,
        *,
        at: datetime,
        most: int = MOST,
        wide: bool = True,
    ) -> tuple[Repair, ...]:
        """At most ``most`` ways to do without the officer in ``span``, the least first.

        What is over by ``at`` stays; nobody's duty that has begun is moved out of the
        way. Where hours stay open, and only then, ``wide`` looks through a
        neighbourhood of each gap; that takes ten times as long. Empty if the officer
        holds nothing then. Deterministic. Raises KeyError for an officer the problem
        does not know.
        """
        number = self.roster.board.number[officer]
        start = max(span.start, at)
        if start >= span.end:
            return ()
        mask = self.roster.board.grid.mask(start, span.end)
        with_less = Without(self.roster, number, mask, at)
        try:
            found = with_less.found(wide=wide)
        finally:
            with_less.undo()
        unique = {(one.gone, one.new): one for one in found}
        ranked = sorted(unique.values(), key=lambda one: [v for _l, v in one.cost])
        return tuple(ranked[:most])

    def explained(self, repair: Repair, officer: str, span: Span) -> Repair:
        """The same with a reason for each new duty and each gap."""
        board, trial = self.roster.board, Trial(self.roster)
        number = board.number[officer]
        mask = board.away[number] | board.grid.mask(span.start, span.end)
        was = board.leave(number, mask)
        held = self.roster.held
        for piece in map(board.piece, repair.gone):
            if piece in held[piece.post]:
                trial.take(piece)
        for duty in repair.new:
            trial.put(board.piece(duty), board.number[duty.officer])
        kept = {(d.post, d.officer) for d in repair.gone}
        new = tuple(
            duty
            if (duty.post, duty.officer) in kept
            else replace(duty, reason=reason(self.roster, board.piece(duty)))
            for duty in repair.new
        )
        gaps = tuple(
            explained(self.roster, _open(self.roster, gap)) for gap in repair.gaps
        )
        trial.back()
        board.leave(number, was)
        return replace(repair, new=new, gaps=gaps)


def _open(roster: Roster, gap: Gap) -> Piece:
    start, end = roster.board.grid.bounds(gap.start, gap.end)
    return piece_of(roster.board.post_number[gap.post], start, end, gap.mode)
