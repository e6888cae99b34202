"""The guest hears received, in hand, done; in between that it is not forgotten."""

from tests.loop.stories import all_done, answered, in_hand, said
from tests.world import HOUR, MINUTE, NOON, World, seated
from titian.kernel.models import Entry
from titian.loop.clocks import clocks_of
from titian.loop.commands import asks
from titian.loop.models import Ask

LATE = NOON + 9 * HOUR + 30 * MINUTE
"""21:30: the next word would come in the quiet hours."""


def urgent(world: World) -> Ask:
    return asks.pass_on(
        said(world).pk,
        team_id=world.boats.pk,
        urgency="urgent",
        actor=world.marco,
        at=NOON,
    )


def heard(ask: Ask) -> list[float]:
    """At which minutes after noon the house told the guest where it stands."""
    told = Entry.objects.filter(verb="ask.still_in_hand", subject_id=ask.pk)
    hours = told.order_by("pk").values_list("said_at", flat=True)
    return [(at - NOON) / MINUTE for at in hours]


def test_of_what_is_urgent_the_guest_hears_every_twenty_minutes(world: World) -> None:
    ask = urgent(world)

    all_done(world, NOON + HOUR)

    assert heard(ask) == [20, 40, 60]


def test_she_hears_so_before_her_officer_has_passed_it_on(world: World) -> None:
    ask = said(world)
    asks.hurry(ask.pk, actor=world.ingrid, at=NOON + MINUTE)

    all_done(world, NOON + 45 * MINUTE)

    assert heard(ask) == [21, 41]


def test_a_word_of_the_team_sets_the_rhythm_anew(world: World) -> None:
    ask = urgent(world)
    asks.tell(ask.pk, "Soon", actor=world.bruna, at=NOON + 15 * MINUTE)

    all_done(world, NOON + 40 * MINUTE)

    assert heard(ask) == [35]


def test_handing_it_on_is_no_word_to_the_guest(world: World) -> None:
    ask = urgent(world)
    seated(world.event, "Citra", world.kitchen)
    at = NOON + 15 * MINUTE
    asks.bounce(ask.pk, world.kitchen.pk, "theirs", actor=world.bruna, at=at)
    ask.refresh_from_db()

    [next_word] = [one for one in clocks_of(ask, at) if one.code == "next_word"]
    all_done(world, NOON + 20 * MINUTE)

    assert next_word.due_at == NOON + 20 * MINUTE
    assert heard(ask) == [20]


def test_the_houses_word_is_not_the_teams(world: World) -> None:
    ask = urgent(world)
    all_done(world, NOON + 21 * MINUTE)

    clocks = clocks_of(ask, NOON + 21 * MINUTE)

    [next_word] = [one for one in clocks if one.code == "next_word"]
    assert next_word.is_breached


def test_after_the_answer_nothing_is_said(world: World) -> None:
    ask = answered(world)

    all_done(world, NOON + 5 * HOUR)

    assert heard(ask) == []


def test_asked_again_the_rhythm_begins_again(world: World) -> None:
    ask = asks.reopen(
        answered(world).pk, "One boat", actor=world.ingrid, at=NOON + 2 * HOUR
    )

    all_done(world, NOON + 3 * HOUR)

    assert heard(ask) == [180]


def test_by_night_only_what_is_urgent_is_said(world: World) -> None:
    ask = in_hand(world)
    asks.tell(ask.pk, "Tomorrow", actor=world.bruna, at=LATE)

    all_done(world, NOON + 17 * HOUR)
    assert heard(ask) == []
    all_done(world, NOON + 18 * HOUR)
    assert heard(ask) == [18 * 60]
