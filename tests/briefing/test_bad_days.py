"""Copies on bad days: a server that stammers, a worker killed at any statement."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now  # noqa: TID251
from pytest_django.fixtures import Settings

from tests.briefing.told import add_officer, copy_of, do_all, sent
from tests.channels.conftest import mailer
from tests.channels.servers import PostOffice, post_office
from tests.world import NOON, World, make_world
from titian.briefing.models import Copy, Notice
from titian.channels.models import Carrier, Delivery
from titian.kernel.consequences import carry_out, claim
from titian.kernel.models import Consequence, Entry

ARUNIKA = {"is": "role", "of": ["officer", "guest"]}
LONG_AGO = timedelta(hours=1)


class Killed(BaseException):
    """The worker is gone: no handler of an exception runs any further."""


@pytest.fixture
def office(settings: Settings) -> Iterator[PostOffice]:
    """A real mail server that counts."""
    with post_office() as office:
        settings.MAILERS = mailer(office.port)
        yield office


def again() -> None:
    """Every lease and every rest has run out."""
    waiting = Consequence.objects.filter(done_at=None)
    waiting.update(leased_until=Now() - LONG_AGO, attempts=0)
    Carrier.objects.update(paused_until=None, free_at=None)


def letters(office: PostOffice) -> Counter[str]:
    return Counter(str(letter["To"]) for letter in office.letters)


@contextmanager
def killed_at(statement: int) -> Iterator[Callable[[], bool]]:
    """The worker dies at its ``statement``-th statement; whether it came so far."""
    seen = [0]

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        seen[0] += 1
        if seen[0] == statement:
            raise Killed
        return execute(sql, *rest)

    with connection.execute_wrapper(watch), suppress(Killed):
        yield lambda: seen[0] >= statement


def test_while_the_worker_lives_each_copy_is_one_letter(
    world: World, office: PostOffice
) -> None:
    for number in range(12):
        add_officer(world, f"Nina{number}", world.selaya)
    notice = sent(world, ARUNIKA)
    office.to_letter = ["451 busy", "250 kept", "451 busy"]

    for _round in range(3):
        do_all(world)
        again()

    assert set(letters(office).values()) == {1}
    assert sum(letters(office).values()) == notice.copies.count() == 15
    assert not notice.copies.exclude(sent_at__isnull=False).exists()


def test_an_address_that_does_not_exist_has_failed_and_stops_nobody(
    world: World, office: PostOffice
) -> None:
    office.to_recipient["marco@example.org"] = "550 5.1.1 nobody here"
    notice = sent(world, ARUNIKA)
    do_all(world)

    copy = copy_of(notice, world.marco)

    assert (copy.state, copy.trouble) == ("failed", "no_such_address")
    assert set(letters(office)) == {"ingrid@example.org", "eve@example.org"}


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_statement_it_goes_at_most_twice_under_one_number(
    transactional_db: None, settings: Settings
) -> None:
    """A life for each statement: killed there, then a new worker takes over."""
    world = make_world()
    with post_office() as office:
        settings.MAILERS = mailer(office.port)
        lives = 0
        while one_life(world, office, lives + 1):
            lives += 1
            assert lives < 100

    assert lives > 15


def one_life(world: World, office: PostOffice, statement: int) -> bool:
    """Send one copy, be killed, and have it done; whether the kill came at all."""
    Consequence.objects.all().delete()
    for rows in (Copy, Notice, Delivery):
        rows.objects.all().delete()
    office.letters.clear()
    rule = {"is": "delegation", "of": [world.arunika.pk]}
    officer = {"all": [{"is": "role", "of": ["officer"]}, rule]}
    notice = sent(world, officer, silence_minutes=0)
    with killed_at(statement) as came:
        owed = claim(world.event, at=NOON)
        assert owed is not None
        carry_out(owed)
    again()
    do_all(world)

    copy = copy_of(notice, world.marco)
    numbers = {letter["Message-ID"] for letter in office.letters}
    told = Entry.objects.filter(verb="copy.sent", subject_id=copy.pk)
    assert copy.sent_at is not None
    assert told.count() == 1
    assert 1 <= len(office.letters) <= 2
    assert len(numbers) == 1
    return came()
