"""A guest reads the truth about an answer: passed on, said back, late, standing."""

import pytest
from django.test import Client

from tests.loop.stories import in_hand, passed
from tests.world import HOUR, MINUTE, NOON, World
from titian.loop.commands import asks, promises
from titian.loop.models import Ask


@pytest.fixture
def guest() -> Client:
    return Client(headers={"accept-language": "en"})


def page(guest: Client) -> str:
    return guest.get("/g/ingrid/").text


def test_what_nobody_has_taken_is_not_said_to_be_in_hand(
    world: World, guest: Client
) -> None:
    passed(world)

    assert "passed on to Boat desk" in page(guest)
    assert "in hand" not in page(guest)


def test_a_late_answer_is_said_to_be_late(world: World, guest: Client) -> None:
    ask = in_hand(world)
    Ask.objects.filter(pk=ask.pk).update(due_at=NOON - 10 * MINUTE)

    assert "The answer is late: it was due at 11:50" in page(guest)
    assert "answer before" not in page(guest)


def test_where_the_clock_stands_the_guest_reads_until_when_and_why(
    world: World, guest: Client
) -> None:
    ask = in_hand(world)
    asks.pause(ask.pk, NOON + 20 * MINUTE, "The tide", actor=world.bruna, at=NOON)

    shown = page(guest)

    assert "stands still until 12:20" in shown
    assert "The tide" in shown


def test_a_broken_promise_is_not_only_late(world: World, guest: Client) -> None:
    promise = promises.promise(
        world.arunika.pk, "A ramp", due_at=NOON + HOUR, actor=world.marco, at=NOON
    )
    promises.break_off(promise.pk, "No wood", actor=world.marco, at=NOON)

    assert "Not kept" in page(guest)
