"""Live delays: how lateness runs down the running order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from graphlib import CycleError, TopologicalSorter

ON_TIME = timedelta(0)


@dataclass(frozen=True, slots=True)
class Slot:
    """One item of the running order, as planned; ``after`` are keys it waits for."""

    key: str
    start: datetime
    length: timedelta
    after: tuple[str, ...] = ()

    @property
    def end(self) -> datetime:
        """The planned end."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a slot will really start, and which slot pushes it, if one does."""

    slot: Slot
    start: datetime
    cause: str | None = None

    @property
    def end(self) -> datetime:
        """The start and the slot's own length."""
        return self.start + self.slot.length

    @property
    def late(self) -> timedelta:
        """How much later than planned; never negative."""
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
        By key, how late a slot starts by itself. Not negative; missing is on time.

    Returns
    -------
    tuple[Forecast, ...]
        ``n`` forecasts in the order given. Nothing starts earlier than planned.

    Raises
    ------
    ValueError
        If keys repeat, a slot waits for one that is not there or in a circle, a length
        or a lateness is negative, or ``late`` names an unknown slot.

    Notes
    -----
    The forward pass of the critical path method (Kelley & Walker 1959): a slot starts
    at its planned time plus its own lateness, or when the last one it waits for ends,
    whichever is later. O(n + m).
    """
    known = {slot.key: slot for slot in slots}
    _require_sound(slots, known, late)
    found: dict[str, Forecast] = {}
    for key in _in_order(slots):
        slot = known[key]
        own = slot.start + late.get(key, ON_TIME)
        pushed = max((found[k].end for k in slot.after), default=own)
        cause = next((k for k in slot.after if found[k].end == pushed > own), None)
        found[key] = Forecast(slot, max(own, pushed), cause)
    return tuple(found[slot.key] for slot in slots)


def _in_order(slots: Sequence[Slot]) -> list[str]:
    try:
        return list(TopologicalSorter({s.key: s.after for s in slots}).static_order())
    except CycleError as circle:
        raise ValueError(
            f"Slots wait for each other in a circle: {circle.args[1]}"
        ) from circle


def _require_sound(
    slots: Sequence[Slot], known: Mapping[str, Slot], late: Mapping[str, timedelta]
) -> None:
    if len(known) != len(slots):
        raise ValueError("Two slots share a key.")
    if any(slot.length < ON_TIME for slot in slots):
        raise ValueError("Expected lengths >= 0.")
    if any(length < ON_TIME for length in late.values()):
        raise ValueError("Expected late >= 0.")
    if strangers := (set(late) | {k for s in slots for k in s.after}) - set(known):
        raise ValueError(f"There is no slot {sorted(strangers)}.")
