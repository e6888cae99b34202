"""How much of what is owed in several parts was accepted, either way."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from titian.talks.models import Deliverable

PART = re.compile(r" \(\d+/\d+\)$")
"""How one of several lines is told from the others, as ``owing.owe`` writes it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What one side owes of one thing in all its parts, and what was accepted."""

    direction: str
    what: str
    unit: str
    owed: Decimal
    accepted: Decimal


def amounts(lines: Iterable[Deliverable]) -> list[Amount]:
    """The sum of each thing that is owed in parts; two things are never added up.

    What was let go is owed no more and counts for nothing.
    """
    together: dict[tuple[str, str, str], list[Deliverable]] = {}
    for line in lines:
        is_part = line.quantity is not None and PART.search(line.what)
        if is_part and line.state != Deliverable.State.WAIVED:
            what = PART.sub("", line.what)
            together.setdefault((line.direction, what, line.unit), []).append(line)
    return [
        Amount(
            *which,
            owed=_sum(rows),
            accepted=_sum(r for r in rows if r.state == Deliverable.State.ACCEPTED),
        )
        for which, rows in sorted(together.items())
    ]


def _sum(lines: Iterable[Deliverable]) -> Decimal:
    return sum((line.quantity for line in lines if line.quantity), Decimal())
