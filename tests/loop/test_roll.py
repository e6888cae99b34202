"""A muster: asked once, answered twice, late and out of order, the silent by name."""

from uuid import uuid4

import pytest
from django.core import mail

from tests.loop.drills import alarm, second_officer
from tests.loop.stories import all_done
from tests.world import MINUTE, NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.loop.codes import RollWord, Unread, write_answer
from titian.loop.commands import commanding, roll
from titian.loop.commands.roll import NobodyCalled
from titian.loop.models import Roll, RollAnswer
from titian.loop.saying import Unknown


def called(world: World) -> Roll:
    """Wati calls both delegations."""
    return roll.call_roll(
        world.event.pk,
        [world.arunika.pk, world.selaya.pk],
        area="Lagoon Inn",
        actor=world.wati,
        at=NOON,
    )


def words(call: Roll) -> dict[str, str]:
    return {one.delegation.code: one.word for one in call.answers.all()}


def test_every_delegation_is_asked_once(world: World) -> None:
    call = called(world)

    assert (str(call), words(call)) == ("M1", {"ARN": "", "SLY": ""})


def test_each_officer_is_told_at_once(world: World) -> None:
    second_officer(world)
    called(world)

    all_done(world, NOON)

    assert sorted(sent.to[0] for sent in mail.outbox) == [
        "lia@example.org",
        "marco@example.org",
    ]


def test_the_officer_answers_for_her_guests_by_one_tap(world: World) -> None:
    call = called(world)

    roll.answer_all(call.pk, "safe", people=12, actor=world.marco, at=NOON)

    assert words(call) == {"ARN": "safe", "SLY": ""}


def test_she_does_not_answer_for_others(world: World) -> None:
    call = called(world)

    with pytest.raises(Forbidden):
        roll.answer(call.pk, world.selaya.pk, "safe", actor=world.marco, at=NOON)
    with pytest.raises(Forbidden):
        roll.answer_all(call.pk, "safe", actor=world.bruna, at=NOON)


def test_two_taps_are_one_answer(world: World) -> None:
    call, key = called(world), uuid4()

    for _tap in range(2):
        roll.answer_all(call.pk, "safe", actor=world.marco, at=NOON, key=key)

    assert Entry.objects.filter(verb="roll.answered").count() == 1


def test_the_word_said_last_counts_in_whatever_order_words_arrive(
    world: World,
) -> None:
    call = called(world)

    roll.answer_all(call.pk, "safe", actor=world.marco, at=NOON + 3 * MINUTE)
    roll.answer_all(call.pk, "missing", actor=world.marco, at=NOON + MINUTE)

    assert words(call)["ARN"] == "safe"
    assert Entry.objects.filter(verb="roll.answered").count() == 2


def test_a_later_word_replaces_the_one_before(world: World) -> None:
    call = called(world)

    roll.answer_all(call.pk, "missing", people=1, actor=world.marco, at=NOON)
    roll.answer_all(call.pk, "safe", people=12, actor=world.marco, at=NOON + MINUTE)

    assert words(call)["ARN"] == "safe"


def test_who_is_silent_is_named_after_five_minutes_and_again(world: World) -> None:
    call = called(world)
    roll.answer_all(call.pk, "safe", actor=world.marco, at=NOON)

    verbs = all_done(world, NOON + 11 * MINUTE)

    assert verbs.count("roll.silent") == 2
    assert [sent.body for sent in mail.outbox if sent.to == ["wati@example.org"]] == [
        "Selaya",
        "Selaya",
    ]


def test_when_all_have_answered_nobody_is_named(world: World) -> None:
    second = second_officer(world)
    call = called(world)
    roll.answer_all(call.pk, "safe", actor=world.marco, at=NOON)
    roll.answer_all(call.pk, "injured", people=1, actor=second, at=NOON)

    assert "roll.silent" not in all_done(world, NOON + 11 * MINUTE)


def test_a_closed_call_still_takes_a_late_word(world: World) -> None:
    call = called(world)
    roll.stand_down(call.pk, actor=world.wati, at=NOON)

    roll.answer_all(call.pk, "missing", people=2, actor=world.marco, at=NOON)

    assert words(call)["ARN"] == "missing"
    with pytest.raises(IllegalMove):
        roll.stand_down(call.pk, actor=world.wati, at=NOON)
    assert roll.call_again(call.pk, actor=world.wati, at=NOON).state == "open"


def test_an_answer_comes_by_short_text_at_its_own_hour(world: World) -> None:
    call = called(world)
    text = write_answer(RollWord(call.number, "ARN", "injured", 2, 1, 11, 59))

    given = roll.answer_by_text(
        world.event.pk, text.lower(), actor=world.marco, at=NOON
    )

    assert (given.word, given.people, given.said_at) == (
        "injured",
        2,
        NOON - MINUTE,
    )


def test_a_garbled_answer_is_none(world: World) -> None:
    call = called(world)
    text = write_answer(RollWord(call.number, "ARN", "safe", 2, 1, 11, 59))

    with pytest.raises(Unread):
        roll.answer_by_text(
            world.event.pk, text.replace("OK2", "OK3"), actor=world.marco, at=NOON
        )


@pytest.mark.parametrize("who", ["ingrid", "marco", "bruna", "petra", "eve"])
def test_only_a_coordinator_calls(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        roll.call_roll(
            world.event.pk, [world.arunika.pk], actor=getattr(world, who), at=NOON
        )


def test_who_commands_the_incident_calls_for_it(world: World) -> None:
    incident = commanding.take_command(alarm(world).pk, actor=world.wati, at=NOON)

    call = roll.call_roll(
        world.event.pk,
        [world.arunika.pk],
        incident_id=incident.pk,
        actor=world.wati,
        at=NOON,
    )

    assert call.incident == incident


def test_a_call_of_nobody_is_none(world: World) -> None:
    with pytest.raises(NobodyCalled):
        roll.call_roll(world.event.pk, [], actor=world.wati, at=NOON)


@pytest.mark.parametrize(("word", "people"), [("fine", 1), ("safe", -1)])
def test_an_answer_nobody_understands_is_refused(
    world: World, word: str, people: int
) -> None:
    with pytest.raises(Unknown):
        roll.answer_all(
            called(world).pk, word, people=people, actor=world.marco, at=NOON
        )


@pytest.mark.parametrize(
    ("who", "sees"),
    [("wati", 1), ("marco", 1), ("petra", 1), ("ingrid", 0), ("eve", 0)],
)
def test_the_asked_officers_and_the_house_see_the_call(
    world: World, who: str, sees: int
) -> None:
    called(world)

    assert Roll.objects.visible_to(getattr(world, who)).count() == sees


def test_of_many_answers_the_latest_one_stands(world: World) -> None:
    call = called(world)
    given = RollAnswer.objects.get(roll=call, delegation=world.arunika)

    for minute in (7, 3, 9, 1):
        roll.answer_all(
            call.pk, "safe", people=minute, actor=world.marco, at=NOON + minute * MINUTE
        )

    given.refresh_from_db()
    assert given.people == 9
