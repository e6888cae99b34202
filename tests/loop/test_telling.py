"""Those whose turn it is hear of it by mail, in their language, and nobody else."""

from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from tests.loop.steps import exact
from tests.loop.stories import all_done, answered, in_hand, passed, restated, said
from tests.world import HOUR, MINUTE, NOON, World, make_party, seated
from titian.channels import Undelivered, Words, email, memory
from titian.kernel.consequences import dead_letters
from titian.kernel.models import Consequence
from titian.kernel.questions import Break
from titian.loop.commands import asks, confirmations, promises
from titian.loop.commands.incidents import raise_alarm
from titian.loop.models import Ask
from titian.people.models import Person


def told(world: World, minutes: int = 0) -> list[str]:
    """Who gets mail for what is due so many minutes after noon, in order."""
    mail.outbox.clear()
    all_done(world, NOON + minutes * MINUTE)
    return [one.to[0].partition("@")[0] for one in mail.outbox]


def after(world: World) -> None:
    """What happened until now is told."""
    told(world)


def test_the_team_hears_of_a_new_matter(world: World) -> None:
    passed(world)

    assert told(world) == ["bruna"]


def test_guest_and_officer_hear_of_an_answer_and_read_it(world: World) -> None:
    ask = in_hand(world)
    after(world)
    asks.answer(ask.pk, "Boats 4 and 7", actor=world.bruna, at=NOON)

    assert told(world) == ["ingrid", "marco"]
    assert "Boats 4 and 7" in mail.outbox[0].body


def test_the_asking_side_is_asked_whether_it_was_heard_right(world: World) -> None:
    ask = exact(world)
    after(world)
    asks.restate(ask.pk, ask.details, actor=world.bruna, at=NOON)

    assert told(world) == ["ingrid", "marco"]


def test_nobody_is_told_what_she_did_herself(world: World) -> None:
    ask = restated(world)
    after(world)
    asks.correct(ask.pk, ask.details, actor=world.ingrid, at=NOON)

    assert told(world) == ["bruna"]


def test_what_nobody_takes_goes_up_to_the_coordinator(world: World) -> None:
    passed(world)
    after(world)

    assert told(world, 10) == ["bruna"]
    assert told(world, 15) == ["marco"]
    assert told(world, 20) == ["wati"]
    assert told(world, 40) == []  # there is nobody above her


def test_what_nobody_passed_on_goes_to_the_officer_first(world: World) -> None:
    said(world)

    assert told(world, 10) == ["marco"]
    assert told(world, 15) == ["wati"]


def test_the_guest_hears_that_it_is_not_forgotten(world: World) -> None:
    in_hand(world)
    after(world)

    assert told(world, 59) == []
    assert told(world, 60) == ["bruna", "ingrid"]  # the hour has passed, too
    assert "Bruna, Boat desk" in mail.outbox[1].body


def test_an_alarm_reaches_team_and_coordinator_at_once(world: World) -> None:
    medics = make_party("MED", "Medics", "team")
    seated(world.event, "Mila", medics)
    raise_alarm(world.arunika.pk, "medical", actor=world.marco, at=NOON)

    assert told(world) == ["mila", "wati"]


def test_a_promise_in_a_teams_name_reaches_the_team(world: World) -> None:
    promises.promise(
        world.arunika.pk,
        "A ramp",
        owner_team_id=world.boats.pk,
        due_at=NOON + HOUR,
        actor=world.marco,
        at=NOON,
    )

    assert told(world) == ["bruna"]
    assert told(world, 60) == ["bruna"]


def test_a_broken_promise_reaches_the_officer_before_the_guest_asks(
    world: World,
) -> None:
    made = promises.promise(
        world.arunika.pk,
        "A ramp",
        owner_team_id=world.boats.pk,
        due_at=NOON + HOUR,
        actor=world.bruna,
        at=NOON,
    )
    after(world)
    promises.break_off(made.pk, "No ramp left", actor=world.bruna, at=NOON)

    assert told(world) == ["marco"]
    assert "No ramp left" in mail.outbox[0].body


def asked_of_the_boats(world: World) -> int:
    """The boat desk is asked whether it has seen a change."""
    found = Break(2, NOON + HOUR, "The boat waits.", owner_team_id=world.boats.pk)
    [one] = confirmations.ask_for(
        world.event.pk, world.arunika.pk, "x", [found], actor=world.wati, at=NOON
    )
    return one.pk


def test_a_change_gets_louder_until_the_coordinator_hears_it(world: World) -> None:
    asked_of_the_boats(world)

    assert told(world) == ["bruna"]
    assert told(world, 5) == ["bruna"]
    assert told(world, 10) == ["bruna"]
    assert told(world, 15) == ["bruna", "wati"]


def test_what_is_confirmed_meanwhile_is_told_to_nobody(world: World) -> None:
    one = asked_of_the_boats(world)
    confirmations.confirm(one, actor=world.bruna, at=NOON)

    assert told(world, 15) == []


def test_a_private_request_is_not_written_into_mail(world: World) -> None:
    ask = passed(world)
    Ask.objects.update(is_private=True)

    assert told(world) == ["bruna"]
    sent = mail.outbox[0]
    assert ask.words not in f"{sent.subject} {sent.body}"


@pytest.mark.parametrize(
    ("languages", "word"),
    [({}, "diteruskan"), ({"id": "C2"}, "diteruskan"), ({"fr": "C2"}, "passed on")],
)
def test_each_reads_her_own_language(
    world: World, languages: dict[str, str], word: str
) -> None:
    Person.objects.filter(display="Bruna").update(languages=languages)
    passed(world)

    told(world)

    assert mail.outbox[0].subject.endswith(word)


def test_one_bad_address_stops_nobody_else_and_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = in_hand(world)
    after(world)
    post = EmailMessage.send

    def choosy(message: EmailMessage) -> int:
        if message.to == ["ingrid@example.org"]:
            raise ConnectionRefusedError
        return post(message)

    monkeypatch.setattr(EmailMessage, "send", choosy)
    asks.answer(ask.pk, "There", actor=world.bruna, at=NOON)

    assert told(world) == ["marco"]
    owed = Consequence.objects.get(
        done_at=None, entry__verb="ask.answered", handler__contains="reactions"
    )
    assert "Undelivered" in owed.error
    owed.attempts, owed.leased_until = 8, None
    owed.save()
    assert list(dead_letters(world.event)) == [owed]


def test_mail_that_is_not_taken_is_undelivered(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_message: EmailMessage) -> int:
        raise TimeoutError

    monkeypatch.setattr(EmailMessage, "send", refuse)

    with pytest.raises(Undelivered):
        email.send("ingrid@example.org", Words("Two", "Boats"), uuid4())


def test_a_repeat_carries_the_same_number_and_no_line_breaks() -> None:
    key = uuid4()
    for _time in range(2):
        email.send("ingrid@example.org", Words("Two", "Boats\nBcc: eve"), key)

    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 1
    assert mail.outbox[0].subject == "Boats Bcc: eve"


def test_from_a_demo_nothing_leaves(world: World, settings) -> None:  # type: ignore[no-untyped-def]
    settings.CHANNELS = {"email": "titian.channels.memory"}
    memory.sent.clear()
    answered(world)

    assert told(world) == []
    assert {one.address for one in memory.sent} == {
        "bruna@example.org",
        "ingrid@example.org",
        "marco@example.org",
    }


def test_the_memory_keeps_a_repeat_once() -> None:
    memory.sent.clear()
    key = uuid4()
    for _time in range(2):
        memory.send("ingrid@example.org", Words("Two", "Boats"), key)

    assert len(memory.sent) == 1
