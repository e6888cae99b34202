"""Rooms: everybody housed to standard, each group together, near whom it must be."""

from titian.planning.rooms.blocks import Effort
from titian.planning.rooms.explain import Reason, Relaxation, impossible, why
from titian.planning.rooms.listing import Line, listing
from titian.planning.rooms.model import (
    ENGINE,
    OBJECTIVE,
    Group,
    Hotel,
    Party,
    Plan,
    Problem,
    Room,
    Rules,
    Stay,
    as_data,
    input_hash,
    without,
)
from titian.planning.rooms.repair import Repair, repair
from titian.planning.rooms.rules import RULES, SENTENCES
from titian.planning.rooms.solving import solve

__all__ = [
    "ENGINE",
    "OBJECTIVE",
    "RULES",
    "SENTENCES",
    "Effort",
    "Group",
    "Hotel",
    "Line",
    "Party",
    "Plan",
    "Problem",
    "Reason",
    "Relaxation",
    "Repair",
    "Room",
    "Rules",
    "Stay",
    "as_data",
    "impossible",
    "input_hash",
    "listing",
    "repair",
    "solve",
    "why",
    "without",
]
