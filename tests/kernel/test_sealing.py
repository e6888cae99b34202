"""No key, no words: neither the database alone nor an erased person gives them."""

import pytest
from cryptography.fernet import InvalidToken

from tests.loop.stories import said
from tests.world import WORDS, World
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
