"""An alarm is an ask in a hurry."""

import pytest

from tests.world import NOON, World, make_party
from titian.kernel.policy import Forbidden
from titian.loop.commands.incidents import raise_alarm
from titian.loop.models import Ask


def test_the_officer_raises_it_on_her_own_word(world: World) -> None:
    medics = make_party("MED", "Medics", "team")

    ask = raise_alarm(world.arunika.pk, "medical", actor=world.marco, at=NOON)

    assert (ask.owner, ask.urgency, ask.state) == (medics, "emergency", "passed")
    assert list(Ask.objects.visible_to(world.wati)) == [ask]


@pytest.mark.parametrize("who", ["ingrid", "bruna", "eve"])
def test_nobody_else_does(world: World, who: str) -> None:
    make_party("MED", "Medics", "team")

    with pytest.raises(Forbidden):
        raise_alarm(world.arunika.pk, "medical", actor=getattr(world, who), at=NOON)
