"""Who is with guests that land at another hour: at most three ways to fill it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from titian.foresight.absences import Mend, plan_of
from titian.foresight.gather.cover import (
    Gathered,
    NoDays,
    gather,
    horizon,
    whole_hours,
)
from titian.foresight.plans import Row, changes_of, gaps_of
from titian.logistics.board import board_at
from titian.logistics.cars import CLEARANCE
from titian.logistics.models import Journey
from titian.people.models import Duty
from titian.people.queries import Window, guarded, without
from titian.planning import cover
from titian.planning.cover import repair

AHEAD = timedelta(days=3)
NOBODY = "?"
"""Nobody's duty: it holds the new hours, and falls out at once."""


def open_hours(journey: Journey, at: datetime) -> tuple[Window, ...]:
    """From the landing to the hotel, and all guarded hours to come, without anybody."""
    if journey.at is None or not _is_covered(journey):
        return ()
    board = board_at(at)
    road = board.drive(journey, board.hotel_of(journey))
    reception = (journey.at, journey.at + CLEARANCE + road)
    delegation = journey.delegation_id
    days = guarded(journey.event, at, at + AHEAD, only=delegation)
    held = Duty.objects.filter(
        delegation=delegation, mode=Duty.Mode.ATTACHED, withdrawn_at=None
    ).values_list("starts_at", "ends_at")
    return tuple(without([reception, *days.get(delegation, [])], list(held)))


def fill(
    journey: Journey, before: Sequence[Window], at: datetime
) -> tuple[Gathered | None, list[Mend]]:
    """At most three ways to hold the hours that are open now and were not before.

    Asked in the world as it would be. Nothing where the event has no days to plan, or
    the delegation is not planned for.
    """
    windows = list(without(open_hours(journey, at), before))
    try:
        hours = horizon(journey.event, at)
    except NoDays:
        return None, []
    post = journey.delegation.code
    wanted = whole_hours(windows, hours)
    if not wanted:
        return None, []
    gathered = gather(journey.event, hours)
    if post not in gathered.delegations:
        return None, []
    return gathered, _mends(gathered, post, wanted, at)


def _is_covered(journey: Journey) -> bool:
    published = Duty.objects.filter(delegation__event=journey.event, withdrawn_at=None)
    return published.exists()


def _mends(
    gathered: Gathered, post: str, wanted: Sequence[Window], at: datetime
) -> list[Mend]:
    nobody = cover.Officer(
        NOBODY,
        languages={},
        unavailable=(cover.Span(gathered.problem.start, gathered.problem.end),),
        declined=tuple(gathered.delegations),
    )
    empty = tuple(
        cover.Duty(post, NOBODY, *window, cover.Mode.ATTACHED, cover.Role.RELIEF)
        for window in wanted
    )
    problem = replace(
        gathered.problem,
        officers=(*gathered.problem.officers, nobody),
        published=(*gathered.problem.published, *empty),
    )
    standing = repair.Standing(problem)
    span = cover.Span(wanted[0][0], wanted[-1][1])
    found = standing.repairs(NOBODY, span, at=at)
    told = [standing.explained(one, NOBODY, span) for one in found]
    kept = [replace(one, gone=_without_nobody(one.gone)) for one in told]
    mends = [_mend(gathered, one) for one in kept]
    return [one for one in mends if any(row["new"] for row in one.changes)]


def _mend(gathered: Gathered, found: repair.Repair) -> Mend:
    """Whoever is on call meanwhile stays so: each mode has rows of its own."""
    plan = plan_of(gathered, found)
    rows = [row for mode in cover.Mode for row in _rows(gathered, plan, mode)]
    return Mend(found, rows, gaps_of(gathered, plan))


def _rows(gathered: Gathered, plan: cover.Plan, mode: cover.Mode) -> list[Row]:
    published = tuple(d for d in gathered.problem.published if d.mode == mode)
    duties = tuple(duty for duty in plan.duties if duty.mode == mode)
    one_mode = replace(gathered, problem=replace(gathered.problem, published=published))
    return changes_of(one_mode, replace(plan, duties=duties))


def _without_nobody(gone: Sequence[cover.Duty]) -> tuple[cover.Duty, ...]:
    return tuple(duty for duty in gone if duty.officer != NOBODY)
