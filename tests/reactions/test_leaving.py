"""Whose part ends hears it, and who goes on; and who comes in the middle of it."""

import pytest
from django.core import mail

from tests.loop.relieving import make_relief, taken
from tests.loop.stories import all_done
from tests.people.cast import make_duty, make_officer
from tests.world import HOUR, NOON, World
from titian.people.commands.assignments import relieve
from titian.people.commands.duties import stand_in
from titian.people.commands.leaving import end_duty
from titian.people.models import Duty, Officer, Person


@pytest.fixture
def nora(world: World) -> Officer:
    """Another officer; Marco's hours run until two."""
    make_duty(world.officer, world.arunika, NOON - HOUR, NOON + 2 * HOUR)
    other = make_officer(world, "Nora", "LO-2")
    Person.objects.update(languages={"en": "C1"})
    return other


def told(name: str) -> list[tuple[str, str]]:
    to = f"{name.lower()}@example.org"
    return [(str(one.subject), str(one.body)) for one in mail.outbox if to in one.to]


def test_who_has_handed_over_hears_that_it_is_over_and_who_goes_on(
    world: World,
) -> None:
    relief = make_relief(world)
    Person.objects.update(languages={"en": "C1"})
    taken(world, relief)

    all_done(world, NOON)

    [(subject, words)] = [one for one in told("Marco") if "over" in one[0]]
    assert subject == "Your duty with Arunika is over"
    assert "Nora has them from now on." in words


def test_who_is_relieved_hears_it(world: World, nora: Officer) -> None:
    relieve(world.assignment.pk, reason="Ill", actor=world.wati, at=NOON)

    all_done(world, NOON)

    [(subject, words)] = told("Marco")
    assert subject == "You no longer accompany Arunika"
    assert "the coordination sees to it" in words


def test_whose_running_duty_another_takes_hears_it_and_so_does_she(
    world: World, nora: Officer
) -> None:
    duty = Duty.objects.get()
    stand_in(duty.pk, nora.pk, reason="Ill", actor=world.wati, at=NOON)

    all_done(world, NOON)

    assert "Nora has them from now on." in told("Marco")[0][1]
    assert [subject for subject, _ in told("Nora")] == ["You have taken over Arunika"]


def test_whose_duty_is_ended_early_hears_it(world: World, nora: Officer) -> None:
    end_duty(Duty.objects.get().pk, reason="Ill", actor=world.wati, at=NOON)

    all_done(world, NOON)

    assert told("Marco")[0][0] == "Your duty with Arunika is over"
