"""The control room, and what one delegation's end of it says."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.loop.stories import passed, said
from tests.scene import make_arrival, make_duty
from tests.web.pressing import indonesian, seen_by
from tests.world import HOUR, NOON, WORDS, World, make_party
from titian.logistics.commands import journeys
from titian.logistics.models import Journey
from titian.people.models import Delegation

HX = {"hx-request": "true"}
PARTS = [
    "/room/",
    "/room/?face=wall",
    "/room/rail/",
    "/room/rail/?face=wall",
    "/room/strips/",
    "/room/strips/?face=arrived",
    "/room/strips/?face=landings",
    "/room/lines/{pk}/",
    "/room/lines/{pk}/?face=wall",
    "/delegations/{pk}/aside/",
]


@pytest.mark.parametrize("address", PARTS)
def test_each_part_is_drawn_in_the_houses_own_language(
    world: World, address: str
) -> None:
    make_arrival(world)
    make_duty(world, NOON, NOON + 8 * HOUR)
    passed(world)

    page = indonesian("wati").get(address.format(pk=world.arunika.pk))

    assert page.status_code == 200


def test_the_coordinator_sees_every_delegation_and_what_waits(world: World) -> None:
    said(world)
    make_arrival(world)

    text = seen_by("wati").get("/room/").text

    assert "Arunika" in text
    assert "Selaya" in text
    assert WORDS in text


def test_a_desk_sees_no_words_that_are_not_its_own(world: World) -> None:
    passed(world)

    petra = seen_by("petra")

    assert WORDS not in petra.get("/room/").text
    assert WORDS not in petra.get("/room/rail/").text


@pytest.mark.parametrize("who", ["marco", "eve"])
def test_the_room_is_for_those_who_keep_the_event(world: World, who: str) -> None:
    answer = seen_by(who).get("/room/")

    assert answer.status_code == 403
    assert "The control room is for those who keep the event." in answer.text


def test_a_delegation_that_is_not_there_is_404(world: World) -> None:
    wati = seen_by("wati")

    answers = [
        wati.get("/room/lines/99999/").status_code,
        wati.get("/delegations/99999/aside/").status_code,
        wati.get("/delegations/99999/").status_code,
    ]

    assert answers == [404, 404, 404]


def test_the_cover_shows_the_hours_nobody_holds(world: World) -> None:
    make_arrival(world)
    make_duty(world, NOON, NOON + 2 * HOUR)

    text = seen_by("wati").get("/cover/").text

    assert "Marco" in text
    assert "Arunika" in text


@pytest.mark.parametrize("who", ["marco", "bruna", "eve"])
def test_the_cover_is_the_coordinators(world: World, who: str) -> None:
    assert seen_by(who).get("/cover/").status_code == 403


def test_the_cover_is_drawn_in_the_houses_own_language(world: World) -> None:
    make_duty(world, NOON, NOON + 2 * HOUR)

    page = indonesian("wati").get("/cover/")

    assert (page.status_code, '<html lang="id"' in page.text) == (200, True)


def test_a_tap_marks_what_was_reached(world: World) -> None:
    journey = make_arrival(world)

    answer = seen_by("marco").post(
        f"/journeys/{journey.pk}/milestones/",
        {"state": "landed", "key": str(uuid4())},
    )

    assert answer.status_code == 302
    assert [m.state for m in journey.milestones.all()] == ["landed"]


def test_the_room_costs_the_same_for_one_and_three(world: World) -> None:
    world.selaya.delete()
    make_arrival(world, code="J0")
    client = seen_by("wati")
    client.get("/room/")

    with CaptureQueriesContext(connection) as for_one:
        one = client.get("/room/", headers=HX).text
    for number in (1, 2):
        party = make_party(f"XX{number}", f"Side {number}", "state")
        side = Delegation.objects.create(
            party=party, event=world.event, level="minister"
        )
        make_arrival(world, delegation=side, code=f"J{number}")
    with CaptureQueriesContext(connection) as for_three:
        three = client.get("/room/", headers=HX).text

    assert [text.count('id="line-') for text in (one, three)] == [1, 3]
    assert len(for_one) == len(for_three)


def test_a_tap_on_a_journey_called_off_is_a_word_about_it(world: World) -> None:
    journey = make_arrival(world)
    journey.state = Journey.State.CALLED_OFF
    journey.save()

    answer = seen_by("marco").post(
        f"/journeys/{journey.pk}/milestones/",
        {"state": "landed", "key": str(uuid4())},
    )

    assert answer.status_code == 409
    assert "Somebody was faster" in answer.text


def test_who_withdrew_is_no_longer_expected(world: World) -> None:
    make_arrival(world)
    Delegation.objects.filter(pk=world.arunika.pk).update(status="withdrawn")

    line = seen_by("wati").get(f"/room/lines/{world.arunika.pk}/").text
    wall = seen_by("wati").get("/room/strips/?face=landings", headers=HX).text

    assert "Withdrawn" in line
    assert "Due" not in line
    assert "ARN" not in wall


def test_the_walls_line_of_arrivals_follows_what_moves(world: World) -> None:
    journey = make_arrival(world)
    wati = seen_by("wati")
    journeys.expect(journey.pk, NOON + 3 * HOUR, actor=world.wati, at=NOON)

    wall = wati.get("/room/?face=wall").text
    part = wati.get("/room/strips/?face=landings", headers=HX).text

    assert 'data-src="/room/strips/?face=landings"' in wall
    assert 'data-src="/room/strips/?face=arrived"' in wall
    assert "ARN 15:00" in part
