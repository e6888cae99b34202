"""No key, no words: neither the database alone nor an erased person gives them."""

import pytest
from cryptography.fernet import InvalidToken
from pytest_django import DjangoAssertNumQueries

from tests.loop.stories import said
from tests.world import NOON, WORDS, World
from titian.kernel import sealing
from titian.kernel.models import Entry, SubjectKey


def test_the_persons_key_lies_under_the_houses(world: World, settings) -> None:  # type: ignore[no-untyped-def]
    said(world)
    entry = Entry.objects.get(verb="ask.said")
    settings.HOUSE_KEYS = ["3z0pZ8dTqk1mT9x3H1Vf2o5h7p9Q0a1B2c3D4e5F6g4="]

    with pytest.raises(InvalidToken):
        sealing.unseal(entry)


def test_a_destroyed_key_opens_nothing_and_keeps_nothing(world: World) -> None:
    ask = said(world)
    entry = Entry.objects.get(verb="ask.said")
    assert sealing.unseal(entry) == {"words": WORDS}

    sealing.destroy(ask.said_by_id)

    assert sealing.unseal(entry) is None
    assert sealing.seal(ask.said_by_id, {"words": "later"}) == b""
    assert SubjectKey.objects.get(person_id=ask.said_by_id).secret == b""


def test_what_lies_on_the_disk_is_no_words(world: World) -> None:
    said(world)

    for entry in Entry.objects.all():
        assert WORDS.encode() not in bytes(entry.sealed)


def test_a_new_house_key_still_opens_old_words(world: World, settings) -> None:  # type: ignore[no-untyped-def]
    said(world)
    new = "3z0pZ8dTqk1mT9x3H1Vf2o5h7p9Q0a1B2c3D4e5F6g4="
    settings.HOUSE_KEYS = [new, *settings.HOUSE_KEYS]

    assert sealing.unseal(Entry.objects.get()) == {"words": WORDS}


def test_each_person_has_a_key_of_her_own(world: World) -> None:
    ask = said(world)
    entry = Entry.objects.get()

    assert world.eve.person_id is not None
    sealing.seal(world.eve.person_id, {"words": "hers"})
    with pytest.raises(InvalidToken):
        sealing.open_under(world.eve.person_id, bytes(entry.sealed))
    sealing.destroy(world.eve.person_id)
    assert sealing.open_under(ask.said_by_id, bytes(entry.sealed)) == {"words": WORDS}


def test_many_are_opened_with_one_look_for_keys(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _time in range(3):
        said(world)
    entries = list(Entry.objects.order_by("pk"))

    with django_assert_num_queries(1):
        opened = sealing.unseal_all(entries)

    assert opened == {entry.pk: {"words": WORDS} for entry in entries}


def test_what_was_never_sealed_opens_to_nothing(world: World) -> None:
    entry = Entry.objects.create(
        verb="x", subject_kind="x", subject_id=1, said_at=NOON, heard_at=NOON
    )

    assert sealing.unseal(entry) is None
    assert sealing.unseal_all([entry]) == {entry.pk: {}}
