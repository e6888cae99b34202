"""The chain shows every change to the past."""

import pytest

from tests.loop.stories import passed
from tests.world import NOON, World
from titian.kernel.chain import ChainBroken, digest_of, extend, verify
from titian.kernel.models import ChainLink, Entry
from titian.loop.commands.asks import accept
from titian.loop.models import Ask


@pytest.fixture(autouse=True)
def chained(world: World) -> None:
    passed(world)
    extend()


def test_what_is_not_chained_yet_is_counted(world: World) -> None:
    accept(Ask.objects.get().pk, actor=world.bruna, at=NOON)

    assert (verify(), extend(), verify()) == (1, 1, 0)


@pytest.mark.parametrize("column", ["verb", "word_means", "actor_kind"])
def test_a_changed_entry_is_found(column: str) -> None:
    Entry.objects.filter(verb="ask.said").update(**{column: "feed"})

    with pytest.raises(ChainBroken, match="broken at 1"):
        verify()


def test_a_swapped_ciphertext_is_found() -> None:
    Entry.objects.filter(verb="ask.passed_on").update(sealed=b"other words")

    with pytest.raises(ChainBroken, match="broken at 2"):
        verify()


def test_changing_one_means_changing_all_that_follow() -> None:
    Entry.objects.filter(verb="ask.said").update(verb="ask.unsaid")
    changed = Entry.objects.get(verb="ask.unsaid")
    ChainLink.objects.filter(entry=changed).update(digest=digest_of(changed, ""))

    with pytest.raises(ChainBroken, match="broken at 2"):
        verify()
