"""What a newsroom asks goes to the press desk, whoever was asked; and back if wrong."""

from uuid import uuid4

import pytest

from tests.briefing.newsroom import (
    HOLDING,
    Newsroom,
    approve_line,
    burning,
    desk_hand,
    incident_of,
    make_newsroom,
    said,
)
from tests.briefing.told import do_all
from tests.loop.stories import answered
from tests.world import NOON, WORDS, World, make_person
from titian.briefing.commands import press
from titian.briefing.diverting import holding_line, phrase_in
from titian.briefing.models import Diversion, KeyMessage, Phrase
from titian.channels import memory
from titian.kernel.actor import Kind
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.loop.commands import asks
from titian.loop.models import Ask, Incident, Topic
from titian.people.models import Party
from titian.people.queries import on_file

QUESTION = "May our reporter get an interview with your minister?"


@pytest.fixture(autouse=True)
def by_memory(settings: object) -> None:
    settings.CHANNELS = {"email": "titian.channels.memory"}  # type: ignore[attr-defined]
    memory.sent.clear()


@pytest.fixture
def room(world: World) -> Newsroom:
    return make_newsroom(world)


def heard(ask: Ask) -> Ask:
    ask.refresh_from_db()
    return ask


def cause_of(ask: Ask) -> str:
    found = Diversion.objects.filter(ask=ask).first()
    return found.cause if found else ""


def test_a_media_house(world: World, room: Newsroom) -> None:
    ask = asks.ask(room.house.pk, "Two chairs", actor=room.nils, at=NOON)
    do_all(world)

    assert (heard(ask).owner, cause_of(ask)) == (world.press, "sender")


def test_its_bed_and_its_car_are_what_any_guest_asks_for(
    world: World, room: Newsroom
) -> None:
    Topic.objects.create(
        event=world.event,
        code="boats",
        name_en="Boats",
        team=world.boats,
        keywords=["boat"],
    )
    ask = asks.ask(room.house.pk, "A boat at six", actor=room.nils, at=NOON)
    do_all(world)

    assert (heard(ask).owner, cause_of(ask)) == (None, "")


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        (QUESTION, "reporter"),
        ("Ada WARTAWAN yang menunggu", "wartawan"),
        ("Bisa wawancara sebentar?", "wawancara"),
        ("Kami ingin mewawancarai menteri", "mewawancarai"),
        ("Two journalists would like to come along", "journalists"),
    ],
)
def test_by_its_words_in_either_language(world: World, words: str, phrase: str) -> None:
    ask = said(world, words)
    do_all(world)

    assert (cause_of(ask), ask.diversion.phrase) == ("phrase", phrase)


def test_a_phrase_is_whole_words(world: World) -> None:
    assert phrase_in(world.event, "Please express my thanks to the presser") == ""
    assert phrase_in(world.event, "a press-conference") == "press"


def test_five_people_in_french_are_no_newsroom(world: World) -> None:
    ask = asks.ask(
        world.arunika.pk,
        "Une table pour cinq pers.",
        language="fr",
        channel="link",
        actor=world.ingrid,
        at=NOON,
    )
    do_all(world)

    assert cause_of(ask) == ""
    assert phrase_in(world.event, "Ada pers di lobi", "en") == ""


@pytest.mark.parametrize("words", ["No press, please", "Tanpa pers.", "without MEDIA"])
def test_who_wants_no_press_asks_nothing_of_the_desk(world: World, words: str) -> None:
    assert phrase_in(world.event, words) == ""
    assert phrase_in(world.event, f"{words} And an interview") == "interview"


def test_the_desks_own_list_takes_the_place_of_the_usual(world: World) -> None:
    press.add_phrase(
        world.event.pk, "Off  the record", "en", actor=world.petra, at=NOON
    )

    assert phrase_in(world.event, QUESTION) == ""
    assert phrase_in(world.event, "Is it OFF THE RECORD?") == "off the record"


