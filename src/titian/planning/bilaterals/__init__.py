"""Bilaterals: who meets whom, when and where, and why not."""

from titian.planning.bilaterals.explain import (
    Reason,
    Relaxation,
    impossible,
    refusals,
    why,
)
from titian.planning.bilaterals.model import (
    ENGINE,
    EVER,
    OBJECTIVE,
    Held,
    Interpreters,
    Leader,
    Meeting,
    Plan,
    Problem,
    Refused,
    Room,
    Rules,
    Span,
    as_data,
    input_hash,
)
from titian.planning.bilaterals.repair import Repair, repair
from titian.planning.bilaterals.rules import RULES, SENTENCES
from titian.planning.bilaterals.solving import solve

__all__ = [
    "ENGINE",
    "EVER",
    "OBJECTIVE",
    "RULES",
    "SENTENCES",
    "Held",
    "Interpreters",
    "Leader",
    "Meeting",
    "Plan",
    "Problem",
    "Reason",
    "Refused",
    "Relaxation",
    "Repair",
    "Room",
    "Rules",
    "Span",
    "as_data",
    "impossible",
    "input_hash",
    "refusals",
    "repair",
    "solve",
    "why",
]
