"""One line a delegation: the worst that is true of it, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from titian.kernel.clock import local
from titian.loop.models import Ask, Promise
from titian.people.models import Delegation
from titian.web.desk.room.facts import Facts
from titian.web.desk.room.verdicts import is_overdue, is_silent, verdict_on
from titian.web.templatetags.titian import near_clock

WEIGHT = {"red": 0, "late": 1, "still": 2, "hand": 3, "ok": 4, "calm": 5}
NEEDS = frozenset({"red", "late"})


@dataclass(frozen=True)
class Line:
    """A delegation on the board."""

    delegation: Delegation
    state: str
    word: str
    place: str
    brief: str
    spot: str
    coming: str
    officer: str
    heard: timedelta | None
    is_silent: bool
    is_exercise: bool
    sort: tuple[int, int, str]

    @property
    def needs(self) -> bool:
        """Whether somebody must act."""
        return self.state in NEEDS

    @property
    def minutes(self) -> str:
        """Minutes since the officer was heard, for the tile's corner."""
        if self.heard is None:
            return "–"
        whole = int(self.heard.total_seconds() // 60)
        return f"{whole}′" if whole < 100 else f"{whole // 60}h"


def lines_of(facts: Facts) -> list[Line]:
    """What needs somebody first, worst first; the calm by protocol."""
    return sorted(
        (_line(d, facts) for d in facts.delegations), key=lambda line: line.sort
    )


def _line(delegation: Delegation, facts: Facts) -> Line:
    verdict = verdict_on(delegation, facts)
    heard = facts.heard.get(delegation.pk)
    silence = facts.now - heard if heard else None
    weight = WEIGHT[verdict.state] if verdict.state in NEEDS else 9
    return Line(
        delegation=delegation,
        state=verdict.state,
        word=verdict.word,
        place=verdict.place,
        brief=verdict.brief,
        spot=verdict.spot,
        coming=_coming(delegation, facts),
        officer=_officer(delegation, facts),
        heard=silence,
        is_silent=is_silent(delegation, facts),
        is_exercise=delegation.is_exercise,
        sort=(weight, delegation.protocol_group, delegation.code),
    )


def _coming(delegation: Delegation, facts: Facts) -> str:
    activity = facts.coming.get(delegation.pk)
    if activity is None or delegation.status == Delegation.Status.WITHDRAWN:
        return ""
    at = near_clock(activity.begins, local(facts.event, facts.now))
    return f"{at} {activity.title}"


def _officer(delegation: Delegation, facts: Facts) -> str:
    duty = facts.holding.get(delegation.pk)
    if duty is not None:
        return duty.officer.person.display
    primary = facts.primaries.get(delegation.pk)
    return primary.officer.person.display if primary else ""


def past_their_hour(facts: Facts) -> list[Promise]:
    """The open promises whose hour has passed, the oldest first."""
    found = [
        one
        for rows in facts.promises.values()
        for one in rows
        if one.due_at < facts.now
    ]
    return sorted(found, key=lambda one: one.due_at)


def unheard(asks: Iterable[Ask], now: datetime) -> list[Ask]:
    """Passed on and not opened yet, or said and not passed on."""
    waiting = [
        a
        for a in asks
        if a.state == Ask.State.SAID
        or (a.state == Ask.State.PASSED and a.opened_at is None)
    ]
    return [ask for ask in waiting if not is_overdue(ask, now)]


def not_said_back(asks: Iterable[Ask], now: datetime) -> list[Ask]:
    """Opened but not taken, or said back and waiting for the asking side."""
    waiting = [
        a
        for a in asks
        if a.state == Ask.State.RESTATED
        or (a.state == Ask.State.PASSED and a.opened_at is not None)
    ]
    return [ask for ask in waiting if not is_overdue(ask, now)]
