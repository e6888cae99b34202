"""Asking those whom a change touches, and taking their word that it is seen."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.kernel.questions import Break
from titian.loop.models import Confirmation
from titian.loop.policy import may_confirm

LOUDER_AFTER = timedelta(minutes=5)
LOUDEST = 3
STILL_UNCONFIRMED = "titian.loop.timers.still_unconfirmed"


@transaction.atomic
def ask_for(
    event_id: int,
    delegation_id: int,
    change: str,
    breaks: Iterable[Break],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> list[Confirmation]:
    """One confirmation for each thing a change would break, of whoever owns it.

    What was asked before about the same change and not yet confirmed is superseded.
    The right to make the change itself is the calling command's to check.
    """
    first = uuid5(key, "0") if key else None
    if entry := journal.replayed(first, "confirmation.asked", None, actor=actor):
        asked = Confirmation.objects.filter(event=event_id, change=change)
        return list(asked.filter(asked_at=entry.said_at).order_by("pk"))

    Confirmation.objects.filter(
        event=event_id, change=change, confirmed_at=None, superseded_at=None
    ).update(superseded_at=at)
    return [
        _ask(
            Confirmation(
                event_id=event_id,
                delegation_id=found.concerns_id or delegation_id,
                change=change,
                subject_kind=found.subject_kind,
                subject_id=found.subject_id,
                sentence_en=found.sentence[:300],
                sentence_id=found.sentence_id[:300],
                level=found.level,
                owner_team_id=found.owner_team_id,
                owner_person_id=found.owner_person_id,
                asked_at=at,
                by=found.by,
            ),
            actor=actor,
            at=at,
            key=uuid5(key, str(number)) if key else None,
        )
        for number, found in enumerate(breaks)
    ]


@transaction.atomic
def confirm(
    confirmation_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Confirmation:
    """Say that the change is seen and dealt with; twice is once.

    Raises ``Forbidden`` unless the actor was asked, or coordinates; ``IllegalMove`` if
    a later change has taken its place.
    """
    asked = Confirmation.objects.select_for_update().get(pk=confirmation_id)
    if journal.replayed(key, "confirmation.given", confirmation_id, actor=actor):
        return asked

    require(may_confirm(actor, asked), _("Only who was asked confirms it."))
    if asked.superseded_at is not None:
        raise IllegalMove("cannot confirm what is superseded")
    if asked.confirmed_at is None:
        asked.confirmed_at, asked.confirmed_by_id = at, actor.person_id
        asked.save()
        journal.write("confirmation.given", asked, actor=actor, at=at, key=key)
    return asked


@transaction.atomic
def louder(confirmation_id: int, *, at: datetime, key: UUID) -> None:
    """Still unconfirmed: one step louder, and again until it is as loud as can be."""
    if journal.replayed(key, "confirmation.louder", confirmation_id, actor=HOUSE):
        return
    asked = Confirmation.objects.select_for_update().get(pk=confirmation_id)
    if asked.confirmed_at is not None or asked.superseded_at is not None:
        return
    asked.loudness = min(asked.loudness + 1, LOUDEST)
    asked.save(update_fields=["loudness"])
    again = [(STILL_UNCONFIRMED, at + LOUDER_AFTER)]
    journal.write(
        "confirmation.louder",
        asked,
        actor=HOUSE,
        at=at,
        key=key,
        owe=again if asked.loudness < LOUDEST else [],
        loudness=asked.loudness,
    )


def _ask(
    asked: Confirmation, *, actor: Actor, at: datetime, key: UUID | None
) -> Confirmation:
    asked.save()
    journal.write(
        "confirmation.asked",
        asked,
        actor=actor,
        at=at,
        key=key,
        owe=[(STILL_UNCONFIRMED, at + LOUDER_AFTER)],
        change=asked.change,
    )
    return asked
