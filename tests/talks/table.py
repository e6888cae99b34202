"""One invented meeting of Arunika and Selaya, for the tests of this room."""

from tests.talks.paper import KEY
from tests.world import HOUR, NOON, World
from titian.kernel.actor import Actor
from titian.programme.commands.activities import Plan
from titian.talks.commands.meetings import call
from titian.talks.models import Meeting

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
