"""Cars that cannot keep their trips: at most three ways to mend it, with reasons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from titian.foresight.errors import NotSound
from titian.foresight.gather.trips import Gathered, gather
from titian.foresight.sentences import TRIP_RULES
from titian.kernel.models import Event
from titian.logistics.cars import Drive, in_trouble
from titian.logistics.models import Vehicle
from titian.planning import trips
from titian.planning.check.trips import violations

MOST = 3


@dataclass(frozen=True, slots=True)
class Swap:
    """One trip that another car drives, and why that one."""

    drive: Drive
    car: Vehicle
    reason: trips.Reason
    is_bystander: bool = False
    """Whether nothing of theirs had changed: they are told for others' sake."""

    @property
    def data(self) -> list[Any]:
        """What a person saw of it, for a hash."""
        return [self.drive.trip.pk, self.car.pk, self.drive.starts_at.isoformat()]

    @property
    def why(self) -> str:
        """Why the former car cannot, and how many others could have come instead."""
        named = {"vehicle": self.drive.vehicle, "request": self.drive.trip.delegation}
        rule = dict(self.reason.ruled_out).get(self.drive.vehicle.plate)
        told = [str(TRIP_RULES[rule]) % named] if rule in TRIP_RULES else []
        if self.drive.vehicle.out_since is not None:
            told = [_("%s is out of service.") % self.drive.vehicle]
        told.append(_others(len(self.reason.eligible)))
        return " ".join(told)


def _others(count: int) -> str:
    if not count:
        return _("No other car could come.")
    return ngettext(
        "%(count)d other car could come instead.",
        "%(count)d other cars could come instead.",
        count,
    ) % {"count": count}


@dataclass(frozen=True, slots=True)
class CarMend:
    """One way: who is driven by another car, and how heavy it is to tell them."""

    swaps: tuple[Swap, ...]
    burden: float


@dataclass(frozen=True, slots=True)
class Garage:
    """What the cars promise before and after a change, and which may be asked."""

    before: Sequence[Drive]
    after: Sequence[Drive]
    cars: Sequence[Vehicle]

    def troubled(self, at: datetime) -> set[int]:
        """The trips that go wrong by the change."""
        return in_trouble(self.after, at) - in_trouble(self.before, at)


def cars_of(event: Event) -> list[Vehicle]:
    """The cars with a driver, by plate."""
    rows = event.vehicles.exclude(driver=None).select_related("driver")
    return list(rows.order_by("plate"))


def mends(garage: Garage, at: datetime) -> list[CarMend]:
    """At most three ways to drive all of them; cars of the promised class first.

    Raises ``NotSound`` if a way does not pass the check, so that none is shown.
    """
    hit = garage.troubled(at)
    if not hit:
        return []
    for of_any_class in (False, True):
        day = gather(
            garage.cars, garage.before, garage.after, hit, at, of_any_class=of_any_class
        )
        found = list(_mends(day))
        if found:
            return found[:MOST]
    return []


def _mends(day: Gathered) -> Iterator[CarMend]:
    """Only what leaves nobody waiting, and passes the check."""
    for one in trips.repair(day.problem, day.published, now=day.now, options=MOST):
        if one.plan.unserved:
            continue
        if one.ring != "none" and violations(day.problem, one.plan, told=one.burden):
            raise NotSound((_("The cars' plan does not pass the check."),))
        swaps = tuple(_swaps(day, one))
        if swaps:
            yield CarMend(swaps, one.burden)


def _swaps(day: Gathered, found: trips.Repair) -> Iterator[Swap]:
    for trip in found.plan.trips:
        for stop in trip.stops:
            drive = day.drives[stop.request]
            if stop.is_pickup and drive.vehicle.plate != trip.vehicle:
                yield Swap(
                    drive,
                    day.vehicles[trip.vehicle],
                    trips.why(day.problem, found.plan, stop.request),
                    stop.request in found.told,
                )
