"""What follows a guest's word about how it was."""

from titian.kernel.models import Consequence
from titian.loop.commands import feedback, forgetting


def look_after_it(owed: Consequence) -> None:
    """An unhappy guest is an ask at once; a happy one is good to know."""
    feedback.recover(owed.entry.subject_id, at=owed.entry.heard_at, key=owed.key)


def forget_words(owed: Consequence) -> None:
    """A person was erased: her words in steps, incidents and lessons go as well."""
    forgetting.forget_words_of(owed.entry.subject_id, at=owed.entry.said_at)
