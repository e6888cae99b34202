"""A retry changes nothing, and a key is good for one act of one actor."""

from uuid import uuid4

import pytest

from tests.loop.steps import STEPS
from tests.loop.stories import answered, passed
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.journal import KeyReused
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Consequence, Entry
from titian.loop.commands import asks
from titian.loop.models import Ask

CHANGING = [verb for verb in STEPS if verb != "ask"]


@pytest.mark.parametrize("verb", STEPS)
def test_the_second_try_changes_nothing(world: World, verb: str) -> None:
    step, key = STEPS[verb], uuid4()
    ask = step.before(world)
    first = step.take(world, ask, step.who[0], key=key)
    rows = list(Ask.objects.values())
    written, owed = Entry.objects.count(), Consequence.objects.count()

    again = step.take(world, ask, step.who[0], at=NOON + HOUR, key=key)

    assert again == first
    assert list(Ask.objects.values()) == rows
    assert (Entry.objects.count(), Consequence.objects.count()) == (written, owed)


@pytest.mark.parametrize("verb", CHANGING)
def test_a_key_is_good_for_one_verb(world: World, verb: str) -> None:
    step, key = STEPS[verb], uuid4()
    ask = step.before(world)
    asks.ask(world.arunika.pk, "Towels", actor=world.ingrid, at=NOON, key=key)

    with pytest.raises(KeyReused):
        step.take(world, ask, step.who[0], key=key)


@pytest.mark.parametrize("verb", CHANGING)
def test_a_key_is_good_for_one_ask(world: World, verb: str) -> None:
    step, key = STEPS[verb], uuid4()
    step.take(world, step.before(world), step.who[0], key=key)

    with pytest.raises(KeyReused):
        step.take(world, step.before(world), step.who[0], key=key)


def test_a_key_is_good_for_one_actor(world: World) -> None:
    ask, key = answered(world), uuid4()
    asks.close(ask.pk, actor=world.ingrid, at=NOON, key=key)

    with pytest.raises(KeyReused):
        asks.close(ask.pk, actor=world.for_ingrid, at=NOON, key=key)


@pytest.mark.parametrize("verb", ["accept", "answer", "close", "confirm", "withdraw"])
def test_of_two_people_the_second_is_too_late(world: World, verb: str) -> None:
    step = STEPS[verb]
    ask = step.before(world)
    step.take(world, ask, step.who[0], key=uuid4())

    with pytest.raises(IllegalMove):
        step.take(world, ask, step.who[-1], key=uuid4())

    assert Entry.objects.filter(verb=step.entry).count() == 1


def test_what_was_said_late_keeps_its_own_moment(world: World) -> None:
    """Bruna accepted at noon, in a cellar; the house heard it an hour later."""
    ask = passed(world)
    world.event.set_clock(reads=NOON + HOUR, speed=0, real=NOON)
    world.event.save()

    asks.accept(ask.pk, actor=world.bruna, at=NOON + MINUTE)

    entry = Entry.objects.get(verb="ask.accepted")
    assert (entry.said_at, entry.heard_at) == (NOON + MINUTE, NOON + HOUR)


def test_what_comes_too_early_waits_for_what_was_before_it(world: World) -> None:
    """The outbox of a phone came in the wrong order."""
    ask = passed(world)
    key = uuid4()
    with pytest.raises(IllegalMove):
        asks.answer(ask.pk, "There", actor=world.bruna, at=NOON + MINUTE, key=key)
    asks.accept(ask.pk, actor=world.bruna, at=NOON)

    done = asks.answer(ask.pk, "There", actor=world.bruna, at=NOON + MINUTE, key=key)

    assert (done.state, done.answered_at) == (Ask.State.ANSWERED, NOON + MINUTE)


@pytest.mark.parametrize("verb", CHANGING)
def test_what_is_over_stays_over(world: World, verb: str) -> None:
    """Only a closed ask may be asked again; what is withdrawn is withdrawn."""
    ask = asks.withdraw(passed(world).pk, actor=world.ingrid, at=NOON)
    if verb in {"hear", "verify_gloss"}:  # looking is harmless
        STEPS[verb].take(world, ask, STEPS[verb].who[0])
    else:
        with pytest.raises(IllegalMove):
            STEPS[verb].take(world, ask, STEPS[verb].who[0])

    assert Entry.objects.latest("pk").verb == "ask.withdrawn"
