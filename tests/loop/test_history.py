"""The notes of an ask: when it was said and heard, by whom, for who may see it."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from tests.loop.steps import DISGUISES, STEPS
from tests.loop.stories import all_done, answered, in_hand, passed
from tests.world import HOUR, MINUTE, NOON, WORDS, World, make_party
from titian.kernel.models import Entry
from titian.loop.commands import asks
from titian.loop.commands.incidents import raise_alarm
from titian.loop.history import history_of
from titian.loop.models import Ask
from titian.people.commands.erasure import erase


def lines(world: World, ask: Ask) -> list[str]:
    """The notes in English, as Wati reads them."""
    with override("en"):
        return [line.sentence for line in history_of(ask, world.wati)]


def test_it_tells_the_way_of_an_ask_newest_first(world: World) -> None:
    ask = asks.close(answered(world).pk, actor=world.for_ingrid, at=NOON)

    assert lines(world, ask) == [
        "Marco said that it is kept, on the word of Ingrid",
        "Bruna answered",
        "Bruna took it in hand",
        "Marco passed it on to Boat desk",
        "Ingrid wrote the request down",
    ]


def test_a_reason_is_read_by_those_who_may_see(world: World) -> None:
    ask = STEPS["bounce"].before(world)
    STEPS["bounce"].take(world, ask, "bruna")

    assert lines(world, ask)[0] == "Bruna handed it to Kitchen: theirs"


def test_what_the_house_noted_is_there_too(world: World) -> None:
    ask = passed(world)
    all_done(world, NOON + 10 * MINUTE)

    assert lines(world, ask)[0] == "Nobody had taken the next step; told: Bruna"


def test_an_alarm_names_the_team_that_was_called(world: World) -> None:
    make_party("MED", "Medics", "team")
    ask = raise_alarm(world.arunika.pk, "medical", actor=world.marco, at=NOON)

    assert lines(world, ask) == ["Marco raised the alarm, to Medics"]


@pytest.mark.parametrize("verb", STEPS)
def test_every_verb_has_its_sentence(world: World, verb: str) -> None:
    ask = STEPS[verb].take(world, STEPS[verb].before(world), STEPS[verb].who[0])

    assert "ask." not in lines(world, ask)[0]


def test_said_and_heard_stand_apart(world: World) -> None:
    ask = passed(world)
    world.event.set_clock(reads=NOON + HOUR, speed=0, real=NOON)
    world.event.save()
    asks.accept(ask.pk, actor=world.bruna, at=NOON + MINUTE)

    newest = history_of(ask, world.wati)[0]
    assert (newest.said_at, newest.heard_at) == (NOON + MINUTE, NOON + HOUR)


@pytest.mark.parametrize("disguise", [who for who in DISGUISES if "word" not in who])
def test_eve_reads_no_line(world: World, disguise: str) -> None:
    assert history_of(passed(world), world.nobodies()[disguise]) == []


def test_the_press_desk_reads_no_line_of_the_boats(world: World) -> None:
    assert history_of(passed(world), world.petra) == []


def test_a_forgotten_guest_leaves_lines_without_words(world: World) -> None:
    ask = passed(world)
    assert history_of(ask, world.wati)[-1].words == {"words": WORDS}

    erase(ask.said_by_id, actor=world.ingrid, at=NOON, key=uuid4())

    assert history_of(ask, world.wati)[-1].words == {}


def test_many_lines_cost_no_more_than_few(world: World) -> None:
    ask = in_hand(world)
    with CaptureQueriesContext(connection) as few:
        history_of(ask, world.wati)
    for minute in range(5):
        asks.tell(ask.pk, "Soon", actor=world.bruna, at=NOON + minute * MINUTE)

    with CaptureQueriesContext(connection) as many:
        assert len(history_of(ask, world.wati)) == 8

    assert len(many) == len(few)
    assert Entry.objects.filter(verb="ask.told").count() == 5
