"""Closing what somebody has seen the reach of."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from titian.foresight.closures import closing
from titian.foresight.commands.moves import as_seen
from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.places import commands
from titian.places.commands import Closing
from titian.places.models import Closure


@transaction.atomic
def close(
    event_id: int,
    what: Closing,
    *,
    seen: str,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Closure:
    """Close a place or an area whose reach was looked at; the notice is yet to write.

    Raises ``WorldMovedOn`` if it would touch something else than what the person saw
    (``Outlook.seen``), and what ``places.commands.close`` raises.
    """
    if entry := journal.replayed(key, "closure.made", None, actor=actor):
        return Closure.objects.get(pk=entry.subject_id)

    as_seen(closing(event_id, what, actor=actor, at=at), seen)
    return commands.close(event_id, what, actor=actor, at=at, key=key)
