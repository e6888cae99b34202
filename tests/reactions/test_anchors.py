"""What a list of steps is anchored to moves: its open steps follow."""

from datetime import datetime

from tests.loop.drills import book, line
from tests.loop.stories import all_done
from tests.scene import make_activity, make_arrival
from tests.world import HOUR, NOON, World
from titian.kernel.actor import FEED
from titian.logistics.commands.journeys import expect
from titian.loop.commands import playbooks
from titian.loop.models import Playbook, Step
from titian.programme.commands.activities import move

FIVE, SIX, A_DAY_BEFORE = NOON + 5 * HOUR, NOON + 6 * HOUR, -24 * HOUR


def flags_for(world: World, anchor: str, kind: str, pk: int) -> None:
    """The flags are up a day before what begins at five."""
    playbook = book(world, Playbook.Kind.CHECKLIST)
    line(playbook, "flags", -1, owner=world.boats, anchor=anchor)
    playbooks.run(
        playbook.pk,
        moments={anchor: FIVE},
        subject=(kind, pk),
        actor=world.wati,
        at=NOON,
    )


def due_at() -> datetime:
    return Step.objects.get().due_at


def test_an_item_is_expected_at_another_hour(world: World) -> None:
    race = make_activity(world, "Race", FIVE, who=(world.arunika,))
    flags_for(world, "activity", "programme.activity", race.pk)

    move(race.pk, SIX, SIX + HOUR, actor=world.wati, at=NOON)
    all_done(world, NOON)

    assert due_at() == SIX + A_DAY_BEFORE


def test_a_landing_is_expected_at_another_hour(world: World) -> None:
    landing = make_arrival(world, FIVE)
    flags_for(world, "arrival", "logistics.journey", landing.pk)

    expect(landing.pk, SIX, actor=FEED, at=NOON)
    all_done(world, NOON)

    assert due_at() == SIX + A_DAY_BEFORE
