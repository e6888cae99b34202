"""Where a delegation is on its way, as its journeys and milestones tell it."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from titian.logistics.models import Journey, Milestone
from titian.people.models import Delegation
from titian.places.models import Place
from titian.web.desk.room.facts import Facts
from titian.web.desk.room.wording import (
    Said,
    Verdict,
    hour_or_day,
    near,
    roughly,
    short,
    shortened,
)
from titian.web.templatetags.titian import clock, day, span

MOVED = timedelta(minutes=15)
FRESH = timedelta(hours=2)
AT_THE_AIRPORT = frozenset({Journey.State.LANDED, Journey.State.CLEARED})


def moved(delegation: Delegation, facts: Facts) -> Said:
    """By how much its arrival is expected later or earlier than planned."""
    journey = facts.arrivals.get(delegation.pk)
    if journey is None or journey.state not in Journey.TO_LAND:
        return None
    if not journey.planned_at or not journey.expected_at:
        return None
    if abs(journey.expected_at - journey.planned_at) < MOVED:
        return None
    later = journey.expected_at > journey.planned_at
    by = journey.expected_at - journey.planned_at
    word = _("%(length)s later") if later else _("%(length)s earlier")
    at = clock(journey.expected_at, facts.event)
    return Verdict(
        "late",
        word % {"length": span(by)},
        f"{journey.terminal_name or journey.airport} {at}",
        f"{'+' if later else '−'}{roughly(by)}",
        f"{short(journey.airport)} {at}".strip(),
    )


def news(delegation: Delegation, facts: Facts) -> Said:
    """What was reached in these two hours, by whichever group of it."""
    told = facts.news.get(delegation.pk)
    if told is None or facts.now - told.happened_at >= FRESH:
        return None
    journey = told.journey
    where, spot = _where_reached(told)
    if journey.group == "exercise":
        where = spot = _("exercise")
    at = near(told.happened_at, facts)
    word = f"{told.get_state_display().capitalize()} {at}"
    return Verdict("ok", word, where, _reached(told, facts), spot)


def _where_reached(told: Milestone) -> tuple[str, str]:
    journey = told.journey
    if told.state == Journey.State.AT_THE_HOTEL:
        place = journey.hotel
    else:
        place = journey.airport if told.state in AT_THE_AIRPORT else None
    return (place.name if place else "", short(place))


def arrived(delegation: Delegation, facts: Facts) -> Said:
    """The last milestone of its main group, or when that is due."""
    journey = facts.arrivals.get(delegation.pk)
    if journey is None:
        return None
    told = list(journey.milestones.all())
    if not told:
        return _not_yet(journey, facts)
    last = told[-1]
    where, spot = last_seen(delegation, facts)
    if last.precision == "day":
        on = {"day": day(last.happened_at, facts.event)}
        brief = pgettext("wall", "Arrived %(day)s") % on
        return Verdict("calm", _("Arrived %(day)s") % on, where, brief, spot)
    at = near(last.happened_at, facts)
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
    return words[Journey.State(told.state)] % {
        "at": hour_or_day(told.happened_at, facts)
    }


def _not_yet(journey: Journey, facts: Facts) -> Verdict:
    if journey.at is None:
        return _unreported()
    place = journey.terminal_name or (journey.airport.name if journey.airport else "")
    spot = short(journey.airport)
    if journey.precision == "day":
        on = {"day": day(journey.at, facts.event)}
        brief = pgettext("wall", "Due %(day)s") % on
        return Verdict("calm", _("Due %(day)s") % on, place, brief, spot)
    word = _("Due %(at)s") % {"at": near(journey.at, facts)}
    brief = pgettext("wall", "Due %(at)s") % {"at": hour_or_day(journey.at, facts)}
    state = "late" if journey.at < facts.now else "calm"
    return Verdict(state, word, place, brief, spot)


def _unreported() -> Verdict:
    brief = pgettext("wall", "No report")
    return Verdict("still", _("No arrival reported"), "", brief)


def elsewhere(delegation: Delegation, facts: Facts) -> Said:
    """Why there is no journey: by video, or nobody said."""
    if delegation.attendance == "virtual":
        return Verdict("calm", _("By video"), "", _("By video"))
    return _unreported()


def last_seen(delegation: Delegation, facts: Facts) -> tuple[str, str]:
    """Where it was last reported, and the same as short as a tile needs it."""
    place, city = _place_or_city(delegation, facts)
    return (place.name, short(place)) if place else (city, shortened(city))


def _place_or_city(delegation: Delegation, facts: Facts) -> tuple[Place | None, str]:
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
