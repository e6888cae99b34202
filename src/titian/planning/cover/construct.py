"""The first plan, in milliseconds: the hardest delegations first, few faces each."""

from collections.abc import Iterable, Sequence
from random import Random

from titian.planning.cover.board import Board, Piece, piece_of
from titian.planning.cover.model import Mode, Problem
from titian.planning.cover.roster import FACES, NOBODY, Roster

NEW_FACE = 40.0
ONE_FACE_TOO_MANY = 200.0
ON_THE_TELEPHONE = 60.0


def started(problem: Problem) -> Roster:
    """A roster with what stays: duties held, and published ones that break no rule."""
    roster = Roster(Board(problem))
    for number, officer in enumerate(roster.board.officers):
        for duty in officer.held:
            roster.pin(roster.board.piece(duty), number)
    _keep_published(roster)
    return roster


def _keep_published(roster: Roster) -> None:
    """Put published duties back, the earliest first, each if it may still be held."""
    stay = roster.problem.order[0] == "changed"
    for piece, officer in roster.published:
        if _still_holds(roster, piece, officer, whole=not stay):
            (roster.pin if stay else roster.put)(piece, officer)


def _still_holds(roster: Roster, piece: Piece, officer: int, *, whole: bool) -> bool:
    """Whether the duty is wanted (for all its hours, or some) and lawful."""
    attached, call = roster.open_hours(piece.post)
    wanted = call if piece.on_call else attached
    needed = not piece.mask & ~wanted if whole else bool(piece.mask & wanted)
    fit = officer in roster.casting.merit[piece.post]
    return needed and fit and roster.allows(piece, officer)


def construct(problem: Problem) -> Roster:
    """The first plan: everything is a piece, and every piece that can be is held.

    O(pieces · officers), each of them a handful of operations on whole weeks.
    """
    roster = started(problem)
    for post in by_difficulty(roster):
        attached, _call = roster.open_hours(post)
        place_all(roster, roster.cut(post, attached, Mode.ATTACHED))
    calls = []
    for post in range(len(roster.held)):
        _attached, call = roster.open_hours(post)
        calls += roster.cut(post, call, Mode.ON_CALL)
    place_all(roster, sorted(calls, key=lambda p: (p.start, p.end, p.post)))
    return roster


def by_difficulty(roster: Roster) -> list[int]:
    """Posts by level, then by how few could serve them."""
    posts, fit = roster.board.posts, roster.casting.fit
    return sorted(range(len(posts)), key=lambda n: (posts[n].level, len(fit[n]), n))


def place_all(
    roster: Roster, pieces: Iterable[Piece], random: Random | None = None
) -> None:
    """Give each piece to the best who may take it; cut what nobody can take whole."""
    for piece in pieces:
        if (officer := taker(roster, piece, random)) != NOBODY:
            roster.put(piece, officer)
        else:
            _place_parts(roster, piece)


def taker(
    roster: Roster,
    piece: Piece,
    random: Random | None = None,
    among: Sequence[int] | None = None,
) -> int:
    """The best officer who may take the piece as things stand, or nobody.

    ``among`` are those worth asking; everybody fit for the post if not said.
    """
    board = roster.board
    away, attached, calls = board.away, board.attached, board.calls
    mask = piece.mask
    layer = -1 if piece.on_call else 0  # where one more call, or none, still fits
    free = [
        officer
        for officer in (roster.casting.fit[piece.post] if among is None else among)
        if not (away[officer] | attached[officer] | calls[officer][layer]) & mask
    ]
    if not free:
        return NOBODY
    price = prices(roster, piece, free)
    if random:
        noise = random.random
        price = {officer: cost + 15 * noise() for officer, cost in price.items()}
    for officer in sorted(free, key=price.__getitem__):
        if roster.allows(piece, officer):
            return officer
    return NOBODY


