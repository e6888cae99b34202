"""A cover looked for beside the work: told how far, stopped, the best so far kept."""

from typing import Any
from uuid import uuid4

import pytest

from tests.foresight.week import Week, make_week
from tests.world import NOON, World
from titian.foresight.commands.searching import (
    Abandoned,
    TooLong,
    look,
    look_for_cover,
    stop_looking,
)
from titian.foresight.models import Proposal
from titian.kernel.consequences import claim
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Consequence
from titian.kernel.policy import Forbidden
from titian.reactions.searches import LONG

LONG_TIME = 900.0


@pytest.fixture
def week(world: World) -> Week:
    return make_week(world)


def wanted(week: Week, **more: Any) -> Proposal:
    given: dict[str, Any] = {
        "actor": week.world.wati,
        "at": NOON,
        "seconds": 0.05,
        **more,
    }
    return look_for_cover(week.world.event.pk, **given)


def searched(proposal: Proposal, *, is_mine: bool = True) -> Proposal:
    look(proposal.pk, is_mine=lambda: is_mine, key=uuid4())
    return Proposal.objects.get(pk=proposal.pk)


def test_it_is_wanted_at_once_and_found_later(week: Week) -> None:
    asked = wanted(week)

    found = searched(asked)

    assert (asked.state, asked.changes) == ("searching", [])
    assert (found.state, found.seed) == ("open", 42)
    assert found.changes and found.progress["rounds"] >= 0


def test_a_stop_keeps_the_best_so_far(week: Week) -> None:
    asked = wanted(week, seconds=LONG_TIME)
    stop_looking(asked.pk, actor=week.world.wati, at=NOON)

    found = searched(asked)

    assert (found.state, found.plan["iterations"]) == ("open", 1)
    assert found.changes


def test_who_lost_the_search_keeps_nothing(week: Week) -> None:
    asked = wanted(week, seconds=LONG_TIME)

    with pytest.raises(Abandoned):
        searched(asked, is_mine=False)

    assert Proposal.objects.get().state == "searching"


def test_an_event_whose_days_are_over_has_no_plan(week: Week) -> None:
    asked = wanted(week)
    week.world.event.ends_on = None
    week.world.event.save()

    assert searched(asked).state == "failed"


def test_the_spare_hand_takes_it_and_nobody_waits_for_it(week: Week) -> None:
    wanted(week)

    assert claim(week.world.event, at=NOON, without=LONG) is None
    owed = claim(week.world.event, at=NOON, only=LONG)

    assert owed is not None and owed.handler in LONG
    assert Consequence.objects.count() == 1


@pytest.mark.parametrize("seconds", [0.0, 4000.0])
def test_an_hour_is_the_longest(week: Week, seconds: float) -> None:
    with pytest.raises(TooLong):
        wanted(week, seconds=seconds)


def test_it_is_the_coordinators(week: Week) -> None:
    with pytest.raises(Forbidden):
        wanted(week, actor=week.world.bruna)


def test_what_is_over_is_not_stopped(week: Week) -> None:
    found = searched(wanted(week))

    with pytest.raises(IllegalMove):
        stop_looking(found.pk, actor=week.world.wati, at=NOON)
