"""What can be done about places: bring them in, measure the ways, close them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.kernel.registering import Batch, Row, merge, registers
from titian.places.models import Closure, Place, TravelTime


class BadHours(ValueError):
    """The hours or words of a closure make no sense; its argument is a sentence."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What is closed, from when to when, and what people do instead."""

    what_en: str
    starts_at: datetime
    ends_at: datetime
    place_id: int | None = None
    area: str = ""
    what_id: str = ""
    instead_en: str = ""
    instead_id: str = ""
    reason_en: str = ""
    reason_id: str = ""
    is_exercise: bool = False


@transaction.atomic
def close(
    event_id: int,
    closing: Closing,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Closure:
    """Say that a place or an area cannot be used; nobody is told by this alone.

    Raises ``Forbidden`` unless the actor keeps the event's lists, ``BadHours`` if it
    ends before it starts, is nowhere or nothing.
    """
    event = Event.objects.get(pk=event_id)
    if entry := journal.replayed(key, "closure.made", None, actor=actor):
        return Closure.objects.get(pk=entry.subject_id)

    _require_keeper(actor, event)
    if closing.ends_at <= closing.starts_at:
        raise BadHours(_("A closure ends after it starts."))
    if closing.place_id is None and not closing.area:
        raise BadHours(_("Say which place or which area is closed."))
    if not (closing.what_en or closing.what_id):
        raise BadHours(_("Say in a few words what is closed."))
    made = Closure.objects.create(event=event, **asdict(closing))
    journal.write("closure.made", made, actor=actor, at=at, key=key)
    return made


@transaction.atomic
def lift(
    closure_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Closure:
    """Say that it is open again before its end; ``IllegalMove`` if it is already."""
    closures = Closure.objects.select_for_update(of=("self",)).select_related("event")
    closure = closures.get(pk=closure_id)
    if journal.replayed(key, "closure.lifted", closure_id, actor=actor):
        return closure

    _require_keeper(actor, closure.event)
    if closure.lifted_at is not None:
        raise IllegalMove("cannot lift what is open")
    closure.lifted_at = at
    closure.save()
    journal.write("closure.lifted", closure, actor=actor, at=at, key=key)
    return closure


def _require_keeper(actor: Actor, event: Event) -> None:
    rule = import_string(settings.REGISTRATION_RULE)
    require(rule(actor, event), _("Only a coordinator closes a place."))


@registers("places.registered")
def register_places(event: Event, rows: Sequence[Row]) -> Batch:
    """Places of the office, one for each code; the next event finds them again."""
    return merge(Place.objects.all(), rows, key=("code",))[1]


@registers("ways.registered")
def register_travel_times(event: Event, rows: Sequence[Row]) -> Batch:
    """How long the ways take: one row for each way and condition."""
    key = ("origin_id", "destination_id", "condition")
    return merge(TravelTime.objects.all(), rows, key=key)[1]
