"""A guest's link on the delegation's page: made, seen in force, taken back."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.web.pressing import buttons_of, form_with, indonesian, seen_by
from tests.world import World, make_person
from titian.kernel import clock
from titian.kernel.models import Entry
from titian.people.models import FocalPoint, GuestLink, Member, Person
from titian.web.door import roles


def page(world: World) -> str:
    return f"/delegations/{world.arunika.pk}/"


def link_of_ingrid() -> GuestLink:
    return GuestLink.objects.get(person__display="Ingrid")


@pytest.mark.parametrize("who", ["marco", "wati"])
def test_who_lets_guests_in_sees_the_links_in_force(world: World, who: str) -> None:
    olga = make_person("Olga", world.arunika.party, world.arunika)
    GuestLink.objects.filter(person=olga).update(revoked_at=clock.real_time())

    drawn = buttons_of(seen_by(who).get(page(world)).text)

    assert f"revoke-{link_of_ingrid().pk}" in drawn
    assert "make-link" in drawn
    assert f"revoke-{olga.links.get().pk}" not in drawn


@pytest.mark.parametrize("who", ["bruna", "petra"])
def test_a_desk_sees_no_links(world: World, who: str) -> None:
    text = seen_by(who).get(page(world)).text

    assert "make-link" not in buttons_of(text)
    assert "Links for guests" not in text


@pytest.mark.parametrize("browser", [seen_by, indonesian])
def test_a_new_link_says_who_made_it_and_when_it_was_last_opened(
    world: World, browser: Callable[[str], Client]
) -> None:
    marco = browser("marco")
    form = form_with(marco.get(page(world)).text, "make-link")
    shown = marco.post(form.action, form.values | {"days": "3"}).text
    token = shown.split("/g/")[1].split("/")[0]
    made = GuestLink.objects.latest("pk")

    before = made.opened_at
    assert Client().get(f"/g/{token}/").status_code == 200
    made.refresh_from_db()

    assert (made.made_by_id, before) == (world.marco.person_id, None)
    assert made.expires_at - made.made_at == timedelta(days=3)
    assert made.opened_at is not None


def test_it_is_noted_once_in_a_while_that_a_link_was_used(world: World) -> None:
    guest = Client()

    for _time in range(3):
        guest.get("/g/ingrid/")

    entries = Entry.objects.filter(verb="link.opened")
    assert [entry.topics for entry in entries] == [[]]
    text = seen_by("marco").get(page(world)).text
    assert "last opened" in text


def test_taking_back_asks_first_and_shuts_the_door(world: World) -> None:
    marco, link = seen_by("marco"), link_of_ingrid()
    form = form_with(marco.get(page(world)).text, f"revoke-{link.pk}")

    answers = [marco.post(form.action, form.values, follow=True) for _tap in "ab"]

    link.refresh_from_db()
    assert link.revoked_at is not None
    assert "The link of Ingrid is taken back." in answers[0].text
    assert Entry.objects.filter(verb="link.revoked").count() == 1
    assert f"revoke-{link.pk}" not in buttons_of(answers[1].text)


def test_a_link_taken_back_says_so_and_whom_to_ask(world: World) -> None:
    GuestLink.objects.update(revoked_at=clock.real_time())
    guest = Client(headers={"accept-language": "en"})

    shut, guessed = guest.get("/g/ingrid/"), guest.get("/g/guessed/")

    assert (shut.status_code, guessed.status_code) == (404, 404)
    assert "Ask your LO for a new one" in shut.text
    assert shut.text == guessed.text


def test_who_may_not_takes_no_link_back(world: World) -> None:
    link = link_of_ingrid()
    address = f"{page(world)}links/{link.pk}/revocation/"
    given = {"key": str(uuid4())}

    answers = [seen_by(who).post(address, given) for who in ("bruna", "eve")]

    link.refresh_from_db()
    assert [one.status_code for one in answers] == [403, 404]
    assert link.revoked_at is None


def test_another_delegations_link_is_404_here(world: World) -> None:
    eves = GuestLink.objects.get(person__display="Eve")

    answer = seen_by("marco").post(
        f"{page(world)}links/{eves.pk}/revocation/", {"key": str(uuid4())}
    )

    assert answer.status_code == 404


def test_without_a_key_nothing_is_taken_back(world: World) -> None:
    link = link_of_ingrid()

    seen_by("marco").post(f"{page(world)}links/{link.pk}/revocation/", {})

    link.refresh_from_db()
    assert link.revoked_at is None


def test_focal_points_stand_first_among_those_who_may_have_one(world: World) -> None:
    olga = make_person("Olga", world.arunika.party)
    Member.objects.create(delegation=world.arunika, person=olga)
    FocalPoint.objects.create(delegation=world.arunika, person=olga)

    form = form_with(seen_by("marco").get(page(world)).text, "make-link")

    assert form.values["person"] == str(olga.pk)


def test_the_demos_guest_comes_back_by_the_same_link(  # type: ignore[no-untyped-def]
    world: World, settings
) -> None:
    settings.DEMO = True
    FocalPoint.objects.create(
        delegation=world.arunika, person=Person.objects.get(display="Ingrid")
    )
    name = next(r.name for r in roles.roles_of(world.event) if r.delegation)

    first, second = (Client().post(f"/demo/{name}/")["location"] for _time in "ab")
    GuestLink.objects.update(revoked_at=clock.real_time())
    third = Client().post(f"/demo/{name}/")["location"]

    assert first == second
    assert third != first
    assert Client().get(third).status_code == 200
