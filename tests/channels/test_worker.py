"""A worker with a real mail server that is away for an hour, by the clock."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models.functions import Now  # noqa: TID251
from pytest_django.fixtures import Settings

from tests.channels.conftest import mailer
from tests.channels.servers import PostOffice
from tests.loop.stories import in_hand
from tests.world import NOON, World
from titian.channels.models import Carrier
from titian.kernel.consequences import carry_out, claim, dead_letters
from titian.kernel.models import Consequence
from titian.loop.commands import asks

MINUTE = timedelta(minutes=1)


def a_minute_passes() -> None:
    """The rows are a minute older: leases and rests are shorter by so much."""
    for owed in Consequence.objects.filter(done_at=None).exclude(leased_until=None):
        owed.leased_until = owed.leased_until and owed.leased_until - MINUTE
        owed.save(update_fields=["leased_until"])
    for carrier in Carrier.objects.exclude(paused_until=None):
        carrier.paused_until = carrier.paused_until and carrier.paused_until - MINUTE
        carrier.save(update_fields=["paused_until"])


def works(world: World) -> None:
    while owed := claim(world.event, at=NOON):
        carry_out(owed)


@pytest.fixture
def owed(world: World, closed_office: Callable[[], None]) -> Consequence:
    """The boat desk has answered: Ingrid and Marco are to hear of it."""
    ask = in_hand(world)
    Consequence.objects.all().delete()
    asks.answer(ask.pk, "Boats 4 and 7", actor=world.bruna, at=NOON)
    closed_office()
    return Consequence.objects.get(
        entry__verb="ask.answered", handler__startswith="titian.reactions."
    )


def test_an_hour_without_a_mail_server_is_no_dead_letter(
    world: World, owed: Consequence, office: PostOffice, settings: Settings
) -> None:
    lives = settings.MAILERS
    with_nobody = mailer(1)
    settings.MAILERS = with_nobody
    for _minute in range(60):
        works(world)
        a_minute_passes()
    owed.refresh_from_db()
    assert (owed.done_at, owed.attempts) == (None, 0)
    assert "no_answer" in owed.error or "paused" in owed.error
    settings.MAILERS = lives

    for _minute in range(10):
        works(world)
        a_minute_passes()

    assert sorted(letter["To"] for letter in office.letters) == [
        "ingrid@example.org",
        "marco@example.org",
    ]
    owed.refresh_from_db()
    assert owed.done_at is not None
    assert list(dead_letters(world.event)) == []


def test_what_is_refused_for_good_is_left_for_a_person(
    world: World, owed: Consequence, office: PostOffice, settings: Settings
) -> None:
    office.to_recipient["ingrid@example.org"] = "550 5.1.1 nobody here"
    settings.MAILERS = mailer(office.port)

    for _attempt in range(8):
        works(world)
        Consequence.objects.update(leased_until=Now() - MINUTE)

    assert list(dead_letters(world.event)) == [owed]
    assert [letter["To"] for letter in office.letters] == ["marco@example.org"]


def test_one_bad_address_does_not_use_up_the_time_of_the_others(
    world: World, owed: Consequence, office: PostOffice, settings: Settings
) -> None:
    """Ingrid's address is gone for good; Marco's mailbox is full for a while."""
    office.to_recipient["ingrid@example.org"] = "550 5.1.1 nobody here"
    office.to_recipient["marco@example.org"] = "452 4.2.2 full"
    settings.MAILERS = mailer(office.port)
    for _attempt in range(12):
        works(world)
        Consequence.objects.update(leased_until=Now() - MINUTE)
    del office.to_recipient["marco@example.org"]

    works(world)

    assert [letter["To"] for letter in office.letters] == ["marco@example.org"]
