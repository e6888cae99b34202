"""Where everything on the line of time is drawn: numbers in, numbers out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WIDTH = 1000
LEFT, RIGHT, TOP, BOTTOM = 150, 12, 26, 8
ROW, GAP, SMALLEST, LABEL = 13, 8, 7, 55
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Piece:
    """A step to be drawn: from when to when, in whose lane, how it looks."""

    key: str
    lane: str
    starts_at: datetime
    ends_at: datetime
    tone: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece drawn."""

    key: str
    tone: str
    x: float
    y: float
    width: float

    @property
    def end(self) -> tuple[float, float]:
        """Where the path enters and leaves it."""
        return self.x + self.width, self.y + ROW / 2 - 1.5


@dataclass(frozen=True, slots=True)
class Lane:
    """An owner's stripe."""

    name: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A day, week or month on the line."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All that the page draws."""

    height: float
    lanes: tuple[Lane, ...]
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    path: str
    now_x: float | None
    width: int = WIDTH
    left: int = LEFT
    bar_height: int = ROW - 3


def drawn(
    pieces: Iterable[Piece],
    red: Sequence[str],
    window: tuple[datetime, datetime],
    now: datetime,
    say: Callable[[datetime], str],
) -> Chart:
    """The pieces of the window in lanes, stacked where they overlap, with the path.

    ``red`` are the keys of the red path in order; those outside the window are left
    out of it. The window has some length, on the clocks of the event; ``say`` tells a
    day of it.
    """
    inside = [p for p in pieces if p.starts_at <= window[1] and p.ends_at >= window[0]]
    lanes: list[Lane] = []
    bars: dict[str, Bar] = {}
    y = float(TOP)
    for name in dict.fromkeys(piece.lane for piece in inside):
        mine = sorted((p for p in inside if p.lane == name), key=lambda p: p.starts_at)
        placed, rows = _stacked(mine, window, y)
        height = rows * ROW + GAP
        lanes.append(Lane(name, y, height))
        bars |= {bar.key: bar for bar in placed}
        y += height
    points = [bars[key].end for key in red if key in bars]
    marks = [Mark(_x(at, window), say(at)) for at in _marks(window)]
    now_x = _x(now, window) if window[0] <= now <= window[1] else None
    return Chart(
        height=y + BOTTOM,
        lanes=tuple(lanes),
        bars=tuple(bars.values()),
        marks=tuple(mark for mark in marks if mark.x < WIDTH - LABEL),
        path=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        now_x=now_x,
    )


def _stacked(
    pieces: Sequence[Piece], window: tuple[datetime, datetime], y: float
) -> tuple[list[Bar], int]:
    """Each in the first row that is free where it begins; how many rows that took."""
    free: list[float] = []
    placed = []
    for piece in pieces:
        end = _x(min(piece.ends_at, window[1]), window)
        start = min(_x(max(piece.starts_at, window[0]), window), end - SMALLEST)
        row = next((n for n, x in enumerate(free) if x <= start), len(free))
        if row == len(free):
            free.append(0.0)
        free[row] = end + 2
        placed.append(
            Bar(piece.key, piece.tone, start, y + GAP / 2 + row * ROW, end - start)
        )
    return placed, max(len(free), 1)


def _x(at: datetime, window: tuple[datetime, datetime]) -> float:
    share = (at - window[0]) / (window[1] - window[0])
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _marks(window: tuple[datetime, datetime]) -> list[datetime]:
    """Midnights: each, or each Monday, or each first of a month; never crowded."""
    first, last = window
    day = first.replace(hour=0, minute=0, second=0, microsecond=0) + DAY
    days = []
    while day <= last:
        days.append(day)
        day += DAY
    if len(days) <= 10:
        return days
    if len(days) <= 90:
        return [day for day in days if day.weekday() == 0]
    firsts = [day for day in days if day.day == 1]
    return firsts if len(firsts) <= 12 else firsts[::2]
