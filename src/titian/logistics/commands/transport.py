"""What the transport desk does with cars: another car for a trip, a car that stops."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.logistics.cars import Drive, drives
from titian.logistics.models import Trip, Vehicle
from titian.logistics.policy import may_drive_out


class Taken(ValueError):
    """The car is elsewhere in these hours or stands still; the argument says so."""


@transaction.atomic
def change_car(
    trip_id: int,
    vehicle_id: int,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Trip:
    """Another car drives this trip; who is to be met hears of it.

    Raises ``Forbidden`` unless the actor keeps the transport desk or coordinates,
    ``Taken`` if that car is at another place then or out of service.
    """
    if journal.replayed(key, "trip.changed", trip_id, actor=actor):
        return Trip.objects.get(pk=trip_id)

    trips = Trip.objects.select_for_update(of=("self",))
    trip = trips.select_related("event", "delegation").get(pk=trip_id)
    vehicle = _held(vehicle_id, trip.event_id)
    _require_transport(actor, trip.event)
    _require_free(trip, vehicle, at)
    before, trip.vehicle = trip.vehicle_id, vehicle
    trip.save(update_fields=["vehicle"])
    journal.write(
        "trip.changed",
        trip,
        actor=actor,
        at=at,
        key=key,
        before=before,
        vehicle=vehicle.pk,
    )
    return trip


@transaction.atomic
def take_out(
    vehicle_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Vehicle:
    """The car cannot drive from now on; its trips stay and are missed until changed.

    ``foresight.queries.breaks`` tells beforehand whom that leaves without. Raises
    ``Forbidden`` unless the actor keeps the transport desk or coordinates.
    """
    if journal.replayed(key, "vehicle.taken_out", vehicle_id, actor=actor):
        return Vehicle.objects.get(pk=vehicle_id)

    vehicle = _held(vehicle_id)
    _require_transport(actor, vehicle.event)
    if vehicle.out_since is None:
        vehicle.out_since = at
        vehicle.save(update_fields=["out_since"])
        journal.write("vehicle.taken_out", vehicle, actor=actor, at=at, key=key)
    return vehicle


@transaction.atomic
def bring_back(
    vehicle_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Vehicle:
    """The car drives again; raises ``Forbidden`` as ``take_out`` does."""
    if journal.replayed(key, "vehicle.brought_back", vehicle_id, actor=actor):
        return Vehicle.objects.get(pk=vehicle_id)

    vehicle = _held(vehicle_id)
    _require_transport(actor, vehicle.event)
    if vehicle.out_since is not None:
        vehicle.out_since = None
        vehicle.save(update_fields=["out_since"])
        journal.write("vehicle.brought_back", vehicle, actor=actor, at=at, key=key)
    return vehicle


def _held(vehicle_id: int, event_id: int | None = None) -> Vehicle:
    """The car, held for this transaction: two trips cannot both take it."""
    rows = Vehicle.objects.select_for_update(of=("self",)).select_related("event")
    if event_id is not None:
        rows = rows.filter(event=event_id)
    return rows.get(pk=vehicle_id)


def _require_transport(actor: Actor, event: Event) -> None:
    require(
        may_drive_out(actor, event),
        _("Only the transport desk or a coordinator decides about cars."),
    )


def _require_free(trip: Trip, vehicle: Vehicle, at: datetime) -> None:
    known = drives(at, trip.event_id)
    own = next((one for one in known if one.trip.pk == trip.pk), None)
    if vehicle.out_since is not None:
        raise Taken(_("%s is out of service.") % vehicle)
    if own is not None and any(_meets(own, one, vehicle) for one in known):
        raise Taken(_("%s is at another place in these hours.") % vehicle)


def _meets(own: Drive, other: Drive, vehicle: Vehicle) -> bool:
    """Whether the car's other drive lies in the hours of this one."""
    return (
        other.vehicle.pk == vehicle.pk
        and other.trip.pk != own.trip.pk
        and other.starts_at < own.ends_at
        and own.starts_at < other.ends_at
    )
