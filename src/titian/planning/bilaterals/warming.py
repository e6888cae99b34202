"""Every kernel of bilaterals called once."""

from titian.planning.bilaterals.model import (
    Held,
    Interpreters,
    Leader,
    Meeting,
    Problem,
    Room,
)
from titian.planning.bilaterals.solving import solve
from titian.planning.search import Iterations


def call_all() -> None:
    """Compile what is not kept yet: a table for one, and two who wait."""
    leaders = tuple(Leader(key) for key in "abc")
    meetings = tuple(
        Meeting(one + other, (one, other), languages=("ar", "fr"))
        for one, other in ("ab", "bc", "ca")
    )
    teams, told = (Interpreters(("ar", "fr"), 1),), (Held("ab", "room", 0),)
    rooms = (Room("room", 2),)
    problem = Problem((2,), leaders, rooms, meetings, teams, told)
    solve(problem, stop=Iterations(1))
