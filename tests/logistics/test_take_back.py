"""The wrong button, noticed within two minutes."""

from uuid import uuid4

import pytest

from tests.scene import make_arrival, wind_to
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.logistics.commands.journeys import expect, mark, take_back
from titian.logistics.models import Journey

TAPPED_AT = NOON + HOUR


@pytest.fixture
def journey(world: World) -> Journey:
    wind_to(world.event, NOON + 2 * HOUR)
    return make_arrival(world)


def test_ones_own_last_tap_is_taken_back(world: World, journey: Journey) -> None:
    expect(journey.pk, NOON + HOUR, actor=world.marco, at=NOON)
    mark(journey.pk, "landed", actor=world.marco, at=TAPPED_AT)

    take_back(journey.pk, "landed", actor=world.marco, at=TAPPED_AT + 2 * MINUTE)

    journey.refresh_from_db()
    assert (journey.state, list(journey.milestones.all())) == ("expected", [])


def test_that_it_was_tapped_stays_in_the_journal(
    world: World, journey: Journey
) -> None:
    mark(journey.pk, "landed", actor=world.marco, at=TAPPED_AT)

    take_back(journey.pk, "landed", actor=world.marco, at=TAPPED_AT)

    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["journey.marked", "journey.taken_back"]


def test_taken_back_it_may_be_told_rightly(world: World, journey: Journey) -> None:
    mark(journey.pk, "on_the_road", actor=world.marco, at=TAPPED_AT)
    take_back(journey.pk, "on_the_road", actor=world.marco, at=TAPPED_AT)

    mark(journey.pk, "landed", actor=world.marco, at=TAPPED_AT)

    journey.refresh_from_db()
    assert journey.state == "landed"


def test_an_out_of_order_tap_taken_back_leaves_the_later_one(
    world: World, journey: Journey
) -> None:
    mark(journey.pk, "cleared", actor=world.marco, at=TAPPED_AT)
    mark(journey.pk, "landed", actor=world.marco, at=TAPPED_AT)

    take_back(journey.pk, "landed", actor=world.marco, at=TAPPED_AT)

    journey.refresh_from_db()
    states = list(journey.milestones.values_list("state", flat=True))
    assert (journey.state, states) == ("cleared", ["cleared"])


def test_a_retry_changes_nothing(world: World, journey: Journey) -> None:
    key = uuid4()
    mark(journey.pk, "landed", actor=world.marco, at=TAPPED_AT)
    take_back(journey.pk, "landed", actor=world.marco, at=TAPPED_AT, key=key)

    take_back(journey.pk, "landed", actor=world.marco, at=TAPPED_AT, key=key)

    assert Entry.objects.filter(verb="journey.taken_back").count() == 1


def test_after_two_minutes_it_stays(world: World, journey: Journey) -> None:
    mark(journey.pk, "landed", actor=world.marco, at=TAPPED_AT)

    with pytest.raises(IllegalMove):
        take_back(journey.pk, "landed", actor=world.marco, at=TAPPED_AT + 3 * MINUTE)


def test_a_tap_is_not_taken_back_before_it_was_made(
    world: World, journey: Journey
) -> None:
    mark(journey.pk, "landed", actor=world.marco, at=TAPPED_AT)

    with pytest.raises(IllegalMove):
        take_back(journey.pk, "landed", actor=world.marco, at=TAPPED_AT - MINUTE)


def test_somebody_elses_tap_stays(world: World, journey: Journey) -> None:
    mark(journey.pk, "landed", actor=world.marco, at=TAPPED_AT)

    with pytest.raises(IllegalMove):
        take_back(journey.pk, "landed", actor=world.bruna, at=TAPPED_AT)


def test_only_the_last_tap_is_taken_back(world: World, journey: Journey) -> None:
    mark(journey.pk, "landed", actor=world.marco, at=TAPPED_AT)
    mark(journey.pk, "cleared", actor=world.marco, at=TAPPED_AT)

    with pytest.raises(IllegalMove):
        take_back(journey.pk, "landed", actor=world.marco, at=TAPPED_AT)


def test_nothing_is_taken_back_twice(world: World, journey: Journey) -> None:
    mark(journey.pk, "landed", actor=world.marco, at=TAPPED_AT)
    mark(journey.pk, "cleared", actor=world.marco, at=TAPPED_AT)
    take_back(journey.pk, "cleared", actor=world.marco, at=TAPPED_AT)

    with pytest.raises(IllegalMove):
        take_back(journey.pk, "landed", actor=world.marco, at=TAPPED_AT)


def test_eve_takes_nothing_back(world: World, journey: Journey) -> None:
    mark(journey.pk, "landed", actor=world.marco, at=TAPPED_AT)

    with pytest.raises(Forbidden):
        take_back(journey.pk, "landed", actor=world.eve, at=TAPPED_AT)
