"""What the guests bring that needs leave, and how each permit stands."""

from dataclasses import dataclass
from datetime import date

from titian.kernel.actor import Actor
from titian.people.models import Delegation
from titian.rules.models import Item, Permit
from titian.rules.permits import standing


@dataclass(frozen=True, slots=True)
class Brought:
    """One thing of theirs, its mark, and whether it can still be left at home."""

    permit: Permit
    tone: str
    may_leave: bool


def brought(delegation: Delegation, actor: Actor, on: date) -> dict[str, object]:
    """What the page shows of it, and the kinds that can be declared."""
    own = Permit.objects.visible_to(actor).filter(delegation=delegation)
    rows = [
        Brought(
            one,
            standing(one.state, one.needed_on, one.lead_days, on).value,
            one.state != Permit.State.WITHDRAWN,
        )
        for one in own
    ]
    return {"brought": rows, "kinds": Item.choices}
