"""The rundown's verbs: who may, what is refused, and what is never overwritten."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest

from tests.scene import make_activity, seat_at, wind_to
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.actor import FEED, HOUSE, Actor
from titian.kernel.clock import NotYet
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.people.models import Delegation
from titian.programme.commands.activities import (
    BadHours,
    BadWords,
    Plan,
    apply_ripple,
    cancel,
    finish,
    move,
    prolong,
    schedule,
    start,
)
from titian.programme.models import Activity

TEN_PAST = NOON + 10 * MINUTE
DINNER = Plan("Dinner", NOON + HOUR, NOON + 3 * HOUR, title_id="Jamuan")


@pytest.fixture
def race(world: World) -> Activity:
    return make_activity(world, "Boat race", NOON, who=(world.arunika,))


def test_an_item_comes_onto_the_rundown(world: World) -> None:
    plan = replace(DINNER, place_id=world.pier.pk, delegation_ids=(world.arunika.pk,))

    dinner = schedule(world.event.pk, plan, actor=world.wati, at=NOON)

    assert (dinner.code, dinner.title_id, dinner.place) == ("X1", "Jamuan", world.pier)
    assert list(dinner.delegations.all()) == [world.arunika]
    assert Entry.objects.get().topics[0] == f"delegation:{world.arunika.pk}"


def test_each_has_a_code_of_its_own(world: World) -> None:
    codes = [
        schedule(world.event.pk, DINNER, actor=world.wati, at=NOON).code for _ in "ab"
    ]

    assert codes == ["X1", "X2"]


def test_a_retry_schedules_nothing_twice(world: World) -> None:
    key = uuid4()
    one = schedule(world.event.pk, DINNER, actor=world.wati, at=NOON, key=key)

    other = schedule(world.event.pk, DINNER, actor=world.wati, at=NOON, key=key)

    assert (one, Activity.objects.count()) == (other, 1)


@pytest.mark.parametrize("title", ["", "  ", "x" * 201])
def test_a_title_is_needed_and_no_novel(world: World, title: str) -> None:
    with pytest.raises(BadWords, match="a title"):
        schedule(
            world.event.pk, replace(DINNER, title_en=title), actor=world.wati, at=NOON
        )


def test_it_does_not_end_before_it_starts(world: World) -> None:
    with pytest.raises(BadHours, match="end before it starts"):
        schedule(
            world.event.pk, replace(DINNER, ends_at=NOON), actor=world.wati, at=NOON
        )


def test_who_does_not_come_to_the_event_is_not_invited(world: World) -> None:
    with pytest.raises(Delegation.DoesNotExist):
        schedule(
            world.event.pk,
            replace(DINNER, delegation_ids=(world.arunika.pk, 999)),
            actor=world.wati,
            at=NOON,
        )


def test_moved_what_was_planned_stays(world: World, race: Activity) -> None:
    move(race.pk, TEN_PAST, reason="the tide", actor=world.wati, at=NOON)

    race.refresh_from_db()
    assert (race.starts_at, race.ends_at) == (NOON, NOON + HOUR)
    assert (race.begins, race.ends) == (TEN_PAST, TEN_PAST + HOUR)
    assert race.delay_reason == "the tide"


def test_moved_with_an_end_it_is_shorter(world: World, race: Activity) -> None:
    move(race.pk, TEN_PAST, NOON + HOUR, actor=world.wati, at=NOON)

    race.refresh_from_db()
    assert (race.begins, race.ends) == (TEN_PAST, NOON + HOUR)


def test_the_entry_holds_hours_and_no_words(world: World, race: Activity) -> None:
    move(race.pk, TEN_PAST, reason="the tide", actor=world.wati, at=NOON)

    assert Entry.objects.get().facts == {
        "before": NOON.isoformat(),
        "expected": TEN_PAST.isoformat(),
        "expected_end": (TEN_PAST + HOUR).isoformat(),
    }


def test_moved_so_that_it_ends_first_is_refused(world: World, race: Activity) -> None:
    with pytest.raises(BadHours):
        move(race.pk, TEN_PAST, NOON, actor=world.wati, at=NOON)


def test_a_long_reason_is_refused(world: World, race: Activity) -> None:
    with pytest.raises(BadWords, match="200 characters"):
        move(race.pk, TEN_PAST, reason="x" * 201, actor=world.wati, at=NOON)


def test_started_and_finished_the_three_times_stand_side_by_side(
    world: World, race: Activity
) -> None:
    move(race.pk, TEN_PAST, actor=world.wati, at=NOON)
    start(race.pk, actor=world.wati, at=NOON)
    wind_to(world.event, NOON + 2 * HOUR)

    finish(race.pk, happened_at=NOON + HOUR, actor=world.wati, at=NOON + 2 * HOUR)

    race.refresh_from_db()
    assert (race.starts_at, race.expected_starts_at, race.started_at) == (
        NOON,
        TEN_PAST,
        NOON,
    )
    assert (race.state, race.finished_at) == ("finished", NOON + HOUR)
    assert Entry.objects.get(verb="activity.finished").facts == {
        "said": (NOON + HOUR).isoformat(),
        "heard": (NOON + 2 * HOUR).isoformat(),
    }


def test_nothing_starts_or_ends_in_an_hour_to_come(
    world: World, race: Activity
) -> None:
    with pytest.raises(NotYet):
        start(race.pk, actor=world.wati, at=TEN_PAST)
    start(race.pk, actor=world.wati, at=NOON)
    with pytest.raises(NotYet):
        finish(race.pk, happened_at=TEN_PAST, actor=world.wati, at=NOON)


def test_it_is_not_over_before_it_began(world: World, race: Activity) -> None:
    start(race.pk, actor=world.wati, at=NOON)

    with pytest.raises(BadHours):
        finish(race.pk, happened_at=NOON - MINUTE, actor=world.wati, at=NOON)


def test_while_it_runs_its_end_is_put_off(world: World, race: Activity) -> None:
    start(race.pk, actor=world.wati, at=NOON)

    prolong(race.pk, NOON + 2 * HOUR, reason="wind", actor=world.wati, at=NOON)

    race.refresh_from_db()
    assert (race.ends, race.ends_at) == (NOON + 2 * HOUR, NOON + HOUR)
    with pytest.raises(BadHours):
        prolong(race.pk, NOON - HOUR, actor=world.wati, at=NOON)


def test_cancelled_it_stays_to_be_seen_with_the_reason(
    world: World, race: Activity
) -> None:
    cancel(race.pk, reason="no wind", actor=world.wati, at=NOON)

    race.refresh_from_db()
    assert (race.state, race.delay_reason) == ("cancelled", "no wind")


def test_nothing_is_cancelled_without_a_reason(world: World, race: Activity) -> None:
    with pytest.raises(BadWords, match="why"):
        cancel(race.pk, reason=" ", actor=world.wati, at=NOON)


Verb = Callable[[World, Activity, Actor], object]
VERBS: dict[str, Verb] = {
    "move": lambda w, a, who: move(a.pk, TEN_PAST, actor=who, at=NOON),
    "apply_ripple": lambda w, a, who: apply_ripple(
        a.pk, TEN_PAST, reason="", actor=who, at=NOON
    ),
    "start": lambda w, a, who: start(a.pk, actor=who, at=NOON),
    "finish": lambda w, a, who: finish(a.pk, actor=who, at=NOON),
    "prolong": lambda w, a, who: prolong(a.pk, NOON + HOUR, actor=who, at=NOON),
    "cancel": lambda w, a, who: cancel(a.pk, reason="rain", actor=who, at=NOON),
    "schedule": lambda w, a, who: schedule(w.event.pk, DINNER, actor=who, at=NOON),
}


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_else_touches_the_rundown(
    world: World, race: Activity, verb: str
) -> None:
    nobodies = [actor for actor in world.nobodies().values() if actor != FEED]
    for actor in [
        *nobodies,
        HOUSE,
        world.ingrid,
        world.marco,
        world.bruna,
        world.petra,
    ]:
        with pytest.raises(Forbidden, match="changes the rundown"):
            VERBS[verb](world, race, actor)


@pytest.mark.parametrize("code", ["PRO", "VEN"])
def test_protocol_and_the_venue_team_keep_the_rundown(
    world: World, race: Activity, code: str
) -> None:
    _team, desk = seat_at(world, code, "Paulo")

    start(race.pk, actor=desk, at=NOON)

    race.refresh_from_db()
    assert race.state == "running"


def test_a_feed_keeps_the_rundown(world: World, race: Activity) -> None:
    move(race.pk, TEN_PAST, actor=FEED, at=NOON)

    race.refresh_from_db()
    assert race.begins == TEN_PAST


@pytest.mark.parametrize("verb", ["move", "apply_ripple", "start", "finish", "prolong"])
def test_what_is_cancelled_goes_nowhere(
    world: World, race: Activity, verb: str
) -> None:
    cancel(race.pk, reason="no wind", actor=world.wati, at=NOON)

    with pytest.raises(IllegalMove):
        VERBS[verb](world, race, world.wati)


@pytest.mark.parametrize("verb", ["move", "apply_ripple", "start"])
def test_what_has_started_is_neither_moved_nor_started(
    world: World, race: Activity, verb: str
) -> None:
    start(race.pk, actor=world.wati, at=NOON)

    with pytest.raises(IllegalMove):
        VERBS[verb](world, race, world.wati)


@pytest.mark.parametrize(
    ("verb", "again"),
    [
        ("moved", lambda a, w, key: move(a, TEN_PAST, actor=w, at=NOON, key=key)),
        ("started", lambda a, w, key: start(a, actor=w, at=NOON, key=key)),
        (
            "cancelled",
            lambda a, w, key: cancel(a, reason="x", actor=w, at=NOON, key=key),
        ),
    ],
)
def test_a_retry_changes_nothing(
    world: World, race: Activity, verb: str, again: Callable[..., object]
) -> None:
    key = uuid4()
    again(race.pk, world.wati, key)

    again(race.pk, world.wati, key)

    assert list(Entry.objects.values_list("verb", flat=True)) == [f"activity.{verb}"]


def test_a_retry_of_an_end_or_a_ripple_changes_nothing(
    world: World, race: Activity
) -> None:
    keys = [uuid4(), uuid4(), uuid4()]
    for _ in "ab":
        apply_ripple(
            race.pk, TEN_PAST, reason="", actor=world.wati, at=NOON, key=keys[0]
        )
    start(race.pk, actor=world.wati, at=NOON)
    for _ in "ab":
        prolong(race.pk, TEN_PAST, actor=world.wati, at=NOON, key=keys[1])
    for _ in "ab":
        finish(race.pk, actor=world.wati, at=NOON, key=keys[2])

    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "activity.moved",
        "activity.started",
        "activity.prolonged",
        "activity.finished",
    ]


def test_a_tap_on_tomorrows_item_begins_nothing(world: World) -> None:
    dinner = make_activity(world, "Dinner", NOON + 24 * HOUR)

    with pytest.raises(BadHours, match="2 May 12:00"):
        start(dinner.pk, actor=world.wati, at=NOON)

    dinner.refresh_from_db()
    assert dinner.state == "planned"


def test_what_was_moved_to_now_may_begin_now(world: World) -> None:
    dinner = make_activity(world, "Dinner", NOON + 24 * HOUR)
    move(dinner.pk, NOON + HOUR, actor=world.wati, at=NOON)

    assert start(dinner.pk, actor=world.wati, at=NOON).state == "running"
