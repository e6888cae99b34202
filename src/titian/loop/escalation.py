"""Who is called when an ask is left lying: one rung after the other, by the roster."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import partial

from django.utils.translation import gettext as _

from titian.kernel import clock
from titian.kernel.models import Event
from titian.loop.clocks import HEARD_WITHIN, PATIENCE, RUNNING, SAID_BACK_WITHIN
from titian.loop.models import Ask, Promise
from titian.loop.quiet import AWAKE, is_quiet, morning_after
from titian.people.models import Delegation, Person, Seat
from titian.people.queries import LEAD, LEADER, PRIMARY, RELIEF, Roster

S = Ask.State
DESK, TEAM_LEAD, COORDINATOR = "desk", "team_lead", "coordinator"
OWNER = "owner"
KEPT_WITHIN = timedelta(hours=12)
"""So long an answer waits before the officer is asked whether it is kept."""
BY_THE_OFFICER = (PRIMARY, RELIEF, LEADER, LEAD, COORDINATOR)
BY_THE_TEAM = (DESK, TEAM_LEAD, PRIMARY, LEADER, LEAD, COORDINATOR)
TO_BE_KEPT = (PRIMARY, RELIEF)
BY_WHO_PROMISED = (OWNER, DESK, TEAM_LEAD, PRIMARY, LEADER, LEAD, COORDINATOR)


class Cause(StrEnum):
    """Why somebody is called."""

    WAITING = "waiting"  # whoever has it has not taken the next step
    OVERDUE = "overdue"  # the hour promised to the guest has passed


@dataclass(frozen=True, slots=True)
class Rung:
    """Who is called at an hour if nothing has happened by then, and as what."""

    role: str
    people: tuple[Person, ...]
    at: datetime

    @property
    def label(self) -> str:
        """What they are called as, in the reader's language."""
        return _labels()[self.role]

    @property
    def names(self) -> str:
        """Those who are called, by name; of a whole desk the first three."""
        shown = ", ".join(one.display for one in self.people[:3])
        return f"{shown} …" if len(self.people) > 3 else shown


@dataclass(frozen=True, slots=True)
class _Called:
    role: str
    people: tuple[Person, ...]
    is_awake: bool = False


@dataclass(frozen=True, slots=True)
class Lying:
    """What lies, as the ladder must know it: whose it is and how urgent."""

    delegation: Delegation
    owner_id: int | None
    holder_id: int | None
    urgency: str
    roles: Sequence[str]
    owner: Person | None = None
    never: int | None = None  # a complaint calls everybody but her

    @property
    def event(self) -> Event:
        return self.delegation.event


def stands_since(ask: Ask, cause: str) -> datetime | None:
    """Since when the ask lies as it does; ``None`` if nobody is called for it."""
    if ask.merged_into_id is not None:
        return None  # the ask it went into calls for both
    if cause == Cause.OVERDUE:
        return ask.due_at if ask.state in RUNNING | {S.SAID} else None
    since = {
        S.SAID: ask.said_at,
        S.PASSED: ask.passed_at,
        S.RESTATED: ask.restated_at,
        S.ANSWERED: ask.answered_at,
    }
    return since.get(S(ask.state))


def first_call_at(ask: Ask, cause: str) -> datetime | None:
    """When the first is called, if the ask still lies as it does now."""
    since = stands_since(ask, cause)
    if since is None or cause == Cause.OVERDUE:
        return since
    urgency = Ask.Urgency(ask.urgency)
    waits = {
        S.SAID: PATIENCE,
        S.PASSED: HEARD_WITHIN[urgency],
        S.RESTATED: SAID_BACK_WITHIN[urgency],
        S.ANSWERED: KEPT_WITHIN,
    }
    return since + waits[S(ask.state)]


def ladder_of(ask: Ask, cause: str = Cause.WAITING) -> list[Rung]:
    """Every rung with its hour and its names, as the roster is at that hour.

    Between two rungs lies half the time in which the team must hear it. Who is not on
    duty is not called in the quiet hours but in the morning, unless it is urgent.
    """
    start = first_call_at(ask, cause)
    if start is None:
        return []
    return list(_climb(lying := _of_ask(ask), start, _caller(lying)))


def ladder_of_promise(promise: Promise) -> list[Rung]:
    """Who is called after the owner, once the hour of an open promise has passed."""
    lying = _of_promise(promise)
    rungs = list(_climb(lying, promise.due_at, _caller(lying)))
    return [rung for rung in rungs if rung.role not in {OWNER, DESK}]


def next_rung(ask: Ask, at: datetime) -> Rung | None:
    """Who is called next, and when; of two causes the one that comes first."""
    return next(iter(rungs_ahead(ask, at)), None)


