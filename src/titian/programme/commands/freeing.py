"""An hour is given back, or put elsewhere, by an act that has the right to do so."""

from datetime import datetime
from uuid import UUID

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.programme.commands.rundown import reason_from, require_order
from titian.programme.models import Activity


def give_back(activity_id: int, *, reason: str, actor: Actor, at: datetime) -> Activity:
    """Take it off the rundown for those who no longer come, with a neutral reason.

    A part of larger acts, which have looked at the right and hold the transaction.
    Raises ``IllegalMove`` if it is over or cancelled already.
    """
    rows = Activity.objects.select_for_update(of=("self",)).select_related("event")
    activity = rows.get(pk=activity_id)
    activity.move("cancel")
    activity.delay_reason = reason_from(reason)
    activity.save(update_fields=["state", "delay_reason"])
    journal.write("activity.cancelled", activity, actor=actor, at=at)
    return activity


def put_elsewhere(
    activity_id: int,
    place_id: int,
    starts_at: datetime,
    ends_at: datetime,
    *,
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Activity:
    """Say that it is expected at another hour, or in another room.

    A part of larger acts, which have looked at the right and hold the transaction.
    Raises ``IllegalMove`` unless it is still to come, ``BadHours``.
    """
    rows = Activity.objects.select_for_update(of=("self",)).select_related("event")
    activity = rows.get(pk=activity_id)
    activity.machine.after(activity.state, "start")  # only what is still to come
    require_order(starts_at, ends_at)
    before, before_place = activity.begins, activity.place_id
    activity.place_id = place_id
    activity.expected_starts_at, activity.expected_ends_at = starts_at, ends_at
    activity.delay_reason = reason_from(reason) or activity.delay_reason
    activity.save(
        update_fields=[
            "place",
            "expected_starts_at",
            "expected_ends_at",
            "delay_reason",
        ]
    )
    journal.write(
        "activity.moved",
        activity,
        actor=actor,
        at=at,
        key=key,
        before=before.isoformat(),
        before_place=before_place,
        expected=starts_at.isoformat(),
        expected_end=ends_at.isoformat(),
    )
    return activity
