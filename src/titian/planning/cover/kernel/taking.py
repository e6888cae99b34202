"""Who may take a piece and who takes it best, among all who are fit, in one call."""

import numpy as np

from titian.planning.compiled import compiled, inlined
from titian.planning.cover.kernel.arrays import (
    ATTACHED,
    CALLS,
    FACES,
    NOBODY,
    Ask,
    Cast,
    Desk,
    Floats,
    Hours,
    Ints,
    Now,
)
from titian.planning.cover.kernel.laws import allows, is_free

NEW_FACE, ONE_FACE_TOO_MANY, NEW_VOICE = 40.0, 200.0, 5.0
ON_THE_TELEPHONE = 60.0
BESIDE, EVERY_DAY = 6.0, 8.0  # for who holds the hours next to it, the same hours
DAYS = 8  # so many days either way the same hours are looked at
NOISE = 15.0


@inlined
def beside(cast: Cast, now: Now, ask: Ask) -> tuple[int, int, int, int]:
    """Who holds the hours before and after, and those a day before and after."""
    who, day = now.who[ask.post], 24 * cast.limits.hour
    after = min(ask.start + day, who.size - 1)
    return who[ask.start - 1], who[ask.end], who[ask.start - day], who[after]


@inlined
def price(
    cast: Cast,
    now: Now,
    ask: Ask,
    near: tuple[int, int, int, int],
    officer: int,
    taken: int,
) -> float:
    """What taking costs: a rule of thumb for the objective, lower is better.

    ``taken`` are the steps of the same hours on other days that are not free.
    """
    cost: float = cast.spent[officer] - 0.5 * cast.rank[ask.group, officer]
    cost = cost + cast.way[officer] + now.load[officer] / 20
    known = now.faces[ask.post, officer]
    if ask.on_call:
        awake = 0
        for step in range(ask.start, ask.end):
            awake += (now.hours[officer, step] & CALLS) != 0
        cost -= ON_THE_TELEPHONE * awake / (ask.end - ask.start)
        if not known:
            cost += NEW_VOICE
    elif not known:
        cost += 2.0 * taken / cast.limits.hour
        cost += ONE_FACE_TOO_MANY if ask.faces >= FACES else NEW_FACE
    before, after, yesterday, tomorrow = near
    if before == officer:
        cost -= BESIDE
    if after == officer:
        cost -= BESIDE
    if yesterday == officer:
        cost -= EVERY_DAY
    if tomorrow == officer:
        cost -= EVERY_DAY
    return cost


@compiled
def same_hours(cast: Cast, ask: Ask, steps: Ints) -> int:
    """Fill ``steps`` with the same hours on the other days of the post; how many."""
    day, size, count, done = 24 * cast.limits.hour, cast.wanted.shape[1], 0, 0
    for days in range(-DAYS, DAYS + 1):
        first = max(ask.start + days * day, done)
        done = max(min(ask.end + days * day, size), done)
        for step in range(first, done):
            if cast.wanted[ask.post, step] and not ask.start <= step < ask.end:
                steps[count] = step
                count += 1
    return count


@inlined
def taken_of(hours: Hours, officer: int, steps: Ints, count: int) -> int:
    """In how many of the steps the officer is away or attached."""
    taken = 0
    for at in range(count):
        if hours[officer, steps[at]] >= ATTACHED:
            taken += 1
    return taken


@compiled
def prices(
    cast: Cast, now: Now, desk: Desk, ask: Ask, among: Ints, found: Floats
) -> None:
    """Fill ``found`` with the price of each among them."""
    count = 0 if ask.on_call else same_hours(cast, ask, desk.steps)
    near = beside(cast, now, ask)
    for at in range(among.size):
        taken = taken_of(now.hours, among[at], desk.steps, count)
        found[at] = price(cast, now, ask, near, among[at], taken)


@compiled
def free(cast: Cast, now: Now, ask: Ask, among: Ints, desk: Desk) -> int:
    """Fill ``desk.found`` with those who hold nothing that excludes it; how many."""
    count = 0
    for officer in among:
        if is_free(cast.limits, now.hours, officer, ask.start, ask.end, ask.on_call):
            desk.found[count] = officer
            count += 1
    return count


@compiled
def willing(cast: Cast, now: Now, ask: Ask, among: Ints, found: Ints) -> int:
    """Fill ``found`` with those who break no passing rule by it; how many."""
    count = 0
    for officer in among:
        if allows(cast.limits, now.hours, officer, ask.start, ask.end, ask.on_call):
            found[count] = officer
            count += 1
    return count


@compiled
def cheapest(
    cast: Cast, now: Now, desk: Desk, ask: Ask, among: Ints, noise: Floats
) -> int:
    """Who may take it at the least price, the first among equals; or nobody.

    ``noise`` in [0, 1) is added to the prices if there is any. What is dear without
    looking at other days is not looked at further.
    """
    count = 0 if ask.on_call else same_hours(cast, ask, desk.steps)
    best, found = np.inf, NOBODY
    limits, hours, near = cast.limits, now.hours, beside(cast, now, ask)
    for at in range(among.size):
        officer = among[at]
        if price(cast, now, ask, near, officer, 0) >= best:
            continue
        if not is_free(limits, hours, officer, ask.start, ask.end, ask.on_call):
            continue
        taken = taken_of(hours, officer, desk.steps, count)
        cost = price(cast, now, ask, near, officer, taken)
        if noise.size:
            cost += NOISE * noise[at]
        if cost < best and allows(
            limits, hours, officer, ask.start, ask.end, ask.on_call
        ):
            best, found = cost, officer
    return found


@inlined
def reach(cast: Cast, now: Now, ask: Ask, among: Ints, at_end: bool, least: int) -> int:
    """How long a part at one edge may be for somebody, if longer than ``least``."""
    found, most = least, ask.end - ask.start - cast.limits.shortest
    for officer in among:
        while found < most:
            start = ask.end - found - 1 if at_end else ask.start
            end = ask.end if at_end else ask.start + found + 1
            if not allows(cast.limits, now.hours, officer, start, end, ask.on_call):
                break
            found += 1
    return found


@compiled
def longest(
    cast: Cast, now: Now, desk: Desk, ask: Ask, among: Ints, noise: Floats
) -> tuple[int, int, int]:
    """The longest part at either edge that leaves no stub, and who takes it best.

    Whoever may not take a part at an edge may not take a longer one there.
    """
    least = cast.limits.shortest - 1
    first = reach(cast, now, ask, among, False, least)
    last = reach(cast, now, ask, among, True, first)
    if last == least:
        return ask.start, ask.end, NOBODY
    start, end = ask.start, ask.start + first
    if last > first:
        start, end = ask.end - last, ask.end
    piece = Ask(ask.post, ask.group, start, end, ask.on_call, ask.faces)
    return start, end, cheapest(cast, now, desk, piece, among, noise)
