"""What follows when a plan is wanted that takes minutes."""

from titian.foresight.commands.searching import look
from titian.kernel.consequences import renew
from titian.kernel.models import Consequence

LONG = ("titian.reactions.searches.look_for_the_cover",)
"""What takes minutes: the worker does it beside the rest, so that nobody waits."""


def look_for_the_cover(owed: Consequence) -> None:
    """Look for the plan as long as it was said, or until somebody stops it."""
    look(owed.entry.subject_id, is_mine=lambda: renew(owed), key=owed.key)
