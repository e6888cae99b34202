"""The guest's own time stands beside the event's: labelled, and with its own day."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from tests.scene import make_activity, make_arrival
from tests.web.pressing import buttons_of, form_with
from tests.world import HOUR, NOON, World
from titian.web.guest import zones

INGRID = "/g/ingrid/"
EVENING = datetime(2027, 5, 1, 22, 30, tzinfo=UTC)


@pytest.fixture
def guest() -> Client:
    return Client(headers={"accept-language": "en"})


def choose(guest: Client, zone: str) -> str:
    form = form_with(guest.get(INGRID).text, "zone-on")
    guest.post(form.action, form.values | {"zone": zone})
    return guest.get(INGRID).text


def test_she_reads_both_times_each_with_its_zone(world: World, guest: Client) -> None:
    make_activity(world, "Lunch", NOON + HOUR, who=(world.arunika,))
    make_arrival(world, NOON + 2 * HOUR)

    text = choose(guest, "Asia/Tokyo")

    assert "Times are in UTC, and below them in Tokyo." in text
    assert "22:00 Tokyo" in text
    assert "23:00 Tokyo" in text


def test_another_day_there_is_told_with_the_hour(world: World, guest: Client) -> None:
    make_activity(world, "Dinner", EVENING, who=(world.arunika,))

    text = choose(guest, "Asia/Tokyo")

    assert "Sun 2 May 07:30 Tokyo" in text


def test_in_indonesian_the_hour_has_a_dot(world: World) -> None:
    make_activity(world, "Lunch", NOON + HOUR, who=(world.arunika,))

    text = choose(Client(), "Asia/Tokyo")

    assert "22.00 Tokyo" in text


def test_she_goes_back_to_the_events_time(world: World, guest: Client) -> None:
    make_activity(world, "Lunch", NOON + HOUR, who=(world.arunika,))
    form = form_with(choose(guest, "Asia/Tokyo"), "zone-off")

    guest.post(form.action, form.values)

    text = guest.get(INGRID).text
    assert "Tokyo" not in text.split('id="main"')[1].split('id="zone-name"')[0]
    assert "22:00" not in text
    assert "zone-on" in buttons_of(text)


@pytest.mark.parametrize("zone", ["UTC", "Mars/Olympus", "../etc", ""])
def test_the_same_clocks_and_no_zone_add_nothing(
    world: World, guest: Client, zone: str
) -> None:
    make_activity(world, "Lunch", NOON + HOUR, who=(world.arunika,))

    assert "own-time" not in choose(guest, zone)


def test_her_capitals_zone_is_suggested_and_not_chosen(
    world: World, guest: Client
) -> None:
    world.arunika.party.iso2 = "JP"
    world.arunika.party.save()

    text = guest.get(INGRID).text

    assert '<option value="Asia/Tokyo" selected>Tokyo (UTC+9)</option>' in text
    assert "own-time" not in text


def test_every_zone_is_there_and_named_by_its_distance() -> None:
    named = dict(zones.offered(NOON))

    assert len(named) == len(zones.OFFERED) == len(set(zones.OFFERED))
    assert set(zones.AT_HOME.values()) <= set(zones.OFFERED)
    assert named["Asia/Kolkata"] == "Kolkata (UTC+5:30)"
    assert named["America/Paramaribo"] == "Paramaribo (UTC−3)"
    assert named["Asia/Jakarta"] == "WIB (UTC+7)"
