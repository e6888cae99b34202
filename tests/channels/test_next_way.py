"""What came back afterwards goes by the person's next way, and to nobody else again."""

import pytest
from django.core import mail
from pytest_django.fixtures import Settings

from tests.briefing.told import copy_of, do_all, sent
from tests.loop.stories import all_done, in_hand
from tests.world import NOON, World
from titian.briefing.commands import copies, notices
from titian.briefing.models import Copy
from titian.channels import Trouble, memory
from titian.channels.deliveries import note
from titian.channels.models import Delivery
from titian.kernel.clock import real_time
from titian.kernel.consequences import carry_out, claim
from titian.kernel.models import Consequence
from titian.loop.commands import asks, roll
from titian.people.models import Person


def told_and_come_back(world: World) -> None:
    """Ingrid and Marco are told by mail; Ingrid's letter comes back."""
    ask = in_hand(world)
    all_done(world, NOON)
    mail.outbox.clear()
    memory.sent.clear()
    asks.answer(ask.pk, "Boats 4 and 7", actor=world.bruna, at=NOON)
    all_done(world, NOON)
    [number] = [
        one.extra_headers["Message-ID"]
        for one in mail.outbox
        if one.to == ["ingrid@example.org"]
    ]
    letter = Delivery.objects.get(number=number)
    note(
        "email",
        "fail",
        ref=letter.ref,
        at=real_time(),
        trouble=Trouble.NO_SUCH_ADDRESS,
    )


def carry_on() -> None:
    while owed := claim(None, at=real_time()):
        carry_out(owed)


def test_a_letter_that_came_back_is_followed_by_a_short_message(
    world: World, settings: Settings
) -> None:
    settings.CHANNELS = {
        "email": "titian.channels.email",
        "sms": "titian.channels.memory",
    }
    for person in Person.objects.filter(display="Ingrid"):
        person.phone = "+62 812 0000 1111"
        person.save()

    told_and_come_back(world)
    carry_on()

    assert [one.to[0] for one in mail.outbox] == [
        "ingrid@example.org",
        "marco@example.org",
    ]
    assert [one.address for one in memory.sent] == ["+62 812 0000 1111"]
    assert "Boats 4 and 7" in memory.sent[0].words.text


def test_without_another_way_a_person_must_look(world: World) -> None:
    told_and_come_back(world)

    carry_on()

    owed = Consequence.objects.get(entry__verb="delivery.failed")
    assert owed.done_at is None
    assert owed.attempts == 1
    assert "no_such_address" in owed.error
    assert len(mail.outbox) == 2


def test_words_of_nobody_we_know_are_let_go(world: World) -> None:
    told_and_come_back(world)
    Consequence.objects.filter(handler__startswith="titian.reactions.loop.").delete()

    carry_on()

    assert Consequence.objects.get(entry__verb="delivery.failed").done_at is not None


@pytest.fixture
def two_ways(world: World, settings: Settings) -> None:
    """Marco has mail and, after it, a telephone."""
    settings.CHANNELS = {
        "email": "titian.channels.email",
        "sms": "titian.channels.memory",
    }
    memory.sent.clear()
    person = world.officer.person
    person.phone = "+62 899 0000 1001"
    person.save()


def given_back(copy: Copy, kind: str, trouble: Trouble) -> Delivery | None:
    """The provider says that what went by this way did not arrive."""
    gone = Delivery.objects.get(about=f"briefing.copy:{copy.pk}", kind=kind)
    return note(kind, "fail", ref=gone.ref, at=real_time(), trouble=trouble)


def state_of(copy: Copy) -> tuple[str, str]:
    copy.refresh_from_db()
    return copy.state, copy.sent_by


@pytest.mark.parametrize("trouble", [Trouble.NO_SUCH_ADDRESS, Trouble.BUSY])
def test_a_notice_that_came_back_goes_by_the_next_way_once(
    world: World, two_ways: None, trouble: Trouble
) -> None:
    copy = copy_of(sent(world), world.marco)
    do_all(world)
    assert state_of(copy) == ("sent", "email")

    for _told_twice in range(2):
        given_back(copy, "email", trouble)
        carry_on()

    assert state_of(copy) == ("sent", "sms")
    assert [one.address for one in memory.sent] == ["+62 899 0000 1001"]
    assert len(mail.outbox) == 1


def test_its_person_is_red_only_when_no_way_is_left(
    world: World, two_ways: None
) -> None:
    copy = copy_of(sent(world), world.marco)
    do_all(world)
    given_back(copy, "email", Trouble.NO_SUCH_ADDRESS)
    carry_on()

    given_back(copy, "sms", Trouble.REFUSED)
    carry_on()

    assert state_of(copy) == ("failed", "")
    assert (len(mail.outbox), len(memory.sent)) == (1, 1)


def test_who_has_read_it_is_not_told_again(world: World, two_ways: None) -> None:
    copy = copy_of(sent(world), world.marco)
    do_all(world)
    copies.acknowledge(copy.pk, actor=world.marco, at=NOON)

    given_back(copy, "email", Trouble.NO_SUCH_ADDRESS)
    carry_on()

    assert not memory.sent


def test_what_does_not_hold_any_more_is_not_sent_on(
    world: World, two_ways: None
) -> None:
    notice = sent(world)
    copy = copy_of(notice, world.marco)
    do_all(world)
    notices.withdraw(notice.pk, "an error", actor=world.wati, at=NOON)

    given_back(copy, "email", Trouble.NO_SUCH_ADDRESS)
    carry_on()

    assert not memory.sent


def test_a_roll_call_that_came_back_goes_by_the_next_way_too(
    world: World, two_ways: None
) -> None:
    call = roll.call_roll(world.event.pk, [world.arunika.pk], actor=world.wati, at=NOON)
    do_all(world)
    gone = Delivery.objects.get(about=f"loop.roll:{call.pk}")

    note(
        "email",
        "fail",
        ref=gone.ref,
        at=real_time(),
        trouble=Trouble.NO_SUCH_ADDRESS,
    )
    carry_on()

    assert [one.address for one in memory.sent] == ["+62 899 0000 1001"]
