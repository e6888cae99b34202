"""How a relationship stands, by what can be counted. Pure: no Django, no clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LONG_PAST = timedelta(hours=48)
"""A line of an agreement unmet for so long is no slip any more."""


class Standing(StrEnum):
    """The three states of a relationship."""

    HEALTHY = "healthy"
    DRIFTING = "drifting"
    BROKEN = "broken"


class Why(StrEnum):
    """The sign that decided; the first that is found, in this order."""

    UNHEARD = "unheard"
    LONG_UNMET = "long_unmet"
    DEAD_END = "dead_end"
    OVERDUE = "overdue"
    DISPUTED = "disputed"
    UNANSWERED = "unanswered"
    SILENT = "silent"
    CALM = "calm"


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of one pair at one moment.

    Parameters
    ----------
    unheard
        Promises of ours that are broken and of which the other side has had no word.
    unmet_since
        When each unmet line or promise, either way, is to be kept, past or to come.
    disputed
        Lines in dispute.
    unanswered
        Requests whose promised hour of an answer has passed.
    dead_ends
        Ends of the channel at which nobody can be reached.
    last_at, next_at
        The last thing that happened between them, and the next that is planned.
    quiet
        After so long without either, it is silent.
    """

    unheard: int = 0
    unmet_since: tuple[datetime, ...] = ()
    disputed: int = 0
    unanswered: int = 0
    dead_ends: int = 0
    last_at: datetime | None = None
    next_at: datetime | None = None
    quiet: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Health:
    """The state, the sign that decided, and how many of it there are."""

    standing: Standing
    why: Why
    count: int = 0


def health(signs: Signs, at: datetime) -> Health:
    """How the relationship stands at ``at``.

    Broken where a word was broken and nobody said so, or something is unmet for more
    than ``LONG_PAST``; drifting where anything else is amiss, or both are silent with
    nothing planned; healthy otherwise. O(unmet).
    """
    long_unmet = sum(since < at - LONG_PAST for since in signs.unmet_since)
    broken = ((Why.UNHEARD, signs.unheard), (Why.LONG_UNMET, long_unmet))
    drifting = (
        (Why.DEAD_END, signs.dead_ends),
        (Why.OVERDUE, sum(since < at for since in signs.unmet_since)),
        (Why.DISPUTED, signs.disputed),
        (Why.UNANSWERED, signs.unanswered),
        (Why.SILENT, int(_is_silent(signs, at))),
    )
    for standing, found in ((Standing.BROKEN, broken), (Standing.DRIFTING, drifting)):
        for why, count in found:
            if count:
                return Health(standing, why, count)
    return Health(Standing.HEALTHY, Why.CALM)


def _is_silent(signs: Signs, at: datetime) -> bool:
    if signs.next_at is not None:
        return False
    return signs.last_at is None or signs.last_at < at - signs.quiet
