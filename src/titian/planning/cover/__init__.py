"""Cover: for every delegation and hour, who holds it, rested and understood."""

from titian.planning.cover.explain import Relaxation, impossible, relaxed, why
from titian.planning.cover.model import (
    ENGINE,
    Demand,
    Duty,
    Gap,
    Mode,
    Nearest,
    Officer,
    Plan,
    Post,
    Problem,
    Reason,
    Role,
    Rules,
    Span,
    as_data,
    input_hash,
)
from titian.planning.cover.rules import RULES, SENTENCES
from titian.planning.cover.solving import solve

__all__ = [
    "ENGINE",
    "RULES",
    "SENTENCES",
    "Demand",
    "Duty",
    "Gap",
    "Mode",
    "Nearest",
    "Officer",
    "Plan",
    "Post",
    "Problem",
    "Reason",
    "Relaxation",
    "Role",
    "Rules",
    "Span",
    "as_data",
    "impossible",
    "input_hash",
    "relaxed",
    "solve",
    "why",
]
