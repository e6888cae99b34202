"""Who speaks in an ask, as the guest knows them."""

from tests.loop.stories import all_done, said
from tests.loop.test_feedback import said as felt
from tests.web.pressing import seen_by
from tests.world import MINUTE, NOON, WORDS, World
from titian.loop.commands import asks
from titian.loop.models import Ask
from titian.loop.queries import who_speaks


def line_of(ask: Ask) -> tuple[str, str]:
    speaker = who_speaks([ask])[ask.pk]
    return speaker.side, speaker.line


def test_a_guest_speaks_for_her_own_side(world: World) -> None:
    assert line_of(said(world)) == ("Arunika", "Ingrid")


def test_a_word_that_the_lo_brought_names_both(world: World) -> None:
    ask = asks.ask(world.arunika.pk, WORDS, actor=world.for_ingrid, at=NOON)

    assert line_of(ask) == ("Arunika", "Ingrid, through Marco")
    assert "Ingrid, through Marco" in seen_by("marco").get("/asks/").text


def test_what_the_coordination_puts_to_itself_names_the_guest(world: World) -> None:
    felt(world, "unhappy", about="officer")
    all_done(world, NOON + MINUTE)

    side, line = line_of(Ask.objects.get())

    assert side == "Arunika"
    assert line.endswith("on the word of Ingrid")
