"""Who may keep the rundown."""

from titian.kernel.actor import Actor, Kind
from titian.kernel.models import Event
from titian.people.policy import keeps

PROTOCOL, VENUE = "PRO", "VEN"


def may_keep(actor: Actor, event: Event) -> bool:
    """Protocol, the venue team, a coordinator, a feed."""
    return (
        actor.kind == Kind.FEED
        or keeps(actor, event, PROTOCOL)
        or keeps(actor, event, VENUE)
    )
