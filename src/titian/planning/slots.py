"""What a running order is made of: slots, what they wait for, and in which order."""

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
    pause between what it waits for and its start. ``latest`` is the moment by which it
    has to have started, for the sake of a person or a door.
    """

    key: str
    start: datetime
    length: timedelta
    after: tuple[str, ...] = ()
    place: str = ""
    gap: timedelta = ON_TIME
    actual_start: datetime | None = None
    actual_end: datetime | None = None
    latest: datetime | None = None

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


def waits_of(slots: Sequence[Slot]) -> dict[str, list[str]]:
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


def in_order(waits: Mapping[str, Sequence[str]]) -> list[str]:
    """The keys, each behind all it waits for; ValueError for a circle."""
    try:
        return list(TopologicalSorter(waits).static_order())
    except CycleError as circle:
        raise ValueError(
            f"Slots wait for each other in a circle: {circle.args[1]}"
        ) from circle


def require_sound(
    slots: Sequence[Slot], known: Mapping[str, Slot], late: Mapping[str, timedelta]
) -> None:
    """ValueError, with a sentence, for what is no running order (see ``ripple``)."""
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
