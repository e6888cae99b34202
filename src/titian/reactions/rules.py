"""What follows for questions and permits when something happened elsewhere."""

from titian.kernel.models import Consequence
from titian.rules.commands.chasing import forget_words_of


def forget_words(owed: Consequence) -> None:
    """A person was erased: what she asked and declared in words is emptied too."""
    forget_words_of(owed.entry.subject_id, at=owed.entry.said_at)
