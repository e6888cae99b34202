"""A reply acknowledges the sender's own notice alone, or answers her own roll call."""

from collections.abc import Sequence
from itertools import count

import pytest
from pytest_django.fixtures import Settings

from tests.briefing.told import copy_of, do_all, next_version, sent
from tests.intake.imap import Box
from tests.intake.letters import letter
from tests.intake.reading import number_of_last_mail_to, read
from tests.loop.stories import restated
from tests.world import NOON, World
from titian.briefing.commands import preferences
from titian.briefing.models import Copy
from titian.channels import memory
from titian.channels.models import Delivery
from titian.intake.commands import receive
from titian.intake.message import Message
from titian.intake.models import Incoming
from titian.kernel.actor import Actor
from titian.loop.commands import roll
from titian.loop.models import Ask, Roll, RollAnswer
from titian.people.models import Assignment, Person

MARCO, NOBODY = "+6289900001001", "+6289999999999"
numbers = count(1)


@pytest.fixture(autouse=True)
def by_telephone(world: World, settings: Settings) -> None:
    memory.sent.clear()
    kinds = ("email", "sms", "whatsapp")
    settings.CHANNELS = dict.fromkeys(kinds, "titian.channels.memory")
    prefers(world.marco, "sms", MARCO)


def prefers(actor: Actor, channel: str, phone: str) -> None:
    assert actor.person_id is not None
    person = Person.objects.get(pk=actor.person_id)
    person.phone = phone
    person.save()
    preferences.prefer(person.pk, [channel], actor=actor, at=NOON)


def told(world: World) -> Copy:
    """The pier is closed, and Marco has it by SMS."""
    copy = copy_of(sent(world), world.marco)
    do_all(world)
    copy.refresh_from_db()
    assert copy.sent_by == "sms"
    return copy


def called(world: World, *delegations: int) -> Roll:
    asked = delegations or (world.arunika.pk,)
    call = roll.call_roll(world.event.pk, asked, actor=world.wati, at=NOON)
    do_all(world)
    return call


def says(
    words: str,
    sender: str = MARCO,
    channel: str = "sms",
    answers: Sequence[str] = (),
    choice: str = "",
) -> Incoming:
    number = f"{channel}-{next(numbers)}"
    message = Message(
        channel, number, sender, words, NOON, answers=answers, choice=choice
    )
    return receive(message, at=NOON)


def known(copy: Copy) -> bool:
    copy.refresh_from_db()
    return copy.acknowledged_at is not None


def asked_back() -> str:
    """What Marco was told last."""
    return memory.sent[-1].words.text


@pytest.mark.parametrize(
    "words",
    [
        "OK",
        "ok.",
        "Ya",
        "Siap",
        "Siap, sudah baca",
        "sudah baca, terima kasih",
        "aman",
        "I have read it",
        "👍🏽",
        "OK N-0001",
        "ok n1",
    ],
)
def test_a_reply_acknowledges_the_one_notice_that_waits(
    world: World, words: str
) -> None:
    copy = told(world)

    incoming = says(words)

    assert known(copy)
    assert (incoming.state, incoming.letter) == ("taken", {})
    assert Ask.objects.count() == 0


@pytest.mark.parametrize(
    "words",
    [
        "OK?",
        "not ok",
        "belum baca",
        "ok but where do we meet",
        "OK N-0007",
        "missing 2",
        "Two towels please",
    ],
)
def test_words_that_say_more_are_somebodys_words(world: World, words: str) -> None:
    copy = told(world)

    says(words)

    assert not known(copy)


def test_of_two_notices_she_is_asked_which_and_the_number_decides(
    world: World,
) -> None:
    first, second = told(world), told(world)

    says("OK")
    do_all(world)

    assert not known(first)
    assert not known(second)
    assert asked_back().splitlines() == [
        "OK N-0001: Dermaga ditutup",
        "OK N-0002: Dermaga ditutup",
    ]
    says("OK 2")
    assert (known(first), known(second)) == (False, True)


def test_the_message_it_answers_decides_as_well(world: World) -> None:
    prefers(world.marco, "whatsapp", MARCO)
    copies = []
    for _notice in range(2):
        copies.append(copy_of(sent(world), world.marco))
        do_all(world)
    number = Delivery.objects.get(about=f"briefing.copy:{copies[0].pk}").number

    says("siap", channel="whatsapp", answers=[number])

    assert [known(one) for one in copies] == [True, False]


def test_one_tap_in_whatsapp_acknowledges(world: World) -> None:
    prefers(world.marco, "whatsapp", MARCO)
    copy = copy_of(sent(world), world.marco)
    do_all(world)
    [choice] = memory.sent[-1].words.choices

    says(choice.title, channel="whatsapp", choice=choice.code)

    assert known(copy)


def test_a_tap_on_somebody_elses_copy_changes_nothing(world: World) -> None:
    copy = told(world)
    prefers(world.eve, "whatsapp", NOBODY)

    says("I know it", NOBODY, "whatsapp", choice=f"copy:{copy.pk}:known")

    assert not known(copy)


def test_an_unknown_senders_reply_acknowledges_nothing_and_waits(world: World) -> None:
    copy = told(world)

    incoming = says("OK", NOBODY)

    assert not known(copy)
    assert (incoming.state, incoming.why) == ("waiting", "unknown")


