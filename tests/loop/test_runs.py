"""What a clock did before is known, whoever has the ask now."""

from tests.loop.stories import answered, passed
from tests.world import MINUTE, NOON, World
from titian.loop.commands import asks
from titian.loop.runs import runs_of


def test_a_team_that_missed_its_hour_keeps_the_label(world: World) -> None:
    ask = passed(world)
    at = NOON + 15 * MINUTE
    asks.bounce(ask.pk, world.kitchen.pk, "theirs", actor=world.bruna, at=at)

    now, before = runs_of(ask, at)

    assert (before.team, before.until) == (world.boats, at)
    assert (before.heard_at, before.heard_late, before.taken_late) == (
        None,
        True,
        False,
    )
    assert (now.team, now.heard_late) == (world.kitchen, False)


def test_what_was_met_in_time_is_told_with_its_hours(world: World) -> None:
    ask = passed(world)
    asks.hear(ask.pk, actor=world.bruna, at=NOON + MINUTE)
    asks.accept(ask.pk, actor=world.bruna, at=NOON + 3 * MINUTE)

    [run] = runs_of(ask, NOON + 60 * MINUTE)

    assert (run.heard_at, run.taken_at) == (NOON + MINUTE, NOON + 3 * MINUTE)
    assert (run.heard_late, run.taken_late, run.until) == (False, False, None)


def test_asked_again_is_another_run(world: World) -> None:
    ask = answered(world)
    asks.reopen(ask.pk, "One boat", actor=world.ingrid, at=NOON + MINUTE)

    teams = [run.team for run in runs_of(ask, NOON + MINUTE)]

    assert teams == [world.boats, world.boats]
