"""Lines written into an agreement: once, in instalments, as a duty that comes again."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.talks.paper import KEY, Paper, verbs, work_until
from tests.world import HOUR, NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.talks.amounts import amounts
from titian.talks.commands.owing import Duty, TooMany, owe
from titian.talks.models import Agreement, Deliverable

DAY = timedelta(days=1)


def owed(world: World, paper: Paper, **given: Any) -> list[Deliverable]:
    duty = Duty(**{"what": "Fee", "direction": "theirs", "due_at": NOON + DAY, **given})
    owe(paper.agreement.pk, duty, actor=world.wati, at=NOON)
    return list(paper.agreement.lines.filter(line__gt=2).order_by("line"))


def test_instalments_share_out_the_sum_to_the_cent(world: World, paper: Paper) -> None:
    lines = owed(
        world, paper, times=3, quantity=Decimal(100), unit="IDR m", is_divided=True
    )

    parts = [line.quantity for line in lines]
    assert parts == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]
    assert [line.what_en for line in lines] == ["Fee (1/3)", "Fee (2/3)", "Fee (3/3)"]


def test_a_duty_that_comes_again_is_owed_in_full_each_time_on_the_last_day_of_a_month(
    world: World, paper: Paper
) -> None:
    first = datetime(2027, 5, 31, 9, tzinfo=UTC)

    lines = owed(world, paper, times=3, quantity=Decimal(2), due_at=first)

    assert [(one.due_at.month, one.due_at.day) for one in lines] == [
        (5, 31),
        (6, 30),
        (7, 31),
    ]
    assert {one.quantity for one in lines} == {Decimal(2)}


def test_the_sum_of_instalments_and_what_was_accepted_of_it_are_told(
    world: World, paper: Paper
) -> None:
    lines = owed(
        world, paper, times=4, quantity=Decimal(100), unit="IDR m", is_divided=True
    )
    for line, state in zip(lines, ("accepted", "accepted", "waived"), strict=False):
        Deliverable.objects.filter(pk=line.pk).update(state=state)

    (told,) = amounts(paper.agreement.lines.all())

    assert (told.owed, told.accepted, told.unit) == (
        Decimal(75),
        Decimal(50),
        "IDR m",
    )


def test_each_of_them_is_overdue_at_its_own_hour(world: World, paper: Paper) -> None:
    paper.agreement.lines.all().delete()
    owed(world, paper, times=2, every="day")

    work_until(world, NOON + DAY + HOUR / 10)

    assert verbs().count("line.overdue") == 1


def test_a_retry_owes_it_once(world: World, paper: Paper) -> None:
    duty = Duty("Fee", "theirs", NOON + DAY)
    for _turn in range(2):
        owe(paper.agreement.pk, duty, actor=world.wati, at=NOON, key=KEY)

    assert paper.agreement.lines.count() == 3


def test_only_its_keeper_writes_lines_and_none_into_what_has_ended(
    world: World, paper: Paper
) -> None:
    duty = Duty("Fee", "theirs", NOON + DAY)
    for actor in (world.marco, world.ingrid, world.eve, world.bruna):
        with pytest.raises(Forbidden):
            owe(paper.agreement.pk, duty, actor=actor, at=NOON)
    with pytest.raises(TooMany):
        owed(world, paper, times=61)
    Agreement.objects.update(state="ended")
    with pytest.raises(IllegalMove):
        owed(world, paper)
