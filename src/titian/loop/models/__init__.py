"""The nouns of the loop."""

from titian.loop.models.ask import Ask, LeftOut
from titian.loop.models.confirmation import Confirmation
from titian.loop.models.draft import Draft
from titian.loop.models.handover import HandOver, HandOverItem
from titian.loop.models.incident import Incident, IncidentRole
from titian.loop.models.lesson import Feedback, Lesson
from titian.loop.models.playbook import (
    Alarm,
    Anchor,
    Contact,
    Playbook,
    PlaybookLine,
    Showing,
)
from titian.loop.models.promise import Promise
from titian.loop.models.roll import Roll, RollAnswer
from titian.loop.models.step import Run, Step
from titian.loop.models.topic import Matter, Route, Topic

__all__ = [
    "Alarm",
    "Anchor",
    "Ask",
    "Confirmation",
    "Contact",
    "Draft",
    "Feedback",
    "HandOver",
    "HandOverItem",
    "Incident",
    "IncidentRole",
    "LeftOut",
    "Lesson",
    "Matter",
    "Playbook",
    "PlaybookLine",
    "Promise",
    "Roll",
    "RollAnswer",
    "Route",
    "Run",
    "Showing",
    "Step",
    "Topic",
]
