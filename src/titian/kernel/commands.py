"""What can be done to an event itself: open it, set its rehearsal clock."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import clock, journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.models import Event, Source
from titian.kernel.policy import require
from titian.kernel.registering import Batch, Row, merge, registers, require_registrar


class RealClock(ValueError):
    """The event runs on the world's time, and nobody turns that."""


@transaction.atomic
def open_event(
    code: str,
    traits: Mapping[str, Any],
    *,
    reads: datetime | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Event:
    """A new event; with ``reads``, on a rehearsal clock that stands still there.

    Raises ``Forbidden`` unless the house itself opens it, ``IntegrityError`` if the
    code is taken.
    """
    if entry := journal.replayed(key, "event.opened", None, actor=actor):
        return Event.objects.get(pk=entry.subject_id)

    require(actor == HOUSE, _("Only the house itself opens an event."))
    event = Event(code=code, **traits)
    if reads is not None:
        event.set_clock(reads=reads, speed=0, real=clock.real_time())
    event.save()
    journal.write("event.opened", event, actor=actor, at=at, key=key)
    return event


@transaction.atomic
def set_clock(
    event_id: int,
    reads: datetime,
    speed: float,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Event:
    """Let a rehearsal's time read ``reads`` now and run on at ``speed``; 0 pauses it.

    Nothing that happened is rewritten. Raises ``Forbidden`` unless the actor is a
    coordinator or the house, ``RealClock`` for an event that is not a rehearsal.
    """
    if journal.replayed(key, "clock.set", event_id, actor=actor):
        return Event.objects.get(pk=event_id)

    event = Event.objects.select_for_update().get(pk=event_id)
    require_registrar(actor, event)
    _turn(event, reads, speed)
    journal.write(
        "clock.set",
        event,
        actor=actor,
        at=at,
        key=key,
        reads=reads.isoformat(),
        speed=speed,
    )
    return event


def wind(event: Event, reads: datetime) -> None:
    """Let the still clock of an event that is being loaded read ``reads``.

    This is no act: it happens inside the transaction that makes the event, before
    anybody can see it, so that what its history tells is heard when it was said.
    """
    _turn(event, reads, 0)


@registers("sources.registered")
def register_sources(event: Event, rows: Sequence[Row]) -> Batch:
    """Where reported facts come from, one for each key."""
    return merge(Source.objects.all(), rows, key=("key",))[1]


def _turn(event: Event, reads: datetime, speed: float) -> None:
    if not event.is_rehearsal:
        raise RealClock(event.code)
    event.set_clock(reads=reads, speed=speed, real=clock.real_time())
    event.save(update_fields=["clock_set_at", "clock_reads", "clock_speed"])
