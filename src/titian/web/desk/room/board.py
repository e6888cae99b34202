"""One line a delegation: the worst that is true of it, in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from titian.kernel.clock import local
from titian.logistics.models import Journey
from titian.loop.models import Ask
from titian.people.models import Delegation
from titian.web.desk.room.facts import Facts
from titian.web.templatetags.titian import clock, day, near_clock, span

SILENT = timedelta(minutes=45)
SAID_BACK = timedelta(minutes=20)
HEARD = timedelta(minutes=10)
MOVED = timedelta(minutes=15)
FRESH = timedelta(hours=2)

WEIGHT = {"red": 0, "late": 1, "still": 2, "hand": 3, "ok": 4, "calm": 5}
NEEDS = frozenset({"red", "late"})


@dataclass(frozen=True)
class Line:
    """A delegation on the board."""

    delegation: Delegation
    state: str
    word: str
    place: str
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


Verdict = tuple[str, str, str] | None
"""State, word and place, or nothing to say."""


def lines_of(facts: Facts) -> list[Line]:
    """What needs somebody first, worst first; the calm by protocol."""
    return sorted(
        (_line(d, facts) for d in facts.delegations), key=lambda line: line.sort
    )


def _line(delegation: Delegation, facts: Facts) -> Line:
    state, word, place = _worst(delegation, facts)
    heard = facts.heard.get(delegation.pk)
    silence = facts.now - heard if heard else None
    weight = WEIGHT[state] if state in NEEDS else 9
    return Line(
        delegation=delegation,
        state=state,
        word=word,
        place=place,
        coming=_coming(delegation, facts),
        officer=_officer(delegation, facts),
        heard=silence,
        is_silent=_is_silent(silence, delegation, facts),
        is_exercise=delegation.is_exercise,
        sort=(weight, delegation.protocol_group, delegation.code),
    )


def _worst(delegation: Delegation, facts: Facts) -> tuple[str, str, str]:
    for look in LOOKS:
        if (verdict := look(delegation, facts)) is not None:
            return verdict
    return ("calm", _("Calm"), "")


def _overdue_answer(delegation: Delegation, facts: Facts) -> Verdict:
    late = [
        ask for ask in facts.asks.get(delegation.pk, []) if is_overdue(ask, facts.now)
    ]
    if not late:
        return None
    worst = late[0]
    assert worst.due_at is not None
    length = span(facts.now - worst.due_at)
    where = worst.owner.name if worst.owner else ""
    return ("red", _("Answer %(length)s late") % {"length": length}, where)


def _emergency(delegation: Delegation, facts: Facts) -> Verdict:
    for ask in facts.asks.get(delegation.pk, []):
        if ask.urgency == Ask.Urgency.EMERGENCY and ask.state != Ask.State.ANSWERED:
            return ("red", _("Emergency"), ask.owner.name if ask.owner else "")
    return None


def _gap(delegation: Delegation, facts: Facts) -> Verdict:
    if not facts.is_covered:  # said once, above the board, not on every line
        return None
    for gap in facts.gaps.get(delegation.pk, []):
        at = near_clock(gap.starts_at, _local(facts, facts.now))
        return ("red", _("No LO %(at)s") % {"at": at}, _where(delegation, facts))
    return None


def _differing(delegation: Delegation, facts: Facts) -> Verdict:
    reports = facts.differing.get(delegation.pk)
    if not reports:
        return None
    count = _("%(count)d reports") % {"count": len({r.value for r in reports})}
    return ("late", _("Arrival differs"), count)


def _moved(delegation: Delegation, facts: Facts) -> Verdict:
    journey = facts.arrivals.get(delegation.pk)
    if journey is None or journey.state not in {
        Journey.State.SCHEDULED,
        Journey.State.EXPECTED,
    }:
        return None
    if not journey.planned_at or not journey.expected_at:
        return None
    if abs(journey.expected_at - journey.planned_at) < MOVED:
        return None
    later = journey.expected_at > journey.planned_at
    length = span(journey.expected_at - journey.planned_at)
    word = _("%(length)s later") if later else _("%(length)s earlier")
    at = clock(journey.expected_at, facts.event)
    place = f"{journey.terminal or journey.airport} {at}"
    return ("late", word % {"length": length}, place)


def _unconfirmed(delegation: Delegation, facts: Facts) -> Verdict:
    waiting = facts.confirmations.get(delegation.pk, [])
    if not waiting:
        return None
    return (
        "late",
        _("%(count)d to confirm") % {"count": len(waiting)},
        _where(delegation, facts),
    )


def _silent(delegation: Delegation, facts: Facts) -> Verdict:
    heard = facts.heard.get(delegation.pk)
    silence = facts.now - heard if heard else None
    if not _is_silent(silence, delegation, facts):
        return None
    return ("still", _("LO silent"), _where(delegation, facts))


def _running(delegation: Delegation, facts: Facts) -> Verdict:
    activity = facts.running.get(delegation.pk)
    if activity is None:
        return None
    place = activity.place.name if activity.place else ""
    return ("hand", activity.title, place)


def _arrived(delegation: Delegation, facts: Facts) -> Verdict:
    journey = facts.arrivals.get(delegation.pk)
    if journey is None:
        return None
    told = list(journey.milestones.all())
    if not told:
        return _not_yet(journey, facts)
    last = told[-1]
    if last.precision == "day":
        word = _("Arrived %(day)s") % {"day": day(last.happened_at, facts.event)}
        return ("calm", word, _where(delegation, facts))
    fresh = facts.now - last.happened_at < FRESH
    at = near_clock(last.happened_at, _local(facts, facts.now))
    word = f"{last.get_state_display().capitalize()} {at}"
    return ("ok" if fresh else "calm", word, _where(delegation, facts))


def _not_yet(journey: Journey, facts: Facts) -> Verdict:
    if journey.at is None:
        return ("still", _("No arrival reported"), "")
    if journey.precision == "day":
        word = _("Due %(day)s") % {"day": day(journey.at, facts.event)}
    else:
        at = near_clock(journey.at, _local(facts, facts.now))
        word = _("Due %(at)s") % {"at": at}
    late = journey.at < facts.now and journey.precision != "day"
    place = journey.terminal or (journey.airport.name if journey.airport else "")
    return ("late" if late else "calm", word, place)


def _elsewhere(delegation: Delegation, facts: Facts) -> Verdict:
    if delegation.attendance == "virtual":
        return ("calm", _("By video"), "")
    if delegation.status == Delegation.Status.WITHDRAWN:
        return ("calm", _("Withdrawn"), "")
    return ("still", _("No arrival reported"), "")


LOOKS: tuple[Callable[[Delegation, Facts], Verdict], ...] = (
    _emergency,
    _overdue_answer,
    _gap,
    _unconfirmed,
    _moved,
    _differing,
    _silent,
    _running,
    _arrived,
    _elsewhere,
)
"""Asked in order: the first that has something to say is the delegation's word."""


