"""What a phone shows when it burns: calls to answer, steps to do, and the SMS way."""

from datetime import datetime, timedelta
from typing import Any

from titian.foresight.just_ended import just_ended
from titian.kernel.actor import Actor
from titian.loop.models import Alarm, Contact, Feedback, Roll, RollAnswer, Showing, Step
from titian.loop.steps import may_tick
from titian.people.models import Delegation

AHEAD = timedelta(hours=24)
AT_MOST = 8
SMS = "sms"


def rolls_of(delegation: Delegation) -> list[dict[str, Any]]:
    """The open calls that ask about the delegation, and what was answered."""
    asked = RollAnswer.objects.filter(
        delegation=delegation, roll__state=Roll.State.OPEN
    ).select_related("roll")
    return [
        {
            "id": one.roll_id,
            "number": one.roll.number,
            "area": one.roll.area,
            "word": one.word,
            "people": one.people,
        }
        for one in asked.order_by("-roll__called_at")
    ]


def steps_of(
    delegation: Delegation, actor: Actor, at: datetime
) -> list[dict[str, Any]]:
    """Open steps of the delegation's lists, due by tomorrow, that the officer ticks."""
    open_ = Step.objects.filter(
        run__delegation=delegation, state=Step.State.OPEN, due_at__lt=at + AHEAD
    ).select_related("owner", "event", "run__delegation")
    mine = [step for step in open_ if step.owner_id is None or may_tick(actor, step)]
    return [
        {
            "id": step.pk,
            "what": step.what,
            "due_at": step.due_at.isoformat(),
            "late": step.is_late(at),
            "bare": step.evidence == Showing.NONE,
        }
        for step in mine[:AT_MOST]
    ]


def ended_of(
    delegation: Delegation, person_id: int, actor: Actor, at: datetime
) -> list[dict[str, Any]]:
    """What the delegation has just come from, for the LO to ask how it was.

    What any of its guests has said a word about is not asked again.
    """
    said = set(
        Feedback.objects.filter(delegation=delegation).values_list(
            "about", "subject_id"
        )
    )
    found = just_ended(delegation, person_id=person_id, actor=actor, at=at)
    return [
        {"about": one.about, "subject": one.subject_id, "title": one.title}
        for one in found
        if (one.about, one.subject_id) not in said
    ]


def sms_of(delegation: Delegation) -> dict[str, Any]:
    """Where the phone's own SMS goes when there is no data, and the alarms by name."""
    number = (
        Contact.objects.filter(event=delegation.event_id, code=SMS)
        .values_list("phone", flat=True)
        .first()
    )
    return {
        "number": number or "",
        "party": delegation.code,
        "alarms": [[value, str(label)] for value, label in Alarm.choices],
    }
