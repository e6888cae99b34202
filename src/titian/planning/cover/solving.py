"""From a problem to a plan: construct, improve, fill, explain."""

from dataclasses import replace
from random import Random

from titian.planning.cover.board import Piece
from titian.planning.cover.construct import construct, place_all
from titian.planning.cover.explain import explained, reason, rebuilt
from titian.planning.cover.improve import improve
from titian.planning.cover.kernel.arrays import NOBODY
from titian.planning.cover.model import (
    ENGINE,
    Duty,
    Gap,
    Plan,
    Problem,
    Role,
    input_hash,
)
from titian.planning.cover.roster import Roster
from titian.planning.search import Iterations, Stop, Watch

ROUNDS = 300


def solve(
    problem: Problem,
    *,
    stop: Stop | None = None,
    seed: int = 42,
    watch: Watch | None = None,
) -> Plan:
    """Plan who holds whom when, and explain every duty and every gap.

    Parameters
    ----------
    problem
        ``p`` posts, ``o`` officers, ``h`` steps; limits in hours.
    stop
        When to stop improving the first plan; 300 rounds if not said.
    seed
        The same problem, seed and number of rounds give the same plan.
    watch
        Told before each round how far the search has come; it changes nothing.

    Returns
    -------
    Plan
        Duties break no rule, but for those ``held``, which stay as they are. No officer
        could fill a reported gap without breaking a rule. Duties in the order of their
        start.

    Notes
    -----
    Construct greedily (the hardest delegations first), then ruin and recreate (Schrimpf
    et al. 2000) under a lexicographic objective. The first plan takes
    O(p · h · o / 8) checks, each a handful of operations on whole weeks held as bits.
    """
    stays = problem.published if problem.order[0] == "changed" else ()
    roster = _filled(problem, construct(problem), stays)
    ending = stop or Iterations(ROUNDS)
    rounds = improve(roster, ending, Random(seed), watch=watch)
    roster = _filled(problem, roster, ())
    return Plan(
        duties=_explained_duties(roster),
        gaps=_gaps(roster),
        objective=tuple(zip(problem.order, roster.score(), strict=True)),
        seed=seed,
        engine=ENGINE,
        input_hash=input_hash(problem),
        iterations=rounds,
    )


def _filled(problem: Problem, roster: Roster, stays: tuple[Duty, ...]) -> Roster:
    """The roster with whole duties, and no gap that one officer could fill.

    Filling may leave a rest that, joined to its neighbour, somebody can hold: so until
    nothing more can be filled. Each time at least one duty is won.
    """
    while True:
        duties, casting = duties_of(roster), roster.casting
        roster = rebuilt(problem, duties, pinned=stays, casting=casting)
        pieces = [
            p for post in range(len(roster.held)) for p in roster.open_pieces(post)
        ]
        place_all(roster, sorted(pieces, key=lambda p: _weight(roster, p)))
        if all(roster.held[piece.post].get(piece) == NOBODY for piece in pieces):
            return roster


def _weight(roster: Roster, piece: Piece) -> tuple[int, ...]:
    return piece.on_call, roster.board.posts[piece.post].level, piece.start, piece.post


def duties_of(roster: Roster) -> tuple[Duty, ...]:
    """What everybody holds; stretches of one officer in a row are one duty."""
    duties: list[Duty] = []
    for held in roster.held:
        last: Piece | None = None
        for piece, officer in sorted(held.items()):
            told = (piece, officer) in roster.published
            if officer == NOBODY:
                continue
            duty = roster.published.get((piece, officer)) or _duty(
                roster, piece, officer
            )
            if last and not told and _goes_on(duties[-1], duty):
                duties[-1] = replace(duties[-1], end=duty.end)
            else:
                duties.append(duty)
            last = None if told else piece
    return (*duties, *_pinned(roster))


def _goes_on(before: Duty, after: Duty) -> bool:
    return (before.officer, before.mode, before.end) == (
        after.officer,
        after.mode,
        after.start,
    )


def _duty(roster: Roster, piece: Piece, officer: int) -> Duty:
    board = roster.board
    return Duty(
        board.posts[piece.post].key,
        board.officers[officer].key,
        board.grid.at(piece.start),
        board.grid.at(piece.end),
        piece.mode,
    )


def _pinned(roster: Roster) -> list[Duty]:
    """Duties held and published, as they were told, at the posts of the problem."""
    held = [
        duty
        for officer in roster.board.officers
        for duty in officer.held
        if duty.post in roster.board.post_number
    ]
    pins = {(piece, o) for pinned in roster.pinned for piece, o in pinned}
    told = [duty for key, duty in roster.published.items() if key in pins]
    return held + [duty for duty in told if duty not in held]


def _explained_duties(roster: Roster) -> tuple[Duty, ...]:
    """All duties with role and reason, those held without a reason."""
    pinned = set(_pinned(roster))
    primary = _primaries(roster)
    duties = []
    for duty in duties_of(roster):
        piece = roster.board.piece(duty)
        is_primary = primary[piece.post] == roster.board.number[duty.officer]
        role = Role.PRIMARY if is_primary else Role.RELIEF
        why = None if duty in pinned else reason(roster, piece)
        duties.append(replace(duty, role=role, reason=why))
    return tuple(sorted(duties, key=lambda d: (d.start, d.post, d.end, d.officer)))


def _primaries(roster: Roster) -> list[int]:
    """For each post, who is with it for most hours between 06:00 and 22:00."""
    local, hour = roster.board.grid.local_step, roster.board.grid.hour
    primaries = []
    for post, held in enumerate(roster.held):
        hours: dict[int, int] = {}
        for piece, officer in [*held.items(), *roster.pinned[post]]:
            if officer != NOBODY and not piece.on_call:
                by_day = sum(
                    6 * hour <= local[step] < 22 * hour
                    for step in range(piece.start, piece.end)
                )
                hours[officer] = hours.get(officer, 0) + by_day
        primaries.append(min(hours, key=lambda o: (-hours[o], o)) if hours else NOBODY)
    return primaries


def _gaps(roster: Roster) -> tuple[Gap, ...]:
    gaps = [
        explained(roster, piece)
        for held in roster.held
        for piece, officer in held.items()
        if officer == NOBODY
    ]
    return tuple(sorted(gaps, key=lambda gap: (gap.start, gap.post, gap.end)))
