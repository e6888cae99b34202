"""The nouns of people."""

from titian.people.models.duty import (
    Absence,
    Assignment,
    Duty,
    LEVELS,
    Officer,
    language_rank,
)
from titian.people.models.party import Delegation, Member, Participation, Party, Reported
from titian.people.models.person import FocalPoint, GuestLink, Person, Seat
from titian.people.models.care import Entitlement

__all__ = [
    "LEVELS",
    "Absence",
    "Assignment",
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
    "Reported",
    "Seat",
    "language_rank",
]
