"""Putting an item elsewhere, or at another hour, as somebody has seen it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.foresight.commands.moves import ask_touched
from titian.foresight.elsewhere import outlook
from titian.foresight.errors import WorldMovedOn
from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.places.models import Place
from titian.programme.commands import activities
from titian.programme.models import Activity


@transaction.atomic
def put_item(
    activity_id: int,
    place_id: int,
    starts_at: datetime,
    *,
    seen: str,
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Activity:
    """The item is expected there and then; whom that touches is asked to confirm.

    Raises ``WorldMovedOn`` if it would break something else than what the person saw
    (``Outlook.seen``), and what ``activities.relocate`` raises; then nothing is kept.
    """
    if journal.replayed(key, "activity.moved", activity_id, actor=actor):
        return Activity.objects.get(pk=activity_id)

    # held first: of two who want the hall, the second sees that it is taken
    place = Place.objects.select_for_update().get(pk=place_id)
    rows = Activity.objects.select_for_update(of=("self",)).select_related("event")
    found = outlook(rows.get(pk=activity_id), place, starts_at, actor=actor, at=at)
    if found.seen != seen:
        raise WorldMovedOn(
            _("The world has moved on since you looked. This is how it stands now.")
        )
    item = activities.relocate(
        activity_id, place_id, starts_at, reason=reason, actor=actor, at=at, key=key
    )
    ask_touched(item, found.breaks, actor=actor, at=at, key=key)
    return item
