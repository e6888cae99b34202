"""A hall is lost: another one, or another hour, and those who come hear of it."""

import pytest
from django.core import mail

from tests.scene import make_activity
from tests.talks.paper import work_until
from tests.web.pressing import form_with, seen_by
from tests.world import HOUR, NOON, World
from titian.foresight.commands.elsewhere import put_item
from titian.foresight.elsewhere import Way, is_shut, ways_out
from titian.foresight.errors import WorldMovedOn
from titian.kernel.policy import Forbidden
from titian.places.commands import Closing, close
from titian.places.models import Place
from titian.programme.models import Activity

START = NOON + HOUR


@pytest.fixture
def hall(world: World) -> Place:
    """It holds as many the evening before; nobody needs it then."""
    hall = Place.objects.create(code="HALL", name="The hall", kind="venue", zone="UTC")
    make_activity(world, "Rehearsal", START + 5 * HOUR, place=hall, is_for_all=True)
    return hall


@pytest.fixture
def lunch(world: World, hall: Place) -> Activity:
    """Lunch at the pier at one; the pier is closed until two."""
    what = Closing("High waves", NOON, START + HOUR, place_id=world.pier.pk)
    close(world.event.pk, what, actor=world.wati, at=NOON)
    return make_activity(world, "Lunch", START, place=world.pier, who=(world.arunika,))


def ways(world: World, lunch: Activity) -> list[Way]:
    return ways_out(lunch, actor=world.wati, at=NOON)


def test_a_lost_hall_has_another_at_the_same_hour_and_a_later_hour_here(
    world: World, hall: Place, lunch: Activity
) -> None:
    first, second = ways(world, lunch)

    assert is_shut(lunch, NOON)
    assert (first.outlook.place, first.outlook.starts_at) == (hall, START)
    assert first.is_large_enough
    assert (second.outlook.place, second.outlook.starts_at) == (
        world.pier,
        START + HOUR,
    )
    assert not second.outlook.breaks


def test_a_hall_somebody_has_is_no_way(
    world: World, hall: Place, lunch: Activity
) -> None:
    make_activity(world, "Choir", START, place=hall)

    assert [way.is_other_hour for way in ways(world, lunch)] == [True]


@pytest.mark.slow
def test_one_press_puts_it_there_and_tells_those_who_come(
    world: World, hall: Place, lunch: Activity
) -> None:
    wati = seen_by("wati")
    form = form_with(wati.get(f"/activities/{lunch.pk}/place/").text, "way-1")

    assert wati.post(form.action, form.values).status_code == 302

    lunch.refresh_from_db()
    assert lunch.place == hall
    work_until(world, NOON)
    (letter,) = [one for one in mail.outbox if "Lunch" in one.subject]
    assert letter.to == ["marco@example.org"]
    assert "The hall" in letter.body


@pytest.mark.slow
def test_a_hall_taken_since_one_looked_is_409_and_nothing_is_kept(
    world: World, hall: Place, lunch: Activity
) -> None:
    wati = seen_by("wati")
    form = form_with(wati.get(f"/activities/{lunch.pk}/place/").text, "way-1")
    make_activity(world, "Choir", START, place=hall)

    answer = wati.post(form.action, form.values)

    assert answer.status_code == 409
    assert "Choir" in answer.text
    lunch.refresh_from_db()
    assert lunch.place == world.pier


def test_what_somebody_else_moved_first_is_looked_at_again(
    world: World, hall: Place, lunch: Activity
) -> None:
    seen = ways(world, lunch)[0].outlook.seen
    put_item(lunch.pk, hall.pk, START, seen=seen, actor=world.wati, at=NOON)

    with pytest.raises(WorldMovedOn):
        put_item(lunch.pk, hall.pk, START, seen=seen, actor=world.wati, at=NOON)


def test_who_does_not_keep_the_rundown_is_offered_nothing(
    world: World, lunch: Activity
) -> None:
    with pytest.raises(Forbidden):
        ways_out(lunch, actor=world.marco, at=NOON)
