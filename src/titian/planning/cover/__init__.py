"""Cover: for every delegation and hour, who holds it, rested and understood."""

from titian.planning.cover.model import (
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

__all__ = [
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
    "Role",
    "Rules",
    "Span",
    "as_data",
    "input_hash",
]