def is_overdue(ask: Ask, now: datetime) -> bool:
    """Whether the answer was promised for an earlier hour and is not there."""
    waiting = ask.state not in {Ask.State.ANSWERED, Ask.State.CLOSED}
    return waiting and ask.due_at is not None and ask.due_at < now


def _is_silent(silence: timedelta | None, delegation: Delegation, facts: Facts) -> bool:
    return silence is not None and silence > SILENT and delegation.pk in facts.holding


def _local(facts: Facts, moment: datetime) -> datetime:
    return local(facts.event, moment)


def _where(delegation: Delegation, facts: Facts) -> str:
    journey = facts.arrivals.get(delegation.pk)
    if journey is None:
        return ""
    if journey.state == Journey.State.AT_THE_HOTEL and journey.hotel:
        return journey.hotel.name
    if journey.state in {Journey.State.LANDED, Journey.State.CLEARED} and any(
        told.precision != "day" and facts.now - told.happened_at < FRESH
        for told in journey.milestones.all()
    ):
        return journey.airport.name if journey.airport else ""
    city = facts.event.cities[0] if facts.event.cities else ""
    return str(city) if journey.milestones.all() else ""


def _coming(delegation: Delegation, facts: Facts) -> str:
    activity = facts.coming.get(delegation.pk)
    if activity is None:
        return ""
    at = near_clock(activity.begins, _local(facts, facts.now))
    return f"{at} {activity.title}"


def _officer(delegation: Delegation, facts: Facts) -> str:
    duty = facts.holding.get(delegation.pk)
    if duty is not None:
        return duty.officer.person.display
    primary = facts.primaries.get(delegation.pk)
    return primary.officer.person.display if primary else ""


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
