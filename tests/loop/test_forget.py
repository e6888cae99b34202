"""An erased guest's words are gone everywhere; what was done about them stays."""

import pytest

from tests.loop.stories import answered, passed
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.consequences import carry_out, claim
from titian.kernel.models import Entry
from titian.loop.commands import asks, promises
from titian.loop.models import Ask, Promise
from titian.people.commands.erasure import erase


def forget_ingrid(world: World) -> None:
    """She asks for it herself, and the house does what follows."""
    assert world.ingrid.person_id is not None
    erase(world.ingrid.person_id, actor=world.ingrid, at=NOON)
    while owed := claim(world.event, at=NOON):
        carry_out(owed)
    while owed := claim(None, at=FAR):
        carry_out(owed)


FAR = NOON.replace(year=2999)


def test_the_rows_lose_the_words_and_keep_the_state(world: World) -> None:
    ask = answered(world)

    forget_ingrid(world)

    ask.refresh_from_db()
    assert (ask.words, ask.answer_words, ask.details) == ("", "", {})
    assert (ask.state, ask.answered_at) == (Ask.State.ANSWERED, NOON)
    assert Entry.objects.filter(verb="ask.words_forgotten").count() == 1


def test_what_the_team_says_later_is_not_kept_either(world: World) -> None:
    ask = passed(world)
    forget_ingrid(world)

    later = asks.accept(ask.pk, actor=world.bruna, at=NOON + MINUTE)
    later = asks.answer(ask.pk, "At pier B", actor=world.bruna, at=NOON + MINUTE)

    later.refresh_from_db()
    assert (later.state, later.answer_words) == (Ask.State.ANSWERED, "")
    assert bytes(Entry.objects.get(verb="ask.answered").sealed) == b""


@pytest.mark.parametrize("times", [1, 2])
def test_forgetting_twice_is_forgetting_once(world: World, times: int) -> None:
    ask = passed(world)
    for _time in range(times):
        asks.forget_words_of(ask.said_by_id, at=NOON)
        promises.forget_words_of(ask.said_by_id, at=NOON)

    assert Entry.objects.filter(verb="ask.words_forgotten").count() == 1


def test_what_she_promised_and_what_was_promised_her_is_forgotten(world: World) -> None:
    ask = passed(world)
    hers = promises.promise(
        world.arunika.pk,
        "We send the names",
        direction="theirs",
        due_at=NOON + HOUR,
        actor=world.for_ingrid,
        at=NOON,
    )
    to_her, other = (
        promises.promise(
            world.arunika.pk,
            "A ramp",
            due_at=NOON + HOUR,
            ask_id=about,
            actor=world.marco,
            at=NOON,
        )
        for about in (ask.pk, None)
    )

    forget_ingrid(world)

    words = dict(Promise.objects.values_list("pk", "words"))
    assert words == {hers.pk: "", to_her.pk: "", other.pk: "A ramp"}


def test_a_promise_heard_after_the_erasure_keeps_no_words(world: World) -> None:
    forget_ingrid(world)

    late = promises.promise(
        world.arunika.pk,
        "We send the names",
        direction="theirs",
        due_at=NOON + HOUR,
        actor=world.for_ingrid,
        at=NOON,
    )

    assert late.words == ""
