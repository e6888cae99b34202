"""Questions people answer: who is it, who holds whom, who can be reached."""

from titian.kernel.questions import Break, Change
from titian.people.queries.channels import (
    Channel,
    channel,
    is_in_hours,
    is_valid,
)
from titian.people.queries.cover import Gap, gaps, guarded, holding
from titian.people.queries.lists import members_page, registry, search_people
from titian.people.queries.who import (
    NOBODY,
    by_link,
    link_of,
    on_file,
    signed_in,
    speaker,
)

__all__ = [
    "NOBODY",
    "Channel",
    "Gap",
    "broken_by",
    "by_link",
    "channel",
    "gaps",
    "guarded",
    "holding",
    "is_in_hours",
    "is_valid",
    "link_of",
    "members_page",
    "on_file",
    "registry",
    "search_people",
    "signed_in",
    "speaker",
]


def broken_by(change: Change) -> tuple[Break, ...]:
    """Nothing of its own yet: hours without an officer are told by logistics."""
    return ()
