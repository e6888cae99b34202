"""The worst that is true of a delegation, in the desk's words and in the wall's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from titian.kernel.clock import local
from titian.logistics.models import Journey, Milestone
from titian.loop.models import Ask
from titian.people.models import Delegation
from titian.places.models import Place
from titian.web.desk.room.facts import Facts
from titian.web.templatetags.titian import clock, day, near_clock, span, weekday

SILENT = timedelta(minutes=45)
MOVED = timedelta(minutes=15)
FRESH = timedelta(hours=2)
FITS = 14
"""Letters that fit on a tile that is read from eight metres."""


@dataclass(frozen=True)
class Verdict:
    """A state and its words; ``brief`` and ``spot`` are what the wall has room for."""

    state: str
    word: str
    place: str
    brief: str
    spot: str = ""


type Said = Verdict | None
"""What a look has to say, if it has anything to say."""


def verdict_on(delegation: Delegation, facts: Facts) -> Verdict:
    """The first that a look has to say; the calm when none has."""
    for look in LOOKS:
        if (verdict := look(delegation, facts)) is not None:
            return verdict
    return Verdict("calm", _("Calm"), "", _("Calm"))


def is_overdue(ask: Ask, now: datetime) -> bool:
    """Whether the answer was promised for an earlier hour and is not there."""
    waiting = ask.state not in {Ask.State.ANSWERED, Ask.State.CLOSED}
    return waiting and ask.due_at is not None and ask.due_at < now


def is_silent(delegation: Delegation, facts: Facts) -> bool:
    """Whether its officer is on duty and has told the house nothing for long."""
    heard = facts.heard.get(delegation.pk)
    return (
        heard is not None
        and facts.now - heard > SILENT
        and delegation.pk in facts.holding
    )


def short(place: Place | None) -> str:
    """Its name as far as a tile has room: an airport's code, a house's first words."""
    if place is None:
        return ""
    if place.kind == Place.Kind.AIRPORT:
        return place.code.partition("-")[0]
    return shortened(place.name.partition(",")[0].removeprefix("The "))


def shortened(name: str) -> str:
    """The first words of ``name`` that fit; one long word stays whole."""
    words = name.split()
    while len(words) > 1 and len(" ".join(words)) > FITS:
        words.pop()
    return " ".join(words)


def _emergency(delegation: Delegation, facts: Facts) -> Said:
    for ask in facts.asks.get(delegation.pk, []):
        if ask.urgency == Ask.Urgency.EMERGENCY and ask.state != Ask.State.ANSWERED:
            team = ask.owner.name if ask.owner else ""
            word = _("Emergency")
            return Verdict("red", word, team, word, shortened(team))
    return None


def _overdue_answer(delegation: Delegation, facts: Facts) -> Said:
    late = [
        ask for ask in facts.asks.get(delegation.pk, []) if is_overdue(ask, facts.now)
    ]
    if not late:
        return None
    worst = late[0]
    assert worst.due_at is not None
    length = {"length": span(facts.now - worst.due_at)}
    team = worst.owner.name if worst.owner else ""
    brief = pgettext("wall", "%(length)s late") % length
    return Verdict(
        "red", _("Answer %(length)s late") % length, team, brief, shortened(team)
    )


def _gap(delegation: Delegation, facts: Facts) -> Said:
    if not facts.is_covered:  # said once, above the board, not on every line
        return None
    for gap in facts.gaps.get(delegation.pk, []):
        word = _("No LO %(at)s")
        brief = word % {"at": clock(gap.starts_at, facts.event)}  # within a day
        word %= {"at": near_clock(gap.starts_at, _local(facts, facts.now))}
        return Verdict(
            "red", word, _where(delegation, facts), brief, _spot(delegation, facts)
        )
    return None


def _differing(delegation: Delegation, facts: Facts) -> Said:
    reports = facts.differing.get(delegation.pk)
    if not reports:
        return None
    count = _("%(count)d reports") % {"count": len({r.value for r in reports})}
    brief = pgettext("wall", "Reports differ")
    return Verdict("late", _("Arrival differs"), count, brief, count)


def _moved(delegation: Delegation, facts: Facts) -> Said:
    journey = facts.arrivals.get(delegation.pk)
    if journey is None or journey.state not in Journey.TO_LAND:
        return None
    if not journey.planned_at or not journey.expected_at:
        return None
    if abs(journey.expected_at - journey.planned_at) < MOVED:
        return None
    later = journey.expected_at > journey.planned_at
    length = span(journey.expected_at - journey.planned_at)
    word = _("%(length)s later") if later else _("%(length)s earlier")
    at = clock(journey.expected_at, facts.event)
    return Verdict(
        "late",
        word % {"length": length},
        f"{journey.terminal or journey.airport} {at}",
        f"{'+' if later else '−'}{length}",
        f"{short(journey.airport)} {at}".strip(),
    )


def _unconfirmed(delegation: Delegation, facts: Facts) -> Said:
    waiting = facts.confirmations.get(delegation.pk, [])
    if not waiting:
        return None
    count = {"count": len(waiting)}
    return Verdict(
        "late",
        _("%(count)d to confirm") % count,
        _where(delegation, facts),
        pgettext("wall", "%(count)d to confirm") % count,
        _spot(delegation, facts),
    )


def _silent(delegation: Delegation, facts: Facts) -> Said:
    if not is_silent(delegation, facts):
        return None
    word, where = _("LO silent"), _where(delegation, facts)
    return Verdict("still", word, where, word, _spot(delegation, facts))


def _running(delegation: Delegation, facts: Facts) -> Said:
    activity = facts.running.get(delegation.pk)
    if activity is None:
        return None
    place = activity.place.name if activity.place else ""
    brief = pgettext("wall", "In progress")
    return Verdict("hand", activity.title, place, brief, short(activity.place))


def _news(delegation: Delegation, facts: Facts) -> Said:
    """What was reached in these two hours, by whichever group of it."""
    told = facts.news.get(delegation.pk)
    if told is None or facts.now - told.happened_at >= FRESH:
        return None
    journey = told.journey
    where, spot = _where_reached(told)
    if journey.group == "exercise":
        where = spot = _("exercise")
    at = near_clock(told.happened_at, _local(facts, facts.now))
    word = f"{told.get_state_display().capitalize()} {at}"
    return Verdict("ok", word, where, _reached(told, facts), spot)


def _where_reached(told: Milestone) -> tuple[str, str]:
    journey = told.journey
    if told.state == Journey.State.AT_THE_HOTEL:
        place = journey.hotel
    else:
        place = journey.airport if told.state in AT_THE_AIRPORT else None
    return (place.name if place else "", short(place))


AT_THE_AIRPORT = frozenset({Journey.State.LANDED, Journey.State.CLEARED})


def _arrived(delegation: Delegation, facts: Facts) -> Said:
    journey = facts.arrivals.get(delegation.pk)
    if journey is None:
        return None
    told = list(journey.milestones.all())
    if not told:
        return _not_yet(journey, facts)
    last = told[-1]
    where, spot = _where(delegation, facts), _spot(delegation, facts)
    if last.precision == "day":
        on = {"day": day(last.happened_at, facts.event)}
        brief = pgettext("wall", "Arrived %(day)s") % on
        return Verdict("calm", _("Arrived %(day)s") % on, where, brief, spot)
    at = near_clock(last.happened_at, _local(facts, facts.now))
    word = f"{last.get_state_display().capitalize()} {at}"
    return Verdict("calm", word, where, _reached(last, facts), spot)


def _reached(told: Milestone, facts: Facts) -> str:
    """The milestone and its hour, or its day when that was another one."""
    words = {
        Journey.State.WHEELS_UP: pgettext("wall", "Wheels up %(at)s"),
        Journey.State.LANDED: pgettext("wall", "Landed %(at)s"),
        Journey.State.CLEARED: pgettext("wall", "Cleared %(at)s"),
        Journey.State.ON_THE_ROAD: pgettext("wall", "On road %(at)s"),
        Journey.State.AT_THE_HOTEL: pgettext("wall", "Hotel %(at)s"),
    }
    return words[Journey.State(told.state)] % {"at": _hour(told.happened_at, facts)}


def _hour(moment: datetime, facts: Facts) -> str:
    """The hour of a moment of today; of any other day only the day."""
    is_today = _local(facts, moment).date() == _local(facts, facts.now).date()
    return clock(moment, facts.event) if is_today else weekday(moment, facts.event)


def _not_yet(journey: Journey, facts: Facts) -> Verdict:
    if journey.at is None:
        return _unreported()
    place = journey.terminal or (journey.airport.name if journey.airport else "")
    spot = short(journey.airport)
    if journey.precision == "day":
        on = {"day": day(journey.at, facts.event)}
        brief = pgettext("wall", "Due %(day)s") % on
        return Verdict("calm", _("Due %(day)s") % on, place, brief, spot)
    word = _("Due %(at)s") % {"at": near_clock(journey.at, _local(facts, facts.now))}
    brief = pgettext("wall", "Due %(at)s") % {"at": _hour(journey.at, facts)}
    state = "late" if journey.at < facts.now else "calm"
    return Verdict(state, word, place, brief, spot)


def _unreported() -> Verdict:
    brief = pgettext("wall", "No report")
    return Verdict("still", _("No arrival reported"), "", brief)


def _elsewhere(delegation: Delegation, facts: Facts) -> Said:
    if delegation.attendance == "virtual":
        return Verdict("calm", _("By video"), "", _("By video"))
    if delegation.status == Delegation.Status.WITHDRAWN:
        return Verdict("calm", _("Withdrawn"), "", _("Withdrawn"))
    return _unreported()


LOOKS: tuple[Callable[[Delegation, Facts], Said], ...] = (
    _emergency,
    _overdue_answer,
    _gap,
    _unconfirmed,
    _moved,
    _differing,
    _silent,
    _running,
    _news,
    _arrived,
    _elsewhere,
)
"""Asked in order: the first that has something to say is the delegation's word."""


def _local(facts: Facts, moment: datetime) -> datetime:
    return local(facts.event, moment)


def _where(delegation: Delegation, facts: Facts) -> str:
    place, city = _last_seen(delegation, facts)
    return place.name if place else city


def _spot(delegation: Delegation, facts: Facts) -> str:
    place, city = _last_seen(delegation, facts)
    return short(place) if place else shortened(city)


def _last_seen(delegation: Delegation, facts: Facts) -> tuple[Place | None, str]:
    """The house or airport it was last reported at, else the event's city."""
    journey = facts.arrivals.get(delegation.pk)
    if journey is None:
        return (None, "")
    if journey.state == Journey.State.AT_THE_HOTEL and journey.hotel:
        return (journey.hotel, "")
    told = journey.milestones.all()
    if journey.state in AT_THE_AIRPORT and any(
        one.precision != "day" and facts.now - one.happened_at < FRESH for one in told
    ):
        return (journey.airport, "")
    city = facts.event.cities[0] if facts.event.cities else ""
    return (None, str(city) if told else "")
