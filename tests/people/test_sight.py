"""Rows of officers reach those who keep the event, and the officer herself."""

from tests.people.cast import asked, make_duty, make_officer
from tests.world import HOUR, NOON, World
from titian.kernel.actor import HOUSE, Actor
from titian.people.models import Assignment, Duty, Officer
from titian.people.queries import by_link


def seen(actor: Actor) -> tuple[int, int, int]:
    """How many officers, assignments and duties the actor sees."""
    return (
        Officer.objects.visible_to(actor).count(),
        Assignment.objects.visible_to(actor).count(),
        Duty.objects.visible_to(actor).count(),
    )


def test_each_sees_what_is_theirs(world: World) -> None:
    nora = make_officer(world, "Nora", "LO-2")
    asked(nora, world.selaya)
    make_duty(world.officer, world.arunika, NOON, NOON + HOUR)
    make_duty(nora, world.selaya, NOON, NOON + HOUR)

    assert seen(world.wati) == (2, 2, 2)
    assert seen(world.bruna) == (2, 2, 2)
    assert seen(world.marco) == (1, 1, 1)
    assert seen(by_link("ingrid")) == (0, 0, 0)
    assert seen(HOUSE) == (0, 0, 0)


def test_an_assignment_one_declined_is_still_ones_own(world: World) -> None:
    world.assignment.consent = Assignment.Consent.DECLINED
    world.assignment.save()

    assert seen(world.marco) == (1, 1, 0)
