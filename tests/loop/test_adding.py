"""More words on an open matter: from the asking side alone, and never instead."""

from uuid import uuid4

import pytest

from tests.loop.stories import in_hand, said
from tests.world import MINUTE, NOON, World
from titian.kernel.journal import KeyReused
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.kernel.sealing import unseal
from titian.loop.commands import asks


def test_more_words_leave_the_first_as_they_were(world: World) -> None:
    ask = in_hand(world)
    words, state = ask.words, ask.state

    ask = asks.add(ask.pk, "Make it three", actor=world.ingrid, at=NOON + MINUTE)

    assert (ask.words, ask.state) == (words, state)
    entry = Entry.objects.get(verb="ask.added")
    assert unseal(entry) == {"words": "Make it three"}
    assert entry.about_id == world.ingrid.person_id
    assert "three" not in str(entry.facts)


def test_the_officer_adds_them_on_the_guests_word(world: World) -> None:
    asks.add(said(world).pk, "Three", actor=world.for_ingrid, at=NOON)

    assert Entry.objects.get(verb="ask.added").word_of_id == world.ingrid.person_id


def test_nobody_else_adds_words(world: World) -> None:
    ask = in_hand(world)

    for actor in (world.marco, world.bruna, world.wati, *world.nobodies().values()):
        with pytest.raises(Forbidden):
            asks.add(ask.pk, "Three", actor=actor, at=NOON)

    assert not Entry.objects.filter(verb="ask.added").exists()


def test_a_retry_adds_nothing(world: World) -> None:
    ask, key = said(world), uuid4()
    for _time in range(2):
        asks.add(ask.pk, "Three", actor=world.ingrid, at=NOON, key=key)

    assert Entry.objects.filter(verb="ask.added").count() == 1
    with pytest.raises(KeyReused):
        asks.add(said(world).pk, "Three", actor=world.ingrid, at=NOON, key=key)


def test_what_is_over_takes_no_more(world: World) -> None:
    ask = said(world)
    asks.withdraw(ask.pk, actor=world.ingrid, at=NOON)

    with pytest.raises(IllegalMove):
        asks.add(ask.pk, "Three", actor=world.ingrid, at=NOON)


def test_no_words_add_nothing(world: World) -> None:
    with pytest.raises(asks.Empty):
        asks.add(said(world).pk, "  ", actor=world.ingrid, at=NOON)
