"""What came back afterwards goes by the person's next way, and to nobody else again."""

from django.core import mail
from pytest_django.fixtures import Settings

from tests.loop.stories import all_done, in_hand
from tests.world import NOON, World
from titian.channels import Trouble, memory
from titian.channels.deliveries import note
from titian.channels.models import Delivery
from titian.kernel.clock import real_time
from titian.kernel.consequences import carry_out, claim
from titian.kernel.models import Consequence
from titian.loop.commands import asks
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
