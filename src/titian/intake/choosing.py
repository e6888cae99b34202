"""One tap below our own question: it was heard right, or it is kept."""

import re
from collections.abc import Callable
from datetime import datetime

from titian.intake.message import Message
from titian.kernel.actor import Actor
from titian.loop.commands import asks
from titian.loop.models import Ask
from titian.loop.policy import moves_open_to

CODE = re.compile(r"ask:(\d{1,18}):(confirm|close)")
ACTS: dict[str, Callable[..., Ask]] = {"confirm": asks.confirm, "close": asks.close}


def chosen(message: Message, actor: Actor) -> tuple[Ask, str] | None:
    """The ask and the move that was tapped, if it is the sender's and still open.

    Only what a provider vouches for taps anything: a letter has no buttons.
    """
    found = CODE.fullmatch(message.choice)
    if found is None or not message.is_vouched:
        return None
    rows = Ask.objects.visible_to(actor).select_related("event", "asked_by__party")
    ask = rows.filter(pk=int(found[1])).first()
    if ask is None or found[2] not in moves_open_to(actor, ask):
        return None
    return ask, found[2]


def do(ask: Ask, move: str, message: Message, actor: Actor, at: datetime) -> Ask:
    """Make the move; a retry of the same message changes nothing."""
    return ACTS[move](ask.pk, actor=actor, at=at, key=message.key)
