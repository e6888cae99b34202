"""Marco hands Arunika over to Nora: what the tests of hand-overs set up."""

from dataclasses import dataclass
from datetime import datetime

from tests.people.cast import make_duty, make_officer
from tests.world import HOUR, NOON, World, with_account
from titian.kernel.actor import Actor
from titian.kernel.questions import Carried
from titian.loop.commands import handover_items, handovers
from titian.loop.handing import left_of, lines_of, mark_of
from titian.loop.models import HandOver, HandOverItem
from titian.people.models import Assignment, Officer


@dataclass(frozen=True)
class Relief:
    """Nora, who has agreed to be Arunika's relief."""

    officer: Officer
    assignment: Assignment
    actor: Actor


def make_relief(world: World, consent: str = Assignment.Consent.AGREED) -> Relief:
    """Marco is on duty until two, Nora from two on."""
    nora = make_officer(world, "Nora", "LO-2")
    assignment = Assignment.objects.create(
        officer=nora,
        delegation=world.arunika,
        role=Assignment.Role.RELIEF,
        consent=consent,
    )
    make_duty(world.officer, world.arunika, NOON - 6 * HOUR, NOON + 2 * HOUR)
    make_duty(nora, world.arunika, NOON + 2 * HOUR, NOON + 8 * HOUR)
    return Relief(nora, assignment, with_account(nora.person))


def begun(world: World, relief: Relief, at: datetime = NOON) -> HandOver:
    """Marco opens the list."""
    return handovers.begin(
        world.arunika.pk, relief.officer.pk, actor=world.marco, at=at
    )


def accepted(
    row: HandOver, relief: Relief, one: Carried, at: datetime = NOON, **heard: str
) -> HandOverItem:
    """Nora takes one thing, with every field said back; ``heard`` is said instead."""
    said = {**one.fields, **heard}
    return handover_items.accept(
        row.pk,
        one.subject_kind,
        one.subject_id,
        mark_of(one),
        said,
        actor=relief.actor,
        at=at,
    )


def all_accepted(row: HandOver, relief: Relief, at: datetime = NOON) -> None:
    """Nora takes everything that is left."""
    for one in left_of(row):
        accepted(row, relief, one, at)


def taken(world: World, relief: Relief, at: datetime = NOON) -> HandOver:
    """The whole way: opened, read back, signed by both."""
    row = begun(world, relief, at)
    all_accepted(row, relief, at)
    handovers.hand_over(row.pk, actor=world.marco, at=at)
    return handovers.take_over(row.pk, actor=relief.actor, at=at)


def states(row: HandOver) -> dict[str, str]:
    """What each thing is called, and how far the relief has come with it."""
    return {one.carried.what: one.state for one in lines_of(row)}
