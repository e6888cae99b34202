"""What falls due in rules. Each handler first looks whether it is still wanted."""

from titian.kernel.models import Consequence
from titian.rules.commands.chasing import chase


def permit_due(owed: Consequence) -> None:
    """The last day to apply, or the day before the need, is over: somebody is asked."""
    chase(owed.entry.subject_id, at=owed.due_at, key=owed.key)
