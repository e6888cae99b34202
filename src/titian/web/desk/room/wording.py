"""What a delegation's line says: the desk's words, and those a tile has room for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from titian.kernel.clock import local
from titian.places.models import Place
from titian.web.desk.room.facts import Facts
from titian.web.templatetags.titian import clock, near_clock, span, weekday

HOUR = timedelta(hours=1)
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


def roughly(length: timedelta) -> str:
    """25 min, 3 h, 2 days: the minutes are told only while they are few."""
    hours = int(abs(length) / HOUR)
    return span(hours * HOUR if hours > 1 else length)


def near(moment: datetime, facts: Facts) -> str:
    """The hour of a moment, with its day when that is not today."""
    return near_clock(moment, local(facts.event, facts.now))


def hour_or_day(moment: datetime, facts: Facts) -> str:
    """The hour of a moment of today; of any other day only the day."""
    days = [local(facts.event, one).date() for one in (moment, facts.now)]
    of_today = days[0] == days[1]
    return clock(moment, facts.event) if of_today else weekday(moment, facts.event)
