"""A guest's page is drawn anew when something touches it, and otherwise remembered."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.loop.stories import said
from tests.web.pressing import form_to, forms_of, seen_by
from tests.world import HOUR, MINUTE, NOON, World, make_person
from titian.kernel import clock
from titian.kernel.models import Event
from titian.loop.commands import asks, promises
from titian.people.models import GuestLink, Party
from titian.web.guest import zones
from titian.web.guest.remembered import shelf

INGRID = "/g/ingrid/"
A_GLANCE = 4
"""Questions asked for a page that is remembered."""


@pytest.fixture
def guest() -> Client:
    return Client(headers={"accept-language": "en"})


def questions(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(INGRID).status_code == 200
    return len(asked)


@pytest.fixture
def looked(world: World, guest: Client) -> Client:
    """Ingrid has looked at her page, and nothing has happened since."""
    guest.get(INGRID)
    assert questions(guest) <= A_GLANCE
    return guest


def eve_asks(world: World) -> int:
    return asks.ask(world.selaya.pk, "A quiet room", actor=world.eve, at=NOON).pk


def test_every_visit_has_its_own_key_and_token(looked: Client) -> None:
    first, second = (
        [form.values for form in forms_of(looked.get(INGRID).text) if form.values]
        for _visit in range(2)
    )

    assert first
    for one, other in zip(first, second, strict=True):
        assert one["csrfmiddlewaretoken"] != other["csrfmiddlewaretoken"]
        assert one.get("key", "-") != other.get("key", "+")


def test_a_remembered_form_still_asks(world: World) -> None:
    guest = Client(headers={"accept-language": "en"}, enforce_csrf_checks=True)
    guest.get(INGRID)
    form = form_to(guest.get(INGRID).text, f"{INGRID}asks/")

    answer = guest.post(form.action, form.values | {"words": "More ice"}, follow=True)

    assert "More ice" in answer.text


def test_what_is_said_for_her_shows_at_once(world: World, looked: Client) -> None:
    promises.promise(
        world.arunika.pk,
        "A ramp by the pier",
        due_at=NOON + HOUR,
        actor=world.marco,
        at=NOON,
        key=uuid4(),
    )

    assert "A ramp by the pier" in looked.get(INGRID).text


def test_somebody_elses_matter_draws_nothing_anew(world: World, looked: Client) -> None:
    eve_asks(world)

    assert questions(looked) <= A_GLANCE


def test_an_emergency_elsewhere_draws_a_media_page_anew(
    world: World, guest: Client
) -> None:
    Party.objects.filter(pk=world.arunika.party_id).update(kind=Party.Kind.MEDIA)
    guest.get(INGRID)
    before = questions(guest)

    eve_asks(world)

    assert before <= A_GLANCE < questions(guest)


def test_a_new_minute_draws_it_anew(world: World, looked: Client) -> None:
    Event.objects.update(clock_reads=clock.time_at(world.event) + MINUTE)

    assert questions(looked) > A_GLANCE


def test_each_language_has_its_own_page(looked: Client) -> None:
    other = Client(headers={"accept-language": "id"})

    assert 'lang="id"' in other.get(INGRID).text
    assert 'lang="en"' in looked.get(INGRID).text


def test_a_cookie_that_is_no_zone_makes_no_page_of_its_own(looked: Client) -> None:
    looked.cookies[zones.COOKIE] = "Atlantis/Lagoon"

    assert questions(looked) <= A_GLANCE


def test_a_link_taken_back_opens_no_remembered_page(looked: Client) -> None:
    GuestLink.objects.update(revoked_at=clock.real_time())

    assert looked.get(INGRID).status_code == 404


def test_two_guests_of_one_party_have_each_her_own_page(
    world: World, looked: Client
) -> None:
    make_person("Olav", world.arunika.party, world.arunika)

    first, second = (looked.get("/g/olav/").text for _visit in range(2))

    assert "Welcome, Olav" in first
    assert "Welcome, Olav" in second
    assert "Ingrid" not in second


def test_who_reads_it_while_signed_in_leaves_nothing_on_it(world: World) -> None:
    seen_by("marco").get(INGRID)
    drawn = Client(headers={"accept-language": "en"}).get(INGRID).text

    shelf.clear()

    assert [form.action for form in forms_of(drawn)] == [
        form.action for form in forms_of(seen_by("marco").get(INGRID).text)
    ]
    assert "sign-out" not in drawn


def test_a_message_is_read_once(world: World, looked: Client) -> None:
    said(world)
    form = form_to(looked.get(INGRID).text, f"{INGRID}asks/")
    told = "You will read here what becomes of it."

    after = looked.post(form.action, form.values | {"words": "Ice"}, follow=True)

    assert told in after.text
    assert told not in looked.get(INGRID).text
