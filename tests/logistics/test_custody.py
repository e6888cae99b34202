"""Who has which key: taken and given back, each with a receipt."""

from uuid import uuid4

import pytest

from tests.world import NOON, World
from titian.kernel.agreeing import disagreements
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.logistics.commands import custody
from titian.logistics.models import Holding


def test_what_is_taken_has_a_holder_and_a_receipt(world: World) -> None:
    key = uuid4()
    for _time in range(2):
        held = custody.take(
            world.arunika.pk, "key", "pier gate", 2, actor=world.marco, at=NOON, key=key
        )

    assert str(held) == "2 × key pier gate"
    assert held.code.startswith("R-")
    assert Holding.objects.get().holder_id == world.marco.person_id


def test_only_an_officer_of_theirs_takes_their_things(world: World) -> None:
    others = (*world.nobodies().values(), world.bruna, world.for_ingrid)
    for actor in others:
        with pytest.raises(Forbidden):
            custody.take(world.arunika.pk, "key", actor=actor, at=NOON)


@pytest.mark.parametrize(
    ("kind", "count"),
    [("submarine", 1), ("key", 0), ("key", 1000)],
)
def test_what_cannot_be_is_not_taken(world: World, kind: str, count: int) -> None:
    with pytest.raises(custody.NoThing):
        custody.take(world.arunika.pk, kind, "", count, actor=world.marco, at=NOON)


def test_what_is_given_back_is_given_back_once(world: World) -> None:
    held = custody.take(world.arunika.pk, "car", actor=world.marco, at=NOON)
    with pytest.raises(Forbidden):
        custody.give_back(held.pk, actor=world.bruna, at=NOON)

    custody.give_back(held.pk, actor=world.marco, at=NOON)

    assert Holding.objects.get().state == Holding.State.RETURNED
    with pytest.raises(IllegalMove):
        custody.give_back(held.pk, actor=world.wati, at=NOON)
    assert list(disagreements(Holding)) == []
    assert Entry.objects.filter(verb="holding.given_back").count() == 1


def test_strangers_see_no_things(world: World) -> None:
    custody.take(world.arunika.pk, "phone", actor=world.marco, at=NOON)

    seen = {
        name: Holding.objects.visible_to(getattr(world, name)).exists()
        for name in ("marco", "wati", "bruna", "ingrid", "eve")
    }

    assert seen == {
        "marco": True,
        "wati": True,
        "bruna": False,
        "ingrid": False,
        "eve": False,
    }


def test_a_scanned_thing_has_one_holder_and_the_second_reads_who(world: World) -> None:
    held = custody.take(
        world.arunika.pk, "luggage", tag=" ga 12 ", actor=world.marco, at=NOON
    )

    with pytest.raises(custody.HeldAlready, match=f"Marco has GA12.*{held.code}"):
        custody.take(
            world.arunika.pk, "luggage", tag="GA12", actor=world.marco, at=NOON
        )


def test_what_is_scanned_back_may_be_taken_again_and_a_retry_changes_nothing(
    world: World,
) -> None:
    first = custody.take(world.arunika.pk, "key", tag="K7", actor=world.marco, at=NOON)
    key = uuid4()

    for _time in range(2):
        back = custody.give_back_scanned(
            world.arunika.pk, "k7", actor=world.marco, at=NOON, key=key
        )

    assert (back.pk, back.state) == (first.pk, Holding.State.RETURNED)
    with pytest.raises(custody.NoThing, match="K7"):
        custody.give_back_scanned(world.arunika.pk, "K7", actor=world.marco, at=NOON)
    custody.take(world.arunika.pk, "key", tag="K7", actor=world.marco, at=NOON)
