"""How far Ingrid's ask has come: each function takes it one board further."""

from tests.world import DETAILS, NOON, WORDS, World
from titian.loop.commands import asks
from titian.loop.models import Ask


def said(world: World) -> Ask:
    """Ingrid asks, by her link."""
    return asks.ask(world.arunika.pk, WORDS, actor=world.ingrid, at=NOON)


def passed(world: World, weight: str = Ask.Weight.ROUTINE) -> Ask:
    """Marco hands Ingrid's words to the boat desk."""
    return asks.pass_on(
        said(world).pk,
        team_id=world.boats.pk,
        details=DETAILS,
        weight=weight,
        actor=world.marco,
        at=NOON,
    )


def restated(world: World, **heard: str) -> Ask:
    """The boat desk says back what it heard, with ``heard`` instead."""
    ask = passed(world, Ask.Weight.EXACT)
    return asks.restate(ask.pk, DETAILS | heard, actor=world.bruna, at=NOON)


def answered(world: World) -> Ask:
    """The boat desk has taken the ask and says that the boats are there."""
    ask = asks.accept(passed(world).pk, actor=world.bruna, at=NOON)
    return asks.answer(ask.pk, "Boats 4 and 7, pier B", actor=world.bruna, at=NOON)
