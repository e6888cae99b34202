"""Who asks to be forgotten is forgotten: name, words, account and coming duties."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from tests.people.cast import make_duty
from tests.world import HOUR, NOON, World
from titian.kernel import chain, sealing
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.people.commands.assignments import ask_again, decline
from titian.people.commands.erasure import erase
from titian.people.models import Assignment, Duty, GuestLink, Person
from titian.people.queries import by_link, members_by_group, shown_officers


def test_the_row_is_empty_and_totals_still_agree(world: World) -> None:
    ingrid = Person.objects.get(display="Ingrid")

    erase(ingrid.pk, actor=world.ingrid, at=NOON)

    ingrid.refresh_from_db()
    assert (ingrid.display, ingrid.given, ingrid.email, ingrid.search) == ("",) * 4
    assert [one.count for one in members_by_group(world.arunika)] == [1]
    with pytest.raises(GuestLink.DoesNotExist):
        by_link("ingrid")


def test_her_words_are_gone_and_the_chain_holds(world: World) -> None:
    decline(world.assignment.pk, "My mother is ill", actor=world.marco, at=NOON)

    erase(world.officer.person_id, actor=world.marco, at=NOON)

    entry = Entry.objects.get(verb="officer.declined")
    assert sealing.unseal(entry) is None
    chain.extend()
    assert chain.verify() == 0


def test_an_officer_leaves_no_promise_behind(world: World) -> None:
    make_duty(world.officer, world.arunika, NOON - HOUR, NOON + HOUR)

    erase(world.officer.person_id, actor=world.marco, at=NOON)

    held = Duty.objects.filter(withdrawn_at=None).values_list("starts_at", "ends_at")
    assert list(held) == [(NOON - HOUR, NOON)]
    assert shown_officers(world.arunika) == []
    assert not User.objects.filter(username="marco").exists()


def test_only_she_herself_decides(world: World) -> None:
    ingrid = Person.objects.get(display="Ingrid")
    for actor in (
        world.wati,
        world.marco,
        world.for_ingrid,
        *world.nobodies().values(),
    ):
        with pytest.raises(Forbidden):
            erase(ingrid.pk, actor=actor, at=NOON)


def test_a_retry_forgets_once(world: World) -> None:
    key = uuid4()

    for _time in range(2):
        erase(world.officer.person_id, actor=world.marco, at=NOON, key=key)

    assert Entry.objects.filter(verb="person.erased").count() == 1


def test_who_is_forgotten_is_not_asked_again(world: World) -> None:
    decline(world.assignment.pk, "Ill", actor=world.marco, at=NOON)
    erase(world.officer.person_id, actor=world.marco, at=NOON)

    with pytest.raises(ValueError, match="ended"):
        ask_again(world.assignment.pk, actor=world.wati, at=NOON)
    assert Assignment.objects.get().relieved_at == NOON
