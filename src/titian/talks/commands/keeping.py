"""Whether an agreement is kept, line by line: shown, accepted, disputed, waived."""

from titian.talks.commands.lines import REFUSALS
from titian.talks.commands.minding import (
    GRACE,
    LINE_DUE,
    LINE_STILL_UNMET,
    escalate,
    forget_words_of,
    mark_overdue,
    watch,
)
from titian.talks.commands.settling import accept, dispute, waive
from titian.talks.commands.showing import NothingShown, deliver, deliver_file

__all__ = [
    "GRACE",
    "LINE_DUE",
    "LINE_STILL_UNMET",
    "REFUSALS",
    "NothingShown",
    "accept",
    "deliver",
    "deliver_file",
    "dispute",
    "escalate",
    "forget_words_of",
    "mark_overdue",
    "waive",
    "watch",
]
