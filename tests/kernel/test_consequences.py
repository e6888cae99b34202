"""Consequences come after the fact, at least once, and never fail in silence."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db.models.functions import Now  # noqa: TID251

from tests.loop.stories import passed
from tests.world import MINUTE, NOON, World
from titian.kernel.clock import time_at
from titian.kernel.consequences import (
    ATTEMPTS,
    carry_out,
    claim,
    dead_letters,
    renew,
    try_again,
)
from titian.kernel.models import Consequence
from titian.loop.commands.asks import accept


def let_the_lease_run_out() -> None:
    Consequence.objects.update(leased_until=Now() - timedelta(seconds=1))


@pytest.fixture
def owed(world: World) -> Consequence:
    """The boat desk took Ingrid's ask: she and Marco are owed the news."""
    ask = passed(world)
    Consequence.objects.all().delete()
    accept(ask.pk, actor=world.bruna, at=NOON)
    owed = claim(world.event, at=NOON)
    assert owed is not None
    return owed


@pytest.fixture
def broken_post(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("titian.channels.email.EmailMessage.send", lambda _: 1 / 0)


def test_guest_and_officer_are_told(owed: Consequence) -> None:
    carry_out(owed)

    assert [sent.to for sent in mail.outbox] == [
        ["ingrid@example.org"],
        ["marco@example.org"],
    ]
    owed.refresh_from_db()
    assert owed.done_at is not None


def test_nothing_is_due_before_its_time(world: World, owed: Consequence) -> None:
    let_the_lease_run_out()

    assert claim(world.event, at=NOON - MINUTE) is None


def test_it_is_leased_to_one_worker(world: World, owed: Consequence) -> None:
    assert claim(world.event, at=NOON) is None


def test_a_dead_workers_lease_runs_out(world: World, owed: Consequence) -> None:
    let_the_lease_run_out()

    again = claim(world.event, at=NOON)

    assert again == owed
    assert again.attempts == 2


def test_a_worker_that_lost_its_lease_has_no_say(
    world: World, owed: Consequence
) -> None:
    let_the_lease_run_out()
    claim(world.event, at=NOON)

    carry_out(owed)

    owed.refresh_from_db()
    assert owed.done_at is None


def test_a_failure_is_written_down_and_tried_again(
    world: World, owed: Consequence, broken_post: None
) -> None:
    carry_out(owed)

    owed.refresh_from_db()
    assert owed.done_at is None
    assert "ZeroDivisionError" in owed.error
    let_the_lease_run_out()
    assert claim(world.event, at=NOON) == owed


def test_what_always_fails_is_left_for_a_person(
    world: World, owed: Consequence, broken_post: None
) -> None:
    owed.attempts = ATTEMPTS
    owed.save()

    carry_out(owed)

    let_the_lease_run_out()
    assert claim(world.event, at=NOON) is None
    assert list(dead_letters()) == [owed]


def test_a_long_handler_keeps_its_lease(owed: Consequence) -> None:
    let_the_lease_run_out()

    assert renew(owed)
    assert claim(owed.entry.event, at=NOON) is None


def test_a_lost_lease_is_not_renewed(world: World, owed: Consequence) -> None:
    let_the_lease_run_out()
    claim(world.event, at=NOON)

    assert not renew(owed)


def test_a_worker_killed_in_the_middle_is_followed_by_another(
    world: World, owed: Consequence, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first one told the guest and died before the officer."""
    with monkeypatch.context() as killed:
        killed.setattr("titian.channels.email.EmailMessage.send", die_at_the_second())
        with pytest.raises(KeyboardInterrupt):
            carry_out(owed)
    let_the_lease_run_out()

    again = claim(world.event, at=NOON)
    assert again is not None
    carry_out(again)

    told = [(sent.to[0], sent.extra_headers["Message-ID"]) for sent in mail.outbox]
    assert {address for address, _number in told} == {
        "ingrid@example.org",
        "marco@example.org",
    }
    assert len(set(told)) == 2  # told again or not, each letter has one number
    assert claim(world.event, at=NOON) is None


def test_a_dead_letter_is_tried_again_when_a_person_says_so(
    world: World, owed: Consequence
) -> None:
    owed.attempts, owed.leased_until = ATTEMPTS, None
    owed.save()
    assert list(dead_letters(world.event)) == [owed]

    assert try_again(owed.pk)

    assert claim(world.event, at=NOON) == owed
    assert not try_again(owed.pk)


def test_what_is_paused_is_not_due(world: World, owed: Consequence) -> None:
    """The event's clock stands still at a minute before; the world's goes on."""
    let_the_lease_run_out()
    world.event.set_clock(reads=NOON - MINUTE, speed=0, real=NOON)

    assert claim(world.event, at=time_at(world.event, real=NOON + 60 * MINUTE)) is None


def test_another_events_worker_leaves_it(world: World, owed: Consequence) -> None:
    let_the_lease_run_out()

    assert claim(None, at=NOON) is None


def die_at_the_second() -> Callable[[EmailMessage], int]:
    """A mail server in whose middle the power goes."""
    taken: list[EmailMessage] = []

    def send(message: EmailMessage) -> int:
        if taken:
            raise KeyboardInterrupt
        taken.append(message)
        mail.outbox.append(message)
        return 1

    return send
