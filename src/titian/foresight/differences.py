"""A plan beside the duties in force: what would change, one row a changed duty."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from titian.planning import cover

type Holder = tuple[str, cover.Mode]


@dataclass(frozen=True, slots=True)
class Difference:
    """Hours of one post that pass from ``old`` to ``new``; no officer is nobody."""

    post: str
    start: datetime
    end: datetime
    old: tuple[cover.Duty, ...]
    new: cover.Duty | None


def differences(
    present: Iterable[cover.Duty], planned: Iterable[cover.Duty]
) -> list[Difference]:
    """What differs, by post and hour; duties that stay as they are give no row."""
    was, shall = _by_post(present), _by_post(planned)
    found: list[Difference] = []
    for post in sorted({*was, *shall}):
        found += _of_post(post, was.get(post, []), shall.get(post, []))
    return found


def _of_post(
    post: str, was: Sequence[cover.Duty], shall: Sequence[cover.Duty]
) -> list[Difference]:
    edges = sorted({edge for duty in (*was, *shall) for edge in (duty.start, duty.end)})
    found: list[Difference] = []
    for start, end in pairwise(edges):
        old = tuple(duty for duty in was if duty.start <= start and end <= duty.end)
        new = next((d for d in shall if d.start <= start and end <= d.end), None)
        if [_holder(duty) for duty in old] == ([_holder(new)] if new else []):
            continue
        row = Difference(post, start, end, old, new)
        if found and _goes_on(found[-1], row):
            row = Difference(post, found.pop().start, end, old, new)
        found.append(row)
    return found


def _goes_on(first: Difference, second: Difference) -> bool:
    return first.end == second.start and (
        (first.old, first.new) == (second.old, second.new)
    )


def _holder(duty: cover.Duty) -> Holder:
    return duty.officer, duty.mode


def _by_post(duties: Iterable[cover.Duty]) -> dict[str, list[cover.Duty]]:
    found: dict[str, list[cover.Duty]] = {}
    for duty in sorted(duties, key=lambda one: (one.post, one.start, one.officer)):
        found.setdefault(duty.post, []).append(duty)
    return found
