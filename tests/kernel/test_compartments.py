"""A drawer opens for its own team, and every opening is in the journal."""

from uuid import uuid4

import pytest

from tests.loop.steps import DISGUISES
from tests.world import NOON, World, make_party, seated
from titian.kernel import sealing
from titian.kernel.actor import Actor
from titian.kernel.compartments import may_open, open_note, put_away
from titian.kernel.models import Compartment, Entry, SealedNote
from titian.kernel.policy import Forbidden
from titian.kernel.sealing import unseal

WORDS = "No penicillin"


@pytest.fixture
def medic(world: World) -> Actor:
    return seated(world.event, "Mira", make_party("MED", "Medics", "team"))


def note_of(world: World, medic: Actor) -> SealedNote:
    assert world.ingrid.person_id is not None
    return put_away(
        WORDS,
        Compartment.MEDICAL,
        event=world.event,
        about=world.ingrid.person_id,
        actor=medic,
        at=NOON,
    )


def test_the_words_are_not_in_the_row(world: World, medic: Actor) -> None:
    note = note_of(world, medic)

    assert WORDS.encode() not in bytes(note.words)


def test_opening_says_who_and_why(world: World, medic: Actor) -> None:
    note = note_of(world, medic)

    words = open_note(note.pk, "before dinner", actor=medic, at=NOON)

    entry = Entry.objects.get(verb="note.opened")
    assert (words, entry.actor, unseal(entry)) == (
        WORDS,
        medic,
        {"purpose": "before dinner"},
    )


@pytest.mark.parametrize("who", ["ingrid", "marco", "wati", "bruna", "petra", "eve"])
def test_it_opens_for_nobody_else(world: World, medic: Actor, who: str) -> None:
    note = note_of(world, medic)

    with pytest.raises(Forbidden):
        open_note(note.pk, "curious", actor=getattr(world, who), at=NOON)
    assert not Entry.objects.filter(verb="note.opened").exists()


def test_a_note_put_away_twice_is_one_note(world: World, medic: Actor) -> None:
    assert world.ingrid.person_id is not None
    key = uuid4()
    for _time in range(2):
        put_away(
            WORDS,
            Compartment.MEDICAL,
            event=world.event,
            about=world.ingrid.person_id,
            concerns=world.arunika.pk,
            actor=medic,
            at=NOON,
            key=key,
        )

    assert SealedNote.objects.count() == 1


def test_opening_again_with_the_same_key_is_one_opening(
    world: World, medic: Actor
) -> None:
    note, key = note_of(world, medic), uuid4()
    for _time in range(2):
        open_note(note.pk, "before dinner", actor=medic, at=NOON, key=key)

    assert Entry.objects.filter(verb="note.opened").count() == 1


@pytest.mark.parametrize("who", ["ingrid", "marco", "wati", "bruna", "petra", "eve"])
def test_nobody_else_puts_anything_away(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        note_of(world, getattr(world, who))

    assert not SealedNote.objects.exists()


@pytest.mark.parametrize("disguise", DISGUISES)
def test_eve_opens_it_in_no_disguise(world: World, medic: Actor, disguise: str) -> None:
    note = note_of(world, medic)

    with pytest.raises(Forbidden):
        open_note(note.pk, "curious", actor=world.nobodies()[disguise], at=NOON)


def test_medics_do_not_open_the_other_drawers(world: World, medic: Actor) -> None:
    for compartment in set(Compartment) - {Compartment.MEDICAL}:
        assert not may_open(medic, compartment, world.event)
    assert may_open(medic, Compartment.MEDICAL, world.event)


def test_a_forgotten_persons_note_opens_to_nothing(world: World, medic: Actor) -> None:
    note = note_of(world, medic)
    sealing.destroy(note.about_id)

    assert open_note(note.pk, "before dinner", actor=medic, at=NOON) == ""
