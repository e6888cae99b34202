"""A pause has a reason and an end; nothing else stops a clock."""

import pytest

from tests.loop.stories import all_done, in_hand, passed
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.loop.commands import asks
from titian.loop.models import Ask
from titian.loop.queries import clocks_of, words_meanwhile

UNTIL = NOON + 30 * MINUTE
WHY = "We wait for the harbour master"


def paused(world: World) -> Ask:
    """In hand since noon, the clock stands until half past."""
    ask = in_hand(world)
    return asks.pause(ask.pk, UNTIL, WHY, actor=world.bruna, at=NOON)


def test_the_promised_hour_moves_by_the_length_of_the_pause(world: World) -> None:
    ask = paused(world)

    assert ask.due_at == NOON + HOUR + 30 * MINUTE
    assert "ask.overdue" not in all_done(world, NOON + HOUR)
    assert "ask.overdue" in all_done(world, NOON + HOUR + 30 * MINUTE)


def test_it_ends_by_itself_and_the_clock_says_so(world: World) -> None:
    ask = paused(world)
    [answered] = [one for one in clocks_of(ask, NOON) if one.code == "answered"]
    assert answered.paused_until == UNTIL

    assert "ask.pause_over" in all_done(world, UNTIL)

    ask.refresh_from_db()
    assert (ask.paused_until, ask.due_at) == (None, NOON + 90 * MINUTE)


def test_ended_before_what_was_left_does_not_count(world: World) -> None:
    ask = paused(world)

    ask = asks.resume(ask.pk, actor=world.bruna, at=NOON + 10 * MINUTE)

    assert ask.due_at == NOON + 70 * MINUTE
    assert "ask.pause_over" not in all_done(world, UNTIL)
    assert "ask.overdue" in all_done(world, NOON + 70 * MINUTE)


def test_handed_on_the_pause_is_over_and_the_hour_is_watched(world: World) -> None:
    ask = paused(world)

    ask = asks.bounce(ask.pk, world.kitchen.pk, "theirs", actor=world.bruna, at=NOON)

    assert (ask.paused_until, ask.due_at) == (None, NOON + HOUR)
    assert all_done(world, NOON + HOUR).count("ask.overdue") == 1


def test_the_guest_reads_why(world: World) -> None:
    ask = paused(world)

    assert words_meanwhile([ask])[ask.pk].words == WHY


def test_the_guest_goes_on_hearing_in_the_pause(world: World) -> None:
    ask = in_hand(world)
    asks.pause(ask.pk, NOON + 5 * HOUR, WHY, actor=world.bruna, at=NOON)

    assert "ask.still_in_hand" in all_done(world, NOON + HOUR)


def test_what_is_late_stays_late(world: World) -> None:
    ask = in_hand(world)

    with pytest.raises(IllegalMove):
        asks.pause(ask.pk, NOON + 3 * HOUR, WHY, actor=world.bruna, at=NOON + HOUR)


def test_a_pause_needs_a_reason_and_an_hour_to_come(world: World) -> None:
    ask = in_hand(world)

    with pytest.raises(asks.Empty):
        asks.pause(ask.pk, UNTIL, " ", actor=world.bruna, at=NOON)
    with pytest.raises(asks.BadHour):
        asks.pause(ask.pk, NOON, WHY, actor=world.bruna, at=NOON)


def test_only_the_owning_team_pauses_and_only_what_it_has(world: World) -> None:
    for who in (world.marco, world.ingrid, world.petra, world.wati):
        with pytest.raises(Forbidden):
            asks.pause(in_hand(world).pk, UNTIL, WHY, actor=who, at=NOON)
    with pytest.raises(IllegalMove):
        asks.pause(passed(world).pk, UNTIL, WHY, actor=world.bruna, at=NOON)
    with pytest.raises(IllegalMove):
        asks.pause(paused(world).pk, UNTIL, WHY, actor=world.bruna, at=NOON)
    with pytest.raises(IllegalMove):
        asks.resume(in_hand(world).pk, actor=world.bruna, at=NOON)
