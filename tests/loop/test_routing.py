"""One owner by a rule that a coordinator can read."""

import pytest

from tests.loop.stories import said
from tests.world import DETAILS, NOON, World
from titian.kernel.models import Event
from titian.loop import routing
from titian.loop.commands import asks
from titian.loop.models import Ask, Topic
from titian.people.models import Party


def rule(world: World, code: str, team: Party, *words: str, order: int = 100) -> Topic:
    """A topic with these keywords."""
    return Topic.objects.create(
        event=world.event,
        code=code,
        name_en=code,
        team=team,
        keywords=list(words),
        order=order,
    )


@pytest.mark.parametrize(
    ("keyword", "words"),
    [
        ("perahu", "Perahunya dua"),  # the start of a longer word
        ("perahu", "PERAHU"),
        ("bateau", "un Bateau, s'il vous plaît"),
        ("médecin", "un medecin"),  # accents are no difference
        ("船", "请准备两艘船"),  # no spaces between words
        ("قارب", "أريد قاربين"),
    ],
)
def test_a_keyword_is_met(world: World, keyword: str, words: str) -> None:
    topic = rule(world, "boats", world.boats, keyword)

    assert routing.suggest(world.event, words) == [topic]


def test_a_keyword_is_not_met_inside_another_word(world: World) -> None:
    rule(world, "cars", world.boats, "car")

    assert routing.suggest(world.event, "a scarf") == []


@pytest.mark.parametrize(
    ("keyword", "words"),
    [
        ("menu", "Sopir kami menunggu di mana?"),
        ("pin", "Di pintu mana?"),
        ("ill", "An illustrated guide"),
        ("thé", "May we photograph the minister?"),
    ],
)
def test_a_short_keyword_is_not_met_in_a_longer_word(
    world: World, keyword: str, words: str
) -> None:
    rule(world, "short", world.boats, keyword)

    assert routing.suggest(world.event, words) == []


@pytest.mark.parametrize(
    ("keyword", "words"),
    [
        ("bus", "Busnya mana?"),
        ("pin", "Two pins, please"),
        ("ill", "A sudden illness"),
        ("walk", "We went walking"),
        ("obat", "Obat-obatan saya"),
        ("thé", "Du Thé, s'il vous plaît"),
    ],
)
def test_a_short_keyword_takes_its_endings(
    world: World, keyword: str, words: str
) -> None:
    rule(world, "short", world.boats, keyword)

    assert [topic.code for topic in routing.suggest(world.event, words)] == ["short"]


def test_more_hits_come_first_then_the_order(world: World) -> None:
    late = rule(world, "late", world.boats, "boat", order=2)
    both = rule(world, "both", world.boats, "boat", "pier", order=3)
    early = rule(world, "early", world.boats, "boat", order=1)

    assert routing.suggest(world.event, "a boat at the pier") == [both, early, late]


def test_the_words_choose_topic_team_and_weight(world: World) -> None:
    topic = rule(world, "boats", world.boats, "boats")
    Topic.objects.update(weight=Ask.Weight.EXACT)

    ask = asks.pass_on(said(world).pk, details=DETAILS, actor=world.marco, at=NOON)

    assert (ask.topic, ask.owner, ask.weight) == (topic, world.boats, "exact")


def test_the_officers_gloss_counts_too(world: World) -> None:
    rule(world, "meals", world.kitchen, "makan")

    ask = asks.pass_on(said(world).pk, gloss="Minta makan", actor=world.marco, at=NOON)

    assert ask.owner == world.kitchen


def test_the_topic_wins_over_a_team(world: World) -> None:
    topic = rule(world, "boats", world.boats)

    ask = asks.pass_on(
        said(world).pk,
        topic_id=topic.pk,
        team_id=world.kitchen.pk,
        actor=world.marco,
        at=NOON,
    )

    assert ask.owner == world.boats


def test_the_topics_teams_are_informed_but_not_twice(world: World) -> None:
    topic = rule(world, "boats", world.boats)
    topic.informed.set([world.boats, world.kitchen])

    ask = asks.pass_on(said(world).pk, topic_id=topic.pk, actor=world.marco, at=NOON)

    assert list(ask.informed.all()) == [world.kitchen]
    assert f"team:{world.kitchen.pk}" in ask.topics


def test_another_events_topic_is_none_of_ours(world: World) -> None:
    topic = rule(world, "boats", world.boats)
    other = Event.objects.create(code="regatta", name_en="Regatta", kind="games")
    Topic.objects.update(event=other)

    with pytest.raises(Topic.DoesNotExist):
        asks.pass_on(said(world).pk, topic_id=topic.pk, actor=world.marco, at=NOON)


@pytest.mark.parametrize("words", ["A journalist waits", "Wartawan menunggu"])
def test_what_is_of_the_press_goes_to_the_press_desk(world: World, words: str) -> None:
    ask = asks.ask(world.arunika.pk, words, actor=world.ingrid, at=NOON)

    passed = asks.pass_on(ask.pk, actor=world.marco, at=NOON)

    assert passed.owner == world.press
    assert routing.team_for(passed) == world.press


def test_what_a_media_house_asks_goes_there_too(world: World) -> None:
    Party.objects.filter(pk=world.arunika.party_id).update(kind=Party.Kind.MEDIA)

    ask = asks.pass_on(said(world).pk, actor=world.marco, at=NOON)

    assert ask.owner == world.press


def test_without_a_press_desk_somebody_must_choose(world: World) -> None:
    Party.objects.filter(code="PRS").update(code="OLD")
    ask = asks.ask(world.arunika.pk, "An interview", actor=world.ingrid, at=NOON)

    with pytest.raises(routing.NoTeam):
        asks.pass_on(ask.pk, actor=world.marco, at=NOON)


@pytest.mark.parametrize("team", ["arunika", "nobody"])
def test_only_our_own_teams_own_a_matter(world: World, team: str) -> None:
    pk = world.arunika.party_id if team == "arunika" else 0

    with pytest.raises(routing.NoTeam):
        asks.pass_on(said(world).pk, team_id=pk, actor=world.marco, at=NOON)


def test_a_party_is_offered_first_what_is_usual_for_its_kind(world: World) -> None:
    cars = rule(world, "cars", world.boats, "car", order=1)
    pool = rule(world, "pool", world.boats, "pool slot", order=2)
    slides = rule(world, "slides", world.boats, "slides", order=3)
    Topic.objects.filter(pk=pool.pk).update(serves=["media"])
    Topic.objects.filter(pk=slides.pk).update(serves=["speaker"])

    assert routing.topics_for(world.event, "media") == [pool, cars]
    assert routing.topics_for(world.event, "state") == [cars]
    assert routing.suggest(world.event, "a pool slot", "state") == []
    assert routing.suggest(world.event, "a pool slot", "media") == [pool]
