"""Consequences come after the fact, at least once, and never fail in silence."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db.models.functions import Now  # noqa: TID251

from tests.loop.stories import passed
from tests.world import MINUTE, NOON, World
from titian.kernel.consequences import ATTEMPTS, carry_out, claim, dead_letters
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
