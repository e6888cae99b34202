"""The nouns of talks."""

from titian.talks.models.agreement import (
    SOON,
    Agreement,
    Deliverable,
    Evidence,
    Wordless,
    said,
)
from titian.talks.models.bilateral import (
    Bilateral,
    FreeBusy,
    Interpretation,
    MeetingRoom,
    Wish,
)
from titian.talks.models.meeting import ActionPoint, AgendaItem, Meeting
from titian.talks.models.offer import Offer
from titian.talks.models.register import Paper, PaperVersion, Wording
from titian.talks.models.set_up import SetUp
from titian.talks.models.signing import Signatory, Signature
from titian.talks.models.talk import Envoy, Issue, Option, Talk
from titian.talks.models.wall import Interest, Weighing

__all__ = [
    "SOON",
    "ActionPoint",
    "AgendaItem",
    "Agreement",
    "Deliverable",
    "Bilateral",
    "Decision",
    "Envoy",
    "Evidence",
    "Interest",
    "FreeBusy",
    "Handout",
    "Issue",
    "Interpretation",
    "Meeting",
    "Offer",
    "MeetingRoom",
    "Option",
    "Paper",
    "PaperVersion",
    "SetUp",
    "Signatory",
    "Signature",
    "Talk",
    "Weighing",
    "Wording",
    "Wordless",
    "Wish",
    "said",
]
