"""A car out of service: whom it leaves waiting, and the smallest ways to mend it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from titian.foresight.cars import CarMend, Garage, cars_of, mends
from titian.foresight.queries import breaks_hash, standing, trial
from titian.kernel.actor import Actor
from titian.kernel.questions import Break, Change
from titian.logistics.cars import Drive, drives
from titian.logistics.models import Trip, Vehicle

COMMAND = "titian.logistics.commands.transport.take_out"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a person sees before she says that the car cannot drive."""

    breaks: Sequence[Break]
    ways: Sequence[CarMend]

    @property
    def seen(self) -> str:
        """One word for all of this: another one if anything were different."""
        ways = [[swap.data for swap in one.swaps] for one in self.ways]
        told = [breaks_hash(self.breaks), ways]
        return sha256(json.dumps(told).encode()).hexdigest()


def stopping(vehicle_id: int, *, actor: Actor, at: datetime) -> Change:
    """The change that takes the car out of service, to be tried before it is made."""
    return Change(COMMAND, {"vehicle_id": vehicle_id}, actor, at)


def without_car(vehicle: Vehicle, *, actor: Actor, at: datetime) -> Outlook:
    """What breaks without the car, and at most three ways to mend it; nothing is kept.

    Of a car that stands still already: what is still promised with it. Raises what
    ``transport.take_out`` raises.
    """
    change = stopping(vehicle.pk, actor=actor, at=at)
    before = _as_promised(vehicle, drives(at, vehicle.event_id))
    found, (after, cars) = trial(
        change, lambda: (drives(at, vehicle.event_id), cars_of(vehicle.event))
    )
    garage = Garage(before, after, cars)
    if vehicle.out_since is not None:
        found = _still_missed(change, garage.troubled(at))
    return Outlook(found, mends(garage, at))


def _as_promised(vehicle: Vehicle, known: list[Drive]) -> list[Drive]:
    """The drives as if the car could drive: read anew, and not to be saved."""
    for one in known:
        if one.vehicle.pk == vehicle.pk:
            one.vehicle.out_since = None
    return known


def _still_missed(change: Change, trips: set[int]) -> tuple[Break, ...]:
    kind = Trip._meta.label_lower
    return tuple(
        one
        for one in sorted(standing(change))
        if one.subject_kind == kind and one.subject_id in trips
    )
