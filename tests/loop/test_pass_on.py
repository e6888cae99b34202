"""One team gets it, by rule; what is exact has fields to be said back."""

import pytest

from tests.loop.stories import passed, said
from tests.world import DETAILS, NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.loop import routing
from titian.loop.commands import asks
from titian.loop.models import Ask, LeftOut, Topic


def boat_rule(world: World) -> Topic:
    return Topic.objects.create(
        event=world.event,
        code="boats",
        name_en="Boats",
        team=world.boats,
        weight=Ask.Weight.EXACT,
        keywords=["boat", "perahu"],
        answer_minutes=30,
    )


def test_the_rule_names_the_team_the_weight_and_the_hour(world: World) -> None:
    topic = boat_rule(world)

    ask = asks.pass_on(
        said(world).pk, topic_id=topic.pk, details=DETAILS, actor=world.marco, at=NOON
    )

    assert (ask.owner, ask.weight) == (world.boats, Ask.Weight.EXACT)
    assert ask.due_at is not None
    assert (ask.due_at - NOON).total_seconds() == 30 * 60


def test_words_suggest_the_rule_in_either_language(world: World) -> None:
    topic = boat_rule(world)

    assert routing.suggest(world.event, "Minta dua PERAHU") == [topic]
    assert routing.suggest(world.event, "Two boats please") == [topic]
    assert routing.suggest(world.event, "Some honey") == []


def test_without_a_rule_somebody_must_choose(world: World) -> None:
    with pytest.raises(routing.NoTeam):
        asks.pass_on(said(world).pk, actor=world.marco, at=NOON)


def test_an_exact_ask_needs_its_fields(world: World) -> None:
    topic = boat_rule(world)

    with pytest.raises(LeftOut):
        asks.pass_on(said(world).pk, topic_id=topic.pk, actor=world.marco, at=NOON)


@pytest.mark.parametrize("who", ["ingrid", "bruna", "wati", "eve"])
def test_only_the_officer_passes_on(world: World, who: str) -> None:
    ask = said(world)

    with pytest.raises(Forbidden):
        asks.pass_on(ask.pk, team_id=world.boats.pk, actor=getattr(world, who), at=NOON)


def test_passing_on_twice_is_too_late(world: World) -> None:
    ask = passed(world)

    with pytest.raises(IllegalMove):
        asks.pass_on(ask.pk, team_id=world.kitchen.pk, actor=world.marco, at=NOON)


def test_a_machines_gloss_stays_marked_until_a_person_stands_for_it(
    world: World,
) -> None:
    ask = asks.pass_on(
        said(world).pk,
        team_id=world.boats.pk,
        gloss="Dua perahu",
        gloss_is_machine=True,
        actor=world.marco,
        at=NOON,
    )
    assert ask.gloss_is_machine

    ask = asks.verify_gloss(ask.pk, actor=world.marco, at=NOON)

    assert (ask.gloss_is_machine, ask.gloss_by_id) == (False, world.marco.person_id)
