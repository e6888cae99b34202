"""A word meanwhile: how it stands before there is an answer."""

from tests.loop.stories import answered, in_hand, passed
from tests.world import MINUTE, NOON, World
from titian.loop.commands import asks
from titian.loop.queries import words_meanwhile


def test_the_last_word_counts(world: World) -> None:
    ask = passed(world)
    for minute, words in enumerate(["Soon", "In an hour"]):
        at = NOON + minute * MINUTE
        ask = asks.tell(ask.pk, words, actor=world.bruna, at=at)

    found = words_meanwhile([ask])[ask.pk]

    assert (found.words, found.said_at) == ("In an hour", NOON + MINUTE)


def test_what_the_team_before_said_is_not_how_it_stands(world: World) -> None:
    ask = in_hand(world)
    asks.tell(ask.pk, "Soon", actor=world.bruna, at=NOON)
    ask = asks.bounce(
        ask.pk, world.kitchen.pk, "theirs", actor=world.bruna, at=NOON + MINUTE
    )

    assert words_meanwhile([ask]) == {}


def test_an_answer_ends_it(world: World) -> None:
    assert words_meanwhile([answered(world)]) == {}
