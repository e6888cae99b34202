"""Questions this room answers."""

from titian.kernel.questions import Break, Change


def broken_by(change: Change) -> tuple[Break, ...]:
    """What would no longer hold here."""
    return ()
