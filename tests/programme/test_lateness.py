"""What is late and why is a sentence; a day runs over or under."""

from datetime import date, timedelta

from tests.scene import make_activity, wind_to
from tests.world import HOUR, MINUTE, NOON, World
from titian.programme.commands.activities import move, start
from titian.programme.lateness import over_under, why_late
from titian.programme.live import forecast

TODAY = date(2027, 5, 1)
HALF = 30 * MINUTE
LATE = NOON + HALF


def test_the_day_runs_over_by_what_its_last_official_item_does(world: World) -> None:
    race = make_activity(world, "Race", NOON, place=world.pier)
    make_activity(world, "Prizes", NOON + HOUR, place=world.pier)
    make_activity(world, "Party", NOON + 9 * HOUR, is_official=False)
    move(race.pk, LATE, actor=world.wati, at=NOON)

    found = forecast(world.event, TODAY, NOON)

    assert over_under(found) == HALF
    assert over_under([]) == timedelta(0)


def test_who_is_late_and_why_is_a_sentence(world: World) -> None:
    race = make_activity(world, "Race", NOON, place=world.pier)
    make_activity(world, "Prizes", NOON + HOUR, place=world.pier)
    make_activity(world, "Tea", NOON + HOUR)
    move(race.pk, LATE, reason="no wind", actor=world.wati, at=NOON)

    told = [why_late(one) for one in forecast(world.event, TODAY, NOON)]

    assert told == [
        "“Race” is 30 min late: no wind",
        "“Prizes” is 30 min late: it waits for “Race”.",
        "",
    ]


def test_late_without_a_reason_is_a_sentence_too(world: World) -> None:
    race = make_activity(world, "Race", NOON)
    wind_to(world.event, LATE)
    start(race.pk, happened_at=NOON + 10 * MINUTE, actor=world.wati, at=LATE)

    (one,) = forecast(world.event, TODAY, LATE)

    assert why_late(one) == "“Race” is 10 min late."


def test_silence_is_told_as_silence_and_not_as_lateness(world: World) -> None:
    make_activity(world, "Race", NOON, place=world.pier)
    make_activity(world, "Prizes", NOON + HOUR, place=world.pier)

    told = [why_late(one) for one in forecast(world.event, TODAY, NOON + 10 * MINUTE)]

    assert told == [
        "Nobody has said yet that “Race” of 12:00 has begun.",
        "“Prizes” is 10 min late: it waits for “Race”.",
    ]


def test_silence_makes_no_day_longer(world: World) -> None:
    make_activity(world, "Race", NOON, place=world.pier)

    (silent,) = found = forecast(world.event, TODAY, NOON + 10 * MINUTE)

    assert over_under(found) == timedelta(0)
    assert silent.told == (NOON, NOON + HOUR)
