"""Rows into the problem of bilaterals: who wishes to meet, who is free, which rooms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from titian.foresight.free_hours import SLOT, Days, common, days_of, free_of
from titian.kernel.models import Event
from titian.people.models import Delegation
from titian.people.queries import Window, without
from titian.planning import bilaterals
from titian.planning.bilaterals import Held, Leader, Meeting, Problem, Room, Span
from titian.programme.models import Activity
from titian.talks.models import Bilateral, Interpretation, MeetingRoom, Wish

NOWHERE = "nowhere"
"""A room that no event has: what may be in no other has no place at all."""
RULES = bilaterals.Rules(reset=1, pause=1)
A_RANK = 100
"""What a level weighs more than having been agreed first."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The problem, and the rows its keys stand for."""

    problem: Problem
    days: Days
    requests: Mapping[str, Bilateral]
    rooms: Mapping[str, MeetingRoom]

    @property
    def published(self) -> bilaterals.Plan:
        """What people were told, and what waits, as a plan that may be mended."""
        told = self.problem.announced
        return bilaterals.Plan(
            held=told,
            refused=bilaterals.refusals(self.problem, told),
            objective=(),
            seed=0,
            engine=bilaterals.ENGINE,
            input_hash="",
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request with the wish that was agreed, and its number among those agreed."""

    row: Bilateral
    wish: Wish
    turn: int


def gather(event: Event, since: datetime) -> Gathered:
    """The problem from ``since`` on, in a constant number of queries.

    What runs, or lies beside a slot or in another room, stays as it is: its hours are
    taken.
    """
    days = days_of(event, since)
    rooms = {str(row.pk): row for row in _rooms(event)}
    asked = [one for one in _asked(event) if _may_move(one, days, rooms.values())]
    movable = {
        one.row.meeting.activity_id
        for one in asked
        if one.row.meeting and one.row.state in Bilateral.HELD
    }
    sides = {side.pk: side for one in asked for side in one.row.sides}
    free = free_of(list(sides.values()), days, movable=movable)
    problem = Problem(
        days=(days.slots_a_day,) * len(days.opens),
        leaders=tuple(_leader(side, free[pk], days) for pk, side in sides.items()),
        rooms=tuple(_free_rooms(rooms, days, movable)),
        meetings=tuple(_meeting(one, rooms, days) for one in asked),
        interpreters=tuple(_interpreters(event)),
        announced=tuple(_announced(asked, rooms.values(), days)),
        rules=RULES,
    )
    return Gathered(problem, days, {str(one.row.pk): one.row for one in asked}, rooms)


def common_hours(bilateral: Bilateral, since: datetime) -> list[Window]:
    """The hours in which both sides can be met: all that either learns of the other."""
    days = days_of(bilateral.event, since)
    free = free_of(list(bilateral.sides), days)
    whole = [
        [(days.begins(a), days.begins(b - 1) + SLOT) for a, b in days.spans(one)]
        for one in free.values()
    ]
    return common(*whole)


def _rooms(event: Event) -> list[MeetingRoom]:
    return list(event.meeting_rooms.select_related("place").order_by("seats", "pk"))


def _asked(event: Event) -> list[_Asked]:
    """Those that wait or have an hour, by who was agreed first."""
    gone = Delegation.Status.WITHDRAWN
    waits = Q(state=Bilateral.State.AGREED)
    comes = ~Q(asking__status=gone) & ~Q(asked__status=gone)
    rows = (
        Bilateral.objects.filter(
            waits & comes | Q(state__in=Bilateral.HELD), event=event
        )
        .select_related("asking__party", "asked__party", "meeting__activity")
        .prefetch_related("wishes")
        .order_by("agreed_at", "pk")
    )
    return [
        _Asked(row, max(row.wishes.all(), key=lambda one: one.number), turn)
        for turn, row in enumerate(rows)
    ]


def _may_move(one: _Asked, days: Days, rooms: Iterable[MeetingRoom]) -> bool:
    """Whether it waits, or its hour is to come and lies as a plan would put it."""
    if one.row.state == Bilateral.State.AGREED:
        return True
    meeting = one.row.meeting
    if meeting is None or not one.row.is_to_come:
        return False
    hour = meeting.activity
    return (
        hour.begins >= days.since
        and days.slot_of(hour.begins) is not None
        and hour.ends - hour.begins == timedelta(minutes=one.wish.minutes)
        and any(room.place_id == hour.place_id for room in rooms)
    )


def _leader(side: Delegation, free: Iterable[Window], days: Days) -> Leader:
    """A side as somebody who is met; for which rooms it is, its wishes say."""
    return Leader(str(side.pk), level=1, free=_spans(free, days))


def _spans(windows: Iterable[Window], days: Days) -> tuple[Span, ...]:
    return tuple(Span(first, after) for first, after in days.spans(windows))


def _free_rooms(
    rooms: Mapping[str, MeetingRoom], days: Days, movable: Iterable[int]
) -> Iterable[Room]:
    """Each with the hours that nothing else takes, made ready before and after."""
    taken = _taken([one.place_id for one in rooms.values()], days, movable)
    for key, row in rooms.items():
        free = without(days.hours, taken.get(row.place_id, []))
        yield Room(key, row.seats, row.lowest_rank, _spans(free, days))


def _taken(
    places: Sequence[int], days: Days, movable: Iterable[int]
) -> dict[int, list[Window]]:
    if not days.opens:
        return {}
    items = Activity.objects.filter(
        place__in=places,
        ends_at__gt=days.opens[0] - timedelta(days=1),
        state__in=[Activity.State.PLANNED, Activity.State.RUNNING],
        precision=Activity.Precision.MINUTE,
    ).exclude(pk__in=movable)
    found: dict[int, list[Window]] = {pk: [] for pk in places}
    for item in items:
        if item.place_id is not None:
            found[item.place_id].append((item.begins - SLOT, item.ends + SLOT))
    return found


def _meeting(one: _Asked, rooms: Mapping[str, MeetingRoom], days: Days) -> Meeting:
    wish = one.wish
    fit = [key for key, room in rooms.items() if room.lowest_rank >= wish.rank]
    within = days.hours
    if wish.earliest_at or wish.latest_at:
        first = wish.earliest_at or days.since
        last = wish.latest_at or max((end for _start, end in within), default=first)
        within = common(within, [(first, last)])
    weighs = RULES.weight[wish.rank - 1] * A_RANK + max(A_RANK - 1 - one.turn, 0)
    return Meeting(
        key=str(one.row.pk),
        sides=(str(one.row.asking_id), str(one.row.asked_id)),
        length=timedelta(minutes=wish.minutes) // SLOT,
        people=wish.people,
        languages=wish.languages,
        within=_spans(within, days),
        rooms=tuple(fit) or (NOWHERE,),  # none named would mean any
        weight=weighs,
    )


def _interpreters(event: Event) -> Iterable[bilaterals.Interpreters]:
    for row in Interpretation.objects.filter(event=event, teams__gt=0):
        yield bilaterals.Interpreters((row.one, row.other), row.teams)


def _announced(
    asked: Iterable[_Asked], rooms: Iterable[MeetingRoom], days: Days
) -> Iterable[Held]:
    by_place = {room.place_id: str(room.pk) for room in rooms}
    for one in asked:
        meeting = one.row.meeting
        if meeting is None or one.row.state not in Bilateral.HELD:
            continue
        slot = days.slot_of(meeting.activity.begins)
        if slot is not None and meeting.activity.place_id is not None:
            room = by_place[meeting.activity.place_id]
            yield Held(str(one.row.pk), room, slot)