def test_by_its_topic_once_it_is_passed_on(world: World) -> None:
    topic = Topic.objects.create(
        event=world.event, code="photos", name_en="Photos", team=world.press
    )
    ask = said(world, "Pictures for the newsletter")
    asks.pass_on(ask.pk, topic_id=topic.pk, actor=world.marco, at=NOON)
    do_all(world)

    assert heard(ask).owner == world.press
    assert cause_of(ask) == ""  # the rule sent it there: nothing was diverted


def test_a_sender_nobody_knows(world: World) -> None:
    stranger = make_person("Sten", world.arunika.party)
    actor = on_file(stranger)
    assert actor.kind == Kind.ADDRESS
    ask = asks.ask(world.arunika.pk, "Hello", channel="mail", actor=actor, at=NOON)
    do_all(world)

    assert cause_of(ask) == "unknown"


def test_a_guest_who_asks_for_water_is_left_alone(world: World) -> None:
    ask = said(world, WORDS)
    do_all(world)

    assert (heard(ask).owner, cause_of(ask)) == (None, "")


def test_without_a_press_desk_nothing_is_diverted(world: World) -> None:
    Party.objects.filter(pk=world.press.pk).update(code="XXX")
    ask = said(world, QUESTION)
    do_all(world)

    assert heard(ask).owner is None


def test_the_officer_gets_the_line_and_the_desk_the_matter(world: World) -> None:
    approve_line(world)
    said(world, QUESTION)
    do_all(world)

    letters = {one.address: one.words.text for one in memory.sent}

    assert letters["marco@example.org"].endswith(HOLDING[1])
    assert letters["petra@example.org"] == QUESTION


def test_without_an_approved_line_the_officer_says_nothing(world: World) -> None:
    said(world, QUESTION)
    do_all(world)

    letters = {one.address: one.words.text for one in memory.sent}

    assert letters["marco@example.org"].startswith("Mohon jangan menjawabnya")


def test_two_taps_of_the_officer(world: World) -> None:
    ask, key = said(world, WORDS), uuid4()
    for _twice in range(2):
        press.divert(ask.pk, actor=world.marco, at=NOON, key=key)

    assert (heard(ask).owner, cause_of(ask)) == (world.press, "officer")
    assert Entry.objects.filter(verb="diversion.made").count() == 1


@pytest.mark.parametrize("who", ["ingrid", "bruna", "eve", "petra"])
def test_nobody_else_taps_it_there(world: World, who: str) -> None:
    ask = said(world, WORDS)

    with pytest.raises(Forbidden):
        press.divert(ask.pk, actor=getattr(world, who), at=NOON)


def test_what_is_answered_is_not_diverted(world: World) -> None:
    ask = answered(world)

    with pytest.raises(IllegalMove):
        press.divert(ask.pk, actor=world.marco, at=NOON)


def test_a_team_that_has_it_loses_it_and_gets_it_back(world: World) -> None:
    ask = said(world, WORDS)
    asks.pass_on(ask.pk, team_id=world.boats.pk, actor=world.marco, at=NOON)
    made = press.divert(ask.pk, actor=world.marco, at=NOON)

    press.undo(made.pk, "it is about boats", actor=world.petra, at=NOON)

    assert (heard(ask).owner, ask.state) == (world.boats, Ask.State.PASSED)


def test_undone_it_is_with_the_officer_again_and_no_rule_takes_it(
    world: World,
) -> None:
    ask = said(world, QUESTION)
    do_all(world)
    made = Diversion.objects.get(ask=ask)
    press.undo(made.pk, "a reporter's chair", actor=world.petra, at=NOON)
    assert (heard(ask).owner, ask.state) == (None, Ask.State.SAID)

    press.consider(ask.pk, at=NOON)

    assert heard(ask).owner is None


