"""An unhappy word is looked after: the one ask that the house ends itself."""

from uuid import uuid4

import pytest

from tests.loop.stories import all_done, answered, passed, said
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.loop.commands import asks
from titian.loop.commands.feedback import give
from titian.loop.models import Ask
from titian.loop.saying import Empty
from titian.people.models import Party
from titian.programme.models import Activity


def dinner(world: World, **traits: object) -> Activity:
    made = Activity.objects.create(
        event=world.event,
        code="D1",
        title_en="Dinner at the pier",
        title_id="Makan malam di dermaga",
        kind="dinner",
        starts_at=NOON - 2 * HOUR,
        ends_at=NOON - HOUR,
        **traits,
    )
    made.delegations.add(world.arunika)
    return made


def recovery(world: World, words: str = "", **traits: object) -> Ask:
    """What the house made of Ingrid's unhappy word about the dinner."""
    item = dinner(world, **traits)
    give(
        world.arunika.pk,
        "meal",
        "unhappy",
        subject_id=item.pk,
        words=words,
        actor=world.ingrid,
        at=NOON,
    )
    all_done(world, NOON)
    return Ask.objects.get()


@pytest.mark.parametrize("who", ["marco", "wati"])
def test_the_lo_or_a_coordinator_ends_it_with_a_word(world: World, who: str) -> None:
    ask = recovery(world)

    done = asks.look_after(
        ask.pk, "put_right", "A warm soup came.", actor=getattr(world, who), at=NOON
    )

    assert (done.state, done.closed_at) == ("closed", NOON)
    assert done.answer_words == "Sudah diperbaiki. A warm soup came."
    assert all_done(world, NOON + 13 * HOUR).count("ask.left_waiting") == 0


def test_what_a_guest_asked_is_never_looked_after(world: World) -> None:
    for ask in (said(world), passed(world), answered(world)):
        with pytest.raises(IllegalMove):
            asks.look_after(ask.pk, "sorry", actor=world.marco, at=NOON)


@pytest.mark.parametrize("who", ["ingrid", "bruna", "eve"])
def test_nobody_else_ends_it(world: World, who: str) -> None:
    ask = recovery(world)

    with pytest.raises(Forbidden):
        asks.look_after(ask.pk, "sorry", actor=getattr(world, who), at=NOON)


def test_it_does_not_end_without_a_word(world: World) -> None:
    ask = recovery(world)

    with pytest.raises(Empty):
        asks.look_after(ask.pk, actor=world.marco, at=NOON)


def test_who_finds_it_not_enough_has_the_coordinators(world: World) -> None:
    ask = recovery(world)
    asks.look_after(ask.pk, "talked", actor=world.marco, at=NOON)

    again = asks.reopen(ask.pk, "Still cold", actor=world.ingrid, at=NOON + MINUTE)

    assert (again.state, again.closed_at) == ("passed", None)
    assert again.owner == Party.objects.get(code="LOC")
    with pytest.raises(IllegalMove):
        asks.look_after(ask.pk, "talked", actor=world.marco, at=NOON + MINUTE)


def test_its_title_says_which_item_it_is_about(world: World) -> None:
    ask = recovery(world)

    assert "Makan malam di dermaga" in ask.title, "as its LO reads it"
    assert (ask.language, ask.words) == ("id", ask.title), "as its guest reads it"


def test_a_private_item_is_named_nowhere(world: World) -> None:
    ask = recovery(world, is_private=True)

    assert ask.is_private
    assert "pier" not in f"{ask.title} {ask.words} {ask.gloss}"
    passed_on = asks.pass_on(ask.pk, team_id=world.boats.pk, actor=world.marco, at=NOON)
    assert passed_on.is_private


def test_an_item_of_somebody_else_is_not_named_by_guessing_its_number(
    world: World,
) -> None:
    other = dinner(world)
    other.delegations.set([world.selaya])

    give(
        world.arunika.pk,
        "meal",
        "unhappy",
        subject_id=other.pk,
        actor=world.ingrid,
        at=NOON,
    )
    all_done(world, NOON)

    assert "pier" not in Ask.objects.get().title


def test_a_second_tap_with_the_same_key_is_the_first(world: World) -> None:
    ask = recovery(world)
    key = uuid4()
    for _tap in range(2):
        asks.look_after(ask.pk, "sorry", actor=world.marco, at=NOON, key=key)

    assert Entry.objects.filter(verb="ask.looked_after").count() == 1
