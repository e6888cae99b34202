"""A duty whose hour is over and that nobody has taken over goes on, and is told."""

import pytest

from tests.loop.relieving import Relief, all_accepted, begun, make_relief
from tests.loop.stories import all_done, said
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.models import Entry
from titian.loop.commands import handovers
from titian.loop.commands.running_over import watch_the_ends
from titian.loop.holders import holders, running_over
from titian.people.models import Duty

TWO = NOON + 2 * HOUR
"""Marco's duty ends, and Nora's begins."""


@pytest.fixture
def relief(world: World) -> Relief:
    made = make_relief(world)
    watch_the_ends(world.event.pk, at=NOON)
    return made


def test_what_is_open_keeps_him_on_duty_and_says_once_who_waits_for_whom(
    world: World, relief: Relief
) -> None:
    said(world)

    all_done(world, TWO + 3 * HOUR)

    told = Entry.objects.get(verb="duty.ran_over").facts
    assert told["after"] == relief.officer.pk
    assert {world.wati.person_id, relief.officer.person_id} <= set(told["called"])
    (one,) = running_over(world.event, TWO + 3 * HOUR)
    assert (one.duty.officer, one.after) == (world.officer, relief.officer)
    assert (one.ends_at, one.duty.ends_at) == (TWO, TWO + 3 * HOUR + 30 * MINUTE)
    hers = holders([world.arunika.pk], TWO + HOUR)
    assert hers[world.arunika.pk] == world.officer


def test_with_nothing_to_hand_over_the_duty_ends_at_its_hour(
    world: World, relief: Relief
) -> None:
    all_done(world, TWO + HOUR)

    assert Duty.objects.get(officer=world.officer).ends_at == TWO
    assert running_over(world.event, TWO + MINUTE) == []


def test_handed_over_late_the_duty_is_the_relief_s_and_red_no_more(
    world: World, relief: Relief
) -> None:
    said(world)
    all_done(world, TWO + MINUTE)
    later = TWO + 20 * MINUTE

    row = begun(world, relief, later)
    all_accepted(row, relief, later)
    handovers.hand_over(row.pk, actor=world.marco, at=later)
    handovers.take_over(row.pk, actor=relief.actor, at=later)

    assert running_over(world.event, later) == []
    assert holders([world.arunika.pk], later)[world.arunika.pk] == relief.officer
    all_done(world, later + HOUR)
    assert not Duty.objects.filter(
        officer=world.officer, ends_at__gt=later, withdrawn_at=None
    ).exists()


def test_however_often_it_is_asked_one_timer_waits_for_the_next_end(
    world: World, relief: Relief
) -> None:
    watch_the_ends(world.event.pk, at=NOON + MINUTE)

    assert Entry.objects.filter(verb="cover.watched").count() == 1
