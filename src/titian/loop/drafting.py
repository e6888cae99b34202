"""Which words a machine outside may read, and who may ask it."""

from titian import connector
from titian.kernel import sealing
from titian.kernel.actor import Actor
from titian.loop import routing
from titian.loop.models import Ask
from titian.loop.policy import is_of_the_hosts
from titian.people.policy import DRAWERS

S = Ask.State
OVER = frozenset({S.CLOSED, S.WITHDRAWN})
KEPT_IN = frozenset().union(*DRAWERS.values()) - DRAWERS["pay"] | {"PRS"}
"""Teams whose matters never leave: they keep the drawers, or speak to the press."""


def may_leave(ask: Ask) -> bool:
    """Whether the words of the request may be read by a machine outside.

    Never what is private, an emergency, forgotten, of a team that keeps a drawer, or
    what by its words would go to one: in doubt it stays.
    """
    if ask.is_private or ask.urgency == Ask.Urgency.EMERGENCY or not ask.words:
        return False
    if hasattr(ask, "incident") or sealing.is_destroyed(ask.said_by_id):
        return False
    return not KEPT_IN & _teams(ask)


def _teams(ask: Ask) -> set[str]:
    """Every team that has to do with it, or would have by its words."""
    named = [topic.team.code for topic in routing.named(ask)]
    informed = [team.code for team in ask.informed.all()]
    own = [ask.owner.code] if ask.owner else []
    topic = [ask.topic.team.code] if ask.topic else []
    return {*named, *informed, *own, *topic}


def wishes_of(actor: Actor, ask: Ask) -> list[str]:
    """What ``actor`` may wish for it; nothing while no machine is connected."""
    found = connector.wishes()
    if not found or ask.state in OVER or not is_of_the_hosts(actor, ask):
        return []
    return found if may_leave(ask) else []
