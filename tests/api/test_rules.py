"""The rules on the phone: asked by an act, answered by articles in the feed."""

import pytest

from tests.talks.paper import KEY
from tests.world import NOON, World
from titian.api.acts import Act, Outcome, perform
from titian.api.feed import for_officer
from titian.rules.models import Article


@pytest.fixture
def tobacco(world: World) -> Article:
    return Article.objects.create(
        topic="tobacco", text_en="200 cigarettes.", words="cigarette", authority="PMK 1"
    )


def asked(world: World, words: str) -> Outcome:
    act = Act(KEY, "rule.ask", world.arunika.pk, NOON, {"words": words})
    return perform(act, actor=world.marco).outcome


def test_the_phone_reads_articles_with_who_issued_them(
    world: World, tobacco: Article
) -> None:
    outcome = asked(world, "How many cigarettes?")

    (answer,) = for_officer(world.marco, since=-1)["rules"]["answers"]
    assert outcome == Outcome.KEPT
    assert [(one["id"], one["authority"]) for one in answer["cited"]] == [
        (tobacco.pk, "PMK 1")
    ]
    assert answer["asked"] is None


def test_the_phone_reads_who_was_asked_and_no_answer_of_its_own(
    world: World, tobacco: Article
) -> None:
    asked(world, "May we bring a dog?")

    (answer,) = for_officer(world.marco, since=-1)["rules"]["answers"]
    assert answer["cited"] == []
    assert answer["asked"]["team"] == "Liaison office"


def test_the_phone_names_who_has_not_read_the_rules(
    world: World, tobacco: Article
) -> None:
    known = for_officer(world.marco, since=-1)["rules"]

    assert (known["unread"], known["names"]) == (
        1,
        [{"name": "Ingrid", "read": 0, "of": 1}],
    )


def test_an_act_of_a_stranger_is_seen_by_nobody(world: World, tobacco: Article) -> None:
    act = Act(KEY, "rule.ask", world.arunika.pk, NOON, {"words": "Cigarettes?"})

    assert perform(act, actor=world.eve).outcome == Outcome.UNSEEN
