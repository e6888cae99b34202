"""A duty whose hour is over and that nobody has taken over: it goes on, and is told."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from django.db import transaction

from titian.kernel import journal
from titian.kernel.actor import HOUSE
from titian.kernel.models import Event
from titian.loop.commands.handovers import AGAIN, called_above
from titian.loop.handing import left_open
from titian.loop.holders import Change, changes_about
from titian.people.commands.leaving import stay_on
from titian.people.models import Duty

ENDS = "titian.loop.timers.duties_end"
JUST_BEFORE = timedelta(seconds=1)
"""Asked while it still ran: at the very end of it nobody holds anything."""


@transaction.atomic
def watch_the_ends(event_id: int, *, at: datetime) -> datetime | None:
    """Set the timer for the next end of a duty in person; when that is.

    One timer an event and hour, however often it is asked for.
    """
    running = Duty.objects.filter(
        delegation__event=event_id,
        mode=Duty.Mode.ATTACHED,
        withdrawn_at=None,
        ends_at__gt=at,
    )
    ends = running.order_by("ends_at").values_list("ends_at", flat=True).first()
    if ends is None:
        return None
    key = uuid5(NAMESPACE_OID, f"titian:duties-end:{event_id}:{ends.isoformat()}")
    if journal.replayed(key, "cover.watched", event_id, actor=HOUSE) is None:
        journal.write(
            "cover.watched",
            Event.objects.get(pk=event_id),
            actor=HOUSE,
            at=at,
            key=key,
            owe=[(ENDS, ends)],
            topics=(),
        )
    return ends


@transaction.atomic
def hold_over(event_id: int, since: datetime, *, at: datetime) -> int:
    """Every duty that ended since then with a relief, a list and no hand-over goes on.

    Half an hour at a time, until it is handed over or nothing is left; said once. How
    many they are. A second time changes nothing: what goes on has not ended.
    """
    event = Event.objects.get(pk=event_id)
    found = [
        one
        for one in changes_about(event, at)
        if since < one.duty.ends_at <= at and _is_open(one)
    ]
    for one in found:
        _run_over(one, at=at)
    watch_the_ends(event_id, at=at)
    return len(found)


def _is_open(one: Change) -> bool:
    """Whether anything of it is left that nobody has accepted."""
    duty = one.duty
    then = duty.ends_at - JUST_BEFORE
    return bool(left_open(duty.officer, duty.delegation, then))


def _run_over(one: Change, *, at: datetime) -> None:
    is_news = one.duty.overran_at is None
    duty = stay_on(one.duty.pk, at + AGAIN)
    if not is_news:
        return
    both = [duty.officer.person_id, *([one.after.person_id] if one.after else [])]
    journal.write(
        "duty.ran_over",
        duty,
        actor=HOUSE,
        at=at,
        officer=duty.officer_id,
        after=one.after.pk if one.after else None,
        called=list(dict.fromkeys([*both, *called_above(duty.delegation, at)])),
    )
