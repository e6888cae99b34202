"""What every checker of trips says of a rule that is broken."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule broken: its code, by whom, and by how much."""

    code: str
    who: str
    by: float = 0.0
