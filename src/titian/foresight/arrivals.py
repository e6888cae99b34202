"""An arrival at another hour: what it breaks, and the smallest ways to mend it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import product

from titian.foresight.absences import Mend
from titian.foresight.cars import CarMend, Garage, cars_of, mends
from titian.foresight.gather.cover import Gathered
from titian.foresight.passing import Passing, one_face, passing_on_the_way
from titian.foresight.queries import breaks_hash, trial
from titian.foresight.receiving import fill, open_hours
from titian.kernel.actor import Actor
from titian.kernel.questions import Break, Change
from titian.logistics.cars import Drive, drives
from titian.logistics.models import Journey
from titian.logistics.policy import may_drive_out
from titian.people.policy import coordinates

COMMAND = "titian.logistics.commands.journeys.expect"
MOST = 3


@dataclass(frozen=True, slots=True)
class Way:
    """One way to mend what the move breaks: who comes, and which cars."""

    cover: Mend | None
    cars: CarMend | None

    @property
    def data(self) -> list[object]:
        """What a person saw of it, for a hash."""
        return [
            [list(self.cover.changes), list(self.cover.gaps)] if self.cover else None,
            [swap.data for swap in self.cars.swaps] if self.cars else None,
        ]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a person sees before she says that the arrival moves.

    ``gathered`` is the cover as it would be, where hours of it can be filled.
    """

    breaks: Sequence[Break]
    ways: Sequence[Way]
    gathered: Gathered | None

    @property
    def seen(self) -> str:
        """One word for all of this: another one if anything were different."""
        told = [breaks_hash(self.breaks), [one.data for one in self.ways]]
        return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def moved(
    journey: Journey, expected_at: datetime, *, actor: Actor, at: datetime
) -> Outlook:
    """What the other hour breaks, and at most three ways to mend it; nothing is kept.

    A way is offered only to who may take it: the cover to a coordinator, the cars to
    the transport desk and a coordinator. Raises what ``journeys.expect`` raises.
    """
    arguments = {"journey_id": journey.pk, "expected_at": expected_at}
    change = Change(COMMAND, arguments, actor, at)
    open_before = open_hours(journey, at)
    passing = passing_on_the_way(journey, at)
    cars_before = drives(at, journey.event_id)
    found, (gathered, duties, cars_after) = trial(
        change, lambda: _after(journey, open_before, passing, actor, at)
    )
    cars: list[CarMend] = []
    if may_drive_out(actor, journey.event):
        garage = Garage(cars_before, cars_after, cars_of(journey.event))
        cars = mends(garage, at)
    return Outlook(found, _ways(duties, cars), gathered)


def _after(
    journey: Journey,
    open_before: Sequence[tuple[datetime, datetime]],
    passing: Passing | None,
    actor: Actor,
    at: datetime,
) -> tuple[Gathered | None, list[Mend], list[Drive]]:
    there = Journey.objects.select_related("event", "delegation__party", "hotel")
    moved_to = there.get(pk=journey.pk)
    gathered: Gathered | None = None
    duties: list[Mend] = []
    if coordinates(actor, journey.event):
        gathered, duties = fill(moved_to, open_before, at)
        later = passing_on_the_way(moved_to, at)
        known = passing.ends_at if passing else None
        if not duties and later is not None and later.ends_at != known:
            gathered, duties = one_face(moved_to, later, at)
    return gathered, duties, drives(at, journey.event_id)


def _ways(duties: Sequence[Mend], cars: Sequence[CarMend]) -> list[Way]:
    """Each way to be with them with each way to drive them, the smallest first."""
    if not duties and not cars:
        return []
    pairs = list(product(enumerate(duties or [None]), enumerate(cars or [None])))
    ranked = sorted(pairs, key=lambda pair: (pair[0][0] + pair[1][0], pair[0][0]))
    return [Way(cover, car) for (_n, cover), (_m, car) in ranked[:MOST]]
