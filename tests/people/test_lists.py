"""People are found by any name in any script, and only by who may see them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.people.cast import make_duty, make_officer
from tests.world import HOUR, NOON, World, make_person
from titian.people.models import Absence, Duty, Member, Officer, Person
from titian.people.queries import (
    by_link,
    delegation_list,
    members_by_group,
    registry,
    search_people,
)


def make_delegate(world: World, name: str, native: str = "", group: str = "") -> Person:
    person = make_person(name, world.arunika.party, world.arunika)
    person.native = native
    person.save()
    if group:
        Member.objects.filter(person=person).update(group=group)
    return person


@pytest.mark.parametrize(
    "words", ["perez", "JOSÉ", "jose p", "محمد", "محمّد", "東條", "łukasz"]
)
def test_a_name_is_found_in_any_script(world: World, words: str) -> None:
    make_delegate(world, "José Pérez", "محمد 東條 Łukasz")

    found = search_people(world.event, words, world.wati)

    assert [person.display for person in found] == ["José Pérez"]


@pytest.mark.parametrize("words", ["", "   ", "%", "nobody"])
def test_no_word_finds_nobody(world: World, words: str) -> None:
    assert list(search_people(world.event, words, world.wati)) == []


def test_officers_and_desks_are_found_by_those_who_keep_the_event(world: World) -> None:
    def found(word: str) -> list[str]:
        return [str(person) for person in search_people(world.event, word, world.wati)]

    assert (found("marco"), found("bruna")) == (["Marco"], ["Bruna"])


def test_a_guest_finds_nobody_of_another_party(world: World) -> None:
    for actor in (world.ingrid, by_link("ingrid")):
        for word in ("eve", "marco", "bruna"):
            assert list(search_people(world.event, word, actor)) == []
        assert len(search_people(world.event, "ingrid", actor)) == 1


def test_an_officer_finds_her_own_guests_and_herself(world: World) -> None:
    seen = [
        word
        for word in ("ingrid", "marco", "eve", "bruna")
        if search_people(world.event, word, world.marco).exists()
    ]

    assert seen == ["ingrid", "marco"]


def test_pages_of_fifty_begin_behind_an_id(world: World) -> None:
    for n in range(60):
        make_delegate(world, f"Delegate {n:02}")

    first = delegation_list(world.wati, world.event)
    assert first.after is not None
    second = delegation_list(world.wati, world.event, after=first.after)

    names = [str(one.person) for one in (*first.members, *second.members)]
    assert (len(first.members), len(names), len(set(names))) == (50, 62, 62)
    assert second.after is None


def test_a_full_last_page_has_no_next(world: World) -> None:
    for n in range(48):  # with Ingrid and Eve fifty
        make_delegate(world, f"Delegate {n:02}")

    page = delegation_list(world.wati, world.event)

    assert (len(page.members), page.after) == (50, None)


def test_the_page_costs_the_same_however_many_there_are(world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page = delegation_list(world.wati, world.event)
            [(str(one.person), str(one.delegation)) for one in page.members]
        return len(asked)

    one = queries()
    for n in range(3):
        make_delegate(world, f"Delegate {n}")

    assert queries() == one


def test_a_list_shows_nobody_else(world: World) -> None:
    def names(actor: object) -> list[str]:
        page = delegation_list(actor, world.event)  # type: ignore[arg-type]
        return [str(one.person) for one in page.members]

    assert names(world.marco) == ["Ingrid"]
    assert names(world.eve) == ["Eve"]
    assert names(by_link("ingrid")) == ["Ingrid"]


def test_groups_add_up_to_the_delegation(world: World) -> None:
    make_delegate(world, "Sven", group="spouse")
    make_delegate(world, "Mika", group="media")
    make_delegate(world, "Noor", group="media")

    groups = members_by_group(world.arunika)

    assert [(one.group, one.count) for one in groups] == [
        ("spouse", 1),
        ("delegate", 1),
        ("media", 2),
    ]
    assert sum(one.count for one in groups) == world.arunika.members.count()


@pytest.fixture
def aya(world: World) -> Officer:
    """The one who fits: Arabic C1, a woman, a licence, free."""
    aya = make_officer(world, "Aya", "LO-5", speaks={"ar": "C1", "en": "B2"})
    aya.gender, aya.has_licence = "f", True
    aya.save()
    weak = make_officer(world, "Budi", "LO-6", speaks={"ar": "B1"})
    weak.gender, weak.has_licence = "f", True
    weak.save()
    man = make_officer(world, "Omar", "LO-7", speaks={"ar": "C2"})
    man.gender, man.has_licence = "m", True
    man.save()
    return aya


def right_people(world: World) -> list[str]:
    found = registry(
        world.event,
        languages={"ar": "B2"},
        gender="f",
        licence=True,
        free_at=NOON,
        actor=world.wati,
    )
    return [str(officer) for officer in found]


def test_the_registry_gives_the_right_people(world: World, aya: Officer) -> None:
    assert right_people(world) == ["Aya"]


def test_who_is_with_a_delegation_is_not_free(world: World, aya: Officer) -> None:
    make_duty(aya, world.selaya, NOON - HOUR, NOON + HOUR)

    assert right_people(world) == []


def test_who_is_on_call_or_done_is_free(world: World, aya: Officer) -> None:
    make_duty(aya, world.selaya, NOON, NOON + HOUR, mode=Duty.Mode.ON_CALL)
    make_duty(aya, world.selaya, NOON - HOUR, NOON)

    assert right_people(world) == ["Aya"]


def test_who_is_away_is_not_free(world: World, aya: Officer) -> None:
    Absence.objects.create(officer=aya, starts_at=NOON, ends_at=NOON + HOUR)

    assert right_people(world) == []


def test_the_registry_is_for_the_house_and_for_oneself(
    world: World, aya: Officer
) -> None:
    def seen(actor: object) -> list[str]:
        return [str(one) for one in registry(world.event, actor=actor)]  # type: ignore[arg-type]

    assert seen(world.marco) == ["Marco"]
    assert seen(world.eve) == []
    assert seen(by_link("ingrid")) == []
    assert len(seen(world.wati)) == 4
