"""An arrival moves, or does not come at all; what was planned stays beside it."""

from uuid import uuid4

import pytest

from tests.scene import make_arrival, wind_to
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.actor import FEED
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.logistics.commands.journeys import (
    BadHour,
    TooLong,
    call_off,
    expect,
    mark,
)
from titian.logistics.models import Journey

PLANNED = NOON + HOUR
LATER = PLANNED + 90 * MINUTE


@pytest.fixture
def journey(world: World) -> Journey:
    return make_arrival(world, PLANNED)


def test_what_is_expected_stands_beside_what_was_planned(
    world: World, journey: Journey
) -> None:
    expect(journey.pk, LATER, reason="head wind", actor=world.marco, at=NOON)

    journey.refresh_from_db()
    assert (journey.state, journey.planned_at, journey.expected_at) == (
        "expected",
        PLANNED,
        LATER,
    )
    assert (journey.late, journey.delay_reason) == (90 * MINUTE, "head wind")


def test_the_reason_is_no_open_fact(world: World, journey: Journey) -> None:
    expect(journey.pk, LATER, reason="head wind", actor=world.marco, at=NOON)

    assert Entry.objects.get().facts == {
        "before": PLANNED.isoformat(),
        "expected": LATER.isoformat(),
    }


def test_it_may_move_again_and_back(world: World, journey: Journey) -> None:
    expect(journey.pk, LATER, actor=world.marco, at=NOON)

    expect(journey.pk, PLANNED, actor=FEED, at=NOON)

    journey.refresh_from_db()
    assert (journey.state, journey.expected_at) == ("expected", PLANNED)


def test_what_was_known_by_its_day_has_an_hour_now(world: World) -> None:
    journey = make_arrival(world, None, precision="day")

    expect(journey.pk, LATER, actor=world.wati, at=NOON)

    journey.refresh_from_db()
    assert (journey.precision, journey.at) == ("minute", LATER)
    assert Entry.objects.get().facts["before"] is None


def test_a_retry_changes_nothing(world: World, journey: Journey) -> None:
    key = uuid4()
    expect(journey.pk, LATER, actor=world.marco, at=NOON, key=key)

    expect(journey.pk, LATER, actor=world.marco, at=NOON, key=key)

    assert Entry.objects.count() == 1


def test_what_has_landed_is_not_expected_any_more(
    world: World, journey: Journey
) -> None:
    wind_to(world.event, PLANNED)
    mark(journey.pk, "landed", actor=world.marco, at=PLANNED)

    with pytest.raises(IllegalMove):
        expect(journey.pk, LATER, actor=world.marco, at=PLANNED)


def test_an_hour_that_is_past_is_refused_with_a_sentence(
    world: World, journey: Journey
) -> None:
    with pytest.raises(BadHour, match="mark the landing instead"):
        expect(journey.pk, NOON - 10 * MINUTE, actor=world.marco, at=NOON)


def test_a_long_reason_is_refused_with_a_sentence(
    world: World, journey: Journey
) -> None:
    with pytest.raises(TooLong, match="200 characters"):
        expect(journey.pk, LATER, reason="x" * 201, actor=world.marco, at=NOON)

    assert Entry.objects.count() == 0


def test_nobody_else_moves_an_arrival(world: World, journey: Journey) -> None:
    nobodies = [actor for actor in world.nobodies().values() if actor != FEED]
    for actor in [*nobodies, world.ingrid, world.petra]:
        with pytest.raises(Forbidden):
            expect(journey.pk, LATER, actor=actor, at=NOON)


@pytest.mark.parametrize("who", ["bruna", "wati"])
def test_transport_and_coordinator_call_off(
    world: World, journey: Journey, who: str
) -> None:
    call_off(journey.pk, reason="by sea", actor=getattr(world, who), at=NOON)

    journey.refresh_from_db()
    assert (journey.state, journey.delay_reason) == ("called_off", "by sea")


def test_called_off_twice_by_the_same_key_is_once(
    world: World, journey: Journey
) -> None:
    key = uuid4()
    call_off(journey.pk, actor=world.bruna, at=NOON, key=key)

    call_off(journey.pk, actor=world.bruna, at=NOON, key=key)

    assert Entry.objects.count() == 1


def test_the_officer_tells_but_does_not_call_off(
    world: World, journey: Journey
) -> None:
    with pytest.raises(Forbidden, match="transport desk or a coordinator"):
        call_off(journey.pk, actor=world.marco, at=NOON)


def test_what_has_landed_is_not_called_off(world: World, journey: Journey) -> None:
    wind_to(world.event, PLANNED)
    mark(journey.pk, "landed", actor=world.marco, at=PLANNED)

    with pytest.raises(IllegalMove):
        call_off(journey.pk, actor=world.bruna, at=PLANNED)
