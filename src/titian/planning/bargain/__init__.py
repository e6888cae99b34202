"""Bargains: what two sides could agree to, and why one package rather than another."""

from titian.planning.bargain.conflict import Conflict, Demand, Kind, conflict
from titian.planning.bargain.front import Front, front
from titian.planning.bargain.model import Domain, Issue, Point, Profile, nano, worth
from titian.planning.bargain.points import (
    SENTENCES,
    SOLUTIONS,
    Solution,
    points,
    supported,
)
from titian.planning.bargain.ranges import (
    Range,
    Wishes,
    is_complete,
    profile,
    span,
    unsaid,
)
from titian.planning.bargain.trade import Step, Trade, trade
from titian.planning.bargain.weights import Leeway, leeway

__all__ = [
    "SENTENCES",
    "SOLUTIONS",
    "Conflict",
    "Demand",
    "Domain",
    "Front",
    "Issue",
    "Kind",
    "Leeway",
    "Point",
    "Profile",
    "Range",
    "Solution",
    "Step",
    "Trade",
    "Wishes",
    "conflict",
    "front",
    "is_complete",
    "leeway",
    "nano",
    "points",
    "profile",
    "span",
    "supported",
    "trade",
    "unsaid",
    "worth",
]
