"""What follows in the lists that came in, when a person is erased."""

from titian.exchange import commands
from titian.kernel.models import Consequence


def forget_words(owed: Consequence) -> None:
    """Rows, refused rows and the original of every list that brought the person in."""
    commands.forget_words_of(owed.entry.subject_id, at=owed.entry.said_at)
