"""In which order flags stand, and the rule that says so. Pure: no Django."""

from collections.abc import Sequence
from enum import StrEnum


class FlagRule(StrEnum):
    """How the order of the flags at a meeting is found."""

    ALPHABETICAL = "alphabetical"
    CALLER_RIGHT = "caller_right"
    GUEST_RIGHT = "guest_right"
    WRITTEN = "written"


def flags_in_order(
    rule: str, caller: str, guest: str, written: str = ""
) -> Sequence[str]:
    """The flags from left to right, as one who faces them sees them.

    ``caller`` is the side that hosts the meeting. What stands on the right as seen from
    behind the flags is on the left for whoever faces them. ``written`` is the order
    protocol wrote down, with commas between; it counts for ``WRITTEN`` only.

    >>> flags_in_order("alphabetical", "Selaya", "Arunika")
    ['Arunika', 'Selaya']
    >>> flags_in_order("caller_right", "Selaya", "Arunika")
    ['Selaya', 'Arunika']
    """
    if rule == FlagRule.WRITTEN:
        return [name.strip() for name in written.split(",") if name.strip()]
    if rule == FlagRule.CALLER_RIGHT:
        return [caller, guest]
    if rule == FlagRule.GUEST_RIGHT:
        return [guest, caller]
    return sorted([caller, guest], key=str.casefold)
