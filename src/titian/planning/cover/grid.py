"""Hours as bits: one whole number holds a week of somebody's time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property

from titian.planning.cover.model import Problem

PAD = timedelta(days=8)  # what was held before and after weighs on rest and the day off


class Grid:
    """The steps of a problem: step 0 lies eight days before its start."""

    def __init__(self, problem: Problem) -> None:
        self.step = timedelta(minutes=problem.rules.step_minutes)
        self.hour = 60 // problem.rules.step_minutes
        self.zone = problem.start.tzinfo
        past = timedelta(
            minutes=problem.start.minute % problem.rules.step_minutes,
            seconds=problem.start.second,
            microseconds=problem.start.microsecond,
        )
        self.origin = problem.start.astimezone(UTC) - past - PAD
        self.first = self.floor(problem.start)
        self.last = self.ceil(problem.end)
        self.size = self.last + PAD // self.step

    def floor(self, at: datetime) -> int:
        """The step in which ``at`` lies."""
        return (at - self.origin) // self.step

    def ceil(self, at: datetime) -> int:
        """The first step that begins at ``at`` or later."""
        return -((self.origin - at) // self.step)

    def at(self, index: int) -> datetime:
        """When a step begins, in the zone of the problem's start."""
        return (self.origin + index * self.step).astimezone(self.zone)

    def bounds(self, start: datetime, end: datetime) -> tuple[int, int]:
        """The steps a span touches, as far as the grid knows them; maybe none."""
        low = min(max(self.floor(start), 0), self.size)
        return low, max(low, min(self.ceil(end), self.size))

    def mask(self, start: datetime, end: datetime) -> int:
        """The same as bits."""
        return bits(*self.bounds(start, end))

    @cached_property
    def local_step(self) -> list[int]:
        """For each step, which step of its local day it is."""
        minutes = 60 // self.hour
        local = [self.at(index) for index in range(self.size + 1)]
        return [(at.hour * 60 + at.minute) // minutes for at in local]


def bits(start: int, end: int) -> int:
    """Ones from ``start`` until before ``end``."""
    return ((1 << (end - start)) - 1) << start


def runs(mask: int) -> Iterator[tuple[int, int]]:
    """The stretches of ones, as (start, end), earliest first."""
    while mask:
        start = (mask & -mask).bit_length() - 1
        above = mask >> start
        length = (~above & (above + 1)).bit_length() - 1
        yield start, start + length
        mask &= ~bits(start, start + length)
