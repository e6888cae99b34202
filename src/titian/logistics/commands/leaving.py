"""A delegation leaves early: rooms and cars are free, and the way home has an hour."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import clock, journal
from titian.kernel.actor import Actor
from titian.kernel.policy import require
from titian.logistics.commands.journeys import expect
from titian.logistics.models import Journey, Stay, Trip
from titian.logistics.policy import may_drive_out
from titian.logistics.rest import cars_after, departures_of, nights_after
from titian.people.models import Delegation


@dataclass(frozen=True, slots=True)
class Freed:
    """The stays shortened, the trips released, the ways home with a new hour."""

    stays: list[int]
    trips: list[int]
    journeys: list[int]


@transaction.atomic
def leave_early(
    delegation_id: int, leaves_at: datetime, *, actor: Actor, at: datetime, key: UUID
) -> Freed:
    """Shorten its stays, release its later cars, give its departure this hour.

    Without a departure on file there is one from now on, which the transport desk
    completes. Raises ``Forbidden`` unless the actor
    decides about cars, ``BadHour`` for an hour that is past.
    """
    rows = Delegation.objects.select_related("event", "party")
    delegation = rows.get(pk=delegation_id)
    require(
        may_drive_out(actor, delegation.event),
        _("Only the transport desk or a coordinator frees rooms and cars."),
    )
    stays = _shorten(delegation, leaves_at, actor=actor, at=at, key=key)
    trips = cars_after(delegation, leaves_at)
    freed = [one.pk for one in trips]
    Trip.objects.filter(pk__in=freed).delete()
    journeys = departures_of(delegation) or [_make(delegation, leaves_at)]
    for one in journeys:
        once = uuid5(key, f"journey:{one.pk}")
        expect(one.pk, leaves_at, actor=actor, at=at, key=once)
    return Freed(stays, freed, [one.pk for one in journeys])


def _shorten(
    delegation: Delegation,
    leaves_at: datetime,
    *,
    actor: Actor,
    at: datetime,
    key: UUID,
) -> list[int]:
    last = clock.local(delegation.event, leaves_at).date()
    found: list[Stay] = nights_after(delegation, last)
    for one in found:
        one.to_on = max(last, one.from_on) if one.from_on else last
        one.save(update_fields=["to_on"])
        journal.write(
            "stay.shortened",
            one,
            actor=actor,
            at=at,
            key=uuid5(key, f"stay:{one.pk}"),
            to_on=one.to_on.isoformat(),
        )
    return [one.pk for one in found]


def _make(delegation: Delegation, leaves_at: datetime) -> Journey:
    """A way home that nobody has planned yet."""
    return Journey.objects.create(
        event=delegation.event,
        delegation=delegation,
        code=f"{delegation.code[:14]}-OUT{delegation.journeys.count()}",
        kind=Journey.Kind.DEPARTURE,
        planned_at=leaves_at,
    )
