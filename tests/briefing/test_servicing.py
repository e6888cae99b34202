"""What a newsroom is served with goes its way; what it wants to print, the gate has."""

import pytest

from tests.briefing.newsroom import Newsroom, make_newsroom
from tests.loop.stories import all_done
from tests.world import NOON, World
from titian.briefing.diverting import is_diverted
from titian.loop.commands import asks
from titian.loop.models import Ask, Topic
from titian.people.models import Party

POOL = "A pool slot for our camera crew at the welcome, please."


@pytest.fixture
def room(world: World) -> Newsroom:
    """The press desk serves newsrooms with pool slots, and answers interviews."""
    made, desk = make_newsroom(world), Party.objects.get(code="PRS")
    for code, words, serves in (
        ("pool", ["pool slot"], ["media"]),
        ("interview", ["interview"], []),
    ):
        Topic.objects.create(
            event=world.event,
            code=code,
            name_en=code,
            team=desk,
            keywords=words,
            serves=serves,
        )
    return made


def asked(world: World, room: Newsroom, words: str) -> Ask:
    """Nils asks, and all that follows has been done."""
    ask = asks.ask(room.house.pk, words, actor=room.nils, at=NOON)
    all_done(world, NOON)
    return Ask.objects.get(pk=ask.pk)


def test_a_pool_slot_goes_by_its_officer_like_any_guests_matter(
    world: World, room: Newsroom
) -> None:
    ask = asked(world, room, POOL)
    assert (is_diverted(ask), ask.state) == (False, Ask.State.SAID)

    passed = asks.pass_on(ask.pk, actor=world.marco, at=NOON)
    all_done(world, NOON)

    ask = Ask.objects.get(pk=ask.pk)
    assert (passed.owner.code if passed.owner else "", is_diverted(ask)) == (
        "PRS",
        False,
    )
    assert (ask.words, ask.said_by_id) == (POOL, room.nils.person_id)


def test_what_it_wants_to_print_is_diverted_and_not_a_letter_is_changed(
    world: World, room: Newsroom
) -> None:
    words = "An interview with the host, on the record; we go to print at 21:30."

    ask = asked(world, room, words)

    assert is_diverted(ask)
    assert (ask.words, ask.gloss, ask.details) == (words, "", {})
    assert ask.said_by_id == room.nils.person_id


def test_a_pool_slot_is_served_to_newsrooms_alone(world: World, room: Newsroom) -> None:
    ask = asks.ask(world.arunika.pk, POOL, actor=world.ingrid, at=NOON)
    all_done(world, NOON)

    assert Ask.objects.get(pk=ask.pk).topic is None
    assert is_diverted(Ask.objects.get(pk=ask.pk))
