"""The journal keeps who, when and what; a key is good for one act only."""

from uuid import UUID, uuid4

import pytest

from tests.loop.stories import passed, said
from tests.world import NOON, WORDS, World
from titian.kernel import journal
from titian.kernel.actor import HOUSE
from titian.kernel.models import Entry
from titian.kernel.sealing import unseal
from titian.loop.commands import asks
from titian.loop.commands.asks import accept
from titian.loop.models import Ask


def test_a_guest_by_link_is_on_the_record(world: World) -> None:
    said(world)

    entry = Entry.objects.get(verb="ask.said")
    assert (entry.actor, entry.actor_kind) == (world.ingrid, "link")
    assert unseal(entry) == {"words": WORDS}
    assert entry.facts == {"state": "said", "owner": None, "due_at": None}


@pytest.fixture
def used(world: World) -> UUID:
    """The key under which the boat desk took Ingrid's ask."""
    accept(passed(world).pk, actor=world.bruna, at=NOON, key=(key := uuid4()))
    return key


def test_a_key_is_good_for_one_actor(world: World, used: UUID) -> None:
    with pytest.raises(journal.KeyReused):
        accept(Ask.objects.get().pk, actor=world.marco, at=NOON, key=used)


def test_a_key_is_good_for_one_subject(world: World, used: UUID) -> None:
    another = asks.ask(world.arunika.pk, WORDS, actor=world.ingrid, at=NOON)

    with pytest.raises(journal.KeyReused):
        accept(another.pk, actor=world.bruna, at=NOON, key=used)


def test_words_need_somebody_they_are_about(world: World) -> None:
    with pytest.raises(ValueError, match="about"):
        journal.write(
            "ask.said", said(world), actor=HOUSE, at=NOON, sealed={"words": WORDS}
        )


def test_news_says_whose_pages_it_reaches(world: World) -> None:
    ask = passed(world)

    topics = Entry.objects.get(verb="ask.passed_on").topics
    assert topics == [
        f"delegation:{ask.asked_by_id}",
        f"team:{world.boats.pk}",
        f"event:{world.event.pk}",
    ]
