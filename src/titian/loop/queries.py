"""Questions this room answers."""

from datetime import datetime

from titian.kernel.questions import Break, Carried, Change


def broken_by(change: Change) -> tuple[Break, ...]:
    """What would no longer hold here."""
    return ()


def carried_by(officer_id: int, at: datetime) -> tuple[Carried, ...]:
    """What the officer holds here."""
    return ()