def rungs_ahead(ask: Ask, at: datetime) -> list[Rung]:
    """All who are called from now on if nothing happens, of the cause that is next."""
    ahead = [
        [rung for rung in ladder_of(ask, cause) if rung.at > at] for cause in Cause
    ]
    return min(filter(None, ahead), key=lambda rungs: rungs[0].at, default=[])


def _climb(
    lying: Lying, start: datetime, called_at: Callable[[datetime], Sequence[_Called]]
) -> Iterator[Rung]:
    step = HEARD_WITHIN[Ask.Urgency(lying.urgency)] / 2
    at, number = start, 0
    while number < len(called := called_at(at)):
        if _sleeps(lying, called[number], at):
            at = morning_after(lying.event, at)
            continue
        yield Rung(called[number].role, called[number].people, at)
        at, number = at + step, number + 1


def _sleeps(lying: Lying, called: _Called, at: datetime) -> bool:
    return (
        not called.is_awake
        and Ask.Urgency(lying.urgency) not in AWAKE
        and is_quiet(lying.event, at)
    )


def _of_ask(ask: Ask) -> Lying:
    if ask.state == S.ANSWERED:
        roles: Sequence[str] = TO_BE_KEPT
    else:
        roles = BY_THE_OFFICER if _is_with_the_officer(ask) else BY_THE_TEAM
    return Lying(
        ask.asked_by,
        ask.owner_id,
        ask.holder_id,
        ask.urgency,
        roles,
        never=ask.complains_of_id,
    )


def _of_promise(promise: Promise) -> Lying:
    """Theirs is asked for by the officer; ours is its owner's."""
    is_ours = promise.direction == Promise.Direction.OURS
    ask = promise.ask
    return Lying(
        delegation=promise.delegation,
        owner_id=promise.owner_team_id if is_ours else None,
        holder_id=None,
        urgency=ask.urgency if ask else Ask.Urgency.ROUTINE,
        roles=BY_WHO_PROMISED if is_ours else BY_THE_OFFICER,
        owner=promise.owner_person if is_ours else None,
    )


def _caller(lying: Lying) -> Callable[[datetime], Sequence[_Called]]:
    """Who may be called for it at a minute; the rows are read once."""
    seats = Seat.objects.filter(event=lying.event).select_related("person")
    return partial(_called, lying, Roster(lying.delegation), list(seats))


def _called(
    lying: Lying, roster: Roster, seats: list[Seat], at: datetime
) -> list[_Called]:
    """Those roles that somebody has at ``at``; nobody is called twice."""
    found = {one.role: one for one in roster.at(at)}
    table = {
        role: _Called(role, (one.person,), one.is_on_duty)
        for role, one in found.items()
    } | _at_the_tables(lying, seats, at)
    if lying.owner is not None:
        table[OWNER] = _Called(OWNER, (lying.owner,), is_awake=True)
    seen = {lying.never}
    called = []
    for one in filter(None, map(table.get, lying.roles)):
        fresh = tuple(who for who in one.people if who.pk not in seen)
        seen |= {who.pk for who in fresh}
        if fresh:
            called.append(_Called(one.role, fresh, one.is_awake))
    return called


def _at_the_tables(lying: Lying, seats: list[Seat], at: datetime) -> dict[str, _Called]:
    """The owning team, its lead and the coordinators; a holder stands for the desk."""
    own = [seat for seat in seats if seat.team_id == lying.owner_id]
    leads = [seat for seat in own if seat.role == Seat.Role.LEAD]
    desk = [seat for seat in own if seat.role != Seat.Role.LEAD] or leads
    if lying.holder_id is not None:
        desk = [seat for seat in own if seat.person_id == lying.holder_id] or desk
    over = [seat for seat in seats if seat.role == Seat.Role.COORDINATOR]
    tables = ((DESK, desk), (TEAM_LEAD, leads), (COORDINATOR, over))
    there = clock.local(lying.event, at).time()
    return {
        role: _Called(
            role,
            tuple(dict.fromkeys(seat.person for seat in rows)),
            any(_is_open(seat, there) for seat in rows),
        )
        for role, rows in tables
        if rows
    }


def _is_open(seat: Seat, there: time) -> bool:
    """Whether the desk has hours, and this is one of them, be it by night."""
    start, end = seat.desk_from, seat.desk_to
    if start is None or end is None:
        return False
    if start <= end:
        return start <= there < end
    return there >= start or there < end


def _is_with_the_officer(ask: Ask) -> bool:
    return ask.owner_id is None or ask.state in {S.SAID, S.RESTATED}


def _labels() -> dict[str, str]:
    return {
        PRIMARY: _("the LO on duty"),
        RELIEF: _("the relief"),
        LEADER: _("the leader on duty"),
        LEAD: _("the leaders' lead"),
        DESK: _("the team"),
        OWNER: _("who promised it"),
        TEAM_LEAD: _("the team's lead"),
        COORDINATOR: _("the coordinator"),
    }
