"""Live delays: how lateness runs down the running order, in many places at once."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from titian.planning.slots import (
    ON_TIME,
    Forecast,
    Slot,
    in_order,
    require_sound,
    waits_of,
)

__all__ = ["Forecast", "Slot", "causes", "ripple"]


def ripple(
    slots: Sequence[Slot], late: Mapping[str, timedelta]
) -> tuple[Forecast, ...]:
    """Push delays down the running order; gaps soak up what they can.

    Parameters
    ----------
    slots
        ``n`` slots in any order, with ``m`` waits among them. All datetimes aware.
    late
        By key, how late a slot starts by itself. Not negative; missing is on time. What
        has begun is where it is, whatever is said here.

    Returns
    -------
    tuple[Forecast, ...]
        ``n`` forecasts in the order given. Nothing is foretold to start earlier than
        planned.

    Raises
    ------
    ValueError
        If keys repeat, a slot waits for one that is not there or in a circle, a length,
        a gap or a lateness is negative, a slot ended without or before its start, or
        ``late`` names an unknown slot.

    Notes
    -----
    The forward pass of the critical path method (Kelley & Walker 1959): a slot starts
    at its planned time plus its own lateness, or when the last one it waits for ends,
    whichever is later. O(n + m), and O(n log n) to put each place in order.
    """
    known = {slot.key: slot for slot in slots}
    require_sound(slots, known, late)
    waits = waits_of(slots)
    found: dict[str, Forecast] = {}
    for key in in_order(waits):
        found[key] = _forecast(known[key], late.get(key, ON_TIME), waits[key], found)
    return tuple(found[slot.key] for slot in slots)


def causes(forecasts: Sequence[Forecast], key: str) -> tuple[str, ...]:
    """The slots that push ``key``: the nearest first, the one where it began last.

    Empty if nothing pushes it. Raises KeyError for an unknown key.
    """
    pushed_by = {one.slot.key: one.cause for one in forecasts}
    chain: list[str] = []
    cause = pushed_by[key]
    while cause is not None:
        chain.append(cause)
        cause = pushed_by[cause]
    return tuple(chain)


def _forecast(
    slot: Slot, late: timedelta, waits: Sequence[str], found: Mapping[str, Forecast]
) -> Forecast:
    if slot.actual_start:
        return Forecast(slot, slot.actual_start)
    own = slot.start + late
    free = {key: found[key].end + slot.gap for key in waits}
    pushed = max(free.values(), default=own)
    cause = next((key for key in waits if free[key] == pushed > own), None)
    return Forecast(slot, max(own, pushed), cause)
