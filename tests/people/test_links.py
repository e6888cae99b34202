"""A guest's link is shown once, lasts some days, and is taken back at once."""

from uuid import uuid4

import pytest

from tests.world import NOON, World
from titian.kernel.policy import Forbidden
from titian.people.commands.links import NotTheirs, make_link, revoke_link
from titian.people.models import GuestLink, Person
from titian.people.queries import by_link


@pytest.fixture
def ingrid(world: World) -> Person:
    return Person.objects.get(display="Ingrid")


def test_the_link_lets_the_guest_in(world: World, ingrid: Person) -> None:
    link, token = make_link(ingrid.pk, world.arunika.pk, actor=world.marco, at=NOON)

    assert by_link(token).person_id == ingrid.pk
    assert token not in (link.digest, "")
    assert not GuestLink.objects.filter(digest=token).exists()


def test_a_retry_makes_no_second_link_and_shows_nothing(
    world: World, ingrid: Person
) -> None:
    key = uuid4()
    given = (ingrid.pk, world.arunika.pk)

    first, token = make_link(*given, actor=world.wati, at=NOON, key=key)
    second, nothing = make_link(*given, actor=world.wati, at=NOON, key=key)

    assert (first, nothing) == (second, "")
    assert token != ""


def test_revoking_shuts_the_door_for_good(world: World, ingrid: Person) -> None:
    link, token = make_link(ingrid.pk, world.arunika.pk, actor=world.wati, at=NOON)

    first = revoke_link(link.pk, actor=world.marco, at=NOON)
    second = revoke_link(link.pk, actor=world.wati, at=NOON)

    assert first.revoked_at == second.revoked_at
    with pytest.raises(GuestLink.DoesNotExist):
        by_link(token)


def test_a_retry_revokes_once(world: World, ingrid: Person) -> None:
    link, _token = make_link(ingrid.pk, world.arunika.pk, actor=world.wati, at=NOON)
    key = uuid4()

    first, second = (
        revoke_link(link.pk, actor=world.wati, at=NOON, key=key) for _time in range(2)
    )

    assert first.revoked_at == second.revoked_at


def test_a_link_that_has_run_out_is_nobodys(world: World, ingrid: Person) -> None:
    link, token = make_link(ingrid.pk, world.arunika.pk, actor=world.wati, at=NOON)
    link.expires_at = link.made_at
    link.save()

    with pytest.raises(GuestLink.DoesNotExist):
        by_link(token)


def test_only_their_officer_or_a_coordinator_gives_links(
    world: World, ingrid: Person
) -> None:
    link = GuestLink.objects.filter(person=ingrid).get()
    for actor in (
        world.bruna,
        world.ingrid,
        world.for_ingrid,
        *world.nobodies().values(),
    ):
        with pytest.raises(Forbidden):
            make_link(ingrid.pk, world.arunika.pk, actor=actor, at=NOON)
        with pytest.raises(Forbidden):
            revoke_link(link.pk, actor=actor, at=NOON)


def test_their_officer_gives_none_for_another_delegation(world: World) -> None:
    eve = Person.objects.get(display="Eve")

    with pytest.raises(Forbidden):
        make_link(eve.pk, world.selaya.pk, actor=world.marco, at=NOON)
    with pytest.raises(NotTheirs):
        make_link(eve.pk, world.arunika.pk, actor=world.marco, at=NOON)


@pytest.mark.parametrize("days", [0, -1, 91])
def test_a_link_lasts_some_days(world: World, ingrid: Person, days: int) -> None:
    with pytest.raises(NotTheirs):
        make_link(ingrid.pk, world.arunika.pk, days=days, actor=world.wati, at=NOON)
