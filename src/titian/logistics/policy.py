"""Who may tell how a journey goes."""

from titian.kernel.actor import Actor, Kind
from titian.kernel.models import Event
from titian.logistics.models import Journey
from titian.people.policy import accompanies, keeps

TRANSPORT, LODGING = "TRN", "ACM"


def may_report(actor: Actor, journey: Journey) -> bool:
    """The delegation's officer, the transport desk, a coordinator, a feed."""
    return may_call_off(actor, journey) or accompanies(actor, journey.delegation)


def may_call_off(actor: Actor, journey: Journey) -> bool:
    """The transport desk, a coordinator, a feed."""
    return actor.kind == Kind.FEED or keeps(actor, journey.event, TRANSPORT)


def may_drive_out(actor: Actor, event: Event) -> bool:
    """Who decides which car drives whom: the transport desk, a coordinator."""
    return keeps(actor, event, TRANSPORT)


def may_house(actor: Actor, event: Event) -> bool:
    """Who decides who sleeps where: the accommodation team, a coordinator."""
    return keeps(actor, event, LODGING)
