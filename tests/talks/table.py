"""One invented meeting of Arunika and Selaya, for the tests of this room."""

from typing import Any

from tests.talks.paper import KEY
from tests.world import HOUR, NOON, World
from titian.kernel.actor import Actor
from titian.programme.commands.activities import Plan
from titian.talks.commands import talking_cards
from titian.talks.commands.meetings import call
from titian.talks.commands.talking_cards import Script
from titian.talks.models import Meeting
from titian.talks.models.card import TalkingCard

PLAN = Plan(title_en="On oars", starts_at=NOON + HOUR, ends_at=NOON + 2 * HOUR)


def called(world: World, actor: Actor | None = None) -> Meeting:
    return call(
        world.arunika.pk,
        world.selaya.pk,
        PLAN,
        agenda=["Oars", " ", "Towels"],
        actor=actor or world.wati,
        at=NOON,
        key=KEY,
    )


def script(world: World, **rest: Any) -> Script:
    """What Marco says about oars; Wati approves it."""
    assert world.wati.person_id is not None
    said: dict[str, Any] = {
        "title": "On oars",
        "approver_id": world.wati.person_id,
        "points": [("asked", "Bring six oars."), ("shared", "We share the pier.")],
        "never": ["What the boats cost"],
    }
    return Script(**said | rest)


def drafted(world: World, **rest: Any) -> TalkingCard:
    """A card for speaking with Arunika, drafted by Marco."""
    said = script(world, **rest)
    return talking_cards.draft(world.arunika.pk, said, actor=world.marco, at=NOON)