def test_a_number_of_two_people_acknowledges_for_neither(world: World) -> None:
    copy = told(world)
    prefers(world.bruna, "sms", MARCO)

    incoming = says("OK")

    assert not known(copy)
    assert incoming.why == "several"


def test_ok_to_a_request_is_no_word_on_an_older_notice(world: World) -> None:
    copy = told(world)
    restated(world)
    do_all(world)

    says("OK")

    assert not known(copy)


@pytest.mark.parametrize("words", ["OK N-0001", "siap 1"])
def test_with_its_number_a_notice_that_came_by_another_way_is_known(
    world: World, words: str
) -> None:
    copy = told(world)

    says(words, channel="whatsapp")

    assert known(copy)


@pytest.mark.parametrize("words", ["OK", "Terima kasih, sudah", "👍"])
def test_a_thank_you_to_nothing_makes_no_request(world: World, words: str) -> None:
    number = "+628110000777"
    prefers(world.ingrid, "sms", number)

    incoming = says(words, sender=number)

    assert (incoming.state, Ask.objects.count()) == ("set_aside", 0)


def test_a_thank_you_with_a_wish_in_it_is_a_request(world: World) -> None:
    number = "+628110000777"
    prefers(world.ingrid, "sms", number)

    says("OK, towels please", sender=number)

    assert Ask.objects.get().words == "OK, towels please"


def test_what_does_not_hold_any_more_is_said_so(world: World) -> None:
    copy = told(world)
    number = Delivery.objects.get(about=f"briefing.copy:{copy.pk}").number
    newer = copy_of(next_version(world, copy.notice), world.marco)
    do_all(world)

    says("OK", answers=[number])
    do_all(world)

    assert not known(copy)
    assert not known(newer)
    assert "versi yang lebih baru" in asked_back()


@pytest.mark.parametrize(
    ("words", "word", "people"),
    [
        ("aman", "safe", None),
        ("Safe 4", "safe", 4),
        ("semua aman, 4 orang", "safe", 4),
        ("ya", "safe", None),
        ("OK", "safe", None),
        ("missing 2", "missing", 2),
        ("hilang 1 M1", "missing", 1),
        ("luka 3", "injured", 3),
    ],
)
def test_a_reply_answers_the_roll_call(
    world: World, words: str, word: str, people: int | None
) -> None:
    called(world)

    says(words)

    answer = RollAnswer.objects.get()
    assert (answer.word, answer.people) == (word, people)
    assert answer.said_by_id == world.marco.person_id


@pytest.mark.parametrize("words", ["belum aman", "not safe", "Aman?", "safe and hurt"])
def test_what_may_be_heard_two_ways_answers_no_roll_call(
    world: World, words: str
) -> None:
    called(world)

    says(words)

    assert RollAnswer.objects.get().word == ""


def test_having_read_it_is_not_yet_safe(world: World) -> None:
    called(world)

    says("siap")
    do_all(world)

    assert RollAnswer.objects.get().word == ""
    assert "AMAN 4" in asked_back()


def test_a_later_word_counts_in_a_call_that_is_answered(world: World) -> None:
    called(world)
    says("aman 4")

    says("hilang 1")

    assert RollAnswer.objects.get().word == "missing"


def test_of_two_delegations_she_is_asked_which(world: World) -> None:
    Assignment.objects.create(
        officer=world.officer,
        delegation=world.selaya,
        consent=Assignment.Consent.AGREED,
    )
    called(world, world.arunika.pk, world.selaya.pk)

    says("aman 4")
    do_all(world)

    assert set(RollAnswer.objects.values_list("word", flat=True)) == {""}
    assert "AMAN M1 SLY" in asked_back()
    says("aman 4 SLY")
    words = RollAnswer.objects.order_by("pk").values_list("word", flat=True)
    assert list(words) == ["", "safe"]


def test_with_a_notice_and_a_call_open_ok_is_asked_about_and_safe_is_not(
    world: World,
) -> None:
    copy = told(world)
    called(world)

    says("OK")

    assert (known(copy), RollAnswer.objects.get().word) == (False, "")
    says("aman")
    assert (known(copy), RollAnswer.objects.get().word) == (False, "safe")


def test_another_officers_call_is_not_hers_to_answer(world: World) -> None:
    called(world, world.selaya.pk)

    says("aman")

    assert RollAnswer.objects.get().word == ""


def test_a_reply_told_twice_is_one(world: World) -> None:
    copy = told(world)
    message = Message("sms", "mo-1", MARCO, "OK", NOON)

    for _twice in range(2):
        receive(message, at=NOON)

    assert known(copy)
    assert Incoming.objects.count() == 1


def test_a_letter_in_answer_to_ours_acknowledges(
    world: World, box: Box, settings: Settings
) -> None:
    settings.CHANNELS = {"email": "titian.channels.email"}
    copy = copy_of(sent(world), world.marco)
    do_all(world)
    number = number_of_last_mail_to("marco@example.org")

    read(
        box,
        letter(
            "OK\n\nOn Sat, 1 May 2027 Titian wrote:\n> Pier closed",
            sender="marco@example.org",
            In_Reply_To=number,
        ),
    )

    assert known(copy)


def test_a_letter_that_only_says_who_it_is_from_acknowledges_nothing(
    world: World, box: Box, settings: Settings
) -> None:
    settings.CHANNELS = {"email": "titian.channels.email"}
    copy = copy_of(sent(world), world.marco)
    do_all(world)

    read(box, letter("OK N-0001", sender="marco@example.org"))

    assert not known(copy)
