"""The demo's door: only in a demo, only at a rehearsal; then each pair of eyes."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.scene import seat_at
from tests.web.pressing import form_with, forms_of, seen_by
from tests.world import NOON, World, make_party, make_person, with_account
from titian.kernel.models import Event
from titian.people.models import Assignment, Delegation, FocalPoint, Officer, Person

FIRST_PAGES = {
    "coordinator": "/room/",
    "officer": "/field/",
    "officer-arn": "/field/",
    "transport": "/asks/",
    "protocol": "/asks/",
    "press": "/press/",  # in this small event one person is both
    "spokesperson": "/press/",
}


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def cast(world: World) -> World:
    """Everybody whom the demo offers."""
    seat_at(world, "PRO", "Paulo")
    japan = make_party("JPN", "Japan", "state")
    side = Delegation.objects.create(party=japan, event=world.event, level="minister")
    lena = make_person("Lena", world.arunika.party)
    with_account(lena)
    officer = Officer.objects.create(person=lena, event=world.event, code="LO-9")
    Assignment.objects.create(
        officer=officer, delegation=side, consent=Assignment.Consent.AGREED
    )
    FocalPoint.objects.create(
        delegation=world.arunika, person=Person.objects.get(display="Ingrid")
    )
    return world


def roles(text: str) -> list[str]:
    actions = [form.action for form in forms_of(text)]
    return [a.split("/")[2] for a in actions if a.startswith("/demo/")]


def test_without_the_demo_there_is_no_such_door(cast: World) -> None:
    client = Client()

    answers = [client.get("/demo/"), client.post("/demo/coordinator/")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "_auth_user_id" not in client.session


def test_an_event_on_the_real_clock_shuts_the_door(demo: None, cast: World) -> None:
    Event.objects.create(code="real", name_en="Real", kind=Event.Kind.GAMES, zone="UTC")
    client = Client()

    answers = [client.get("/demo/"), client.post("/demo/coordinator/")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "_auth_user_id" not in client.session


def test_the_eight_are_offered(demo: None, cast: World) -> None:
    offered = roles(Client().get("/demo/").text)

    assert sorted(offered) == sorted([*FIRST_PAGES, "focal-point"])


@pytest.mark.parametrize("name", list(FIRST_PAGES))
def test_each_role_comes_to_its_own_page(demo: None, cast: World, name: str) -> None:
    client = Client()

    answer = client.post(f"/demo/{name}/", follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == FIRST_PAGES[name]


def test_the_guest_comes_to_her_link(demo: None, cast: World) -> None:
    answer = Client(headers={"accept-language": "en"}).post(
        "/demo/focal-point/", follow=True
    )

    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0].startswith("/g/")
    assert "Welcome, Ingrid" in answer.text


def test_a_role_that_is_not_there_is_404(demo: None, world: World) -> None:
    client = Client()

    answers = [client.post("/demo/protocol/"), client.post("/demo/king/")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_looking_at_the_address_of_a_role_lets_nobody_in(
    demo: None, cast: World
) -> None:
    assert Client().get("/demo/coordinator/").status_code == 405


def test_a_guest_of_two_events_is_let_in_though_two_coordinate(
    demo: None, cast: World
) -> None:
    from_another = make_person("Wulan", cast.boats)
    cast.event.seats.create(person=from_another, team=cast.boats, role="coordinator")

    answer = Client().post("/demo/focal-point/")

    assert answer.status_code == 302


@pytest.mark.parametrize("demo_mode", [True, False])
def test_whoever_is_not_signed_in_is_sent_to_the_door(
    world: World, settings: Any, demo_mode: bool
) -> None:
    settings.DEMO = demo_mode

    answer = Client().get("/")

    assert answer["location"] == ("/demo/" if demo_mode else "/sign-in/login/")


def test_an_account_without_a_part_is_told_so(world: World) -> None:
    with_account(make_person("Nils", world.press))

    answer = seen_by("nils").get("/")

    assert (answer.status_code, "no part in an event" in answer.text) == (403, True)


def test_the_coordinator_stops_the_rehearsal_clock(world: World) -> None:
    wati = seen_by("wati")

    bad = wati.post("/clock/", {"speed": "fast"})
    good = wati.post(
        "/clock/", {"speed": "4", "key": "6d1c3b1e-52a5-4b5f-9a59-0c8b1c8b1c8b"}
    )

    world.event.refresh_from_db()
    assert (bad.status_code, good.status_code) == (422, 302)
    assert world.event.clock_speed == 4


@pytest.mark.parametrize("speed", ["nan", "inf", "-1", "1e30"])
def test_no_clock_runs_like_that(world: World, speed: str) -> None:
    answer = seen_by("wati").post(
        "/clock/", {"speed": speed, "key": "6d1c3b1e-52a5-4b5f-9a59-0c8b1c8b1c8b"}
    )

    world.event.refresh_from_db()
    assert (answer.status_code, world.event.clock_speed) == (422, 0)


def test_nobody_else_stops_it(world: World) -> None:
    answer = seen_by("marco").post(
        "/clock/", {"speed": "4", "key": "6d1c3b1e-52a5-4b5f-9a59-0c8b1c8b1c8b"}
    )

    assert answer.status_code == 403


def test_one_goes_only_to_an_event_one_has_a_part_in(world: World) -> None:
    other = Event(code="other", name_en="Other", kind=Event.Kind.GAMES, zone="UTC")
    other.set_clock(reads=NOON, speed=0, real=NOON)
    other.save()
    wati = seen_by("wati")

    answers = [wati.post("/events/other/"), wati.post("/events/lagoon-games/")]

    assert [answer.status_code for answer in answers] == [404, 302]


def test_the_house_says_that_it_stands(db: None) -> None:
    answer = Client().get("/healthz")

    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


@pytest.mark.parametrize("address", ["/sign-in/login/", "/field/"])
def test_the_way_in_is_drawn_in_the_houses_own_language(
    world: World, address: str
) -> None:
    client = Client() if "login" in address else seen_by("marco")
    client.defaults.pop("HTTP_ACCEPT_LANGUAGE", None)

    page = client.get(address)

    assert (page.status_code, '<html lang="id"' in page.text) == (200, True)


def test_the_real_clock_is_not_touched(world: World) -> None:
    Event.objects.update(clock_set_at=None)

    answer = seen_by("wati").post(
        "/clock/", {"speed": "4", "key": "6d1c3b1e-52a5-4b5f-9a59-0c8b1c8b1c8b"}
    )

    assert answer.status_code == 409


def test_signing_in_with_a_name_and_a_password(world: World) -> None:
    wati = User.objects.get(username="wati")
    wati.set_password("two boats at the pier")
    wati.save()
    client = Client(headers={"accept-language": "en"})
    form = form_with(client.get("/sign-in/login/").text, "sign-in")

    wrong = client.post(form.action, form.values | {"login": "wati", "password": "x"})
    right = client.post(
        form.action,
        form.values | {"login": "wati", "password": "two boats at the pier"},
    )

    assert (wrong.status_code, 'role="alert"' in wrong.text) == (200, True)
    assert (right.status_code, right["location"]) == (302, "/")
    assert "sign up" not in wrong.text


def test_signing_out(world: World) -> None:
    wati = seen_by("wati")

    asked = wati.get("/sign-out/")
    wati.post("/sign-out/")

    assert (asked.status_code, "titian/tokens.css" in asked.text) == (200, True)
    assert wati.get("/room/").status_code == 302


def test_a_stranger_is_led_to_a_door_that_is_there(world: World) -> None:
    answer = Client().get("/room/", follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain == [("/sign-in/login/?next=/room/", 302)]
