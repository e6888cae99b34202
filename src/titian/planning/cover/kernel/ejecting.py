"""Whose duty, moved to somebody else, would free its holder for another."""

from titian.planning.compiled import compiled
from titian.planning.cover.kernel.arrays import (
    ATTACHED,
    AWAY,
    END,
    NOBODY,
    OFFICER,
    ON_CALL,
    POST,
    START,
    UNFIT,
    Ask,
    Cast,
    Flags,
    Hours,
    Ints,
    Now,
)
from titian.planning.cover.kernel.laws import allows


@compiled
def in_the_way(
    cast: Cast, now: Now, ask: Ask, rows: Ints, begun: int, found: Ints
) -> int:
    """Fill ``found`` with rows that somebody fit for it holds at that time; how many.

    Within a rest of it, not ``begun``, their holders there in these hours.
    """
    count, rest = 0, cast.limits.rest
    first, last = ask.start - rest, ask.end + rest
    for row in range(rows.shape[0]):
        officer, start = rows[row, OFFICER], rows[row, START]
        if officer < 0 or start < begun or start >= last or rows[row, END] <= first:
            continue
        if cast.rank[ask.group, officer] == UNFIT:
            continue
        away = 0
        for step in range(ask.start, ask.end):
            away += now.hours[officer, step] >= AWAY
        if not away:
            found[count] = row
            count += 1
    return count


@compiled
def add(
    hours: Hours, officer: int, start: int, end: int, on_call: int, sign: int
) -> None:
    """Let the officer hold these steps, or no longer."""
    for step in range(start, end):
        hours[officer, step] += sign if on_call else sign * ATTACHED


@compiled
def successor(
    cast: Cast, now: Now, known: Flags, groups: Ints, rows: Ints, row: int
) -> int:
    """Who may take the row from its holder: whom the delegation knows before others."""
    post, holder = rows[row, POST], rows[row, OFFICER]
    start, end, on_call = rows[row, START], rows[row, END], rows[row, ON_CALL] == 1
    ranks = cast.rank[groups[post]]
    for asked in (True, False):
        for officer in range(ranks.size):
            if ranks[officer] == UNFIT or known[post, officer] != asked:
                continue
            if officer != holder and allows(
                cast.limits, now.hours, officer, start, end, on_call
            ):
                return officer
    return NOBODY


@compiled
def ejections(
    cast: Cast,
    now: Now,
    ask: Ask,
    known: Flags,
    groups: Ints,
    rows: Ints,
    chosen: Ints,
    found: Ints,
) -> int:
    """Fill ``found`` (n, 2) with rows to move, and to whom; how many, at most ``n``.

    Without such a row its holder may take the piece, and somebody may take the row.
    """
    count, hours = 0, now.hours
    for row in chosen:
        start, end, holder = rows[row, START], rows[row, END], rows[row, OFFICER]
        on_call = rows[row, ON_CALL]
        add(hours, holder, start, end, on_call, -1)
        fits = allows(cast.limits, hours, holder, ask.start, ask.end, ask.on_call)
        add(hours, holder, start, end, on_call, 1)
        if not fits:
            continue
        officer = successor(cast, now, known, groups, rows, row)
        if officer != NOBODY:
            found[count, 0], found[count, 1] = row, officer
            count += 1
        if count == found.shape[0]:
            break
    return count
