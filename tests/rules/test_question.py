"""A question: articles answer it, or it becomes a request; nothing else is said."""

import pytest

from tests.talks.paper import KEY
from tests.world import NOON, World
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.loop.models import Ask
from titian.rules.commands.advising import Unasked, question
from titian.rules.commands.chasing import forget_words_of
from titian.rules.models import Advice, Article


@pytest.fixture
def tobacco(world: World) -> Article:
    return Article.objects.create(
        topic="tobacco", text_en="200 cigarettes.", words="cigarette", side="guest"
    )


def test_an_article_answers_and_nobody_is_troubled(
    world: World, tobacco: Article
) -> None:
    asked = "How many cigarettes may she bring?"

    found = question(world.arunika.pk, asked, actor=world.marco, at=NOON, key=KEY)
    again = question(world.arunika.pk, asked, actor=world.marco, at=NOON, key=KEY)

    assert (again, found.ask) == (found, None)
    assert list(found.cited.all()) == [tobacco]
    assert Ask.objects.count() == 0


def test_what_no_article_says_goes_to_a_team_that_may_know(
    world: World, tobacco: Article
) -> None:
    Article.objects.filter(pk=tobacco.pk).update(owner=world.kitchen)
    asked = "What is the fine for a cigarette too many?"

    found = question(world.arunika.pk, asked, actor=world.for_ingrid, at=NOON)

    assert found.ask is not None
    assert (found.ask.owner, list(found.cited.all())) == (world.kitchen, [])
    assert asked in found.ask.words


@pytest.mark.parametrize("who", ["ingrid", "eve"])
def test_only_the_hosts_ask_here(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        question(world.arunika.pk, "Drone?", actor=getattr(world, who), at=NOON)


@pytest.mark.parametrize("words", [" ", "x" * 401])
def test_a_question_is_a_sentence(world: World, words: str) -> None:
    with pytest.raises(Unasked):
        question(world.arunika.pk, words, actor=world.marco, at=NOON)


def test_the_officer_reads_her_own_and_a_stranger_none(
    world: World, tobacco: Article
) -> None:
    found = question(world.arunika.pk, "Cigarettes?", actor=world.marco, at=NOON)

    assert list(Advice.objects.visible_to(world.marco)) == [found]
    assert list(Advice.objects.visible_to(world.wati)) == [found]
    assert list(Advice.objects.visible_to(world.bruna)) == []


def test_an_erased_persons_question_is_empty(world: World, tobacco: Article) -> None:
    found = question(world.arunika.pk, "Cigarettes?", actor=world.marco, at=NOON)
    assert world.marco.person_id is not None

    forget_words_of(world.marco.person_id, at=NOON)

    found.refresh_from_db()
    assert found.words == ""
    assert Entry.objects.get(verb="rule.asked").facts == {"articles": [tobacco.pk]}
