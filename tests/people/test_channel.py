"""A channel has a living person at both ends, or it is red and says why."""

from datetime import time

import pytest

from tests.people.cast import make_duty
from tests.world import HOUR, NOON, World
from titian.people.models import FocalPoint, Person
from titian.people.queries import channel, is_in_hours


@pytest.fixture
def point(world: World) -> FocalPoint:
    return FocalPoint.objects.create(
        delegation=world.arunika,
        person=Person.objects.get(display="Ingrid"),
        channel="telephone",
        hours_from=time(8),
        hours_to=time(20),
        authority_en="Rooms and cars",
        valid_from=NOON - HOUR,
        valid_to=NOON + HOUR,
    )


def test_both_ends_are_shown(world: World, point: FocalPoint) -> None:
    make_duty(world.officer, world.arunika, NOON, NOON + HOUR)

    found = channel(world.arunika, NOON)

    assert list(found.outside) == [point]
    assert [str(one.officer) for one in found.inside] == ["Marco"]
    assert found.on_duty is not None
    assert (found.is_red, found.reason) == (False, "")


def test_it_is_red_when_nobody_speaks_for_them(world: World, point: FocalPoint) -> None:
    assert channel(world.selaya, NOON).is_red
    late = channel(world.arunika, NOON + HOUR)

    assert late.is_red
    assert "no focal point" in late.reason


def test_it_is_red_when_no_officer_agreed(world: World, point: FocalPoint) -> None:
    world.assignment.consent = "asked"
    world.assignment.save()

    found = channel(world.arunika, NOON)

    assert found.is_red
    assert "no LO has agreed" in found.reason


def test_the_hours_of_the_night_go_round(world: World, point: FocalPoint) -> None:
    point.hours_from, point.hours_to = time(20), time(6)

    assert not is_in_hours(point, NOON)
    assert is_in_hours(point, NOON + 9 * HOUR)
    point.hours_from = None
    assert is_in_hours(point, NOON)
