"""Which rules rule whom out, for all officers in one call.

Bit ``n`` of a verdict is the ``n``-th of ``cover.rules.RULES``; none is set for whoever
may take the piece.
"""

from titian.planning.compiled import compiled, inlined
from titian.planning.cover.kernel.arrays import (
    ATTACHED,
    AWAY,
    CALLS,
    CLEARANCE,
    DECLINED,
    LANGUAGE,
    NOBODY,
    Ask,
    Cast,
    Hours,
    Ints,
    Limits,
    Now,
)
from titian.planning.cover.kernel.laws import allows, pauses, within_hours

ELSEWHERE, BUSY, CALLED, WORKED, TIRED, WEARY = (1 << n for n in range(3, 9))


@inlined
def verdict(limits: Limits, hours: Hours, officer: int, ask: Ask) -> int:
    """The passing rules broken if the officer takes the piece."""
    start, end, told = ask.start, ask.end, 0
    for step in range(start, end):
        held = hours[officer, step]
        if held & AWAY:
            told |= ELSEWHERE
        calls = held & CALLS
        if held & ATTACHED or (calls and not ask.on_call):
            told |= BUSY
        if ask.on_call and calls >= limits.calls:
            told |= CALLED
    if not (ask.on_call or within_hours(limits, hours, officer, start, end)):
        told |= WORKED
    if not pauses(hours, officer, start, end, limits.rest, limits.rest_window):
        told |= TIRED
    if not pauses(hours, officer, start, end, limits.day_off, limits.day_off_window):
        told |= WEARY
    return told


@compiled
def add_verdicts(cast: Cast, now: Now, ask: Ask, found: Ints) -> None:
    """Add the passing rules to what each officer is told; ``found`` is (o,)."""
    for officer in range(found.size):
        found[officer] |= verdict(cast.limits, now.hours, officer, ask)


@compiled
def first_free(cast: Cast, now: Now, ask: Ask, told: Ints) -> tuple[int, int]:
    """Who may hold the end of it soonest, and from when; nobody if nobody can.

    Among those whom passing rules alone rule out.
    """
    best, found = ask.end, NOBODY
    for officer in range(told.size):
        if not told[officer] or told[officer] & (LANGUAGE | CLEARANCE | DECLINED):
            continue
        for start in range(ask.start + 1, best):
            if allows(cast.limits, now.hours, officer, start, ask.end, ask.on_call):
                best, found = start, officer
                break
    return best, found
