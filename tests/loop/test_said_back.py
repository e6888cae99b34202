"""What is exact is said back field by field, and confirmed or corrected."""

import pytest

from tests.loop.stories import passed, restated
from tests.world import DETAILS, NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.loop import queries
from titian.loop.commands import asks
from titian.loop.models import Ask, LeftOut
from titian.loop.routing import NoTeam


def test_a_routine_ask_is_accepted_as_it_stands(world: World) -> None:
    ask = asks.accept(passed(world).pk, actor=world.bruna, at=NOON)

    assert (ask.state, ask.holder_id) == (Ask.State.IN_HAND, world.bruna.person_id)
    assert (ask.opened_at, ask.in_hand_at) == (NOON, NOON)


def test_an_exact_ask_is_not(world: World) -> None:
    with pytest.raises(IllegalMove):
        asks.accept(passed(world, Ask.Weight.EXACT).pk, actor=world.bruna, at=NOON)


def test_a_field_left_out_is_named(world: World) -> None:
    ask = passed(world, Ask.Weight.EXACT)

    with pytest.raises(LeftOut, match="when"):
        asks.restate(
            ask.pk, {"how_many": "2", "where": "the pier"}, actor=world.bruna, at=NOON
        )


def test_the_difference_is_marked_beside_the_original(world: World) -> None:
    ask = restated(world, how_many="3")

    found = {one.field: (one.kind, one.segments) for one in queries.differences(ask)}
    assert found["how_many"] == ("differs", (("taken", "2"), ("added", "3")))
    assert found["where"] == ("same", (("same", "the pier"),))


def test_what_is_added_differs_from_what_is_changed(world: World) -> None:
    ask = restated(world, where="the pier, gate B")

    found = {one.field: one.kind for one in queries.differences(ask)}
    assert found["where"] == "added"


@pytest.mark.parametrize("who", ["ingrid", "for_ingrid"])
def test_the_asking_side_confirms(world: World, who: str) -> None:
    ask = asks.confirm(restated(world).pk, actor=getattr(world, who), at=NOON)

    assert (ask.state, ask.in_hand_at) == (Ask.State.IN_HAND, NOON)


@pytest.mark.parametrize("who", ["marco", "bruna", "wati", "eve"])
def test_nobody_else_confirms(world: World, who: str) -> None:
    ask = restated(world)

    with pytest.raises(Forbidden):
        asks.confirm(ask.pk, actor=getattr(world, who), at=NOON)


def test_a_correction_goes_back_to_the_same_team(world: World) -> None:
    ask = asks.correct(
        restated(world, how_many="3").pk,
        DETAILS | {"how_many": "2 boats"},
        actor=world.for_ingrid,
        at=NOON,
    )

    assert (ask.state, ask.owner, ask.heard_as) == (Ask.State.PASSED, world.boats, {})
    assert ask.details["how_many"] == "2 boats"


def test_a_bounce_needs_another_team_and_a_reason(world: World) -> None:
    ask = passed(world)
    with pytest.raises(NoTeam):
        asks.bounce(ask.pk, world.boats.pk, "not ours", actor=world.bruna, at=NOON)
    with pytest.raises(asks.Empty):
        asks.bounce(ask.pk, world.kitchen.pk, " ", actor=world.bruna, at=NOON)

    ask = asks.bounce(
        ask.pk, world.kitchen.pk, "they have the boats", actor=world.bruna, at=NOON
    )

    assert (ask.owner, ask.state) == (world.kitchen, Ask.State.PASSED)


def test_the_slower_of_two_is_too_late(world: World) -> None:
    ask = asks.accept(passed(world).pk, actor=world.bruna, at=NOON)

    with pytest.raises(IllegalMove):
        asks.accept(ask.pk, actor=world.bruna, at=NOON)
