"""A phone wants to be told, or does not any more."""

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from titian.briefing import reaching
from titian.briefing.models import Device, Preference, Tiding
from titian.kernel import clock, journal
from titian.kernel.actor import HOUSE, Actor, Kind
from titian.kernel.policy import require
from titian.people.models import Person
from titian.people.queries import speaker

LONGEST = 1000


class NoDevice(ValueError):
    """What the browser gave leads nowhere; its argument is a sentence."""


@transaction.atomic
def subscribe(
    person_id: int,
    *,
    endpoint: str,
    p256dh: str,
    auth: str,
    name: str = "",
    language: str = "id",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Device:
    """Tell this person on this browser from now on; the same browser twice is once.

    Somebody else's subscription of the same browser ends. Raises ``Forbidden`` for
    anybody but the person herself, signed in; ``NoDevice`` while push is off, or if the
    endpoint belongs to no push service that the house knows.
    """
    _require_own(person_id, actor)
    person = speaker(actor)
    if entry := journal.replayed(key, "device.subscribed", None, actor=actor):
        return Device.objects.get(pk=entry.subject_id)

    made_with = reaching.push_key()
    if not made_with:
        raise NoDevice(_("This house does not tell phones: push is switched off."))
    if len(endpoint) > LONGEST or not reaching.is_trusted(endpoint):
        raise NoDevice(
            _("This browser's push service is not one that the house knows.")
        )
    mark = reaching.mark_of(endpoint)
    for one in Device.objects.in_use().select_for_update().filter(mark=mark):
        _end(one, Device.End.OTHER)
    device = Device.objects.create(
        person=person,
        name=" ".join(name.split())[:60],
        address={
            "endpoint": endpoint,
            "keys": {"p256dh": p256dh[:200], "auth": auth[:60]},
            "language": language[:2],
        },
        mark=mark,
        made_with=made_with,
        made_at=clock.real_time(),
    )
    _prefer(person)
    journal.write("device.subscribed", device, actor=actor, at=at, key=key)
    return device


@transaction.atomic
def unsubscribe(
    device_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Device:
    """Stop telling the person there; twice is once.

    Raises ``Forbidden`` for anybody but the person herself, signed in.
    """
    device = Device.objects.select_for_update().get(pk=device_id)
    _require_own(device.person_id, actor)
    if journal.replayed(key, "device.ended", device_id, actor=actor):
        return device
    if device.ended_at is None:
        _end(device, Device.End.STOPPED)
        journal.write(
            "device.ended", device, actor=actor, at=at, key=key, by=device.ended_by
        )
    return device


@transaction.atomic
def end_gone(address: str) -> None:
    """The push service says that the browser has left: nothing more goes there."""
    for device in _at(address).select_for_update():
        _end(device, Device.End.GONE)
        at = clock.real_time()
        journal.write("device.ended", device, actor=HOUSE, at=at, by=device.ended_by)


def note_used(address: str) -> None:
    """The push service took something for it."""
    _at(address).update(used_at=clock.real_time())


def forget(person_id: int) -> None:
    """A person is erased: her phones are not known any more, nor what they rang for."""
    Device.objects.filter(person=person_id).delete()
    Tiding.objects.filter(person=person_id).delete()


def _at(address: str) -> QuerySet[Device]:
    endpoint = str(json.loads(address).get("endpoint", ""))
    return Device.objects.in_use().filter(mark=reaching.mark_of(endpoint))


def _require_own(person_id: int, actor: Actor) -> None:
    own = actor.on_word_of is None and actor.person_id == person_id
    require(
        own and actor.kind == Kind.PERSON,
        _("Each says for herself how she is reached."),
    )


def _prefer(person: Person) -> None:
    """She has just asked for it: it goes before what she asked for earlier."""
    row = Preference.objects.filter(person=person).first()
    if row is not None:
        rest = [kind for kind in row.channels if kind != reaching.PUSH]
        row.channels = [reaching.PUSH, *rest]
        row.save()


def _end(device: Device, how: Device.End) -> None:
    device.ended_at, device.ended_by = clock.real_time(), how
    device.address = {}
    device.save()
