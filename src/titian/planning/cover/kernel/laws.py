"""The passing rules of cover, compiled: the same as in ``cover.rules``, step by step.

``cover.rules`` says what a rule means and speaks of it; a test holds the two together.
"""

from titian.planning.compiled import compiled, inlined
from titian.planning.cover.kernel.arrays import ATTACHED, AWAY, Hours, Limits


@inlined
def is_free(
    limits: Limits, hours: Hours, officer: int, start: int, end: int, on_call: bool
) -> bool:
    """Whether the officer is there, and holds nothing that excludes these steps."""
    room = limits.calls if on_call else 1
    found = 0
    for step in range(start, end):
        found += hours[officer, step] >= room  # AWAY, ATTACHED: more than any calls
    return found == 0


@compiled
def within_hours(
    limits: Limits, hours: Hours, officer: int, start: int, end: int
) -> bool:
    """Whether no window round these steps, attached, holds more than the limit."""
    window, size = limits.attached_window, hours.shape[1]
    low, high = max(start - window + 1, 0), min(end + window - 1, size)
    near = 0
    for step in range(low, high):
        near += (hours[officer, step] & ATTACHED) != 0
    if near + end - start <= limits.attached:
        return True
    count = 0
    for step in range(low, high):
        count += start <= step < end or (hours[officer, step] & ATTACHED) != 0
        gone = step - window
        if gone >= low:
            count -= start <= gone < end or (hours[officer, gone] & ATTACHED) != 0
        if count > limits.attached:
            return False
    return True


@compiled
def pauses(
    hours: Hours, officer: int, start: int, end: int, pause: int, window: int
) -> bool:
    """Whether the spell of work round these steps leaves its pause in the window."""
    longest, size = window - pause, hours.shape[1]
    first, step = start, start - 1
    while step >= 0 and first - step <= pause:
        if hours[officer, step] & ~AWAY:
            first = step
            if end - first > longest:
                return False
        step -= 1
    last, step = end, end
    if last - first > longest:
        return False
    while step < size and step - last < pause:
        if hours[officer, step] & ~AWAY:
            last = step + 1
            if last - first > longest:
                return False
        step += 1
    return True


@compiled
def allows(
    limits: Limits, hours: Hours, officer: int, start: int, end: int, on_call: bool
) -> bool:
    """Whether no passing rule is broken if the officer takes these steps."""
    return (
        is_free(limits, hours, officer, start, end, on_call)
        and (on_call or within_hours(limits, hours, officer, start, end))
        and pauses(hours, officer, start, end, limits.rest, limits.rest_window)
        and pauses(hours, officer, start, end, limits.day_off, limits.day_off_window)
    )
