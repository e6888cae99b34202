"""A promise has an owner and an hour, and is kept or broken in words."""

import pytest

from tests.world import HOUR, NOON, World
from titian.kernel.consequences import carry_out, claim
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.loop.commands import promises
from titian.loop.models import Promise
from titian.loop.queries import kept_rate


def made(world: World) -> Promise:
    """The boat desk promises a ramp within the hour."""
    return promises.promise(
        world.arunika.pk,
        "I will have a ramp at the pier",
        owner_team_id=world.boats.pk,
        due_at=NOON + HOUR,
        actor=world.bruna,
        at=NOON,
    )


def test_it_is_kept_by_its_owner(world: World) -> None:
    kept = promises.keep(made(world).pk, actor=world.bruna, at=NOON)

    assert (kept.state, kept.settled_at) == (Promise.State.KEPT, NOON)
    assert kept_rate(world.boats, world.event) == (1, 1)


@pytest.mark.parametrize("who", ["ingrid", "eve", "petra"])
def test_others_do_not_say_that_it_is_kept(world: World, who: str) -> None:
    promise = made(world)

    with pytest.raises(Forbidden):
        promises.keep(promise.pk, actor=getattr(world, who), at=NOON)


def test_a_broken_one_needs_a_word(world: World) -> None:
    promise = made(world)
    with pytest.raises(promises.NoPromise):
        promises.break_off(promise.pk, " ", actor=world.bruna, at=NOON)

    broken = promises.break_off(promise.pk, "No ramp left", actor=world.bruna, at=NOON)

    assert (broken.state, broken.settled_words) == ("broken", "No ramp left")
    assert kept_rate(world.boats, world.event) == (0, 1)


def test_breaking_twice_is_too_late(world: World) -> None:
    promise = promises.break_off(made(world).pk, "No ramp", actor=world.bruna, at=NOON)

    with pytest.raises(IllegalMove):
        promises.break_off(promise.pk, "Again", actor=world.bruna, at=NOON)


def test_their_promise_is_given_on_their_word(world: World) -> None:
    theirs = promises.promise(
        world.arunika.pk,
        "We send the names",
        direction="theirs",
        due_at=NOON + HOUR,
        actor=world.for_ingrid,
        at=NOON,
    )

    assert theirs.direction == Promise.Direction.THEIRS
    with pytest.raises(Forbidden):
        promises.promise(
            world.arunika.pk,
            "They pay",
            direction="theirs",
            due_at=NOON,
            actor=world.marco,
            at=NOON,
        )


def test_its_hour_passes_and_is_told_once(world: World) -> None:
    made(world)
    while owed := claim(world.event, at=NOON + 2 * HOUR):
        carry_out(owed)

    assert Entry.objects.filter(verb="promise.overdue").count() == 1
