"""Make a plan better: take a part of it back, give it away again, keep what is good.

Ruin and recreate (Schrimpf et al. 2000) on the lexicographic objective.
"""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from titian.planning.cover.board import Piece
from titian.planning.cover.construct import place_all
from titian.planning.cover.grid import bits
from titian.planning.cover.model import Mode
from titian.planning.cover.roster import Roster
from titian.planning.search import Progress, Stop, Watch, spent

type Ruin = Callable[[Roster, Random], list[Piece]]
AT_MOST = 40  # pieces taken back at once: more is a new plan, not a better one


def improve(
    roster: Roster,
    stop: Stop,
    random: Random,
    ruins: Sequence[Ruin] = (),
    watch: Watch | None = None,
) -> int:
    """Improve the roster in place until ``stop``; answer after how many rounds.

    A round never leaves the plan worse. ``ruins`` are the ways of taking a part back;
    all there are if not said; ``watch`` looks on after each round. O(pieces taken back
    · officers) a round.
    """
    rounds = gained = 0
    if not roster.held or not roster.load:
        return 0  # nobody to be held, or nobody to hold
    best = roster.score()
    while not stop(rounds, rounds - gained):
        if watch is not None:
            watch(Progress(rounds, spent(stop, rounds), best))
        rounds += 1
        chosen = random.choice(ruins or RUINS)(roster, random)
        if not chosen:
            continue
        before = [(piece, roster.take(piece)) for piece in chosen]
        after = _recreated(roster, chosen, random)
        score = roster.score()
        if score > best:
            _undo(roster, before, after)
        elif score < best:
            best, gained = score, rounds
    return rounds


def _recreated(roster: Roster, chosen: list[Piece], random: Random) -> list[Piece]:
    """Give the hours of the pieces away again, maybe cut otherwise; answer the new."""
    touched = sorted({piece.post for piece in chosen})
    known = {post: set(roster.held[post]) for post in touched}
    pieces = chosen if random.random() < 0.4 else _recut(roster, chosen, random)
    pieces = _told_before(roster, pieces, random)
    orders: tuple[Callable[[Piece], tuple[float, ...]], ...] = (
        lambda p: (p.on_call, roster.board.posts[p.post].level, p.post, p.start),
        lambda p: (p.on_call, p.start - p.end, p.start, p.post),
        lambda p: (p.on_call, random.random()),
        lambda p: (p.on_call, roster.casting.fit(p.post).size, p.start, p.post),
    )
    place_all(roster, sorted(pieces, key=random.choice(orders)), random)
    return [p for post in touched for p in roster.held[post] if p not in known[post]]


def _recut(roster: Roster, chosen: list[Piece], random: Random) -> list[Piece]:
    shift = random.choice((0, 0, -2, -1, 1, 2))
    hours: dict[tuple[int, Mode], int] = {}
    for piece in chosen:
        key = piece.post, piece.mode
        hours[key] = hours.get(key, 0) | piece.mask
    return [
        piece
        for (post, mode), mask in hours.items()
        for piece in roster.cut(post, mask, mode, shift)
    ]


def _told_before(roster: Roster, pieces: list[Piece], random: Random) -> list[Piece]:
    """Put most published duties back; what remains is to be given away."""
    if not roster.published:
        return pieces
    left: list[Piece] = []
    wanted: dict[tuple[int, Mode], int] = {}
    for piece in pieces:
        key = piece.post, piece.mode
        wanted[key] = wanted.get(key, 0) | piece.mask
    for piece, officer in _told_at(roster, wanted):
        mask = wanted.get((piece.post, piece.mode), 0)
        fit = roster.casting.may(piece.post, officer)
        whole = not piece.mask & ~mask and random.random() < 0.7
        if fit and whole and roster.allows(piece, officer):
            roster.put(piece, officer)
            wanted[piece.post, piece.mode] = mask & ~piece.mask
    for (post, mode), mask in wanted.items():
        left += roster.cut(post, mask, mode)
    return left


def _told_at(
    roster: Roster, wanted: Mapping[tuple[int, Mode], int]
) -> list[tuple[Piece, int]]:
    """Published duties of these posts, in the order in which all are kept."""
    posts = {post for post, _mode in wanted}
    found = sorted(one for post in posts for one in roster.told_at[post])
    return [(piece, officer) for _place, piece, officer in found]


def _undo(roster: Roster, before: list[tuple[Piece, int]], after: list[Piece]) -> None:
    for piece in after:
        roster.take(piece)
    for piece, officer in before:
        roster.put(piece, officer)


def one_delegation(roster: Roster, random: Random) -> list[Piece]:
    """All that is held of one delegation, in person."""
    post = random.randrange(len(roster.held))
    return [piece for piece in roster.held[post] if not piece.on_call]


def two_delegations(roster: Roster, random: Random) -> list[Piece]:
    """Some days of two delegations that the same officers could serve."""
    one = random.randrange(len(roster.held))
    akin = roster.casting.akin(one)
    posts = [one, random.choice(akin)] if akin else [one]
    day = 24 * roster.board.grid.hour
    start = random.randrange(roster.board.grid.first, roster.board.grid.last)
    window = bits(start, start + random.choice((1, 2, 3)) * day)
    return [p for post in posts for p in roster.held[post] if p.mask & window]


def two_officers(roster: Roster, random: Random) -> list[Piece]:
    """Everything two officers hold: whole weeks change hands."""
    officers = [random.randrange(len(roster.load)) for _time in range(2)]
    return roster.ledger.of(*officers)


def one_night(roster: Roster, random: Random) -> list[Piece]:
    """The telephones of one night or day, for some of the delegations."""
    hour = roster.board.grid.hour
    start = random.randrange(roster.board.grid.first, roster.board.grid.last)
    calls = roster.ledger.calls(start, start + 4 * hour)
    return random.sample(calls, min(len(calls), AT_MOST))


def round_a_gap(roster: Roster, random: Random) -> list[Piece]:
    """A gap, and what those who could fill it hold round that time."""
    gaps = roster.ledger.open()
    if not gaps:
        return []
    gap = random.choice(gaps)
    rest = roster.board.rules.rest * roster.board.grid.hour
    window = bits(max(0, gap.start - rest), gap.end + rest)
    fit = roster.casting.fit(gap.post).tolist()
    asked = random.sample(fit, min(len(fit), 4))
    near = [piece for piece in roster.ledger.of(*asked) if piece.mask & window]
    return [gap, *random.sample(near, min(len(near), AT_MOST))]


RUINS: tuple[Ruin, ...] = (
    one_delegation,
    two_delegations,
    two_officers,
    one_night,
    round_a_gap,
    round_a_gap,
)
