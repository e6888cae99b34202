"""A hand-over between landing and hotel: one officer has them all the way."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from titian.foresight.absences import Mend, plan_of
from titian.foresight.errors import NotSound
from titian.foresight.gather.cover import Gathered, NoDays, gather, horizon
from titian.foresight.plans import changes_of
from titian.foresight.soundness import require_roster
from titian.logistics.board import board_at
from titian.logistics.cars import CLEARANCE
from titian.logistics.models import Journey
from titian.logistics.touched import held_until
from titian.people.models import Duty
from titian.planning import cover
from titian.planning.cover import repair

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Passing:
    """From whom to whom, when, and between which hours it should not be."""

    officer: str
    ends_at: datetime
    lands_at: datetime
    arrives_at: datetime


def passing_on_the_way(journey: Journey, at: datetime) -> Passing | None:
    """The hand-over on the way from the landing to the hotel, if there is one."""
    if journey.at is None or journey.kind != Journey.Kind.ARRIVAL:
        return None
    board = board_at(at)
    arrives_at = journey.at + CLEARANCE + board.drive(journey, board.hotel_of(journey))
    there = Duty.objects.filter(
        delegation=journey.delegation_id,
        mode=Duty.Mode.ATTACHED,
        withdrawn_at=None,
        ends_at__gt=journey.at,
    )
    duties = list(there.select_related("officer").order_by("-ends_at", "pk"))
    last = next((one for one in duties if one.starts_at <= journey.at), None)
    if last is None or held_until(last, duties) >= arrives_at:
        return None
    until = held_until(last, duties)
    return Passing(last.officer.code, until, journey.at, arrives_at)


def one_face(
    journey: Journey, found: Passing, at: datetime
) -> tuple[Gathered | None, list[Mend]]:
    """To hand over after the hotel or before the landing; only what keeps the rules.

    Nothing where nobody takes over, the event has no days to plan, or the delegation
    is not planned for.
    """
    post = journey.delegation.code
    try:
        gathered = gather(journey.event, horizon(journey.event, at))
    except NoDays:
        return None, []
    if post not in gathered.delegations:
        return None, []
    held = [
        duty
        for duty in gathered.problem.published
        if duty.post == post and duty.mode == cover.Mode.ATTACHED
    ]
    first = [d for d in held if (d.officer, d.end) == (found.officer, found.ends_at)]
    second = [d for d in held if d.start == found.ends_at]
    if len(first) != 1 or len(second) != 1:
        return None, []
    tried = _both(gathered, first[0], second[0], found, at)
    return gathered, [one for one in tried if _is_sound(gathered, one)]


def _both(
    gathered: Gathered,
    first: cover.Duty,
    second: cover.Duty,
    found: Passing,
    at: datetime,
) -> Iterator[Mend]:
    later = min(_up(found.arrives_at), second.end)
    yield _mend(gathered, first, second, later, "later")
    earlier = max(_down(found.lands_at), first.start)
    if earlier > at:
        yield _mend(gathered, first, second, earlier, "earlier")


def _mend(
    gathered: Gathered,
    first: cover.Duty,
    second: cover.Duty,
    hour: datetime,
    kind: str,
) -> Mend:
    """The two duties with the hand-over at another hour; an empty one is none."""
    new = [replace(first, end=hour)] if hour > first.start else []
    new += [replace(second, start=hour)] if hour < second.end else []
    moved = repair.Repair(
        gone=(first, second),
        new=tuple(new),
        gaps=(),
        cost=(("told", 2),),
        others=1,
        ring=1,
    )
    rows = changes_of(gathered, plan_of(gathered, moved))
    said = [{**row, "reason": {"hand_over": kind}} for row in rows]
    return Mend(moved, said, [])


def _is_sound(gathered: Gathered, mend: Mend) -> bool:
    try:
        require_roster(gathered, mend.repair.applied(gathered.problem.published))
    except NotSound:
        return False
    return True


def _down(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _up(moment: datetime) -> datetime:
    whole = _down(moment)
    return whole if whole == moment else whole + HOUR
