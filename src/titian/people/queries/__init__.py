"""Questions people answer: who is it, who holds whom, who can be reached."""

from titian.people.queries.broken import broken_by
from titian.people.queries.carried import carried_by
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
    Window,
    gaps,
    guarded,
    holding,
    strip,
    without,
)
from titian.people.queries.links import links_in_force, may_have_links
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
from titian.people.queries.refusals import Refusal, refusals
from titian.people.queries.roster import LEAD, LEADER, PRIMARY, RELIEF, Called, Roster
from titian.people.queries.who import (
    NOBODY,
    account_at,
    by_link,
    guests,
    link_of,
    on_file,
    signed_in,
    speaker,
)

__all__ = [
    "LEAD",
    "LEADER",
    "NOBODY",
    "PRIMARY",
    "RELIEF",
    "Called",
    "Channel",
    "Gap",
    "GroupCount",
    "Kind",
    "LevelCount",
    "Page",
    "Refusal",
    "Roster",
    "Segment",
    "Window",
    "account_at",
    "broken_by",
    "by_link",
    "carried_by",
    "channel",
    "counts_by_level",
    "delegation_list",
    "engagements",
    "gaps",
    "guarded",
    "guests",
    "holding",
    "is_in_hours",
    "is_valid",
    "link_of",
    "links_in_force",
    "may_have_links",
    "members_by_group",
    "members_page",
    "on_file",
    "refusals",
    "registry",
    "search_people",
    "shown_officers",
    "signed_in",
    "speaker",
    "strip",
    "without",
]
