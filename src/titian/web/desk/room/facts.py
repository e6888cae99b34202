"""All that the control room must know of an event at one moment, in few queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Prefetch, Q

from titian.kernel.actor import Actor
from titian.kernel.models import Entry, Event
from titian.logistics.models import Journey, Milestone
from titian.loop.models import Ask, Confirmation, Promise
from titian.people.commands import opening
from titian.people.models import Assignment, Delegation, Duty, Officer, Reported
from titian.people.queries import Gap, gaps
from titian.programme.models import Activity

AHEAD = timedelta(hours=24)
OPEN_STATES = [
    Ask.State.SAID,
    Ask.State.PASSED,
    Ask.State.RESTATED,
    Ask.State.IN_HAND,
    Ask.State.ANSWERED,
]


@dataclass(frozen=True)
class Facts:
    """The event at ``now``; every mapping is by the delegation's id."""

    event: Event
    now: datetime
    delegations: list[Delegation]
    arrivals: dict[int, Journey]
    news: dict[int, Milestone]
    holding: dict[int, Duty]
    primaries: dict[int, Assignment]
    running: dict[int, Activity]
    coming: dict[int, Activity]
    asks: dict[int, list[Ask]]
    promises: dict[int, list[Promise]]
    confirmations: dict[int, list[Confirmation]]
    differing: dict[int, list[Reported]]
    gaps: dict[int, list[Gap]]
    is_covered: bool
    heard: dict[int, datetime]


def facts_of(
    event: Event, actor: Actor, now: datetime, only: int | None = None
) -> Facts:
    """Gather; ``only`` narrows to one delegation. The number of queries is constant."""
    seen = Delegation.objects.visible_to(actor).filter(event=event)
    if only is not None:
        seen = seen.filter(pk=only)
    delegations = list(
        seen.filter(party__kind__in=["state", "organisation"])
        .select_related("party", "head", "event")
        .order_by("protocol_group", "party__code")
    )
    ids = [delegation.pk for delegation in delegations]
    return Facts(
        event=event,
        now=now,
        delegations=delegations,
        arrivals=_arrivals(ids),
        news=_news(ids, now),
        holding=_holding(ids, now),
        primaries=_primaries(ids),
        running=_by_delegation(_activities(event, now), ids, running_at=now),
        coming=_by_delegation(_activities(event, now), ids, after=now),
        asks=_grouped(
            Ask.objects.visible_to(actor)
            .filter(asked_by__in=ids, state__in=OPEN_STATES)
            .select_related("owner", "holder", "asked_by__party", "topic")
            .order_by("due_at", "pk"),
            "asked_by_id",
        ),
        promises=_grouped(
            Promise.objects.filter(delegation__in=ids, state=Promise.State.OPEN)
            .select_related("owner_team", "owner_person")
            .order_by("due_at"),
            "delegation_id",
        ),
        confirmations=_grouped(
            Confirmation.objects.filter(
                delegation__in=ids, confirmed_at=None, superseded_at=None
            ).select_related("owner_team", "owner_person"),
            "delegation_id",
        ),
        differing=_differing(ids),
        gaps=_grouped(gaps(event, now, now + AHEAD, only=only), "delegation_id"),
        is_covered=Duty.objects.filter(
            delegation__event=event, withdrawn_at=None
        ).exists(),
        heard=_heard(event, ids),
    )


def _grouped[T](rows: Iterable[T], by: str) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[getattr(row, by)].append(row)
    return found


def _arrivals(ids: list[int]) -> dict[int, Journey]:
    journeys = (
        Journey.objects.filter(delegation__in=ids, kind=Journey.Kind.ARRIVAL)
        .exclude(state=Journey.State.CALLED_OFF)
        .select_related("airport", "hotel")
        .prefetch_related(
            Prefetch("milestones", Milestone.objects.order_by("happened_at"))
        )
        .order_by("-group", "-pk")  # the main group's first journey is told last
    )
    mains = sorted(journeys, key=lambda journey: journey.group == "main")
    return {journey.delegation_id: journey for journey in mains}


def _news(ids: list[int], now: datetime) -> dict[int, Milestone]:
    """The last milestone of any arriving group that was told to the minute."""
    told = (
        Milestone.objects.filter(
            journey__delegation__in=ids,
            journey__kind=Journey.Kind.ARRIVAL,
            happened_at__lte=now,
        )
        .exclude(precision="day")
        .select_related("journey__airport", "journey__hotel")
        .order_by("happened_at", "pk")
    )
    return {one.journey.delegation_id: one for one in told}


def _holding(ids: list[int], now: datetime) -> dict[int, Duty]:
    duties = Duty.objects.filter(
        delegation__in=ids, starts_at__lte=now, ends_at__gt=now, withdrawn_at=None
    ).select_related("officer__person")
    return {duty.delegation_id: duty for duty in duties.order_by("-mode")}


def _primaries(ids: list[int]) -> dict[int, Assignment]:
    assignments = (
        Assignment.objects.filter(delegation__in=ids, relieved_at=None)
        .exclude(consent=Assignment.Consent.DECLINED)
        .select_related("officer__person")
        .order_by("-role", "-pk")
    )
    return {assignment.delegation_id: assignment for assignment in assignments}


def _activities(event: Event, now: datetime) -> list[Activity]:
    """What runs or comes within a day, private items left out: never on the wall."""
    near = Q(starts_at__lt=now + AHEAD, ends_at__gt=now - timedelta(hours=6))
    return list(
        Activity.objects.filter(near, event=event, is_private=False)
        .exclude(state__in=[Activity.State.CANCELLED, Activity.State.FINISHED])
        .select_related("place")
        .prefetch_related("delegations")
        .order_by("starts_at", "pk")
    )


def _by_delegation(
    activities: list[Activity],
    ids: list[int],
    *,
    running_at: datetime | None = None,
    after: datetime | None = None,
) -> dict[int, Activity]:
    found: dict[int, Activity] = {}
    for activity in activities:
        if activity.precision == Activity.Precision.DAY:
            continue
        if running_at and not (activity.begins <= running_at < activity.ends):
            continue
        if after and activity.begins <= after:
            continue
        taking_part = [d.pk for d in activity.delegations.all()]
        for pk in ids if activity.is_for_all else taking_part:
            found.setdefault(pk, activity)
    return found


def _differing(ids: list[int]) -> dict[int, list[Reported]]:
    """Arrival reports where several values stand and none was taken."""
    rows = Reported.objects.filter(delegation__in=ids, about__startswith="arrival")
    grouped = _grouped(rows.order_by("pk"), "delegation_id")
    return {
        pk: reports
        for pk, reports in grouped.items()
        if len({report.value for report in reports}) > 1
        and not any(report.is_taken for report in reports)
    }


def _heard(event: Event, ids: list[int]) -> dict[int, datetime]:
    """When an officer last told the house anything about each delegation."""
    officers = Officer.objects.filter(event=event).values("person")
    entries = Entry.objects.filter(
        event=event, concerns_id__in=ids, actor_person_id__in=officers
    ).exclude(verb=opening.VERB)  # to look up a number is to say nothing
    rows = entries.values_list("concerns_id").annotate(last=Max("said_at"))
    return {int(pk): last for pk, last in rows if pk is not None}
