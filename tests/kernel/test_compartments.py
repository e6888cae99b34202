"""A drawer opens for its own team, and every opening is in the journal."""

import pytest

from tests.world import NOON, World, make_party, seated
from titian.kernel.actor import Actor
from titian.kernel.compartments import open_note, put_away
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