def prices(roster: Roster, piece: Piece, officers: list[int]) -> dict[int, float]:
    """What taking each costs: a rule of thumb for the objective, lower is better."""
    day = 24 * roster.board.grid.hour
    who, merit, load = roster.who[piece.post], roster.casting.merit, roster.load
    faces = roster.faces[piece.post]
    price = {o: merit[piece.post][o] + load[o] / 20 for o in officers}
    stranger = ONE_FACE_TOO_MANY if len(faces) >= FACES else NEW_FACE
    if piece.on_call:
        _price_calls(roster, piece, price)
        stranger = 5.0
    else:
        slots = _same_hours(roster, piece)
        board = roster.board
        for o in officers:
            if o not in faces:
                taken = (board.away[o] | board.attached[o]) & slots
                price[o] += 2.0 * taken.bit_count() / roster.board.grid.hour
    for o in officers:
        if o not in faces:
            price[o] += stranger
    for step, gain in (
        (piece.start - 1, 6.0),
        (piece.end, 6.0),
        (piece.start - day, 8.0),
        (min(piece.start + day, len(who) - 1), 8.0),
    ):
        if who[step] in price:
            price[who[step]] -= gain
    return price


def _price_calls(roster: Roster, piece: Piece, price: dict[int, float]) -> None:
    """Who sits at the telephone anyway is better than one more who must wake."""
    calls = roster.board.calls
    for officer in price:
        awake = (calls[officer][0] & piece.mask).bit_count()
        price[officer] -= ON_THE_TELEPHONE * awake / (piece.end - piece.start)


def _same_hours(roster: Roster, piece: Piece) -> int:
    """The same hours on the other days of the post, as bits."""
    day = 24 * roster.board.grid.hour
    wanted, _call = roster.board.demand[piece.post]
    slots = 0
    for days in range(-8, 9):
        shift = days * day
        slots |= piece.mask << shift if shift >= 0 else piece.mask >> -shift
    return slots & wanted & ~piece.mask


def _place_parts(roster: Roster, piece: Piece) -> None:
    """Let somebody hold a part of it, and look at the rest; what remains is a gap."""
    left = [piece]
    while left:
        whole = left.pop()
        part, officer = _longest_part(roster, whole)
        if officer == NOBODY:
            part, officer = _longer_duty(roster, whole)
        roster.put(part, officer)
        for start, end in ((whole.start, part.start), (part.end, whole.end)):
            if start < end:
                left.append(piece_of(whole.post, start, end, whole.mode))


def _longest_part(roster: Roster, piece: Piece) -> tuple[Piece, int]:
    """The longest part at either edge that leaves no stub, and its taker."""
    shortest = roster.board.rules.shortest * roster.board.grid.hour
    whole = piece.end - piece.start
    if (officer := taker(roster, piece)) != NOBODY:
        return piece, officer
    # Whoever may not take the shortest part at an edge may not take a longer one.
    fit = roster.casting.fit[piece.post]
    willing = [
        [officer for officer in fit if roster.allows(part, officer)]
        for part in _edges(piece, min(shortest, whole))
    ]
    for length in range(whole - shortest, shortest - 1, -1):
        for part, some in zip(_edges(piece, length), willing, strict=True):
            if some and (officer := taker(roster, part, among=some)) != NOBODY:
                return part, officer
    return piece, NOBODY


def _longer_duty(roster: Roster, piece: Piece) -> tuple[Piece, int]:
    """How much of it those before and after can add to what they hold already."""
    who, fit = roster.who[piece.post], roster.casting.merit[piece.post]
    for length in range(piece.end - piece.start - 1, 0, -1):
        first, last = _edges(piece, length)
        for part, officer in ((first, who[piece.start - 1]), (last, who[piece.end])):
            if officer in fit and roster.allows(part, officer):
                return part, officer
    return piece, NOBODY


def _edges(piece: Piece, length: int) -> tuple[Piece, Piece]:
    """So many steps at the beginning, and at the end."""
    post, start, end, mode = piece.post, piece.start, piece.end, piece.mode
    return (
        piece_of(post, start, start + length, mode),
        piece_of(post, end - length, end, mode),
    )
