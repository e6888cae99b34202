"""Rules a coordinator reads, edits and tries on past asks before they decide."""

from datetime import time

import pytest

from tests.loop.stories import said
from tests.world import DETAILS, HOUR, NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.loop import saying
from titian.loop.commands import asks, routes
from titian.loop.models import Ask, Matter, Route, Topic
from titian.loop.routing import NoTeam, ways_from
from titian.loop.trying import tried, tried_without

AT_TEN = Matter(1, "state", "minister", "the pier", time(10))


def boats(world: World) -> Topic:
    """Boats go to the boat desk, if no rule says otherwise."""
    return Topic.objects.create(
        event=world.event,
        code="boats",
        name_en="Boats",
        team=world.boats,
        keywords=["boats"],
    )


def drafted(world: World, **said_: object) -> Route:
    """Wati drafts that such an ask goes to the kitchen."""
    rule = routes.Rule(**{"team_id": world.kitchen.pk, **said_})  # type: ignore[arg-type]
    return routes.draft(world.event.pk, rule, actor=world.wati, at=NOON)


def in_force(world: World, **said_: object) -> Route:
    route = drafted(world, **said_)
    return routes.put_in_force(route.pk, actor=world.wati, at=NOON)


def passed(world: World, at: object = NOON) -> Ask:
    return asks.pass_on(
        said(world).pk,
        topic_id=Topic.objects.get().pk,
        details=DETAILS,
        actor=world.marco,
        at=at,  # type: ignore[arg-type]
    )


def test_the_first_rule_that_fits_decides(world: World) -> None:
    topic = boats(world)
    in_force(world, topic_id=topic.pk, order=20)
    in_force(world, team_id=world.press.pk, order=10)

    assert passed(world).owner == world.press


def test_the_officer_reads_beforehand_where_a_topic_goes(world: World) -> None:
    topic = boats(world)
    before = ways_from(world.arunika, NOON)
    in_force(world, topic_id=topic.pk, weight="exact")

    after = ways_from(world.arunika, NOON)

    assert [(way.team, way.weight) for way in before] == [(world.boats, "routine")]
    assert [(way.team, way.weight) for way in after] == [(world.kitchen, "exact")]


def test_where_no_rule_fits_the_topic_decides(world: World) -> None:
    boats(world)
    in_force(world, level="head_of_state")

    assert passed(world).owner == world.boats


@pytest.mark.parametrize(
    "named",
    [
        {},  # nothing named fits everything
        {"party_kind": "state"},
        {"level": "minister"},
        {"where": "PIER"},  # a word of the place, in any case
        {"from_hour": time(9), "until_hour": time(17)},
        {"from_hour": time(22), "until_hour": time(11)},  # over midnight
        {"topic_id": 1},
    ],
)
def test_a_rule_fits(named: dict[str, object]) -> None:
    assert Route(**named).fits(AT_TEN)


@pytest.mark.parametrize(
    "named",
    [
        {"party_kind": "media"},
        {"level": "head_of_state"},
        {"where": "airport"},
        {"from_hour": time(11), "until_hour": time(17)},
        {"from_hour": time(22), "until_hour": time(10)},  # ten itself is day
        {"topic_id": 2},
    ],
)
def test_a_rule_does_not_fit(named: dict[str, object]) -> None:
    assert not Route(**named).fits(AT_TEN)


def test_those_informed_and_the_weight_come_with_the_rule(world: World) -> None:
    boats(world)
    in_force(world, informed=[world.press.pk, world.kitchen.pk], weight="exact")

    ask = passed(world)

    assert list(ask.informed.all()) == [world.press]  # the owner is not told twice
    assert ask.weight == "exact"


def test_a_rule_lowers_no_class(world: World) -> None:
    boats(world)
    Topic.objects.update(weight="exact")
    in_force(world, weight="routine")

    assert passed(world).weight == "exact"


def test_a_team_the_officer_chose_stands(world: World) -> None:
    in_force(world)

    ask = asks.pass_on(
        said(world).pk, team_id=world.boats.pk, actor=world.marco, at=NOON
    )

    assert ask.owner == world.boats


