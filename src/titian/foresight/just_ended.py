"""What a guest has just come from: asked how it was while it is still fresh."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from titian.kernel.actor import Actor
from titian.logistics.models import Milestone
from titian.loop.models import Feedback
from titian.people.models import Delegation
from titian.programme.models import Activity
from titian.talks.models import Meeting

FRESH = timedelta(hours=3)
AT_MOST = 3
NO_ITEMS = (Feedback.About.JOURNEY, Feedback.About.OFFICER)
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


def item_of(given: Feedback) -> Activity | None:
    """The item of the delegation's programme that the word is about, if it is one."""
    if given.about in NO_ITEMS:
        return None
    return _of(given.delegation).filter(pk=given.subject_id or 0).first()


def named(given: Feedback) -> str:
    """What the word is about, by name, in the active language; empty if it has none.

    What is private is not named: its name is for those who see the item.
    """
    if given.about == Feedback.About.JOURNEY:
        journeys = given.delegation.journeys.filter(pk=given.subject_id or 0)
        return "".join(one.get_kind_display() for one in journeys)
    item = item_of(given)
    return "" if item is None or item.is_private else item.title


def seen_names(asks: Iterable[int], actor: Actor) -> dict[int, str]:
    """What each recovery is about, private or not, as far as the actor sees the item;
    by the id of its ask.
    """
    given = Feedback.objects.filter(ask__in=asks, subject_id__isnull=False)
    words = {
        one.ask_id: one.subject_id
        for one in given.exclude(about__in=NO_ITEMS)
        if one.ask_id
    }
    if not words:
        return {}
    seen = Activity.objects.visible_to(actor).in_bulk(list(words.values()))
    return {
        ask: seen[item].title
        for ask, item in words.items()
        if item is not None and item in seen
    }


def _of(delegation: Delegation) -> QuerySet[Activity]:
    return Activity.objects.filter(
        Q(is_for_all=True) | Q(pk__in=delegation.activities.values("pk")),
        event=delegation.event_id,
    )


def _items(delegation: Delegation, actor: Actor, at: datetime) -> list[Ended]:
    rows = Activity.objects.visible_to(actor).filter(
        pk__in=_of(delegation).values("pk"),
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
