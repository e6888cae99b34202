"""All of one delegation, its people, and the links its guests get."""

from uuid import uuid4

import pytest
from django.test import Client

from tests.loop.stories import passed
from tests.scene import make_arrival
from tests.web.pressing import form_with, indonesian, seen_by
from tests.world import HOUR, NOON, WORDS, World, make_person
from titian.loop.commands import promises
from titian.loop.models import Promise
from titian.people.models import FocalPoint, GuestLink, Member, Person


def address(world: World) -> str:
    return f"/delegations/{world.arunika.pk}/"


def point(world: World) -> FocalPoint:
    return FocalPoint.objects.create(
        delegation=world.arunika, person=Person.objects.get(display="Ingrid")
    )


def promised(world: World) -> Promise:
    return promises.promise(
        world.arunika.pk,
        "Oars by six",
        direction=Promise.Direction.OURS,
        owner_team_id=world.boats.pk,
        due_at=NOON + HOUR,
        actor=world.bruna,
        at=NOON,
    )


@pytest.mark.parametrize("who", ["marco", "wati"])
def test_both_ends_and_what_is_open_are_there(world: World, who: str) -> None:
    point(world)
    make_arrival(world)
    passed(world)
    promised(world)

    text = seen_by(who).get(address(world)).text

    for told in ("Arunika", "Ingrid", "Marco", WORDS, "Oars by six"):
        assert told in text


def test_a_delegation_of_others_is_404(world: World) -> None:
    eve = seen_by("eve")
    base = address(world)

    got = [eve.get(base), eve.get(f"{base}people/"), eve.get(f"{base}aside/")]
    sent = eve.post(f"{base}links/", {"key": str(uuid4()), "person": "1"})

    assert [a.status_code for a in got[:2]] == [404, 404]
    assert got[2].status_code in {403, 404}
    assert sent.status_code == 404


def test_a_desk_reads_no_asks_that_are_not_its_own(world: World) -> None:
    passed(world)

    assert WORDS not in seen_by("petra").get(address(world)).text


def test_the_officer_makes_a_link_that_is_shown_once(world: World) -> None:
    point(world)
    GuestLink.objects.all().delete()
    marco = seen_by("marco")
    form = form_with(marco.get(address(world)).text, "make-link")

    first = marco.post(form.action, form.values).text
    again = marco.post(form.action, form.values).text

    token = first.split("/g/")[1].split("/")[0]
    assert Client().get(f"/g/{token}/").status_code == 200
    assert ("/g/" in again, "already made" in again) == (False, True)
    assert GuestLink.objects.count() == 1


@pytest.mark.parametrize("person", ["", "abc", "99999", "²"])
def test_a_link_for_nobody_is_a_word_about_it(world: World, person: str) -> None:
    before = GuestLink.objects.count()

    answer = seen_by("marco").post(
        f"{address(world)}links/",
        {"key": str(uuid4()), "person": person},
        follow=True,
    )

    assert answer.status_code == 200
    assert "Choose for whom the link is." in answer.text
    assert GuestLink.objects.count() == before


def test_a_link_for_anothers_guest_is_refused(world: World) -> None:
    before = GuestLink.objects.count()

    answer = seen_by("marco").post(
        f"{address(world)}links/",
        {"key": str(uuid4()), "person": str(world.eve.person_id)},
        follow=True,
    )

    assert "This person is not of the delegation." in answer.text
    assert GuestLink.objects.count() == before


def test_a_desk_gives_out_no_links(world: World) -> None:
    answer = seen_by("bruna").post(
        f"{address(world)}links/",
        {"key": str(uuid4()), "person": str(world.ingrid.person_id)},
    )

    assert answer.status_code in {403, 404}


def test_a_promise_is_kept(world: World) -> None:
    promise, bruna = promised(world), seen_by("bruna")
    form = form_with(bruna.get(address(world)).text, f"keep-{promise.pk}")

    answer = bruna.post(form.action, form.values | {"settled": "kept"})

    promise.refresh_from_db()
    assert (answer.status_code, promise.state) == (302, "kept")
    assert "keep-" not in bruna.get(address(world)).text


def test_a_broken_promise_wants_a_word(world: World) -> None:
    promise, marco = promised(world), seen_by("marco")
    form = form_with(marco.get(address(world)).text, f"break-{promise.pk}")

    mute = marco.post(form.action, form.values, follow=True)
    promise.refresh_from_db()
    before = promise.state
    marco.post(form.action, form.values | {"words": "No boats came"})

    promise.refresh_from_db()
    assert "what went wrong" in mute.text
    assert (before, promise.state) == ("open", "broken")


def test_who_may_not_settle_a_promise_is_drawn_no_button(world: World) -> None:
    promised(world)

    assert "keep-" not in seen_by("petra").get(address(world)).text


def test_the_names_come_fifty_a_page(world: World) -> None:
    for number in range(52):
        guest = make_person(f"Rower {number:02d}", world.arunika.party)
        Member.objects.create(delegation=world.arunika, person=guest)
    marco = seen_by("marco")

    first = marco.get(f"{address(world)}people/").text
    after = first.split('href="?after=')[1].split('"')[0]
    second = marco.get(f"{address(world)}people/?after={after}").text

    assert "Rower 00" in first
    assert ("Rower 51" in first, "Rower 51" in second) == (False, True)
    assert "Rower 00" not in second


def test_people_are_found_by_name_and_only_those_in_sight(world: World) -> None:
    hers = seen_by("wati").get("/search/?q=ingrid").text
    eves = seen_by("eve").get("/search/?q=ingrid").text

    assert hers.count("Ingrid") >= 1
    assert "Ingrid" not in eves


@pytest.mark.parametrize("who", ["marco", "wati", "bruna", "eve"])
def test_the_pages_are_drawn_in_the_houses_own_language(world: World, who: str) -> None:
    point(world)
    make_arrival(world)
    promised(world)
    client = indonesian(who)
    side = world.selaya if who == "eve" else world.arunika

    pages = [
        client.get(f"/delegations/{side.pk}/"),
        client.get(f"/delegations/{side.pk}/people/"),
        client.get("/people/"),
        client.get("/search/"),
        client.get("/search/?q=ingrid"),
    ]

    assert [page.status_code for page in pages] == [200] * 5
    assert all('<html lang="id"' in page.text for page in pages)


def test_terminals_and_exercise_marks_are_in_the_readers_language(
    world: World,
) -> None:
    make_arrival(
        world, terminal="International", detail="Exercise: a boat that the fog hid"
    )
    make_arrival(world, code="J2", terminal="Gate 4", detail="Exercise: reply")

    page = indonesian("marco").get(address(world)).text

    assert "Kedatangan, Internasional" in page
    assert "Kedatangan, Gate 4" in page
    assert 'Latihan: <span lang="en">a boat that the fog hid</span>' in page
    assert "Latihan: balasan" in page
    assert "Exercise" not in page
