"""Which rules apply to whom and why, and which contradict each other.

Pure: no Django, no clock.
"""

from titian.rules.matching.applying import (
    OURS,
    THEIRS,
    Applied,
    Facts,
    Reader,
    Rule,
    UnknownAudience,
    Why,
    applied,
    applies_to,
    ended,
    holds_during,
    holds_in,
    reasons,
)
from titian.rules.matching.clashing import Clash, Conflict, conflicts

__all__ = [
    "OURS",
    "THEIRS",
    "Applied",
    "Clash",
    "Conflict",
    "Facts",
    "Reader",
    "Rule",
    "UnknownAudience",
    "Why",
    "applied",
    "applies_to",
    "conflicts",
    "ended",
    "holds_during",
    "holds_in",
    "reasons",
]
