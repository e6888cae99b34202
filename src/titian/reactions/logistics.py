"""What follows when a journey moves."""

from contextlib import suppress
from datetime import datetime

from titian.foresight.commands import moves
from titian.kernel.actor import Kind
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Consequence


def ask_the_touched(owed: Consequence) -> None:
    """A feed moved an arrival: those whom it touches are asked, as a person would ask.

    A person saw beforehand what it breaks, and asked in the same act.
    """
    entry = owed.entry
    before = entry.facts.get("before")
    if entry.actor_kind != Kind.FEED or not before:
        return
    with suppress(IllegalMove):  # landed or called off since: nothing to ask
        moves.ask_about_arrival(
            entry.subject_id,
            datetime.fromisoformat(before),
            at=entry.heard_at,
            key=owed.key,
        )
