"""Every list that can be brought in, in the order in which a whole event needs them."""

from titian.exchange.reasons import Unreadable
from titian.exchange.sheets.declaration import Sheet
from titian.exchange.sheets.logistics import (
    BLOCKS,
    JOURNEYS,
    STAYS,
    TRIPS,
    VEHICLES,
)
from titian.exchange.sheets.loop import PROMISES, ROUTING
from titian.exchange.sheets.officers import ASSIGNMENTS, ENTITLEMENTS, OFFICERS
from titian.exchange.sheets.parties import (
    DELEGATIONS,
    PARTICIPATION,
    PARTIES,
    REPORTED,
)
from titian.exchange.sheets.people import FOCAL_POINTS, PEOPLE, TEAMS
from titian.exchange.sheets.places import PLACES, TRAVEL_TIMES
from titian.exchange.sheets.playbooks import CONTACTS, LINES, PLAYBOOKS
from titian.exchange.sheets.programme import PLACINGS, PROGRAMME
from titian.exchange.sheets.rules import RULES
from titian.exchange.sheets.sources import SOURCES
from titian.exchange.sheets.talks import AGREEMENTS, DELIVERABLES, MEETINGS

SHEETS: dict[str, Sheet] = {
    sheet.name: sheet
    for sheet in (
        SOURCES,
        PLACES,
        TRAVEL_TIMES,
        PARTIES,
        DELEGATIONS,
        PARTICIPATION,
        REPORTED,
        PEOPLE,
        FOCAL_POINTS,
        TEAMS,
        OFFICERS,
        ASSIGNMENTS,
        VEHICLES,
        STAYS,
        BLOCKS,
        JOURNEYS,
        TRIPS,
        PROGRAMME,
        PLACINGS,
        ROUTING,
        MEETINGS,
        AGREEMENTS,
        DELIVERABLES,
        PROMISES,
        RULES,
        ENTITLEMENTS,
        PLAYBOOKS,
        LINES,
        CONTACTS,
    )
}


def named(name: str) -> Sheet:
    """The list with this name; ``Unreadable`` if there is none."""
    if name not in SHEETS:
        raise Unreadable("no_such_sheet", sheet=name)
    return SHEETS[name]
