"""How was it? Two taps; an unhappy one is looked after within the minute."""

from uuid import uuid4

import pytest

from tests.loop.drills import alarm, timeline
from tests.loop.stories import all_done
from tests.world import MINUTE, NOON, World
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.loop.commands import steps
from titian.loop.commands.feedback import give
from titian.loop.commands.forgetting import forget_words_of
from titian.loop.models import Ask, Feedback
from titian.loop.saying import Unknown


def said(world: World, word: str, about: str = "meal", who: str = "ingrid") -> Feedback:
    return give(
        world.arunika.pk,
        about,
        word,
        subject_id=7,
        words="Cold soup",
        actor=getattr(world, who),
        at=NOON,
    )


def test_an_unhappy_word_is_an_ask_with_the_lo_within_the_minute(world: World) -> None:
    given = said(world, "unhappy")

    all_done(world, NOON + MINUTE)

    given.refresh_from_db()
    ask = Ask.objects.get()
    assert given.ask == ask
    assert (ask.state, ask.words, ask.asked_by) == ("said", "Cold soup", world.arunika)
    assert list(Ask.objects.visible_to(world.marco)) == [ask]


@pytest.mark.parametrize("word", ["happy", "fair"])
def test_a_content_guest_makes_no_ask(world: World, word: str) -> None:
    said(world, word)

    all_done(world, NOON + MINUTE)

    assert Ask.objects.count() == 0


def test_a_word_said_again_replaces_the_former_one(world: World) -> None:
    said(world, "unhappy")
    said(world, "happy")

    all_done(world, NOON + MINUTE)

    assert Feedback.objects.get().word == "happy"
    assert Ask.objects.count() == 0


def test_unhappy_twice_is_one_ask(world: World) -> None:
    said(world, "unhappy")
    all_done(world, NOON)
    said(world, "unhappy")

    all_done(world, NOON + MINUTE)

    assert Ask.objects.count() == 1


def test_the_lo_brings_the_guests_word(world: World) -> None:
    assert said(world, "happy", who="for_ingrid").said_by_id == world.ingrid.person_id


def test_of_the_lo_only_the_guest_herself_speaks(world: World) -> None:
    with pytest.raises(Forbidden):
        said(world, "happy", about="officer", who="for_ingrid")


def test_a_complaint_about_the_lo_goes_to_the_coordinators_past_her(
    world: World,
) -> None:
    given = said(world, "unhappy", about="officer")

    all_done(world, NOON + MINUTE)

    ask = Ask.objects.get()
    assert ask.is_private
    assert not Ask.objects.visible_to(world.marco).exists()
    assert list(Ask.objects.visible_to(world.wati)) == [ask]
    assert not Feedback.objects.visible_to(world.marco).exists()
    assert list(Feedback.objects.visible_to(world.wati)) == [given]


@pytest.mark.parametrize("who", ["marco", "bruna", "wati", "eve"])
def test_nobody_else_says_how_it_was(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        said(world, "happy", who=who)


@pytest.mark.parametrize(("about", "word"), [("weather", "happy"), ("meal", "grand")])
def test_what_cannot_be_meant_is_refused(world: World, about: str, word: str) -> None:
    with pytest.raises(Unknown):
        said(world, word, about=about)


def test_her_words_go_with_her_and_that_she_said_something_stays(world: World) -> None:
    given = said(world, "unhappy")
    incident = alarm(world, place="Her room")
    step = timeline(world)["pontoon"]
    steps.tick(step.pk, "As Ingrid wished", actor=world.wati, at=NOON)

    for person in (world.ingrid, world.marco, world.wati):
        forget_words_of(person.person_id or 0, at=NOON)
        forget_words_of(person.person_id or 0, at=NOON)

    for row in (given, incident, step):
        row.refresh_from_db()
    assert (given.words, given.word) == ("", "unhappy")
    assert (incident.place, incident.alarm) == ("", "fire")
    assert (step.words, step.state) == ("", "done")
    assert Entry.objects.filter(verb__endswith="words_forgotten").count() == 3


def test_two_taps_are_one_word(world: World) -> None:
    key = uuid4()
    for _tap in range(2):
        give(
            world.arunika.pk,
            "meal",
            "happy",
            actor=world.ingrid,
            at=NOON,
            key=key,
        )

    assert Feedback.objects.count() == 1
