"""Whether the meetings to come can still be held as they stand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db.models import F, Prefetch, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from titian.kernel.bilingual import in_both
from titian.kernel.questions import Break
from titian.people.models import Assignment, Delegation
from titian.places.models import TravelTime
from titian.programme.models import Activity
from titian.talks.models import Meeting

ON_THE_WAY = ("scheduled", "expected", "wheels_up")
NO_WAY_KNOWN = timedelta(0)
NOT_ARRIVED, ELSEWHERE = 2, 3


@dataclass(frozen=True, slots=True)
class Side:
    """One delegation at a meeting to come."""

    meeting: Meeting
    delegation: Delegation
    officer_person_id: int | None


def meetings_that_fail(at: datetime) -> Iterator[Break]:
    """A break for each side of a meeting after ``at`` that could not sit there."""
    pairs = [(meeting, side) for meeting in _to_come(at) for side in meeting.sides]
    officers = _officers({side.pk for _meeting, side in pairs})
    sides = [Side(meeting, side, officers.get(side.pk)) for meeting, side in pairs]
    yield from _not_arrived(sides)
    yield from _elsewhere(sides)


def _to_come(at: datetime) -> list[Meeting]:
    begins = Coalesce(
        "activity__started_at", "activity__expected_starts_at", "activity__starts_at"
    )
    return list(
        Meeting.objects.annotate(begins=begins)
        .filter(
            state=Meeting.State.PLANNED,
            activity__state=Activity.State.PLANNED,
            activity__precision=Activity.Precision.MINUTE,
            begins__gte=at,
        )
        .select_related("activity__place", "party_a__party", "party_b__party")
        .order_by("pk")
    )


def _officers(delegation_ids: set[int]) -> dict[int, int]:
    """The person of each delegation's primary officer, who must confirm a break."""
    present = Assignment.objects.filter(
        delegation__in=delegation_ids,
        relieved_at=None,
        role=Assignment.Role.PRIMARY,
    ).exclude(consent=Assignment.Consent.DECLINED)
    rows = present.order_by("-pk").values_list("delegation", "officer__person")
    return dict(rows)


def _not_arrived(sides: list[Side]) -> Iterator[Break]:
    arrivals = _arrivals({side.delegation.pk for side in sides})
    ways = _ways({airport for _lands_at, airport in arrivals.values()})
    for side in sides:
        if side.delegation.pk not in arrivals:
            continue
        lands_at, airport = arrivals[side.delegation.pk]
        way = ways.get((airport, side.meeting.activity.place_id), NO_WAY_KNOWN)
        if lands_at + way > side.meeting.activity.begins:
            yield _break(
                side,
                NOT_ARRIVED,
                partial(_not_there, side),
            )


def _arrivals(delegation_ids: set[int]) -> dict[int, tuple[datetime, int | None]]:
    """When and where the main group of each, not landed yet, is to land.

    The journeys belong to logistics, this room's neighbour, which may not be imported:
    they are reached from the delegation, as the database knows them.
    """
    coming = Delegation.objects.filter(
        pk__in=delegation_ids,
        journeys__kind="arrival",
        journeys__group="main",
        journeys__precision="minute",
        journeys__state__in=ON_THE_WAY,
    ).annotate(
        lands_at=Coalesce("journeys__expected_at", "journeys__planned_at"),
        airport_id=F("journeys__airport"),
    )
    rows = coming.exclude(lands_at=None).values_list("pk", "lands_at", "airport_id")
    return {pk: (lands_at, airport) for pk, lands_at, airport in rows}


def _ways(airports: set[int | None]) -> dict[tuple[int | None, int | None], timedelta]:
    rows = TravelTime.objects.filter(origin__in=airports - {None}).values_list(
        "origin", "destination", "minutes"
    )
    return {(start, end): timedelta(minutes=minutes) for start, end, minutes in rows}


def _elsewhere(sides: list[Side]) -> Iterator[Break]:
    items = _items(sides)
    for side in sides:
        for item in items.get(side.delegation.pk, ()):
            if _overlap(item, side.meeting):
                yield _break(
                    side,
                    ELSEWHERE,
                    partial(_is_at, side, item),
                )


def _items(sides: list[Side]) -> dict[int, list[Activity]]:
    """What each delegation takes part in, alone or with all, and is not over."""
    ids = {side.delegation.pk for side in sides}
    mine = Delegation.objects.filter(pk__in=ids)
    items = (
        Activity.objects.filter(
            Q(delegations__in=ids) | Q(is_for_all=True, is_private=False),
            event__in={side.meeting.event_id for side in sides},
            state__in=[Activity.State.PLANNED, Activity.State.RUNNING],
            precision=Activity.Precision.MINUTE,
        )
        .distinct()
        .order_by("pk")
        .prefetch_related(Prefetch("delegations", mine))
    )
    found: dict[int, list[Activity]] = {}
    for item in items:
        theirs = {delegation.pk for delegation in item.delegations.all()}
        for pk in ids if item.is_for_all else theirs:
            found.setdefault(pk, []).append(item)
    return found


def _overlap(item: Activity, meeting: Meeting) -> bool:
    hour = meeting.activity
    if item.pk == hour.pk or item.event_id != meeting.event_id:
        return False
    return item.begins < hour.ends and hour.begins < item.ends


def _not_there(side: Side) -> str:
    return _("%(delegation)s would not have arrived for “%(meeting)s”.") % {
        "delegation": side.delegation,
        "meeting": side.meeting.activity.title,
    }


def _is_at(side: Side, item: Activity) -> str:
    return _("%(delegation)s would be at “%(item)s” during “%(meeting)s”.") % {
        "delegation": side.delegation,
        "item": item.title,
        "meeting": side.meeting.activity.title,
    }


def _break(side: Side, level: int, words: Callable[[], str]) -> Break:
    """The break, to be confirmed by the officer of the side it touches."""
    english, indonesian = in_both(words)
    return Break(
        level,
        side.meeting.activity.begins,
        english,
        subject_kind=side.meeting._meta.label_lower,
        subject_id=side.meeting.pk,
        owner_person_id=side.officer_person_id,
        sentence_id=indonesian,
        concerns_id=side.delegation.pk,
    )
