"""Both ends of a delegation's channel, as its page draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from titian.kernel.actor import Actor
from titian.people.commands.opening import open_reach
from titian.people.models import Assignment, Delegation, Duty, FocalPoint
from titian.people.queries import channel, is_in_hours, is_valid


@dataclass(frozen=True, slots=True)
class Outside:
    """Who speaks for the guests, and whether that holds at this hour."""

    point: FocalPoint
    is_valid: bool
    is_in_hours: bool


@dataclass(frozen=True, slots=True)
class Ends:
    """What the page shows of a channel; red with the reasons where an end is dead."""

    outside: Sequence[Outside]
    inside: Sequence[Assignment]
    on_duty: Duty | None
    reasons: Sequence[str]


def ends_of(delegation: Delegation, *, actor: Actor, at: datetime) -> Ends:
    """Both ends with the numbers the reader may call; whoever reads them is noted."""
    found = channel(delegation, at)
    people = [point.person for point in found.outside]
    people += [held.officer.person for held in found.inside]
    people += [found.on_duty.officer.person] if found.on_duty else []
    open_reach(people, delegation, actor=actor, at=at)
    return Ends(
        [
            Outside(point, is_valid(point, at), is_in_hours(point, at))
            for point in found.outside
        ],
        found.inside,
        found.on_duty,
        found.reasons,
    )
