"""On the thread: a word meanwhile, a checked translation, a promise noted."""

from uuid import uuid4

import pytest
from django.test import Client

from tests.loop.steps import by_machine
from tests.loop.stories import answered, in_hand, passed
from tests.web.pressing import buttons_of, form_with, seen_by
from tests.world import HOUR, MINUTE, NOON, World
from titian.loop.commands import asks
from titian.loop.models import Ask, Promise

PROMISING = "We will have two boats at pier B by 18:30."


def thread(who: str, ask: Ask) -> str:
    text: str = seen_by(who).get(f"/asks/{ask.pk}/").text
    return text


def promising(world: World) -> Ask:
    """Answered with a word that somebody will have to keep."""
    ask = in_hand(world)
    return asks.answer(ask.pk, PROMISING, actor=world.bruna, at=NOON)


def test_the_guest_reads_the_word_meanwhile(world: World) -> None:
    ask = passed(world)
    form = form_with(thread("bruna", ask), "tell")

    seen_by("bruna").post(form.action, form.values | {"words": "We are looking"})

    assert "We are looking" in Client().get("/g/ingrid/").text
    assert "We are looking" in thread("marco", ask)


def test_a_word_meanwhile_is_gone_when_the_answer_is_there(world: World) -> None:
    ask = in_hand(world)
    asks.tell(ask.pk, "We are looking", actor=world.bruna, at=NOON + MINUTE)
    asks.answer(ask.pk, "At pier B", actor=world.bruna, at=NOON + 2 * MINUTE)

    text = Client().get("/g/ingrid/").text

    assert ("At pier B" in text, "We are looking" in text) == (True, False)


@pytest.mark.parametrize("who", ["marco", "wati"])
def test_only_the_team_says_how_it_stands(world: World, who: str) -> None:
    ask = passed(world)

    answer = seen_by(who).post(
        f"/asks/{ask.pk}/moves/tell/", {"key": str(uuid4()), "words": "Soon"}
    )

    assert "tell" not in buttons_of(thread(who, ask))
    assert answer.status_code == 403


def test_nothing_is_told_without_words(world: World) -> None:
    ask = passed(world)

    answer = seen_by("bruna").post(
        f"/asks/{ask.pk}/moves/tell/", {"key": str(uuid4()), "words": " "}
    )

    assert answer.status_code == 422


def test_the_officer_checks_the_machines_translation(world: World) -> None:
    ask = by_machine(world)
    form = form_with(thread("marco", ask), "move-verify_gloss")

    seen_by("marco").post(form.action, form.values)

    ask.refresh_from_db()
    assert ask.gloss_is_machine is False
    assert "move-verify_gloss" not in buttons_of(thread("marco", ask))


def test_the_team_does_not_stand_for_a_translation(world: World) -> None:
    ask = by_machine(world)

    answer = seen_by("bruna").post(
        f"/asks/{ask.pk}/moves/verify_gloss/", {"key": str(uuid4())}
    )

    assert "move-verify_gloss" not in buttons_of(thread("bruna", ask))
    assert answer.status_code == 403


@pytest.mark.parametrize("who", ["bruna", "marco"])
def test_what_the_answer_promises_is_noted_with_its_hour(
    world: World, who: str
) -> None:
    ask = promising(world)
    form = form_with(thread(who, ask), "promise")

    seen_by(who).post(form.action, form.values)

    promise = Promise.objects.get()
    assert (promise.words, promise.owner_team) == (PROMISING, world.boats)
    assert promise.due_at == NOON + 6 * HOUR + 30 * MINUTE
    assert promise.ask == ask
    assert "promise" not in buttons_of(thread(who, ask))


def test_an_answer_that_promises_nothing_offers_nothing(world: World) -> None:
    assert "promise" not in buttons_of(thread("bruna", answered(world)))


def test_a_promise_wants_its_hour_and_a_hand_to_keep_it(world: World) -> None:
    ask = promising(world)
    address = f"/asks/{ask.pk}/promises/"
    given = {"key": str(uuid4()), "promise_words": "Two boats"}
    due = {"promise_due": "2027-05-01T18:30"}

    answers = [
        seen_by("bruna").post(address, given),
        seen_by("bruna").post(address, given | {"promise_due": "soon"}),
        seen_by("eve").post(address, given | due),
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 404]
    assert Promise.objects.count() == 0
