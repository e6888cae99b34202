"""An alarm and an answer by SMS, from a number that is on file."""

from datetime import datetime

import pytest

from tests.world import HOUR, NOON, World, make_party
from titian.intake.coded import take
from titian.intake.message import Message
from titian.loop.codes import Report, RollWord, write_answer, write_report
from titian.loop.commands import roll
from titian.loop.models import Incident, RollAnswer
from titian.people.models import Person

REAL = datetime(2027, 5, 1, 12, 0, tzinfo=NOON.tzinfo)
FIRE = write_report(Report("ARN", "fire", 3, "LOBBY", 1, 11, 58))


def text(words: str, number: str = "sms-1") -> Message:
    return Message("sms", number, "+62 899 1", words, REAL)


def marco() -> Person:
    return Person.objects.get(display="Marco")


def test_an_alarm_by_sms_is_raised_and_a_second_delivery_changes_nothing(
    world: World,
) -> None:
    make_party("SEC", "Security", "team")

    for _delivery in range(2):
        assert take(text(FIRE), marco(), REAL)

    incident = Incident.objects.get()
    assert (incident.alarm, incident.place) == ("fire", "LOBBY")
    assert incident.ask.said_by == marco()


def test_an_answer_to_a_call_by_sms_counts(world: World) -> None:
    call = roll.call_roll(
        world.event.pk, [world.arunika.pk], actor=world.wati, at=NOON - HOUR
    )
    words = write_answer(RollWord(call.number, "ARN", "missing", 1, 1, 11, 59))

    assert take(text(words), marco(), REAL)

    assert RollAnswer.objects.get().word == "missing"


@pytest.mark.parametrize(
    "words", ["Two towels please", FIRE.replace("MED", "MES").replace("FIR3", "FIR2")]
)
def test_what_is_no_code_or_a_garbled_one_goes_the_usual_way(
    world: World, words: str
) -> None:
    assert not take(text(words), marco(), REAL)
    assert Incident.objects.count() == 0


@pytest.mark.parametrize("name", ["Bruna", "Eve", "Ingrid"])
def test_nobody_elses_code_is_taken(world: World, name: str) -> None:
    make_party("SEC", "Security", "team")

    assert not take(text(FIRE), Person.objects.get(display=name), REAL)


def test_a_strangers_code_waits_for_a_coordinator(world: World) -> None:
    assert not take(text(FIRE), None, REAL)
