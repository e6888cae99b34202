"""The agenda of the morning meeting: made of what is open, and what has ended since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.loop.models import Ask, Feedback, Incident, Lesson, Promise, Step
from titian.loop.speaking import Speaker, who_speaks

MEETING = time(7, 30)
SOON = timedelta(hours=24)
AT_MOST = 60


@dataclass(frozen=True, slots=True)
class Matter:
    """An ask on the agenda: who said it, is it new since the last meeting, late?"""

    ask: Ask
    speaker: Speaker
    is_new: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    """What the meeting goes through, in this order."""

    since: datetime
    incidents: Sequence[Incident]
    open: Sequence[Matter]
    closed: Sequence[Ask]
    promises: Sequence[Promise]
    steps: Sequence[Step]
    unhappy: Sequence[Feedback]
    lessons: Sequence[Lesson]


def last_meeting(event: Event, at: datetime) -> datetime:
    """Half past seven, where the event is, of the last morning before ``at``."""
    local = clock.local(event, at)
    today = datetime.combine(local.date(), MEETING, local.tzinfo)
    return today if today < at else today - timedelta(days=1)


def agenda(event: Event, *, since: datetime, actor: Actor, at: datetime) -> Agenda:
    """What is open at ``at``, the old first, and what was closed after ``since``.

    As far as the actor may see it; the number of queries does not grow with it.
    """
    incidents = Incident.objects.visible_to(actor).filter(event=event)
    promises = Promise.objects.visible_to(actor).filter(event=event)
    steps = Step.objects.visible_to(actor).filter(event=event, due_at__lt=at)
    words = Feedback.objects.visible_to(actor).filter(event=event, said_at__gte=since)
    lessons = Lesson.objects.visible_to(actor).filter(event=event)
    return Agenda(
        since=since,
        incidents=list(
            incidents.exclude(state=Incident.State.CLOSED).select_related(
                "ask__asked_by__party", "commander"
            )
        ),
        open=_open(event, since, actor, at),
        closed=_closed(event, since, actor),
        promises=list(
            promises.filter(
                Q(state=Promise.State.OPEN, due_at__lt=at + SOON)
                | Q(state=Promise.State.BROKEN, settled_at__gte=since)
            )
            .select_related("delegation__party", "owner_team", "owner_person")
            .order_by("due_at", "pk")[:AT_MOST]
        ),
        steps=list(
            steps.filter(state=Step.State.OPEN).select_related("owner", "owner_person")[
                :AT_MOST
            ]
        ),
        unhappy=list(
            words.filter(word=Feedback.Word.UNHAPPY).select_related(
                "delegation__party", "ask"
            )[:AT_MOST]
        ),
        lessons=list(
            lessons.exclude(
                state__in=[Lesson.State.CLOSED, Lesson.State.LEFT]
            ).select_related("owner", "playbook")
        ),
    )


def _open(event: Event, since: datetime, actor: Actor, at: datetime) -> list[Matter]:
    over = [Ask.State.CLOSED, Ask.State.WITHDRAWN]
    rows = Ask.objects.visible_to(actor).filter(event=event).exclude(state__in=over)
    named = rows.select_related("asked_by__party", "said_by", "owner", "holder")
    found = list(named.order_by("said_at", "pk")[: 2 * AT_MOST])
    speakers = who_speaks(found)
    return [
        Matter(
            ask,
            speakers[ask.pk],
            ask.said_at >= since,
            ask.due_at is not None
            and ask.due_at < at
            and ask.state != Ask.State.ANSWERED,
        )
        for ask in found
    ]


def _closed(event: Event, since: datetime, actor: Actor) -> list[Ask]:
    rows = Ask.objects.visible_to(actor).filter(event=event, closed_at__gte=since)
    named = rows.filter(state=Ask.State.CLOSED).select_related(
        "asked_by__party", "owner"
    )
    return list(named.order_by("-closed_at", "pk")[:AT_MOST])
