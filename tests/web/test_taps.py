"""Taps at the desk: each milestone once, and two minutes to think better."""

from uuid import uuid4

import pytest

from tests.scene import make_arrival, wind_to
from tests.web.pressing import buttons_of, form_with, seen_by
from tests.world import HOUR, MINUTE, NOON, World
from titian.logistics.commands.journeys import mark
from titian.logistics.models import Journey
from titian.logistics.models.journey import REACHED_BY


@pytest.fixture
def journey(world: World) -> Journey:
    return make_arrival(world)


def page(world: World, who: str) -> str:
    text: str = seen_by(who).get(f"/delegations/{world.arunika.pk}/").text
    return text


def taps_on(text: str) -> set[str]:
    """The milestones that have a button on the page."""
    taps = [one for one in buttons_of(text) if one.startswith("tap-")]
    return {one.split("-", 2)[2] for one in taps}


@pytest.mark.parametrize("who", ["marco", "wati"])
def test_every_milestone_has_its_button_until_it_is_told(
    world: World, journey: Journey, who: str
) -> None:
    before = taps_on(page(world, who))
    mark(journey.pk, "cleared", actor=world.marco, at=NOON)

    assert before == set(REACHED_BY)
    assert taps_on(page(world, who)) == set(REACHED_BY) - {"cleared"}


def test_the_tap_that_comes_next_stands_out(world: World, journey: Journey) -> None:
    first = page(world, "wati")
    mark(journey.pk, "cleared", actor=world.marco, at=NOON)
    then = page(world, "wati")

    assert f'btn-go" id="tap-{journey.pk}-landed"' in first
    assert f'btn-go" id="tap-{journey.pk}-on_the_road"' in then
    assert then.count(f'btn-go" id="tap-{journey.pk}-') == 1


def test_who_may_not_tell_is_drawn_no_button(world: World, journey: Journey) -> None:
    text = page(world, "petra")

    assert (taps_on(text), "undo-" in text) == (set(), False)


def test_a_tap_is_taken_back_by_the_button_beside_it(
    world: World, journey: Journey
) -> None:
    marco = seen_by("marco")
    tap = form_with(page(world, "marco"), f"tap-{journey.pk}-landed")
    marco.post(tap.action, tap.values)

    undo = form_with(page(world, "marco"), f"undo-{journey.pk}")
    answer = marco.post(undo.action, undo.values)

    journey.refresh_from_db()
    assert (answer.status_code, journey.state) == (302, "scheduled")
    assert "landed" in taps_on(page(world, "marco"))


def test_after_two_minutes_there_is_no_button_and_it_is_too_late(
    world: World, journey: Journey
) -> None:
    mark(journey.pk, "landed", actor=world.marco, at=NOON)
    undo = form_with(page(world, "marco"), f"undo-{journey.pk}")
    wind_to(world.event, NOON + 3 * MINUTE)

    answer = seen_by("marco").post(undo.action, undo.values)

    assert answer.status_code == 409
    assert "undo-" not in page(world, "marco")
    assert journey.milestones.count() == 1


def test_nobody_takes_back_anothers_tap(world: World, journey: Journey) -> None:
    mark(journey.pk, "landed", actor=world.marco, at=NOON)

    answer = seen_by("wati").post(
        f"/journeys/{journey.pk}/undoing/", {"state": "landed", "key": str(uuid4())}
    )

    assert "undo-" not in page(world, "wati")
    assert answer.status_code == 409


def test_what_was_told_late_says_when_it_was_heard(
    world: World, journey: Journey
) -> None:
    wind_to(world.event, NOON + HOUR)
    mark(journey.pk, "landed", happened_at=NOON, actor=world.marco, at=NOON + HOUR)

    text = page(world, "marco")

    assert "12:00" in text
    assert "reported 13:00" in text
