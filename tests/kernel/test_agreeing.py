"""A row that somebody changed behind the journal's back is found."""

import pytest

from tests.loop.stories import in_hand, passed
from tests.world import World
from titian.cli import keeping
from titian.kernel.agreeing import disagreements
from titian.loop.models import Ask


def test_what_went_through_the_commands_agrees(world: World) -> None:
    in_hand(world)

    assert list(disagreements(Ask)) == []


def test_a_row_changed_by_hand_is_named(world: World) -> None:
    ask = passed(world)
    Ask.objects.update(state="closed", owner=world.kitchen)

    found = [str(one) for one in disagreements(Ask)]

    assert found == [
        f"loop.ask {ask.pk}: state is 'closed', the journal says 'passed'",
        f"loop.ask {ask.pk}: owner is {world.kitchen.pk},"
        f" the journal says {world.boats.pk}",
    ]


def test_the_command_says_it_and_is_1(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    passed(world)
    assert keeping.verify(["--state"]) == 0

    Ask.objects.update(state="closed")

    assert keeping.verify(["--state"]) == 1
    assert "state is 'closed'" in capsys.readouterr().err
