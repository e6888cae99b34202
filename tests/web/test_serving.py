"""Newsrooms are served with pool slots, on the same pages as any guest."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.briefing.newsroom import Newsroom, make_newsroom
from tests.scene import make_activity
from tests.web.pressing import seen_by
from tests.world import HOUR, NOON, World, make_party
from titian.loop.commands import asks
from titian.loop.models import Topic
from titian.people.models import Delegation
from titian.programme.commands.seating import give_seat, take_back_seat
from titian.programme.models import PRESS_CALL, Activity, Placing

SERVED = "/people/served/"


@pytest.fixture
def room(world: World) -> Newsroom:
    return make_newsroom(world)


@pytest.fixture
def call(world: World, room: Newsroom) -> Activity:
    """A press call for Arunika at one."""
    return make_activity(
        world, "Welcome shots", NOON + HOUR, who=(world.arunika,), kind=PRESS_CALL
    )


def slot(world: World, room: Newsroom, call: Activity) -> Placing:
    return give_seat(call.pk, room.house.pk, "Pool 3", actor=world.wati, at=NOON)


def nils_page() -> str:
    return Client(headers={"accept-language": "en"}).get("/g/nils/").text


def test_a_pool_slot_puts_the_call_on_the_newsrooms_page_and_takes_it_off(
    world: World, room: Newsroom, call: Activity
) -> None:
    assert "Welcome shots" not in nils_page()

    given = slot(world, room, call)
    assert "Pool slot: Pool 3" in nils_page()

    take_back_seat(given.pk, actor=world.wati, at=NOON)
    assert "Welcome shots" not in nils_page()
    assert list(call.delegations.all()) == [world.arunika]


def test_a_newsroom_reads_what_is_usual_for_its_kind(
    world: World, room: Newsroom
) -> None:
    Topic.objects.create(
        event=world.event,
        code="pool",
        name_en="Pool slot",
        team=world.boats,
        serves=["media"],
    )
    arunika = Client(headers={"accept-language": "en"}).get("/g/ingrid/").text

    assert ("Usual here: Pool slot" in nils_page(), "Usual here" in arunika) == (
        True,
        False,
    )


def test_the_plan_of_a_press_call_offers_every_newsroom_a_slot(
    world: World, room: Newsroom, call: Activity
) -> None:
    page = seen_by("wati").get(f"/activities/{call.pk}/seats/").text

    assert ("Pool slots" in page, "Lagoon Gazette" in page) == (True, True)


def test_what_is_open_with_a_newsroom_stands_on_one_page(
    world: World, room: Newsroom, call: Activity
) -> None:
    asks.ask(room.house.pk, "File by 21:30", actor=room.nils, at=NOON)
    slot(world, room, call)

    page = seen_by("wati").get(SERVED).text

    told = ["Lagoon Gazette", "Marco", "File by 21:30", "Pool 3", "Welcome shots"]
    assert [words for words in told if words not in page] == []
    assert "Lagoon Gazette" not in seen_by("wati").get(f"{SERVED}?kind=artist").text
    assert "Lagoon Gazette" not in seen_by("eve").get(SERVED).text


@pytest.mark.parametrize("more", [0, 2])
def test_it_costs_the_same_for_one_newsroom_and_three(
    world: World, room: Newsroom, more: int
) -> None:
    for number in range(more):
        party = make_party(f"N{number}", f"Newsroom {number}", "media")
        Delegation.objects.create(party=party, event=world.event)
    client = seen_by("wati")
    client.get(SERVED)

    with CaptureQueriesContext(connection) as queries:
        client.get(SERVED)

    assert len(queries) == 16
