"""Who declined, and why, stands before the coordinator, who may ask once more."""

import pytest
from django.test import Client

from tests.web.pressing import buttons_of, form_with, indonesian, seen_by
from tests.world import NOON, World, seated
from titian.people.commands.assignments import decline
from titian.people.commands.erasure import erase
from titian.people.models import Seat

WHY = "My brother marries that day."


@pytest.fixture
def declined(world: World) -> World:
    decline(world.assignment.pk, WHY, actor=world.marco, at=NOON)
    return world


def again(world: World) -> str:
    return f"again-{world.assignment.pk}"


def press(reader: Client, page: str, button: str) -> int:
    form = form_with(page, button)
    return reader.post(form.action, form.values).status_code


def test_the_coordinator_reads_who_declined_and_why(declined: World) -> None:
    page = seen_by("wati").get("/cover/").text

    told = page.split('id="declined"')[1]
    assert "Marco" in told
    assert declined.arunika.name in told
    assert WHY in told


def test_in_indonesian_as_well(declined: World) -> None:
    assert "Yang menolak, dan alasannya" in indonesian("wati").get("/cover/").text


def test_where_nobody_declined_there_is_no_such_list(world: World) -> None:
    assert 'id="declined"' not in seen_by("wati").get("/cover/").text


def test_asked_again_the_officer_answers_anew(declined: World) -> None:
    wati = seen_by("wati")

    assert press(wati, wati.get("/cover/").text, again(declined)) == 302

    declined.assignment.refresh_from_db()
    assert declined.assignment.consent == "asked"
    assert WHY not in wati.get("/cover/").text


def test_pressed_by_two_it_is_asked_once_and_told(declined: World) -> None:
    wati = seen_by("wati")
    old = wati.get("/cover/").text
    press(wati, wati.get("/cover/").text, again(declined))

    press(wati, old, again(declined))

    assert "Somebody was faster" in wati.get("/cover/").text


@pytest.mark.parametrize(("who", "status"), [("marco", 403), ("eve", 404)])
def test_nobody_else_asks_again(declined: World, who: str, status: int) -> None:
    wati = seen_by("wati")
    form = form_with(wati.get("/cover/").text, again(declined))

    answer = seen_by(who).post(form.action, form.values)

    declined.assignment.refresh_from_db()
    assert (answer.status_code, declined.assignment.consent) == (status, "declined")


def test_a_forgotten_officers_reason_is_gone(declined: World) -> None:
    erase(declined.officer.person_id, actor=declined.marco, at=NOON)

    assert WHY not in seen_by("wati").get("/cover/").text


def test_the_auditor_reads_it_and_has_no_button(declined: World) -> None:
    seated(declined.event, "Ari", declined.press, Seat.Role.AUDITOR)

    page = seen_by("ari").get("/cover/").text

    assert WHY in page
    assert buttons_of(page) == set()
