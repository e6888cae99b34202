"""Things taken into custody, given back, and passed on in a hand-over."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.logistics.models import Holding
from titian.people.models import Delegation, Person
from titian.people.policy import accompanies, coordinates
from titian.people.queries import speaker

MOST = 999
LONGEST = 120
LONGEST_TAG = 60


class HeldAlready(IllegalMove):
    """Somebody has it; the argument is the sentence that says who, by which receipt."""


class NoThing(ValueError):
    """What is taken is nothing that can be kept; the argument is a sentence."""


@transaction.atomic
def take(
    delegation_id: int,
    kind: str,
    label: str = "",
    count: int = 1,
    tag: str = "",
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Holding:
    """The officer takes a thing of the delegation; its code is the receipt.

    With a ``tag`` it is the one thing that carries it. Raises ``Forbidden`` for
    anybody but one of its officers on her own word, ``NoThing`` for a kind, a count or
    a label that cannot be, ``HeldAlready`` if somebody has what carries the tag.
    """
    if entry := journal.replayed(key, "holding.taken", None, actor=actor):
        return Holding.objects.get(pk=entry.subject_id)

    delegation = Delegation.objects.select_related("event").get(pk=delegation_id)
    require(
        actor.on_word_of is None and accompanies(actor, delegation),
        _("Only an LO of this delegation takes its things into custody."),
    )
    if kind not in Holding.Kind or not 0 < int(count) <= MOST or len(label) > LONGEST:
        raise NoThing(_("Say what it is, and how many."))
    read = _read(tag)
    _require_free(delegation, read)
    taken = Holding.objects.create(
        event=delegation.event,
        delegation=delegation,
        kind=kind,
        label=label.strip(),
        tag=read,
        count=int(count),
        holder=speaker(actor),
        taken_at=at,
    )
    taken.code = f"R-{taken.pk:04}"
    taken.save(update_fields=["code"])
    return _enter(taken, "holding.taken", actor=actor, at=at, key=key)


@transaction.atomic
def give_back(
    holding_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Holding:
    """It is with its owner or its desk again.

    Raises ``Forbidden`` unless the actor has it or coordinates, ``IllegalMove`` if it
    was given back before.
    """
    back = _held(holding_id)
    if journal.replayed(key, "holding.given_back", holding_id, actor=actor):
        return back
    own = actor.on_word_of is None and actor.person_id == back.holder_id
    require(own or coordinates(actor, back.event), _("Only who has it gives it back."))
    back.state = Holding.machine.after(back.state, "give_back")
    back.returned_at = at
    back.save()
    return _enter(back, "holding.given_back", actor=actor, at=at, key=key)


@transaction.atomic
def give_back_scanned(
    delegation_id: int,
    tag: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Holding:
    """What carries the tag is given back: scanned, perhaps before its receipt is known.

    Raises what ``give_back`` raises, and ``NoThing`` if nothing held for the
    delegation carries it.
    """
    held = Holding.objects.filter(delegation=delegation_id, tag=_read(tag) or None)
    if entry := journal.replayed(key, "holding.given_back", None, actor=actor):
        return held.get(pk=entry.subject_id)
    found = held.filter(state=Holding.State.HELD).first()
    if found is None:
        raise NoThing(_("Nothing that is held for them carries “%s”.") % tag.strip())
    return give_back(found.pk, actor=actor, at=at, key=key)


@transaction.atomic
def pass_on(delegation_id: int, before: Person, after: Person, *, at: datetime) -> int:
    """All that the one held for them is the other's: they counted it together.

    Gives how many things; a second time there is nothing left to pass.
    """
    held = Holding.objects.select_related("event").filter(
        delegation=delegation_id, holder=before, state=Holding.State.HELD
    )
    found = list(held.select_for_update(of=("self",)).order_by("pk"))
    for one in found:
        one.holder, one.taken_at = after, at
        one.save(update_fields=["holder", "taken_at"])
        _enter(one, "holding.passed_on", actor=HOUSE, at=at, key=None, before=before.pk)
    return len(found)


def _read(tag: str) -> str:
    """As it is compared: without the spaces and the case of who typed it."""
    read = "".join(tag.split()).upper()
    if len(read) > LONGEST_TAG:
        raise NoThing(_("This code is too long to be one of a thing."))
    return read


def _require_free(delegation: Delegation, tag: str) -> None:
    if not tag:
        return
    held = Holding.objects.filter(
        event=delegation.event_id, tag=tag, state=Holding.State.HELD
    )
    found = held.select_related("holder").first()
    if found is not None:
        told = {"tag": tag, "who": found.holder.display, "receipt": found.code}
        raise HeldAlready(_("%(who)s has %(tag)s, receipt %(receipt)s.") % told)


def _held(holding_id: int) -> Holding:
    rows = Holding.objects.select_related("event")
    return rows.select_for_update(of=("self",)).get(pk=holding_id)


def _enter(
    row: Holding,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    **facts: Any,
) -> Holding:
    journal.write(
        verb,
        row,
        actor=actor,
        at=at,
        key=key,
        state=row.state,
        holder=row.holder_id,
        count=row.count,
        **facts,
    )
    return row
