"""What follows when the rundown moves."""

from contextlib import suppress
from datetime import datetime

from titian.foresight.commands import moves
from titian.kernel.actor import Kind
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Consequence


def ask_the_touched(owed: Consequence) -> None:
    """A feed moved an item: those whom it touches are asked, as a person would ask.

    A person saw beforehand what it breaks, and asked in the same act.
    """
    entry = owed.entry
    if entry.actor_kind != Kind.FEED:
        return
    with suppress(IllegalMove):  # started or cancelled since: nothing to ask
        moves.ask_about_activity(
            entry.subject_id,
            datetime.fromisoformat(entry.facts["before"]),
            at=entry.heard_at,
            key=owed.key,
        )
