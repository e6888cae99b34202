"""Every kernel of cover called once."""

from datetime import UTC, datetime, timedelta
from random import Random

from titian.planning.cover.construct import construct, place_all, takers
from titian.planning.cover.ejecting import ejections
from titian.planning.cover.explain import explained
from titian.planning.cover.model import Demand, Officer, Post, Problem

START = datetime(2000, 1, 1, tzinfo=UTC)
LONG = timedelta(hours=18)  # more than one may hold: it is cut, and some stays open


def call_all() -> None:
    """Compile what is not kept yet."""
    post = Post("one", 4, (Demand(START, START + LONG),))
    problem = Problem(START, START + LONG, (post,), (Officer("one", {}),))
    roster = construct(problem)
    piece = next(iter(roster.held[0]))
    roster.take(piece)
    takers(roster, piece)
    explained(roster, piece)
    ejections(roster, piece, 0, roster.now.faces)
    place_all(roster, [piece], Random(0))
