"""Questions people answer: who is it, who holds whom, who can be reached."""

from titian.people.queries.broken import broken_by
from titian.people.queries.channels import (
    Channel,
    channel,
    engagements,
    is_in_hours,
    is_valid,
    shown_officers,
)
from titian.people.queries.cover import (
    Gap,
    Kind,
    Segment,
    gaps,
    guarded,
    holding,
    strip,
)
from titian.people.queries.lists import (
    GroupCount,
    LevelCount,
    Page,
    counts_by_level,
    delegation_list,
    members_by_group,
    members_page,
    registry,
    search_people,
)
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
    "GroupCount",
    "Kind",
    "LevelCount",
    "Page",
    "Segment",
    "broken_by",
    "by_link",
    "channel",
    "counts_by_level",
    "delegation_list",
    "engagements",
    "gaps",
    "guarded",
    "holding",
    "is_in_hours",
    "is_valid",
    "link_of",
    "members_by_group",
    "members_page",
    "on_file",
    "registry",
    "search_people",
    "shown_officers",
    "signed_in",
    "speaker",
    "strip",
]
