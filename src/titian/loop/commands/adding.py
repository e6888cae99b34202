"""More words of the asking side on a matter that is open already."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.loop import saying
from titian.loop.commands.thread import locked
from titian.loop.models import Ask
from titian.loop.policy import is_asking_side
from titian.people.queries import speaker

OVER = frozenset({Ask.State.CLOSED, Ask.State.WITHDRAWN})


@transaction.atomic
def add(
    ask_id: int, words: str, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Ask:
    """Say more on the same matter: the first words stay as they were said.

    Changes nothing of the state: whoever has the matter hears of it. Raises
    ``Forbidden`` unless the actor is of the asking side, ``IllegalMove`` if the ask is
    over, ``Empty`` without words.
    """
    ask = locked(ask_id)
    if journal.replayed(key, "ask.added", ask_id, actor=actor):
        return ask

    require(is_asking_side(actor, ask), _("Only a guest adds words, or the LO."))
    if ask.state in OVER:
        raise IllegalMove(f"cannot add to what is {ask.state}")
    journal.write(
        "ask.added",
        ask,
        actor=actor,
        at=at,
        key=key,
        about=speaker(actor).pk,
        sealed={"words": saying.some(words)},
    )
    return ask
