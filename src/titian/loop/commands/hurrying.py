"""It is more urgent than it was taken for: raised by the asking side, never lowered."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.loop.commands.thread import hurried_timers, keep, locked
from titian.loop.models import Ask
from titian.loop.policy import can_be_hurried, is_with_the_guests


@transaction.atomic
def hurry(ask_id: int, *, actor: Actor, at: datetime, key: UUID | None = None) -> Ask:
    """Say that it is urgent: from now on every clock of it runs as fast as that.

    The hour promised to the guest stays. A team that has not taken it has it to hear
    anew. Raises ``Forbidden`` unless the actor is the guest or the officer,
    ``IllegalMove`` if it is urgent already, answered, over or merged.
    """
    ask = locked(ask_id)
    if journal.replayed(key, "ask.hurried", ask_id, actor=actor):
        return ask

    require(
        is_with_the_guests(actor, ask), _("Only the guest or the LO makes it urgent.")
    )
    if not can_be_hurried(ask):
        raise IllegalMove(f"cannot hurry what is {ask.urgency} and {ask.state}")
    ask.urgency = Ask.Urgency.URGENT
    owe = hurried_timers(ask, at)
    return keep(ask, "ask.hurried", actor=actor, at=at, key=key, owe=owe)
