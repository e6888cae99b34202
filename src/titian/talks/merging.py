"""What goes over when two parties merge: seen before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from titian.kernel.actor import Actor
from titian.people.models import Delegation
from titian.talks.models import Agreement, Deliverable, Paper


@dataclass(frozen=True, slots=True)
class Moving:
    """What the heir takes over, as far as the reader may see it."""

    papers: Sequence[Paper]
    agreements: Sequence[Agreement]
    owed: int


def moving(gone: Delegation, heir: Delegation, *, actor: Actor) -> Moving:
    """What of ``gone`` would be the heir's too, or instead, without changing a row.

    A document the reader may not see is neither named nor counted.
    """
    seen = Paper.objects.visible_to(actor).filter(parties=gone)
    agreements = Agreement.objects.visible_to(actor).filter(delegation=gone)
    lines = Deliverable.objects.filter(agreement__in=agreements)
    return Moving(
        list(seen.exclude(parties=heir).order_by("number")),
        list(agreements.order_by("code")),
        lines.unmet().count(),
    )
