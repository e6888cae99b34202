"""Two drawings of time: today's arrivals, and the cover of the coming day."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from titian.kernel.clock import local
from titian.logistics.models import Journey
from titian.logistics.policy import may_drive_out
from titian.people.models import Delegation
from titian.web.desk.room.facts import AHEAD, Facts

TWO_HOURS = timedelta(hours=2)


@dataclass(frozen=True)
class Tick:
    """An hour line."""

    x: float
    at: datetime


@dataclass(frozen=True)
class Mark:
    """One arrival on the strip; ``x`` and ``to`` in percent, ``y`` in pixels."""

    code: str
    kind: str
    x: float
    y: int
    at: datetime
    to: float | None = None
    is_flipped: bool = False
    journey_id: int | None = None
    """The journey, where whoever looks may move it."""

    @property
    def place(self) -> float:
        """Where it is expected now, in percent."""
        return self.x if self.to is None else self.to

    @property
    def text_y(self) -> int:
        return self.y + 4


@dataclass(frozen=True)
class Arrivals:
    """The strip of today's arrivals."""

    ticks: list[Tick]
    marks: list[Mark]
    now: float
    undated: int
    start: datetime
    end: datetime

    @property
    def movable(self) -> bool:
        """Whether there is one that may be moved by hand."""
        return any(mark.journey_id for mark in self.marks)


@dataclass(frozen=True)
class Span:
    """A stretch of the cover strip with how many delegations are held."""

    x: float
    width: float
    held: int
    is_gap: bool
    codes: str


@dataclass(frozen=True)
class Cover:
    """The strip of the coming day's cover."""

    ticks: list[Tick]
    spans: list[Span]
    gaps: int


def arrivals(facts: Facts) -> Arrivals:
    """Arrivals with a known minute between this morning and midnight."""
    now = local(facts.event, facts.now)
    start = now.replace(hour=6, minute=0, second=0, microsecond=0)
    if now < start:
        start -= timedelta(days=1)
    end = start + timedelta(hours=18)
    marks: list[Mark] = []
    undated = 0
    for delegation in facts.delegations:
        journey = facts.arrivals.get(delegation.pk)
        if journey is None or delegation.status == Delegation.Status.WITHDRAWN:
            continue
        undated += journey.precision == "day"
        if (mark := _mark(delegation.code, journey, start, end)) is not None:
            marks.append(mark)
    marks.sort(key=lambda mark: mark.x)
    told = sorted(_apart(marks), key=lambda mark: mark.at)
    if not may_drive_out(facts.actor, facts.event):
        told = [replace(mark, journey_id=None) for mark in told]
    reads = _percent(now, start, end)
    return Arrivals(_ticks(start, end), told, reads, undated, start, end)


def _mark(code: str, journey: Journey, start: datetime, end: datetime) -> Mark | None:
    told = [m for m in journey.milestones.all() if m.state == Journey.State.LANDED]
    landed = told[0] if told else None
    if landed and landed.precision != "day" and start <= landed.happened_at <= end:
        x = _percent(landed.happened_at, start, end)
        return Mark(code, "dot", x, 0, landed.happened_at, is_flipped=x > 80)
    if landed or journey.precision == "day" or journey.planned_at is None:
        return None
    expected = journey.expected_at or journey.planned_at
    if not start <= expected <= end:
        return None
    x, to = (_percent(t, start, end) for t in (journey.planned_at, expected))
    moved = to if journey.expected_at and abs(to - x) > 0.2 else None
    return Mark(
        code,
        "moved" if moved else "ring",
        max(x, 0),
        0,
        expected,
        to=moved,
        journey_id=journey.pk,
    )


def _apart(marks: list[Mark]) -> list[Mark]:
    """Put neighbours on different heights so that no label lies on another."""
    heights = (16, 36, 56)
    last = {height: -99.0 for height in heights}
    placed = []
    for mark in marks:
        y = max(heights, key=lambda height: min(mark.x - last[height], 13.0))
        last[y] = mark.to or mark.x
        placed.append(replace(mark, y=y))
    return placed


def cover(facts: Facts) -> Cover:
    """How many delegations have an officer over the coming day, hole by hole."""
    start = local(facts.event, facts.now).replace(minute=0, second=0, microsecond=0)
    end = start + AHEAD
    holes = [gap for found in facts.gaps.values() for gap in found]
    edges = sorted(
        {start, end}
        | {max(gap.starts_at, start) for gap in holes}
        | {min(gap.ends_at, end) for gap in holes}
    )
    codes = {delegation.pk: delegation.code for delegation in facts.delegations}
    spans = []
    for left, right in pairwise(edges):
        open_ = [g for g in holes if g.starts_at < right and g.ends_at > left]
        x = _percent(left, start, end)
        spans.append(
            Span(
                x,
                _percent(right, start, end) - x,
                len(facts.delegations) - len({g.delegation_id for g in open_}),
                bool(open_),
                ", ".join(sorted({codes.get(g.delegation_id, "") for g in open_})[:3]),
            )
        )
    return Cover(_ticks(start, end, every=3 * TWO_HOURS), spans, len(holes))


def _ticks(start: datetime, end: datetime, every: timedelta = TWO_HOURS) -> list[Tick]:
    found, at = [], start
    while at <= end:
        found.append(Tick(_percent(at, start, end), at))
        at += every
    return found


def _percent(at: datetime, start: datetime, end: datetime) -> float:
    return round(100 * ((at - start) / (end - start)), 3)
