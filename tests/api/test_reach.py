"""The phone's numbers: opened for the officer, entered once, and no sign of life."""

from tests.web.pressing import seen_by
from tests.world import NOON, World
from titian.kernel.models import Entry
from titian.people.commands.opening import open_reach
from titian.people.models import FocalPoint, Person
from titian.web.desk.room.facts import Facts


def with_a_number(world: World, name: str, phone: str) -> Person:
    person = Person.objects.get(display=name)
    person.phone = phone
    person.save()
    return person


def test_the_officer_has_the_numbers_and_one_line_says_so(world: World) -> None:
    ingrid = with_a_number(world, "Ingrid", "+999 000 1")
    FocalPoint.objects.create(delegation=world.arunika, person=ingrid)
    with_a_number(world, "Bruna", "+62 899 0000 2")
    marco = seen_by("marco")

    found = [marco.get("/api/feed", {"since": -1}).json() for _poll in range(2)]

    numbers = {one["phone"] for one in found[1]["phones"]}
    assert numbers == {"+999 000 1", "+62 899 0000 2"}
    entries = Entry.objects.filter(verb="reach.opened")
    assert [entry.actor_person_id for entry in entries] == [world.marco.person_id]


def test_reading_a_number_is_no_news_to_the_phone(world: World) -> None:
    ingrid = with_a_number(world, "Ingrid", "+999 000 1")
    FocalPoint.objects.create(delegation=world.arunika, person=ingrid)
    marco = seen_by("marco")
    cursor = marco.get("/api/feed", {"since": -1}).json()["cursor"]

    assert marco.get("/api/feed", {"since": cursor}).json()["unchanged"] is True


def test_an_officer_who_only_looked_up_a_number_is_as_silent_as_before(
    world: World,
) -> None:
    ingrid = with_a_number(world, "Ingrid", "+999 000 1")

    open_reach([ingrid], world.arunika, actor=world.marco, at=NOON)

    assert Entry.objects.filter(verb="reach.opened").exists()
    assert Facts(world.event, world.wati, NOON).heard == {}
