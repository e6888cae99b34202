"""The bar: the rooms a reader has, and where this page lies."""

import pytest

from tests.world import World
from titian.web.desk.rooms import rooms

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "room", "part"),
    [
        ("/meetings/7/", "Programme", "Meetings"),
        ("/programme/", "Programme", "Programme"),
        ("/hand-overs/", "Cover", "Hand-overs"),
        ("/agreements/3/", "Agreements", "Agreements"),
        ("/talks/3/", "Talks", ""),
        ("/delegations/3/", "", ""),
    ],
)
def test_a_page_lies_in_one_room_and_one_part(
    world: World, path: str, room: str, part: str
) -> None:
    offered = rooms(world.wati.person_id, world.event, path)

    here = [one for one in offered if one.is_here]
    parts = [one.name for each in here for one in each.parts if one.is_here]
    assert [one.name for one in here] == [room][: bool(room)]
    assert parts == [part][: bool(part)]


def test_who_keeps_no_seat_is_led_to_no_closed_door(world: World) -> None:
    offered = rooms(world.eve.person_id, world.event, "/notices/")

    assert [one.name for one in offered if one.parts] == ["Programme", "Agreements"]