def test_a_draft_decides_nothing(world: World) -> None:
    boats(world)
    drafted(world)

    assert passed(world).owner == world.boats


def test_a_draft_is_tried_on_past_asks(world: World) -> None:
    boats(world)
    by_day, by_night = passed(world), passed(world, NOON + 11 * HOUR)
    draft = drafted(world, from_hour=time(22), until_hour=time(6))

    trial = tried(draft, Ask.objects.visible_to(world.wati))

    assert trial.tried == 2
    [one] = trial.elsewhere
    assert (one.ask, one.before, one.after) == (by_night, world.boats, world.kitchen)
    by_day.refresh_from_db()
    by_night.refresh_from_db()
    assert {by_day.owner, by_night.owner} == {world.boats}  # nothing was moved


def test_taking_a_rule_away_is_tried_too(world: World) -> None:
    boats(world)
    rule = in_force(world)
    passed(world)

    [one] = tried_without(rule, Ask.objects.visible_to(world.wati)).elsewhere

    assert (one.before, one.after) == (world.kitchen, world.boats)


def test_a_changed_rule_takes_the_place_of_the_old_one(world: World) -> None:
    boats(world)
    old = in_force(world)
    rule = routes.Rule(team_id=world.press.pk)
    new = routes.draft(
        world.event.pk, rule, replaces_id=old.pk, actor=world.wati, at=NOON
    )
    assert passed(world).owner == world.kitchen

    routes.put_in_force(new.pk, actor=world.wati, at=NOON)

    assert passed(world).owner == world.press
    old.refresh_from_db()
    assert old.retired_at == NOON  # and the row is still there


def test_two_drafts_for_one_rule_only_the_first_comes_into_force(world: World) -> None:
    old = in_force(world)
    first, second = (
        routes.draft(
            world.event.pk,
            routes.Rule(team_id=world.press.pk),
            replaces_id=old.pk,
            actor=world.wati,
            at=NOON,
        )
        for _time in range(2)
    )
    routes.put_in_force(first.pk, actor=world.wati, at=NOON)

    with pytest.raises(IllegalMove):
        routes.put_in_force(second.pk, actor=world.wati, at=NOON)


def test_what_is_retired_decides_nothing_and_is_not_retired_twice(world: World) -> None:
    boats(world)
    rule = in_force(world)
    routes.retire(rule.pk, actor=world.wati, at=NOON)

    assert passed(world).owner == world.boats
    with pytest.raises(IllegalMove):
        routes.retire(rule.pk, actor=world.wati, at=NOON)
    with pytest.raises(IllegalMove):
        routes.put_in_force(rule.pk, actor=world.wati, at=NOON)


def test_only_a_coordinator_writes_rules(world: World) -> None:
    rule = drafted(world)

    for who in (world.marco, world.bruna, world.ingrid, world.eve, world.petra):
        with pytest.raises(Forbidden):
            routes.draft(
                world.event.pk, routes.Rule(world.boats.pk), actor=who, at=NOON
            )
        with pytest.raises(Forbidden):
            routes.put_in_force(rule.pk, actor=who, at=NOON)
        with pytest.raises(Forbidden):
            routes.retire(rule.pk, actor=who, at=NOON)


def test_guests_read_no_rules(world: World) -> None:
    drafted(world)

    assert list(Route.objects.visible_to(world.ingrid)) == []
    assert list(Route.objects.visible_to(world.eve)) == []
    assert Route.objects.visible_to(world.bruna).count() == 1


@pytest.mark.parametrize(
    "named",
    [
        {"order": 0},
        {"order": 1000},
        {"party_kind": "spy"},
        {"level": "emperor"},
        {"weight": "heavy"},
        {"from_hour": time(9)},  # until when?
    ],
)
def test_what_no_rule_can_say_is_refused(
    world: World, named: dict[str, object]
) -> None:
    with pytest.raises(saying.Unknown):
        drafted(world, **named)


def test_a_guests_party_owns_nothing(world: World) -> None:
    with pytest.raises(NoTeam):
        drafted(world, team_id=world.arunika.party_id)
