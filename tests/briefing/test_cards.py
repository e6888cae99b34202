"""Safety words to one's own guests go at once, in the words that were approved."""

from uuid import uuid4

import pytest

from tests.briefing.newsroom import (
    burning,
    make_newsroom,
    make_playbook,
)
from tests.briefing.told import do_all, sent
from tests.world import NOON, World
from titian.briefing.commands import cards
from titian.briefing.models import Notice
from titian.channels import memory
from titian.kernel.consequences import claim
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.loop.models import Playbook


@pytest.fixture(autouse=True)
def by_memory(settings: object) -> None:
    settings.CHANNELS = {"email": "titian.channels.memory"}  # type: ignore[attr-defined]
    memory.sent.clear()


@pytest.fixture
def playbook(world: World) -> Playbook:
    return make_playbook(world)


def test_the_officer_says_the_approved_words_letter_by_letter(
    world: World, playbook: Playbook
) -> None:
    cards.send_card(world.arunika.pk, playbook.pk, actor=world.marco, at=NOON)
    do_all(world)

    assert [(one.address, one.words.text) for one in memory.sent] == [
        ("ingrid@example.org", playbook.card_id)
    ]


def test_nothing_holds_them_while_it_burns_not_even_for_a_media_house(
    world: World, playbook: Playbook
) -> None:
    room = make_newsroom(world)
    burning(world)
    cards.send_card(room.house.pk, playbook.pk, actor=world.marco, at=NOON)
    do_all(world)

    assert "nils@example.org" in [one.address for one in memory.sent]
    assert not Entry.objects.filter(verb="text.held").exists()


def test_they_go_before_a_notice_to_many(world: World, playbook: Playbook) -> None:
    sent(world)
    card = cards.send_card(world.arunika.pk, playbook.pk, actor=world.marco, at=NOON)

    first = claim(world.event, at=NOON)

    assert first is not None
    assert first.entry.subject_id == card.pk


@pytest.mark.parametrize("who", ["ingrid", "bruna", "petra", "eve", "for_ingrid"])
def test_only_their_officer_or_a_coordinator(
    world: World, playbook: Playbook, who: str
) -> None:
    with pytest.raises(Forbidden):
        cards.send_card(
            world.arunika.pk, playbook.pk, actor=getattr(world, who), at=NOON
        )

    cards.send_card(world.selaya.pk, playbook.pk, actor=world.wati, at=NOON)


def test_the_officer_of_others_does_not(world: World, playbook: Playbook) -> None:
    with pytest.raises(Forbidden):
        cards.send_card(world.selaya.pk, playbook.pk, actor=world.marco, at=NOON)


def test_without_approved_words_there_is_nothing_to_say(
    world: World, playbook: Playbook
) -> None:
    Playbook.objects.update(card_en="", card_id="")

    with pytest.raises(cards.NoCard):
        cards.send_card(world.arunika.pk, playbook.pk, actor=world.marco, at=NOON)


def test_without_names_nobody_is_told(world: World, playbook: Playbook) -> None:
    world.arunika.members.all().delete()

    with pytest.raises(cards.NoCard):
        cards.send_card(world.arunika.pk, playbook.pk, actor=world.marco, at=NOON)


def test_a_retry_sends_nothing_twice(world: World, playbook: Playbook) -> None:
    key = uuid4()
    for _twice in range(2):
        cards.send_card(
            world.arunika.pk, playbook.pk, actor=world.marco, at=NOON, key=key
        )

    assert Notice.objects.filter(kind=Notice.Kind.CARD).count() == 1
