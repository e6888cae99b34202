"""What an SMS gateway tells us, in the shape that docs/spec/channels.md sets out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from titian.channels import Trouble, sms
from titian.channels.deliveries import note
from titian.intake.commands import receive
from titian.intake.message import Message
from titian.kernel.numbers import international

MOVES = {"delivered": "deliver", "failed": "fail"}


def take(said: Mapping[str, Any], *, at: datetime) -> int:
    """Take up one webhook, its signature checked before; how many things it told."""
    if said.get("kind") == "report":
        return int(_note(said, at))
    if said.get("kind") != "message" or not said.get("id"):
        return 0
    sender = str(said.get("from", ""))
    message = Message(
        channel=sms.KIND,
        number=str(said["id"]),
        sender=international(sender) or sender[:40],
        words=str(said.get("text", "")),
        came_at=_moment(said, at),
    )
    receive(message, at=at)
    return 1


def _note(said: Mapping[str, Any], at: datetime) -> bool:
    move = MOVES.get(str(said.get("status", "")))
    if move is None:
        return False
    gone = said.get("code") in sms.NO_SUCH
    trouble = Trouble.NO_SUCH_ADDRESS if gone else Trouble.REFUSED
    delivery = note(
        sms.KIND,
        move,
        at=_moment(said, at),
        ref=_key(str(said.get("reference", ""))),
        number=str(said.get("id", "")),
        trouble=trouble if move == "fail" else None,
        detail=str(said.get("code", ""))[:100],
    )
    return delivery is not None


def _key(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


def _moment(said: Mapping[str, Any], at: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(str(said.get("at", "")))
    except ValueError:
        return at
    return min(moment, at) if moment.tzinfo is not None else at
