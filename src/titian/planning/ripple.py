"""Live delays: how lateness runs down the running order, in many places at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from graphlib import CycleError, TopologicalSorter

ON_TIME = timedelta(0)


@dataclass(frozen=True, slots=True)
class Slot:
    """One item of the running order, as planned, and as it went if it did.

    ``after`` are keys it waits for, because people or things are there first; what is
    planned before it in the same ``place`` it waits for as well. ``gap`` is the least
    pause between what it waits for and its start.
    """

    key: str
    start: datetime
    length: timedelta
    after: tuple[str, ...] = ()
    place: str = ""
    gap: timedelta = ON_TIME
    actual_start: datetime | None = None
    actual_end: datetime | None = None

    @property
    def end(self) -> datetime:
        """The planned end."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a slot will really start, or did, and which slot pushes it, if one does."""

    slot: Slot
    start: datetime
    cause: str | None = None

    @property
    def end(self) -> datetime:
        """When it ended; until then, the start and the slot's own length."""
        return self.slot.actual_end or self.start + self.slot.length

    @property
    def late(self) -> timedelta:
        """How much later than planned; negative only of what did begin early."""
        return self.start - self.slot.start


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
    _require_sound(slots, known, late)
    waits = _waits(slots)
    found: dict[str, Forecast] = {}
    for key in _in_order(waits):
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


def _waits(slots: Sequence[Slot]) -> dict[str, list[str]]:
    """By key, what it waits for: what was said, and the one before it in its place."""
    waits = {slot.key: list(dict.fromkeys(slot.after)) for slot in slots}
    last: dict[str, Slot] = {}
    for slot in sorted(slots, key=lambda s: (s.start, s.end)):
        before = last.get(slot.place)
        if not slot.place:
            continue
        if before and _follows(slot, before) and before.key not in waits[slot.key]:
            waits[slot.key].append(before.key)
        if not before or before.end <= slot.end:
            last[slot.place] = slot
    return waits


def _follows(slot: Slot, before: Slot) -> bool:
    """Whether it is planned later, and nobody said that it is the other way round."""
    return before.end <= slot.start and slot.key not in before.after


def _in_order(waits: Mapping[str, Sequence[str]]) -> list[str]:
    try:
        return list(TopologicalSorter(waits).static_order())
    except CycleError as circle:
        raise ValueError(
            f"Slots wait for each other in a circle: {circle.args[1]}"
        ) from circle


def _require_sound(
    slots: Sequence[Slot], known: Mapping[str, Slot], late: Mapping[str, timedelta]
) -> None:
    if len(known) != len(slots):
        raise ValueError("Two slots share a key.")
    if any(slot.length < ON_TIME or slot.gap < ON_TIME for slot in slots):
        raise ValueError("Expected lengths and gaps >= 0.")
    if any(slot.actual_end and not _began(slot) for slot in slots):
        raise ValueError("A slot ended without a start, or before it.")
    if any(length < ON_TIME for length in late.values()):
        raise ValueError("Expected late >= 0.")
    if strangers := (set(late) | {k for s in slots for k in s.after}) - set(known):
        raise ValueError(f"There is no slot {sorted(strangers)}.")


def _began(slot: Slot) -> bool:
    start, end = slot.actual_start, slot.actual_end
    return start is not None and end is not None and start <= end
