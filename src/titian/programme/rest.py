"""What a delegation still has before it after an hour."""

from datetime import datetime

from titian.people.models import Delegation
from titian.programme.models import Activity


def items_left(
    delegation: Delegation, after: datetime
) -> tuple[list[Activity], list[Activity]]:
    """The items that begin from then on: its own alone, and those with others."""
    rows = Activity.objects.filter(
        event=delegation.event_id,
        delegations=delegation,
        starts_at__gte=after,
        state=Activity.State.PLANNED,
    )
    own: list[Activity] = []
    shared: list[Activity] = []
    for one in rows.prefetch_related("delegations").order_by("starts_at", "pk"):
        alone = not one.is_for_all and len(one.delegations.all()) == 1
        (own if alone else shared).append(one)
    return own, shared
