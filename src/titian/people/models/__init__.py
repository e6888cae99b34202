"""The nouns of people."""

from titian.people.models.care import Entitlement
from titian.people.models.duty import (
    LEVELS,
    Absence,
    Assignment,
    Duty,
    Officer,
    language_rank,
)
from titian.people.models.memory import CarryOver
from titian.people.models.party import (
    Delegation,
    Member,
    Participation,
    Party,
    Reported,
)
from titian.people.models.person import (
    FocalPoint,
    GuestLink,
    Person,
    Reach,
    Seat,
)

__all__ = [
    "LEVELS",
    "Absence",
    "Assignment",
    "CarryOver",
    "Delegation",
    "Duty",
    "Entitlement",
    "FocalPoint",
    "GuestLink",
    "Member",
    "Officer",
    "Participation",
    "Party",
    "Person",
    "Reach",
    "Reported",
    "Seat",
    "language_rank",
]