def test_undoing_needs_a_reason_and_happens_once(world: World) -> None:
    made = press.divert(said(world, WORDS).pk, actor=world.marco, at=NOON)

    with pytest.raises(press.NotSaid):
        press.undo(made.pk, "  ", actor=world.petra, at=NOON)
    press.undo(made.pk, "boats", actor=world.petra, at=NOON)
    with pytest.raises(IllegalMove):
        press.undo(made.pk, "boats", actor=world.petra, at=NOON)


def test_the_officer_may_say_it_again(world: World) -> None:
    ask = said(world, WORDS)
    made = press.divert(ask.pk, actor=world.marco, at=NOON)
    press.undo(made.pk, "boats", actor=world.petra, at=NOON)

    again = press.divert(ask.pk, actor=world.marco, at=NOON)

    assert (again.pk, again.undone_at, heard(ask).owner) == (
        made.pk,
        None,
        world.press,
    )


@pytest.mark.parametrize("who", ["marco", "ingrid", "bruna", "eve"])
def test_only_the_desk_keeps_phrases_and_gives_back(world: World, who: str) -> None:
    actor = getattr(world, who)
    made = press.divert(said(world, WORDS).pk, actor=world.marco, at=NOON)
    phrase = press.add_phrase(world.event.pk, "scoop", "en", actor=world.petra, at=NOON)

    with pytest.raises(Forbidden):
        press.undo(made.pk, "boats", actor=actor, at=NOON)
    with pytest.raises(Forbidden):
        press.add_phrase(world.event.pk, "leak", "en", actor=actor, at=NOON)
    with pytest.raises(Forbidden):
        press.drop_phrase(phrase.pk, actor=actor, at=NOON)


def test_a_phrase_stands_once_and_goes(world: World) -> None:
    for words in ("Scoop", "scoop "):
        press.add_phrase(world.event.pk, words, "en", actor=world.petra, at=NOON)
    phrase = Phrase.objects.get()

    press.drop_phrase(phrase.pk, actor=world.petra, at=NOON)

    assert not Phrase.objects.exists()


@pytest.mark.parametrize(("words", "language"), [("ab", "en"), ("scoop", "fr")])
def test_a_phrase_has_letters_and_a_language(
    world: World, words: str, language: str
) -> None:
    with pytest.raises(press.NotSaid):
        press.add_phrase(world.event.pk, words, language, actor=world.petra, at=NOON)


def test_a_new_line_takes_the_place_of_the_old(world: World) -> None:
    approve_line(world)
    approve_line(world)

    assert KeyMessage.objects.filter(retired_at=None).count() == 1
    assert holding_line(world.event, "en") == HOLDING[0]


def test_the_desk_writes_but_only_the_spokesperson_approves(world: World) -> None:
    dora = desk_hand(world)
    message = approve_line(world)

    with pytest.raises(Forbidden):
        press.approve_message(world.event.pk, "a", "b", actor=dora, at=NOON)
    with pytest.raises(Forbidden):
        press.retire_message(message.pk, actor=dora, at=NOON)


def test_a_line_in_one_language_is_none(world: World) -> None:
    with pytest.raises(press.NotSaid):
        press.approve_message(world.event.pk, "Wait", "", actor=world.petra, at=NOON)


def test_retired_once_it_is_said_no_more(world: World) -> None:
    message = approve_line(world)
    press.retire_message(message.pk, actor=world.petra, at=NOON)

    assert holding_line(world.event, "en") == ""
    with pytest.raises(IllegalMove):
        press.retire_message(message.pk, actor=world.petra, at=NOON)


def test_in_an_emergency_the_line_is_the_incidents_own_once_it_is_cleared(
    world: World,
) -> None:
    approve_line(world)
    incident = incident_of(burning(world))
    assert holding_line(world.event, "en") == HOLDING[0]

    Incident.objects.filter(pk=incident.pk).update(
        say_en="One person is with a doctor.", say_by=world.petra.person_id
    )

    assert holding_line(world.event, "en") == "One person is with a doctor."
