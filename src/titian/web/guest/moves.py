"""The asking side's word on its own request, as the guest's page sends it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from titian.loop.commands import asks
from titian.loop.models import Ask

FIELD = "field-"
LONGEST = 4000
LONGEST_FIELD = 300
MOVES: dict[str, Callable[..., Ask]] = {
    "add": asks.add,
    "close": asks.close,
    "confirm": asks.confirm,
    "correct": asks.correct,
    "hurry": asks.hurry,
    "reopen": asks.reopen,
    "withdraw": asks.withdraw,
}


class Unsaid(ValueError):
    """The words that the move needs are missing; its argument asks for them."""


def said_with(name: str, posted: Mapping[str, str]) -> dict[str, Any]:
    """What the move takes besides who and when; ``Unsaid`` where she left it out."""
    if name == "reopen":
        if not (reason := posted.get("reason", "").strip()[:LONGEST]):
            raise Unsaid(_("Say what is missing; a few words are enough."))
        return {"reason": reason}
    if name == "add":
        if not (words := posted.get("more", "").strip()[:LONGEST]):
            raise Unsaid(_("Say what you would add; a few words are enough."))
        return {"words": words}
    if name == "correct":
        if not (details := _details(posted)):
            raise Unsaid(_("Say what is right; a few words are enough."))
        return {"details": details}
    return {}


def _details(posted: Mapping[str, str]) -> dict[str, str]:
    return {
        field.removeprefix(FIELD): words.strip()[:LONGEST_FIELD]
        for field, words in posted.items()
        if field.startswith(FIELD) and words.strip()
    }
