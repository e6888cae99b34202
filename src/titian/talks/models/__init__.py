"""The nouns of talks."""

from titian.talks.models.agreement import (
    SOON,
    Agreement,
    Deliverable,
    Evidence,
    Wordless,
    said,
)
from titian.talks.models.meeting import ActionPoint, AgendaItem, Meeting

__all__ = [
    "SOON",
    "ActionPoint",
    "AgendaItem",
    "Agreement",
    "Deliverable",
    "Evidence",
    "Meeting",
    "Wordless",
    "said",
]
