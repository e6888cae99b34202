"""Clocks that can be trusted: nothing stops one but its own act."""

from datetime import timedelta

import pytest

from tests.loop.stories import answered, in_hand, passed, restated, said
from tests.world import DETAILS, HOUR, MINUTE, NOON, World
from titian.loop.clocks import Clock, answer_time, clocks_of
from titian.loop.commands import asks
from titian.loop.models import Ask, Topic


def clock(ask: Ask, code: str, minutes: float) -> Clock:
    """The clock with this code, so many minutes after noon."""
    clocks = {one.code: one for one in clocks_of(ask, NOON + minutes * MINUTE)}
    return clocks[code]


def test_what_nobody_passed_on_has_one_clock(world: World) -> None:
    ask = said(world)

    assert [one.code for one in clocks_of(ask, NOON)] == ["passed"]
    assert not clock(ask, "passed", 10).is_breached
    assert clock(ask, "passed", 11).is_breached


def test_a_heard_clock_says_what_was_used(world: World) -> None:
    ask = asks.hear(passed(world).pk, actor=world.bruna, at=NOON + 3 * MINUTE)

    heard = clock(ask, "heard", 30)
    assert (heard.due_at, heard.used) == (NOON + 10 * MINUTE, 3 * MINUTE)
    assert (heard.is_breached, heard.left) == (False, None)


def test_a_clock_that_ran_out_stays_breached(world: World) -> None:
    ask = asks.hear(passed(world).pk, actor=world.bruna, at=NOON + 12 * MINUTE)

    assert clock(ask, "heard", 30).is_breached


def test_a_running_clock_says_what_is_left(world: World) -> None:
    ask = passed(world)

    assert clock(ask, "heard", 4).left == 6 * MINUTE
    assert clock(ask, "answered", 70).left == -10 * MINUTE


def test_another_team_starts_anew_but_the_guests_hour_stays(world: World) -> None:
    ask = asks.bounce(
        passed(world).pk,
        world.kitchen.pk,
        "theirs",
        actor=world.bruna,
        at=NOON + 9 * MINUTE,
    )

    assert clock(ask, "heard", 9).due_at == NOON + 19 * MINUTE
    assert clock(ask, "answered", 9).due_at == NOON + HOUR


def test_the_guest_hears_every_hour_and_sooner_when_it_is_urgent(world: World) -> None:
    ask = in_hand(world)
    assert clock(ask, "next_word", 0).due_at == NOON + HOUR

    ask.urgency = Ask.Urgency.URGENT

    assert clock(ask, "next_word", 21).is_breached


def test_a_word_in_between_sets_the_next_one(world: World) -> None:
    ask = asks.tell(
        in_hand(world).pk, "They fuel the boats", actor=world.bruna, at=NOON + MINUTE
    )

    assert clock(ask, "next_word", 2).due_at == NOON + HOUR + MINUTE


def test_with_the_answer_it_is_the_askers_clock(world: World) -> None:
    ask = answered(world)

    codes = [one.code for one in clocks_of(ask, NOON)]
    assert codes == ["heard", "said_back", "answered", "closed"]
    assert clock(ask, "closed", 300).is_breached is False


def test_an_exact_ask_is_said_back_by_its_hour(world: World) -> None:
    ask = restated(world)
    assert clock(ask, "said_back", 0).done_at == NOON

    again = asks.correct(ask.pk, DETAILS, actor=world.ingrid, at=NOON + 5 * MINUTE)

    said_back = clock(again, "said_back", 5)
    assert (said_back.done_at, said_back.due_at) == (None, NOON + 25 * MINUTE)


@pytest.mark.parametrize(
    ("minutes", "urgency", "time"),
    [
        (None, "routine", 60),  # no rule says otherwise
        (30, "routine", 30),  # the topic's own time
        (30, "emergency", 10),  # nobody waits half an hour for a doctor
        (5, "emergency", 5),
    ],
)
def test_the_topic_and_the_emergency_set_the_hour(
    minutes: int | None, urgency: str, time: int
) -> None:
    topic = Topic(answer_minutes=minutes) if minutes else None

    assert answer_time(topic, urgency) == timedelta(minutes=time)
