"""What a guest has just come from: asked how it was while it is still fresh."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from titian.kernel.actor import Actor
from titian.logistics.models import Milestone
from titian.loop.models import Feedback
from titian.people.models import Delegation
from titian.programme.models import Activity
from titian.talks.models import Meeting

FRESH = timedelta(hours=3)
AT_MOST = 3
MEALS = frozenset({"meal", "breakfast", "lunch", "dinner", "gala"})


@dataclass(frozen=True, slots=True)
class Ended:
    """A movement, a meal, a meeting or another item that is over."""

    about: str
    subject_id: int
    title: str
    at: datetime


def just_ended(
    delegation: Delegation, *, person_id: int, actor: Actor, at: datetime
) -> list[Ended]:
    """What ended for the delegation in the last three hours, the newest first.

    What the person has said a word about is left out; only what the actor sees is
    asked about, and at most three things.
    """
    found = [*_items(delegation, actor, at), *_arrivals(delegation, at)]
    said = set(
        Feedback.objects.filter(said_by=person_id, delegation=delegation).values_list(
            "about", "subject_id"
        )
    )
    fresh = [one for one in found if (one.about, one.subject_id) not in said]
    return sorted(fresh, key=lambda one: one.at, reverse=True)[:AT_MOST]


def _items(delegation: Delegation, actor: Actor, at: datetime) -> list[Ended]:
    rows = Activity.objects.visible_to(actor).filter(
        Q(is_for_all=True) | Q(pk__in=delegation.activities.values("pk")),
        event=delegation.event_id,
        precision="minute",
        ends_at__gt=at - 2 * FRESH,
        starts_at__lt=at,
    )
    rows = rows.exclude(state=Activity.State.CANCELLED)
    over = [row for row in rows if at - FRESH < row.ends <= at]
    meetings = set(
        Meeting.objects.filter(activity__in=over).values_list("activity", flat=True)
    )
    return [Ended(_kind(row, meetings), row.pk, row.title, row.ends) for row in over]


def _kind(row: Activity, meetings: Sequence[int] | set[int]) -> str:
    if row.pk in meetings:
        return Feedback.About.MEETING
    return Feedback.About.MEAL if row.kind in MEALS else Feedback.About.ACTIVITY


def _arrivals(delegation: Delegation, at: datetime) -> list[Ended]:
    there = Milestone.objects.filter(
        journey__delegation=delegation,
        state="at_the_hotel",
        happened_at__gt=at - FRESH,
        happened_at__lte=at,
    ).select_related("journey")
    return [
        Ended(
            Feedback.About.JOURNEY,
            one.journey_id,
            one.journey.get_kind_display(),
            one.happened_at,
        )
        for one in there
    ]
