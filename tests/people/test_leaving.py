"""A duty ends when all that is open was accepted, or a coordinator says why."""

from typing import Any

import pytest

from tests.loop.relieving import Relief, make_relief, taken
from tests.loop.stories import said
from tests.people.cast import make_duty, make_officer
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.kernel.sealing import unseal
from titian.people.commands.assignments import decline, relieve
from titian.people.commands.duties import stand_in, withdraw_duty
from titian.people.commands.leaving import StillOpen, end_duty
from titian.people.models import Duty
from titian.people.queries import holding


@pytest.fixture
def relief(world: World) -> Relief:
    return make_relief(world)


def running(world: World) -> Duty:
    return Duty.objects.get(officer=world.officer)


def test_with_nothing_open_she_ends_her_duty_herself(
    world: World, relief: Relief
) -> None:
    end_duty(running(world).pk, actor=world.marco, at=NOON)

    assert not holding([world.arunika], NOON).exists()
    assert Entry.objects.get(verb="duty.ended").facts["overridden"] is False


def test_with_something_open_she_stays_and_reads_what_it_is(
    world: World, relief: Relief
) -> None:
    said(world)

    with pytest.raises(StillOpen, match="A-0001"):
        end_duty(running(world).pk, actor=world.marco, at=NOON)
    with pytest.raises(StillOpen):
        decline(world.assignment.pk, "Tired", actor=world.marco, at=NOON)
    assert holding([world.arunika], NOON).get().officer == world.officer


def test_once_it_is_handed_over_she_may_leave(world: World, relief: Relief) -> None:
    said(world)
    taken(world, relief)

    assert holding([world.arunika], NOON).get().officer == relief.officer
    decline(world.assignment.pk, "Exams", actor=world.marco, at=NOON + MINUTE)


@pytest.mark.parametrize("way", ["relieve", "withdraw", "stand_in", "end"])
def test_a_coordinator_needs_a_reason_to_go_round_the_hand_over(
    world: World, relief: Relief, way: str
) -> None:
    said(world)
    duty = running(world).pk
    nora = make_officer(world, "Tuti", "LO-3", speaks={"en": "C1"}).pk
    acts: dict[str, Any] = {
        "relieve": lambda **how: relieve(world.assignment.pk, **how),
        "withdraw": lambda **how: withdraw_duty(duty, **how),
        "stand_in": lambda **how: stand_in(duty, nora, **how),
        "end": lambda **how: end_duty(duty, **how),
    }
    verbs = {
        "relieve": "officer.relieved",
        "withdraw": "duty.withdrawn",
        "stand_in": "duty.stood_in",
        "end": "duty.ended",
    }

    with pytest.raises(StillOpen):
        acts[way](actor=world.wati, at=NOON)
    acts[way](reason="A fever", actor=world.wati, at=NOON)

    entry = Entry.objects.filter(verb=verbs[way]).latest("pk")
    assert (unseal(entry) or {})["override"] == "A fever"


def test_a_reason_of_her_own_lets_nobody_go(world: World, relief: Relief) -> None:
    said(world)

    with pytest.raises(Forbidden):
        end_duty(running(world).pk, reason="Tired", actor=world.marco, at=NOON)
    for actor in world.nobodies().values():
        with pytest.raises(Forbidden):
            end_duty(running(world).pk, actor=actor, at=NOON)


def test_only_a_duty_that_runs_is_ended(world: World, relief: Relief) -> None:
    later = make_duty(world.officer, world.arunika, NOON + 20 * HOUR, NOON + 22 * HOUR)

    with pytest.raises(IllegalMove):
        end_duty(later.pk, actor=world.marco, at=NOON)


def test_a_duty_to_come_is_withdrawn_without_a_hand_over(
    world: World, relief: Relief
) -> None:
    said(world)
    later = make_duty(world.officer, world.arunika, NOON + 20 * HOUR, NOON + 22 * HOUR)

    withdraw_duty(later.pk, actor=world.wati, at=NOON)
    assert Duty.objects.get(pk=later.pk).withdrawn_at == NOON
