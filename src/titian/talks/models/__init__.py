"""The nouns of talks."""

from titian.talks.models.agreement import Agreement, Deliverable, Evidence
from titian.talks.models.meeting import ActionPoint, AgendaItem, Meeting

__all__ = [
    "ActionPoint",
    "AgendaItem",
    "Agreement",
    "Deliverable",
    "Evidence",
    "Meeting",
]
