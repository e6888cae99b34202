"""How far Ingrid's ask has come: each function takes it one board further."""

from datetime import datetime

from tests.world import DETAILS, NOON, WORDS, World
from titian.kernel.consequences import carry_out, claim
from titian.kernel.models import Entry
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


def in_hand(world: World) -> Ask:
    """The boat desk has taken the ask."""
    return asks.accept(passed(world).pk, actor=world.bruna, at=NOON)


def answered(world: World) -> Ask:
    """The boat desk has taken the ask and says that the boats are there."""
    ask = in_hand(world)
    return asks.answer(ask.pk, "Boats 4 and 7, pier B", actor=world.bruna, at=NOON)


def all_done(world: World, at: datetime) -> list[str]:
    """Do all that is due by ``at``; the verbs that the house wrote, in their order."""
    while owed := claim(world.event, at=at):
        carry_out(owed)
    by_the_house = Entry.objects.filter(actor_kind="house").order_by("pk")
    return list(by_the_house.values_list("verb", flat=True))
