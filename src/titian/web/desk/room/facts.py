"""All that the control room must know of an event at one moment, in few queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Max, Prefetch, Q

from titian.kernel.actor import Actor
from titian.kernel.models import Entry, Event
from titian.logistics.models import Journey, Milestone
from titian.loop.holders import Change, running_over
from titian.loop.models import Ask, Confirmation, Promise
from titian.loop.silences import Silence, silences
from titian.people.commands import opening
from titian.people.models import Assignment, Delegation, Duty, Officer, Reported
from titian.people.models.party import ATTENDED
from titian.people.queries import Gap, gaps, holding
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
    """The event at ``now`` as ``actor`` may see it; mappings go by the delegation's id.

    Each is asked for when it is first looked at, and once: a part of the page costs
    what the part shows. ``only`` narrows to one delegation; the number of queries is
    the same for one and for all.
    """

    event: Event
    actor: Actor
    now: datetime
    only: int | None = None

    @cached_property
    def delegations(self) -> list[Delegation]:
        """States and organisations, by protocol."""
        seen = Delegation.objects.visible_to(self.actor).filter(event=self.event)
        if self.only is not None:
            seen = seen.filter(pk=self.only)
        return list(
            seen.filter(party__kind__in=ATTENDED)
            .select_related("party", "head", "event")
            .order_by("protocol_group", "party__code")
        )

    @cached_property
    def ids(self) -> list[int]:
        return [delegation.pk for delegation in self.delegations]

    @cached_property
    def arrivals(self) -> dict[int, Journey]:
        """The journey of the main group, with its milestones."""
        return _arrivals(self.ids)

    @cached_property
    def news(self) -> dict[int, Milestone]:
        return _news(self.ids, self.now)

    @cached_property
    def holding(self) -> dict[int, Duty]:
        """Who is on duty now: with the guests before on call, who was there before who
        comes: until it is handed over it is still theirs.
        """
        duties = holding(self.delegations, self.now).order_by("-mode", "-starts_at")
        return {duty.delegation_id: duty for duty in duties}

    @cached_property
    def primaries(self) -> dict[int, Assignment]:
        return _primaries(self.ids)

    @cached_property
    def _activities(self) -> list[Activity]:
        return _activities(self.event, self.now)

    @cached_property
    def running(self) -> dict[int, Activity]:
        return _by_delegation(self._activities, self.ids, running_at=self.now)

    @cached_property
    def coming(self) -> dict[int, Activity]:
        return _by_delegation(self._activities, self.ids, after=self.now)

    @cached_property
    def asks(self) -> dict[int, list[Ask]]:
        """The open ones, most urgent first."""
        rows = (
            Ask.objects.visible_to(self.actor)
            .filter(asked_by__in=self.ids, state__in=OPEN_STATES)
            .select_related("owner", "holder", "asked_by__party", "topic")
        )
        return _grouped(rows.order_by("due_at", "pk"), "asked_by_id")

    @cached_property
    def promises(self) -> dict[int, list[Promise]]:
        """The open ones, both ways."""
        rows = Promise.objects.filter(
            delegation__in=self.ids, state=Promise.State.OPEN
        ).select_related("owner_team", "owner_person", "delegation__party")
        return _grouped(rows.order_by("due_at"), "delegation_id")

    @cached_property
    def confirmations(self) -> dict[int, list[Confirmation]]:
        """What a change asked and nobody has confirmed."""
        rows = Confirmation.objects.filter(
            delegation__in=self.ids, confirmed_at=None, superseded_at=None
        )
        return _grouped(
            rows.select_related("owner_team", "owner_person"), "delegation_id"
        )

    @cached_property
    def silent(self) -> dict[int, list[Silence]]:
        """Incidents of which a word was due and did not come."""
        found: dict[int, list[Silence]] = defaultdict(list)
        for one in silences(self.event, self.actor):
            found[one.incident.ask.asked_by_id].append(one)
        return found

    @cached_property
    def over(self) -> dict[int, Change]:
        """Duties that are over, and that nobody has taken over."""
        found = running_over(self.event, self.now)
        return {one.duty.delegation_id: one for one in found}

    @cached_property
    def differing(self) -> dict[int, list[Reported]]:
        return _differing(self.ids)

    @cached_property
    def gaps(self) -> dict[int, list[Gap]]:
        """Guarded hours of the coming day that nobody holds."""
        until = self.now + AHEAD
        return _grouped(
            gaps(self.event, self.now, until, only=self.only), "delegation_id"
        )

    @cached_property
    def is_covered(self) -> bool:
        """Whether any cover is published at all."""
        duties = Duty.objects.filter(delegation__event=self.event, withdrawn_at=None)
        return duties.exists()

    @cached_property
    def heard(self) -> dict[int, datetime]:
        return _heard(self.event, self.ids)


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
        .prefetch_related(Prefetch("delegations", Delegation.objects.only("pk")))
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
