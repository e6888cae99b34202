"""What is urgent is said to be, by the asking side, and never lowered."""

import pytest

from tests.loop.stories import all_done, answered, in_hand, passed, restated, said
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Consequence, Entry
from titian.kernel.policy import Forbidden
from titian.loop.commands import asks
from titian.loop.escalation import Cause
from titian.loop.queries import ladder_of, next_rung, runs_of

LATER = NOON + 2 * MINUTE


@pytest.mark.parametrize("who", ["ingrid", "marco", "for_ingrid"])
def test_the_team_hears_it_anew_and_has_less_time(world: World, who: str) -> None:
    ask = passed(world)

    ask = asks.hurry(ask.pk, actor=getattr(world, who), at=LATER)

    assert (ask.urgency, ask.passed_at) == ("urgent", LATER)
    assert "ask.left_waiting" not in all_done(world, LATER + 4 * MINUTE)
    assert "ask.left_waiting" in all_done(world, LATER + 5 * MINUTE)


def test_the_hour_promised_to_the_guest_stays(world: World) -> None:
    ask = passed(world)

    assert asks.hurry(ask.pk, actor=world.ingrid, at=LATER).due_at == ask.due_at


def test_in_hand_it_stays_with_who_has_it_and_the_guest_hears_sooner(
    world: World,
) -> None:
    ask = in_hand(world)

    ask = asks.hurry(ask.pk, actor=world.ingrid, at=LATER)

    assert (ask.state, len(runs_of(ask, LATER))) == ("in_hand", 1)
    assert "ask.still_in_hand" in all_done(world, LATER + 20 * MINUTE)


def test_the_team_is_told_and_the_officer(world: World) -> None:
    asks.hurry(in_hand(world).pk, actor=world.ingrid, at=LATER)

    owed = Consequence.objects.filter(entry__verb="ask.hurried")
    assert "titian.reactions.loop.tell_that_it_is_urgent" in owed.values_list(
        "handler", flat=True
    )


def test_before_it_is_passed_on_the_officer_sees_it(world: World) -> None:
    assert asks.hurry(said(world).pk, actor=world.ingrid, at=NOON).urgency == "urgent"


@pytest.mark.parametrize("who", ["bruna", "petra", "eve", "wati"])
def test_nobody_else_makes_it_urgent(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        asks.hurry(passed(world).pk, actor=getattr(world, who), at=NOON)


def test_what_is_urgent_or_answered_is_not_hurried_again(world: World) -> None:
    urgent = asks.hurry(passed(world).pk, actor=world.ingrid, at=NOON)

    for ask in (urgent, answered(world)):
        with pytest.raises(IllegalMove):
            asks.hurry(ask.pk, actor=world.ingrid, at=NOON)


def test_what_was_said_back_waits_as_short_as_that_and_calls_once(world: World) -> None:
    ask = asks.hurry(restated(world).pk, actor=world.ingrid, at=LATER)
    rung = next_rung(ask, LATER)
    assert rung is not None

    verbs = all_done(world, NOON + 16 * MINUTE)

    assert (rung.at - NOON, verbs.count("ask.left_waiting")) == (10 * MINUTE, 1)


def test_what_climbs_already_climbs_on_at_the_new_pace_and_calls_nobody_twice(
    world: World,
) -> None:
    ask = in_hand(world)
    assert ask.due_at is not None
    calm = ladder_of(ask, Cause.OVERDUE)
    all_done(world, ask.due_at)

    asks.hurry(ask.pk, actor=world.ingrid, at=ask.due_at + MINUTE)
    all_done(world, ask.due_at + HOUR)

    calls = Entry.objects.filter(verb__in=["ask.overdue", "ask.climbed"]).order_by("pk")
    hours = [entry.said_at - ask.due_at for entry in calls]
    assert len(calm) > 2
    assert hours == [n * 2.5 * MINUTE for n in range(len(calm))]
    assert [one.facts["called"] for one in calls] == [
        [who.pk for who in rung.people] for rung in calm
    ]
