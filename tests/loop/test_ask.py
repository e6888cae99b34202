"""A guest's words are written down as they were said."""

from uuid import uuid4

import pytest

from tests.loop.stories import said
from tests.world import NOON, WORDS, World
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.kernel.sealing import unseal
from titian.loop.commands import asks
from titian.loop.models import Ask


def test_the_words_stay_as_they_were(world: World) -> None:
    ask = said(world)

    assert (ask.words, ask.state, ask.code) == (WORDS, Ask.State.SAID, "A-0001")


def test_the_journal_keeps_the_words_sealed(world: World) -> None:
    said(world)

    entry = Entry.objects.get(verb="ask.said")
    assert (entry.actor, unseal(entry)) == (world.ingrid, {"words": WORDS})
    assert WORDS not in str(entry.facts)


def test_the_officer_asks_on_the_guests_word(world: World) -> None:
    ask = asks.ask(world.arunika.pk, WORDS, actor=world.for_ingrid, at=NOON)

    entry = Entry.objects.get(verb="ask.said")
    assert ask.said_by_id == world.ingrid.person_id
    assert (entry.word_of_id, entry.word_means) == (ask.said_by_id, "telephone")


def test_the_officer_alone_asks_for_nobody(world: World) -> None:
    with pytest.raises(Forbidden):
        asks.ask(world.arunika.pk, WORDS, actor=world.marco, at=NOON)


@pytest.mark.parametrize(
    "who",
    ["signed in", "by link", "by telephone", "on Ingrid's word", "a feed", "the house"],
)
def test_nobody_else_asks_for_arunika(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        asks.ask(world.arunika.pk, WORDS, actor=world.nobodies()[who], at=NOON)


def test_a_retry_writes_no_second_ask(world: World) -> None:
    key = uuid4()
    first, second = (
        asks.ask(world.arunika.pk, WORDS, actor=world.ingrid, at=NOON, key=key)
        for _time in range(2)
    )

    assert (first, Ask.objects.count()) == (second, 1)


@pytest.mark.parametrize("words", ["", "   ", "x" * 4001])
def test_words_are_needed(world: World, words: str) -> None:
    with pytest.raises(asks.Empty):
        asks.ask(world.arunika.pk, words, actor=world.ingrid, at=NOON)


def test_numbers_follow_each_other(world: World) -> None:
    assert [said(world).code for _time in range(3)] == ["A-0001", "A-0002", "A-0003"]
