"""The page of a set-up sheet, pressed as it is drawn and printed for the crew."""

from tests.talks.table import called
from tests.web.pressing import form_with, seen_by
from tests.world import World, make_person, with_account


def test_an_officer_writes_it_and_the_crew_prints_it(world: World) -> None:
    meeting = called(world)
    marco, address = seen_by("marco"), f"/meetings/{meeting.pk}/set-up/"
    form = form_with(marco.get(address).text, "set-up")

    marco.post(address, form.values | {"gift": "A carved oar", "media": "handshake"})

    assert "A carved oar" in seen_by("wati").get("/meetings/set-up-sheets/").text


def test_what_cannot_be_is_said_in_a_sentence(world: World) -> None:
    meeting = called(world)
    marco, address = seen_by("marco"), f"/meetings/{meeting.pk}/set-up/"
    form = form_with(marco.get(address).text, "set-up")

    answer = marco.post(address, form.values | {"flags_by": "written"})

    assert (answer.status_code, "commas" in answer.text) == (422, True)


def test_the_guests_do_not_see_what_gift_awaits_them(world: World) -> None:
    meeting = called(world)
    with_account(make_person("Olav", world.arunika.party, world.arunika))

    olav = seen_by("olav")

    assert olav.get(f"/meetings/{meeting.pk}/").status_code == 200
    assert olav.get(f"/meetings/{meeting.pk}/set-up/").status_code == 404
    assert olav.get("/meetings/set-up-sheets/").status_code == 403
