"""How long before its departure a delegation must be at the airport."""

from dataclasses import dataclass
from datetime import timedelta

from titian.kernel.models import Basis
from titian.logistics.models import Journey

STATE_MODE, STATE_GATE, DOMESTIC = "state_aircraft", "vvip", "domest"


@dataclass(frozen=True, slots=True)
class Lead:
    """A span at the airport, how we know it, and who says so."""

    span: timedelta
    basis: str
    source: str


ADVICE = "what airlines commonly ask of passengers; no host has told another number"
GATE = "our estimate: no queue, baggage loaded ahead, by the VVIP gate to the steps"
LEADS = {
    "state": Lead(timedelta(hours=1), Basis.ESTIMATE, GATE),
    "domestic": Lead(timedelta(hours=2), Basis.ESTIMATE, ADVICE),
    "international": Lead(timedelta(hours=3), Basis.ESTIMATE, ADVICE),
}
"""By how they fly; what is not known is international, for nobody may come late."""


def lead_of(journey: Journey) -> timedelta:
    """How long before a departure they are at the airport; nothing for an arrival."""
    if journey.kind != Journey.Kind.DEPARTURE:
        return timedelta(0)
    return LEADS[_flown(journey)].span


def _flown(journey: Journey) -> str:
    terminal = journey.terminal.casefold()
    if journey.mode == STATE_MODE or (not journey.mode and STATE_GATE in terminal):
        return "state"
    return "domestic" if DOMESTIC in terminal else "international"
