"""A delegation's sub-groups: how many, with which LO, in which car, on which track."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from titian.kernel.actor import Actor
from titian.logistics.models import Vehicle
from titian.people.models import Assignment, Delegation
from titian.people.queries import members_by_group
from titian.programme.models import Activity


@dataclass(frozen=True, slots=True)
class SubGroup:
    """One sub-group and what is its own; what is empty it shares with the others."""

    group: str
    label: str
    count: int
    officers: Sequence[Assignment]
    cars: Sequence[Vehicle]
    coming: Activity | None


def subgroups_of(
    delegation: Delegation,
    cars: Sequence[Vehicle],
    officers: Sequence[Assignment],
    *,
    actor: Actor,
    at: datetime,
) -> list[SubGroup]:
    """The sub-groups that have people, in the order of the form."""
    coming = _coming(delegation, actor, at)
    return [
        SubGroup(
            group.group,
            group.label,
            group.count,
            [held for held in officers if held.group == group.group],
            [car for car in cars if car.group == group.group],
            coming.get(group.group),
        )
        for group in members_by_group(delegation)
    ]


def _coming(delegation: Delegation, actor: Actor, at: datetime) -> dict[str, Activity]:
    """The next item of each track of its own."""
    seen = Activity.objects.visible_to(actor).filter(
        event=delegation.event, delegations=delegation, ends_at__gte=at
    )
    own = seen.exclude(group="").exclude(state=Activity.State.CANCELLED)
    found: dict[str, Activity] = {}
    for activity in own.order_by("starts_at", "pk"):
        found.setdefault(activity.group, activity)
    return found
