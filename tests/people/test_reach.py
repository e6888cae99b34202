"""Telephones and addresses are sealed; opening them needs a right and leaves a line."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate

from tests.dump import everything_in_the_database
from tests.people.cast import make_duty
from tests.world import HOUR, MINUTE, NOON, World, make_person
from titian.exchange import commands, lists
from titian.exchange.models import Import
from titian.kernel.actor import Actor, Kind, Proof
from titian.kernel.models import Entry
from titian.kernel.registering import spans
from titian.people.commands.accounts import give_account
from titian.people.commands.erasure import erase
from titian.people.commands.opening import SPAN, open_list, open_reach
from titian.people.models import Person

PHONE, ADDRESS = "+999 731 9044711", "oar@example.org"
LIST = f"code,party,role,display,phone,email\nX-1,ARN,delegate,Uma,{PHONE},{ADDRESS}\n"


@pytest.fixture
def uma(world: World) -> Person:
    """A guest of Arunika with a number, as the database gives her."""
    person = make_person("Uma", world.arunika.party, world.arunika)
    person.phone, person.email = PHONE, ADDRESS
    person.save()
    return Person.objects.get(pk=person.pk)


def opened_for(actor: Actor, person: Person, world: World) -> str:
    fresh = Person.objects.get(pk=person.pk)
    open_reach([fresh], world.arunika, actor=actor, at=NOON)
    return fresh.reach.phone


def openings() -> list[tuple[int | None, object]]:
    rows = Entry.objects.filter(verb="reach.opened").order_by("pk")
    return [(row.actor_person_id, row.facts["people"]) for row in rows]


def brought_in(world: World, content: str = LIST) -> Import:
    seen = commands.preview(
        content.encode(), "p.csv", "people", world.event.pk, actor=world.wati, at=NOON
    )
    return commands.accept(seen.pk, actor=world.wati, at=NOON)


def test_the_database_alone_gives_no_number_and_no_address(world: World) -> None:
    brought_in(world)
    brought_in(world, LIST.replace("4711", "4712"))  # the former one is kept, to undo
    uma = Person.objects.get(code="X-1")
    give_account(uma.pk, "uma", "s3cret-oars")
    open_reach([uma], world.arunika, actor=world.marco, at=NOON)

    dump = everything_in_the_database()

    assert uma.reach.phone.endswith("4712")
    assert "Uma" in dump
    assert [word for word in ("9044711", "9044712", ADDRESS) if word in dump] == []


def test_a_row_loaded_by_anybody_shows_nothing(world: World, uma: Person) -> None:
    assert uma.phone
    assert "4711" not in uma.phone
    assert (uma.reach.phone, uma.reach.email) == ("", "")


def test_her_own_side_its_officer_and_a_coordinator_open_it(
    world: World, uma: Person
) -> None:
    readers = (world.ingrid, world.marco, world.wati, world.for_ingrid)

    assert [opened_for(one, uma, world) for one in readers] == [PHONE] * 4


def test_nobody_else_does_and_no_line_is_written(world: World, uma: Person) -> None:
    others = (world.bruna, world.petra, *world.nobodies().values())

    assert {opened_for(one, uma, world) for one in others} == {""}
    assert openings() == []


def test_who_has_a_seat_reaches_the_hosts_people_but_no_guests(
    world: World, uma: Person
) -> None:
    marco = Person.objects.get(display="Marco")
    marco.phone = "+62 899 0000 1"
    marco.save()

    found = [opened_for(one, marco, world) for one in (world.bruna, world.eve)]

    assert found == ["+62 899 0000 1", ""]


def test_a_guest_of_others_is_closed_on_this_delegations_page(world: World) -> None:
    eve = Person.objects.get(display="Eve")

    assert opened_for(world.marco, eve, world) == ""


def test_each_opening_says_who_whose_and_when(world: World, uma: Person) -> None:
    opened_for(world.marco, uma, world)
    opened_for(world.wati, uma, world)

    whose = spans([uma.pk])
    assert openings() == [
        (world.marco.person_id, whose),
        (world.wati.person_id, whose),
    ]
    entry = Entry.objects.filter(verb="reach.opened").first()
    assert entry is not None
    assert (entry.said_at, entry.concerns_id) == (NOON, world.arunika.pk)
    assert entry.topics == [], "to read is no news, or every page would redraw itself"


def test_a_page_drawn_again_writes_no_second_line_until_half_an_hour_later(
    world: World, uma: Person
) -> None:
    for after in (timedelta(), MINUTE, SPAN):
        open_reach([uma], world.arunika, actor=world.marco, at=NOON + after)

    assert len(openings()) == 2


def test_a_new_number_on_the_page_is_a_new_line(world: World, uma: Person) -> None:
    open_reach([uma], world.arunika, actor=world.marco, at=NOON)
    ingrid = Person.objects.get(display="Ingrid")

    open_reach([uma, ingrid], world.arunika, actor=world.marco, at=NOON + MINUTE)

    assert [whose for _who, whose in openings()] == [
        spans([uma.pk]),
        spans([ingrid.pk]),
    ]


def test_a_list_that_leaves_the_house_is_an_opening_each_time(world: World) -> None:
    brought_in(world)

    rows = [
        lists.listing("people", world.event, actor=world.wati).rows for _time in "ab"
    ]

    assert all(any(PHONE in row and ADDRESS in row for row in one) for one in rows)
    assert [who for who, _whose in openings()] == [world.wati.person_id] * 2


def test_a_list_taken_by_who_may_not_has_empty_columns(
    world: World, uma: Person
) -> None:
    taken = lists.listing("people", world.event, actor=world.marco)
    open_list([uma], world.event, actor=world.bruna)

    assert "Uma" in {cell for row in taken.rows for cell in row}
    assert not [cell for row in taken.rows for cell in row if cell in (PHONE, ADDRESS)]
    assert (uma.reach.phone, openings()) == ("", [])


def test_the_same_list_twice_changes_nobody(world: World) -> None:
    first, second = brought_in(world), brought_in(world)

    assert first.made["made"]
    assert (second.made["made"], second.made["changed"]) == ([], [])


def test_undoing_gives_back_the_number_that_was(world: World) -> None:
    brought_in(world)
    later = brought_in(world, LIST.replace("4711", "4712"))

    commands.undo(later.pk, actor=world.wati, at=NOON + HOUR)

    assert opened_for(world.marco, Person.objects.get(code="X-1"), world) == PHONE


def test_reading_a_number_does_not_keep_an_import_from_being_undone(
    world: World,
) -> None:
    one = brought_in(world)
    opened_for(world.marco, Person.objects.get(code="X-1"), world)

    commands.undo(one.pk, actor=world.wati, at=NOON + HOUR)

    assert not Person.objects.filter(code="X-1").exists()


def test_she_signs_in_by_her_address_though_nothing_holds_it(
    world: World, uma: Person
) -> None:
    user = give_account(uma.pk, "uma", "s3cret-oars")

    assert user.email == ""
    assert authenticate(None, email="OAR@example.org", password="s3cret-oars") == user
    assert authenticate(None, email=ADDRESS, password="wrong") is None
    assert (
        authenticate(None, email="nobody@example.org", password="s3cret-oars") is None
    )


def test_an_address_that_two_share_signs_nobody_in(world: World, uma: Person) -> None:
    give_account(uma.pk, "uma", "s3cret-oars")
    twin = make_person("Ulla", world.arunika.party)
    twin.email = ADDRESS
    twin.save()
    give_account(twin.pk, "ulla", "s3cret-oars")

    assert authenticate(None, email=ADDRESS, password="s3cret-oars") is None


def test_a_new_house_key_still_finds_and_opens(  # type: ignore[no-untyped-def]
    world: World, uma: Person, settings
) -> None:
    user = give_account(uma.pk, "uma", "s3cret-oars")
    new = "3z0pZ8dTqk1mT9x3H1Vf2o5h7p9Q0a1B2c3D4e5F6g4="
    settings.HOUSE_KEYS = [new, *settings.HOUSE_KEYS]

    assert authenticate(None, email=ADDRESS, password="s3cret-oars") == user
    assert opened_for(world.marco, uma, world) == PHONE


def test_the_officer_on_duty_is_called_by_the_desks(world: World) -> None:
    make_duty(world.officer, world.arunika, NOON, NOON + HOUR)
    marco = Person.objects.get(display="Marco")
    marco.phone = "+62 899 0000 1"
    marco.save()

    assert opened_for(world.petra, marco, world) == "+62 899 0000 1"


def test_who_is_erased_has_no_number_and_is_found_by_no_address(
    world: World, uma: Person
) -> None:
    give_account(uma.pk, "uma", "s3cret-oars")
    herself = Actor(Kind.PERSON, Proof.SIGNED_IN, uma.pk)

    erase(uma.pk, actor=herself, at=NOON)

    uma.refresh_from_db()
    assert (uma.phone, uma.email, uma.email_mark) == ("", "", "")
    assert authenticate(None, email=ADDRESS, password="s3cret-oars") is None
