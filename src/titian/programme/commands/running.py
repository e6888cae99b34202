"""An item begins, ends, or is called off."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import clock, journal, telling
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.programme.commands.rundown import (
    BadHours,
    BadWords,
    kept_by,
    reason_from,
    require_order,
)
from titian.programme.models import Activity

EARLY_AT_MOST = timedelta(hours=6)


@transaction.atomic
def start(
    activity_id: int,
    *,
    happened_at: datetime | None = None,
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Activity:
    """Say that it has started, at ``happened_at`` or just now, and why so late.

    Raises ``Forbidden`` unless the actor keeps the rundown, ``IllegalMove`` if it has
    started or is cancelled, ``NotYet`` for an hour to come, ``BadHours`` hours before
    it is expected: that is a tap on the wrong item. ``BadWords`` for a reason that is
    far too long.
    """
    if journal.replayed(key, "activity.started", activity_id, actor=actor):
        return Activity.objects.get(pk=activity_id)

    activity = kept_by(actor, activity_id)
    expected_at = activity.begins
    activity.move("start")
    activity.started_at = happened_at or at
    clock.require_happened(activity.event, activity.started_at)
    require_near(activity.event, expected_at, activity.started_at)
    if reason.strip():
        activity.delay_reason = reason_from(reason)
    activity.save(update_fields=["state", "started_at", "delay_reason"])
    _record("started", activity, activity.started_at, actor=actor, at=at, key=key)
    return activity


@transaction.atomic
def finish(
    activity_id: int,
    *,
    happened_at: datetime | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Activity:
    """Say that it is over, at ``happened_at`` or just now.

    Raises ``Forbidden`` unless the actor keeps the rundown, ``IllegalMove`` unless it
    runs, ``NotYet`` for an hour to come, ``BadHours`` for one before its start.
    """
    if journal.replayed(key, "activity.finished", activity_id, actor=actor):
        return Activity.objects.get(pk=activity_id)

    activity = kept_by(actor, activity_id)
    activity.move("finish")
    activity.finished_at = happened_at or at
    clock.require_happened(activity.event, activity.finished_at)
    require_order(activity.begins, activity.finished_at)
    activity.save(update_fields=["state", "finished_at"])
    _record("finished", activity, activity.finished_at, actor=actor, at=at, key=key)
    return activity


@transaction.atomic
def cancel(
    activity_id: int,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Activity:
    """Take it off the rundown, where it stays to be seen, and say why.

    Raises ``Forbidden`` unless the actor keeps the rundown, ``IllegalMove`` if it is
    over or cancelled already, ``BadWords`` without a reason.
    """
    if journal.replayed(key, "activity.cancelled", activity_id, actor=actor):
        return Activity.objects.get(pk=activity_id)

    activity = kept_by(actor, activity_id)
    activity.move("cancel")
    if not reason.strip():
        raise BadWords(_("Say why it is cancelled."))
    activity.delay_reason = reason_from(reason)
    activity.save(update_fields=["state", "delay_reason"])
    journal.write("activity.cancelled", activity, actor=actor, at=at, key=key)
    return activity


def require_near(event: Event, expected_at: datetime, begun_at: datetime) -> None:
    """Refuse as ``BadHours`` what is hours away: that is a tap on the wrong item."""
    if expected_at - begun_at > EARLY_AT_MOST:
        raise BadHours(
            _("It is expected on %(moment)s. Move it first if it begins now.")
            % {"moment": telling.moment(event, expected_at)}
        )


def _record(
    done: str,
    activity: Activity,
    said: datetime,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> None:
    heard = clock.time_at(activity.event)
    journal.write(
        f"activity.{done}",
        activity,
        actor=actor,
        at=at,
        key=key,
        said=said.isoformat(),
        heard=heard.isoformat(),
    )
