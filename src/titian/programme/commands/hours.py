"""Other hours for what is planned or runs; what was planned is never overwritten."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.programme import live
from titian.programme.commands.freeing import put_elsewhere
from titian.programme.commands.rundown import kept_by, reason_from, require_order
from titian.programme.models import Activity


@transaction.atomic
def move(
    activity_id: int,
    starts_at: datetime,
    ends_at: datetime | None = None,
    *,
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Activity:
    """Say when it is expected now; without an end, it takes as long as planned.

    Raises ``Forbidden`` unless the actor keeps the rundown, ``IllegalMove`` once it
    has started or is cancelled, ``BadHours`` if it ends before it starts.
    """
    if journal.replayed(key, "activity.moved", activity_id, actor=actor):
        return Activity.objects.get(pk=activity_id)

    activity = kept_by(actor, activity_id)
    _shift(activity, starts_at, ends_at, reason, actor=actor, at=at, key=key)
    return activity


@transaction.atomic
def apply_ripple(
    activity_id: int,
    new_start: datetime,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> tuple[Activity, ...]:
    """Let it start at ``new_start`` and move all that this pushes; what was moved.

    It is what ``live.ripple_of`` shows beforehand. Raises as ``move`` does; then
    nothing at all is moved.
    """
    if journal.replayed(key, "activity.moved", activity_id, actor=actor):
        return (Activity.objects.get(pk=activity_id),)

    first = kept_by(actor, activity_id)
    pushed = [
        shift
        for shift in live.ripple_of(activity_id, new_start, at=at)
        if shift.activity.pk != activity_id
    ]
    _shift(first, new_start, None, reason, actor=actor, at=at, key=key)
    moved = [first]
    for shift in pushed:
        activity = kept_by(actor, shift.activity.pk)
        _shift(activity, shift.new, shift.new_end, reason, actor=actor, at=at, key=None)
        moved.append(activity)
    return tuple(moved)


@transaction.atomic
def relocate(
    activity_id: int,
    place_id: int,
    starts_at: datetime,
    *,
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Activity:
    """Say that it is expected elsewhere, or then; it takes as long as it would have.

    Raises ``Forbidden`` unless the actor keeps the rundown, ``IllegalMove`` once it
    has started or is cancelled, ``BadWords`` for too long a reason.
    """
    if journal.replayed(key, "activity.moved", activity_id, actor=actor):
        return Activity.objects.get(pk=activity_id)

    activity = kept_by(actor, activity_id)
    ends_at = starts_at + (activity.ends - activity.begins)
    return put_elsewhere(
        activity_id,
        place_id,
        starts_at,
        ends_at,
        reason=reason,
        actor=actor,
        at=at,
        key=key,
    )


@transaction.atomic
def prolong(
    activity_id: int,
    ends_at: datetime,
    *,
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Activity:
    """Say when it is expected to end, while it runs.

    Raises ``Forbidden`` unless the actor keeps the rundown, ``IllegalMove`` unless it
    runs, ``BadHours`` for an end before its start.
    """
    if journal.replayed(key, "activity.prolonged", activity_id, actor=actor):
        return Activity.objects.get(pk=activity_id)

    activity = kept_by(actor, activity_id)
    if activity.state != Activity.State.RUNNING:
        raise IllegalMove("cannot prolong what does not run")
    require_order(activity.begins, ends_at)
    activity.expected_ends_at = ends_at
    activity.delay_reason = reason_from(reason) or activity.delay_reason
    activity.save(update_fields=["expected_ends_at", "delay_reason"])
    journal.write(
        "activity.prolonged",
        activity,
        actor=actor,
        at=at,
        key=key,
        expected_end=ends_at.isoformat(),
    )
    return activity


def _shift(
    activity: Activity,
    starts_at: datetime,
    ends_at: datetime | None,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> None:
    if activity.state != Activity.State.PLANNED:
        raise IllegalMove(f"cannot move what is {activity.state}")
    ends_at = ends_at or starts_at + (activity.ends_at - activity.starts_at)
    require_order(starts_at, ends_at)
    before = activity.begins
    activity.expected_starts_at, activity.expected_ends_at = starts_at, ends_at
    activity.delay_reason = reason_from(reason)
    activity.save(
        update_fields=["expected_starts_at", "expected_ends_at", "delay_reason"]
    )
    journal.write(
        "activity.moved",
        activity,
        actor=actor,
        at=at,
        key=key,
        before=before.isoformat(),
        expected=starts_at.isoformat(),
        expected_end=ends_at.isoformat(),
    )
