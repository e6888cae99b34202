"""What can be done to the rundown. What was planned is never overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import clock, journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Basis, Event
from titian.kernel.policy import require
from titian.people.models import Delegation
from titian.programme import live
from titian.programme.models import Activity
from titian.programme.policy import may_keep

REASON_AT_MOST = 200
TITLE_AT_MOST = 200


class BadHours(ValueError):
    """Hours that cannot be; its argument is a sentence."""


class BadWords(ValueError):
    """Words that are missing or too many; its argument is a sentence."""


@dataclass(frozen=True, slots=True)
class Plan:
    """An item that is to come onto the rundown."""

    title_en: str
    starts_at: datetime
    ends_at: datetime
    title_id: str = ""
    kind: str = "session"
    place_id: int | None = None
    delegation_ids: Sequence[int] = ()
    is_official: bool = True
    is_private: bool = False
    is_for_all: bool = False
    dress_en: str = ""
    dress_id: str = ""
    contact_id: int | None = None
    basis: str = Basis.FACT


@transaction.atomic
def schedule(
    event_id: int,
    plan: Plan,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Activity:
    """A new item on the rundown.

    Raises ``Forbidden`` unless the actor keeps the rundown, ``BadHours`` if it ends
    before it starts, ``BadWords`` without a title, ``Delegation.DoesNotExist`` for
    somebody who does not come to this event.
    """
    if entry := journal.replayed(key, "activity.scheduled", None, actor=actor):
        return Activity.objects.get(pk=entry.subject_id)

    event = Event.objects.select_for_update().get(pk=event_id)
    _require_keeper(actor, event)
    _require_sound(plan)
    coming = Delegation.objects.filter(event=event).in_bulk(plan.delegation_ids)
    if len(coming) != len(set(plan.delegation_ids)):
        raise Delegation.DoesNotExist
    activity = Activity.objects.create(
        event=event,
        code=_free_code(event),
        kind=plan.kind,
        title_en=plan.title_en.strip(),
        title_id=plan.title_id.strip(),
        place_id=plan.place_id,
        is_official=plan.is_official,
        is_private=plan.is_private,
        is_for_all=plan.is_for_all,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        dress_en=plan.dress_en,
        dress_id=plan.dress_id,
        contact_id=plan.contact_id,
        basis=plan.basis,
    )
    activity.delegations.set(coming.values())
    journal.write("activity.scheduled", activity, actor=actor, at=at, key=key)
    return activity


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

    activity = _kept_by(actor, activity_id)
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

    first = _kept_by(actor, activity_id)
    pushed = [
        shift
        for shift in live.ripple_of(activity_id, new_start, at=at)
        if shift.activity.pk != activity_id
    ]
    _shift(first, new_start, None, reason, actor=actor, at=at, key=key)
    moved = [first]
    for shift in pushed:
        activity = _kept_by(actor, shift.activity.pk)
        _shift(activity, shift.new, shift.new_end, reason, actor=actor, at=at, key=None)
        moved.append(activity)
    return tuple(moved)


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

    activity = _kept_by(actor, activity_id)
    if activity.state != Activity.State.RUNNING:
        raise IllegalMove("cannot prolong what does not run")
    _require_order(activity.begins, ends_at)
    activity.expected_ends_at = ends_at
    activity.delay_reason = _reason(reason) or activity.delay_reason
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


@transaction.atomic
def start(
    activity_id: int,
    *,
    happened_at: datetime | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Activity:
    """Say that it has started, at ``happened_at`` or just now.

    Raises ``Forbidden`` unless the actor keeps the rundown, ``IllegalMove`` if it has
    started or is cancelled, ``NotYet`` for an hour to come.
    """
    if journal.replayed(key, "activity.started", activity_id, actor=actor):
        return Activity.objects.get(pk=activity_id)

    activity = _kept_by(actor, activity_id)
    activity.move("start")
    activity.started_at = happened_at or at
    clock.require_happened(activity.event, activity.started_at)
    activity.save(update_fields=["state", "started_at"])
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

    activity = _kept_by(actor, activity_id)
    activity.move("finish")
    activity.finished_at = happened_at or at
    clock.require_happened(activity.event, activity.finished_at)
    _require_order(activity.begins, activity.finished_at)
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

    activity = _kept_by(actor, activity_id)
    activity.move("cancel")
    if not reason.strip():
        raise BadWords(_("Say why it is cancelled."))
    activity.delay_reason = _reason(reason)
    activity.save(update_fields=["state", "delay_reason"])
    journal.write("activity.cancelled", activity, actor=actor, at=at, key=key)
    return activity


def _kept_by(actor: Actor, activity_id: int) -> Activity:
    """The item, locked, for somebody who keeps the rundown."""
    items = Activity.objects.select_for_update(of=("self",)).select_related("event")
    activity = items.get(pk=activity_id)
    _require_keeper(actor, activity.event)
    return activity


def _require_keeper(actor: Actor, event: Event) -> None:
    require(
        may_keep(actor, event),
        _("Only protocol, the venue team or a coordinator changes the rundown."),
    )


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
    _require_order(starts_at, ends_at)
    before = activity.begins
    activity.expected_starts_at, activity.expected_ends_at = starts_at, ends_at
    activity.delay_reason = _reason(reason)
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


def _require_sound(plan: Plan) -> None:
    titles = (plan.title_en.strip(), plan.title_id.strip())
    if not titles[0]:
        raise BadWords(_("Give it a title."))
    if max(map(len, titles)) > TITLE_AT_MOST:
        raise BadWords(_("Give it a title of at most 200 characters."))
    _require_order(plan.starts_at, plan.ends_at)


def _require_order(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at < starts_at:
        raise BadHours(_("It cannot end before it starts."))


def _reason(words: str) -> str:
    if len(words) > REASON_AT_MOST:
        raise BadWords(_("Say the reason in at most 200 characters."))
    return words.strip()


def _free_code(event: Event) -> str:
    """X1, X2 …: the first that no item of the event has."""
    taken = set(event.activities.values_list("code", flat=True))
    number = 1
    while f"X{number}" in taken:
        number += 1
    return f"X{number}"
