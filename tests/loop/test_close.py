"""A team answers; only the asking side says that it is kept."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.loop.stories import answered, passed, said
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.consequences import carry_out, claim
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.loop import queries
from titian.loop.commands import asks
from titian.loop.models import Ask


@pytest.mark.parametrize("who", ["ingrid", "for_ingrid"])
def test_the_asking_side_closes(world: World, who: str) -> None:
    ask = asks.close(answered(world).pk, actor=getattr(world, who), at=NOON)

    assert (ask.state, ask.closed_at) == (Ask.State.CLOSED, NOON)


@pytest.mark.parametrize("who", ["marco", "bruna", "wati", "petra", "eve"])
def test_neither_officer_nor_team_closes_alone(world: World, who: str) -> None:
    ask = answered(world)

    with pytest.raises(Forbidden):
        asks.close(ask.pk, actor=getattr(world, who), at=NOON)


def test_what_is_not_answered_is_not_closed(world: World) -> None:
    with pytest.raises(IllegalMove):
        asks.close(passed(world).pk, actor=world.ingrid, at=NOON)


def test_asked_again_it_is_with_the_same_team(world: World) -> None:
    ask = asks.reopen(answered(world).pk, "no boat", actor=world.ingrid, at=NOON)

    assert (ask.state, ask.owner) == (Ask.State.PASSED, world.boats)


@given(st.lists(st.sampled_from([move.name for move in Ask.machine]), max_size=12))
@settings(max_examples=60)
def test_no_path_closes_without_the_asking_side(names: list[str]) -> None:
    """What a guest asked; what the house asks itself has an end of its own."""
    ask, by = Ask(), ""
    for name in names:
        with suppress(IllegalMove):
            ask.move(name)
            by = Ask.machine[name].by

    assert ask.state != Ask.State.CLOSED or by == "asking side"


def test_who_has_it_is_always_one_line(world: World) -> None:
    ask = said(world)
    assert queries.who_has_it(ask) == "Marco, LO"

    ask = passed(world)
    assert queries.who_has_it(ask) == "Boat desk"

    ask = asks.accept(ask.pk, actor=world.bruna, at=NOON)
    assert queries.who_has_it(ask) == "Bruna, Boat desk"


def test_left_waiting_and_overdue_are_known(world: World) -> None:
    passed(world)
    for at in (NOON + 10 * MINUTE, NOON + HOUR):
        while owed := claim(world.event, at=at):
            carry_out(owed)

    verbs = Entry.objects.filter(actor_kind="house").values_list("verb", flat=True)
    assert {"ask.left_waiting", "ask.overdue"} <= set(verbs)


def test_a_taken_ask_is_not_left_waiting(world: World) -> None:
    asks.accept(passed(world).pk, actor=world.bruna, at=NOON)
    while owed := claim(world.event, at=NOON + 10 * MINUTE):
        carry_out(owed)

    assert not Entry.objects.filter(verb="ask.left_waiting").exists()


def test_eve_sees_none_of_it(world: World) -> None:
    passed(world)

    seen = {
        who: Ask.objects.visible_to(actor).count()
        for who, actor in world.nobodies().items()
        if who != "on Ingrid's word"
    }
    assert set(seen.values()) == {0}
    assert [
        Ask.objects.visible_to(actor).count()
        for actor in (world.ingrid, world.marco, world.bruna, world.wati, world.petra)
    ] == [1, 1, 1, 1, 0]
