"""A running order that stays true delay by delay, touching only what a delay moves."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush

from titian.planning.slots import (
    ON_TIME,
    Forecast,
    Slot,
    in_order,
    require_sound,
    waits_of,
)

# Whole microseconds since then: comparing aware datetimes costs four times as much.
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)
NEVER = 1 << 62
NOBODY = -1


class RunningOrder:
    """The forecast of ``ripple``, kept up to date while the day goes on.

    Parameters
    ----------
    slots
        ``n`` slots in any order, with ``m`` waits among them, as ``ripple`` takes them.

    Raises
    ------
    ValueError
        As ``ripple`` does.

    Notes
    -----
    Building it is O(n log n + m). A delay costs O(k log k + w) for the ``k`` slots
    whose forecast moves and their ``w`` waits, and never looks at the others: the moved
    ones are visited in topological order, each once (the dynamic longest path of
    Katriel, Michel & Van Hentenryck, "Maintaining longest paths incrementally",
    Constraints 10, 2005, for a graph whose arcs stay). Slack runs backwards the same
    way, from the windows (``Slot.latest``) to what may be late without breaking one.
    """

    def __init__(self, slots: Sequence[Slot]) -> None:
        known = {slot.key: slot for slot in slots}
        require_sound(slots, known, {})
        waits = waits_of(slots)
        order = in_order(waits)
        self._slots = [known[key] for key in order]
        self._rank = {key: rank for rank, key in enumerate(order)}
        self._given = [self._rank[slot.key] for slot in slots]
        self._before = [[self._rank[one] for one in waits[key]] for key in order]
        self._behind = _turned(self._before)
        self._planned = [_ticks(slot.start) for slot in self._slots]
        self._length = [slot.length // TICK for slot in self._slots]
        self._gap = [slot.gap // TICK for slot in self._slots]
        self._own = list(self._planned)
        self._began = [_ticks_or_none(slot.actual_start) for slot in self._slots]
        self._ended = [_ticks_or_none(slot.actual_end) for slot in self._slots]
        self._fill()

    def delay(self, key: str, late: timedelta) -> tuple[Forecast, ...]:
        """Say how late ``key`` starts by itself; the forecasts that moved, in order.

        It replaces what was said of this slot before. Raises KeyError for an unknown
        key and ValueError for less than nothing.
        """
        if late < ON_TIME:
            raise ValueError("Expected late >= 0.")
        rank = self._rank[key]
        self._own[rank] = self._planned[rank] + late // TICK
        return self._moved(rank)

    def begin(self, key: str, at: datetime) -> tuple[Forecast, ...]:
        """Say when ``key`` did start; the forecasts that moved, in order.

        Raises KeyError for an unknown key and ValueError if it ended before ``at``.
        """
        rank = self._rank[key]
        ended = self._ended[rank]
        if ended is not None and ended < _ticks(at):
            raise ValueError("A slot ended without a start, or before it.")
        self._began[rank] = _ticks(at)
        self._loosen(rank)
        return self._moved(rank)

    def finish(self, key: str, at: datetime) -> tuple[Forecast, ...]:
        """Say when ``key`` did end; the forecasts that moved, in order.

        Raises KeyError for an unknown key and ValueError if it did not begin by then.
        """
        rank = self._rank[key]
        began = self._began[rank]
        if began is None or began > _ticks(at):
            raise ValueError("A slot ended without a start, or before it.")
        self._ended[rank] = _ticks(at)
        return self._moved(rank)

    def forecasts(self) -> tuple[Forecast, ...]:
        """All of them, in the order in which the slots were given; O(n)."""
        return tuple(self._told(rank) for rank in self._given)

    def slack(self, key: str) -> timedelta | None:
        """How much later ``key`` may start before it pushes one past its window; O(1).

        Negative if it does already, None if no window hangs on it or it has begun.
        Raises KeyError for an unknown key.
        """
        rank = self._rank[key]
        if self._began[rank] is not None or self._latest[rank] == NEVER:
            return None
        return (self._latest[rank] - self._start[rank]) * TICK

    def _fill(self) -> None:
        """The whole pass, once: forwards the starts, backwards the latest starts."""
        count = len(self._slots)
        self._start, self._cause = list(self._planned), [NOBODY] * count
        self._end = [0] * count
        for rank in range(count):
            self._start[rank], self._cause[rank] = self._starts(rank)
            self._end[rank] = self._ends(rank)
        self._latest = [NEVER] * count
        for rank in reversed(range(count)):
            self._latest[rank] = self._latest_start(rank)

    def _starts(self, rank: int) -> tuple[int, int]:
        """When it starts, and who pushes it: of equals, the first it waits for."""
        began = self._began[rank]
        if began is not None:
            return began, NOBODY
        start, cause, gap, end = self._own[rank], NOBODY, self._gap[rank], self._end
        for one in self._before[rank]:
            free = end[one] + gap
            if free > start:
                start, cause = free, one
        return start, cause

    def _ends(self, rank: int) -> int:
        ended = self._ended[rank]
        return self._start[rank] + self._length[rank] if ended is None else ended

    def _moved(self, rank: int) -> tuple[Forecast, ...]:
        """Bring ``rank`` and all it pushes up to date."""
        line, waiting, moved = [rank], {rank}, []
        while line:
            one = heappop(line)
            waiting.discard(one)
            was = self._start[one], self._cause[one], self._end[one]
            self._start[one], self._cause[one] = self._starts(one)
            self._end[one] = end = self._ends(one)
            if (self._start[one], self._cause[one], end) != was:
                moved.append(one)
            if end != was[2]:
                _join(line, waiting, self._behind[one])
        return tuple(self._told(one) for one in moved)

    def _latest_start(self, rank: int) -> int:
        """When it must have started for its own window and all that hang on it."""
        if self._began[rank] is not None:
            return NEVER  # what has begun holds nobody to anything any more
        own = self._slots[rank].latest
        found = NEVER if own is None else _ticks(own)
        length = self._length[rank]
        for one in self._behind[rank]:
            if self._latest[one] != NEVER:
                found = min(found, self._latest[one] - self._gap[one] - length)
        return found

    def _loosen(self, rank: int) -> None:
        """``rank`` has begun: those before it owe its windows nothing any more."""
        line, waiting = [-rank], {-rank}
        while line:
            one = -heappop(line)
            waiting.discard(-one)
            latest = self._latest_start(one)
            if latest != self._latest[one]:
                self._latest[one] = latest
                _join(line, waiting, [-before for before in self._before[one]])

    def _told(self, rank: int) -> Forecast:
        slot, cause = self._slots[rank], self._cause[rank]
        late = (self._start[rank] - self._planned[rank]) * TICK
        pusher = None if cause == NOBODY else self._slots[cause].key
        return Forecast(self._as_it_went(slot, rank), slot.start + late, pusher)

    def _as_it_went(self, slot: Slot, rank: int) -> Slot:
        """The slot with what was said of it since it was given."""
        began, ended = self._began[rank], self._ended[rank]
        given = slot.actual_start, slot.actual_end
        if (began, ended) == tuple(map(_ticks_or_none, given)):
            return slot
        return replace(slot, actual_start=_hour(began), actual_end=_hour(ended))


def _turned(before: Sequence[Sequence[int]]) -> list[list[int]]:
    """The same waits from the other side: by rank, who waits for it."""
    behind: list[list[int]] = [[] for _ in before]
    for rank, ones in enumerate(before):
        for one in ones:
            behind[one].append(rank)
    return behind


def _join(line: list[int], waiting: set[int], ones: Iterable[int]) -> None:
    """Stand in line, each once."""
    for one in ones:
        if one not in waiting:
            waiting.add(one)
            heappush(line, one)


def _ticks(moment: datetime) -> int:
    return (moment - EPOCH) // TICK


def _hour(ticks: int | None) -> datetime | None:
    return None if ticks is None else EPOCH + ticks * TICK


def _ticks_or_none(moment: datetime | None) -> int | None:
    return None if moment is None else _ticks(moment)
