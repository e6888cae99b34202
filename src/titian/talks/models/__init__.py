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
from titian.talks.models.card import TalkingCard
from titian.talks.models.meeting import ActionPoint, AgendaItem, Meeting
from titian.talks.models.offer import Offer
from titian.talks.models.pro import Pro
from titian.talks.models.register import Paper, PaperVersion, Wording
from titian.talks.models.report import Decision, Handout, Report
from titian.talks.models.set_up import SetUp
from titian.talks.models.signing import Signatory, Signature
from titian.talks.models.talk import Envoy, Issue, Option, Talk
from titian.talks.models.text import TextVersion
from titian.talks.models.wall import Interest, Weighing

__all__ = [
    "SOON",
    "ActionPoint",
    "AgendaItem",
    "Agreement",
    "Bilateral",
    "Decision",
    "Deliverable",
    "Envoy",
    "Evidence",
    "FreeBusy",
    "Handout",
    "Interest",
    "Interpretation",
    "Issue",
    "Meeting",
    "MeetingRoom",
    "Offer",
    "Option",
    "Paper",
    "PaperVersion",
    "Pro",
    "Report",
    "SetUp",
    "Signatory",
    "Signature",
    "Talk",
    "TalkingCard",
    "TextVersion",
    "Weighing",
    "Wish",
    "Wording",
    "Wordless",
    "said",
]
