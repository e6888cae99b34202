"""Bilaterals on the phone: what waits for her side, answered and confirmed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from titian.kernel.actor import Actor
from titian.people.models import Delegation
from titian.talks.commands import bilaterals, hours
from titian.talks.commands.bilaterals import Wanted
from titian.talks.models import Bilateral, Wish
from titian.talks.models.bilateral import LONGEST_MINUTES, SLOT_MINUTES

LENGTHS = list(range(SLOT_MINUTES, LONGEST_MINUTES + 1, SLOT_MINUTES))


def counter(
    bilateral_id: int,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
    **wanted: Any,
) -> Bilateral:
    """``bilaterals.counter``, of the last wish with what is said to be otherwise."""
    row = Bilateral.objects.get(pk=bilateral_id)
    same = {name: getattr(row.wish, name) for name in Wanted.__dataclass_fields__}
    wish = Wanted(**{**same, **wanted})
    return bilaterals.counter(bilateral_id, wish, actor=actor, at=at, key=key)


COMMANDS: dict[str, tuple[str, Callable[..., object]]] = {
    "bilateral.counter": ("bilateral", counter),
    "bilateral.agree": ("bilateral", bilaterals.agree),
    "bilateral.decline": ("bilateral", bilaterals.decline),
    "bilateral.confirm": ("bilateral", hours.confirm),
}
"""What comes through the acts' door about bilaterals."""

SCOPES: dict[str, Callable[[Actor], QuerySet[Model]]] = {
    "bilateral": lambda actor: Bilateral.objects.visible_to(actor),
}


def bilaterals_of(delegation: Delegation, actor: Actor) -> dict[str, Any]:
    """The live requests of this delegation; whom it could ask, no phone carries."""
    seen = (
        Bilateral.objects.visible_to(actor)
        .live()
        .select_related("asking__party", "asked__party", "meeting__activity__place")
    )
    mine = seen.filter(asking=delegation) | seen.filter(asked=delegation)
    rows = list(mine.prefetch_related("wishes").order_by("pk"))
    return {"bilaterals": [_row(one, delegation) for one in rows], "lengths": LENGTHS}


def _row(bilateral: Bilateral, own: Delegation) -> dict[str, Any]:
    wish = max(bilateral.wishes.all(), key=lambda one: one.number)
    other = bilateral.asked if own.pk == bilateral.asking_id else bilateral.asking
    meeting = bilateral.meeting if bilateral.is_to_come else None
    hour = meeting.activity if meeting else None
    return {
        "id": bilateral.pk,
        "with": other.name,
        "line": bilateral.get_state_display(),
        "waits": _waits(bilateral, wish, own),
        "at": hour.begins.isoformat() if hour else None,
        "place": str(hour.place or "") if hour else "",
        "level": wish.get_level_display(),
        "minutes": wish.minutes,
        "people": wish.people,
        "words": wish.words,
    }


def _waits(bilateral: Bilateral, wish: Wish, own: Delegation) -> str:
    """What is awaited from this side: an answer, a confirmation, or nothing."""
    open_moves = {move.name for move in bilateral.machine.moves_from(bilateral.state)}
    if "agree" in open_moves:
        return "answer" if bilateral.turn(wish).pk == own.pk else ""
    is_silent = "confirm" in open_moves and not bilateral.is_confirmed_by(own)
    return "confirm" if is_silent and bilateral.is_to_come else ""
