"""A handler's word that it could not do its work yet."""

from datetime import timedelta


class Postponed(Exception):
    """The handler could not do it yet. With ``after``, no attempt is spent on it."""

    def __init__(self, *said: str, after: timedelta | None = None) -> None:
        super().__init__(*said)
        self.after = after
