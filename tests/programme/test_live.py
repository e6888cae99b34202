"""Lateness runs down the rundown: through the place, and through the people."""

from datetime import date, datetime, timedelta

import pytest

from tests.scene import make_activity, wind_to
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.models import Entry
from titian.programme.commands.activities import apply_ripple, finish, move, start
from titian.programme.live import forecast, ripple_of
from titian.programme.models import Activity

TODAY, TOMORROW = date(2027, 5, 1), date(2027, 5, 2)
HALF = 30 * MINUTE
LATE = NOON + HALF


def starts(world: World, at: datetime) -> dict[str, datetime]:
    found = forecast(world.event, TODAY, at)
    return {one.activity.title_en: one.starts_at for one in found}


def starts_of(world: World, day: date) -> dict[str, datetime]:
    found = forecast(world.event, day, NOON)
    return {one.activity.title_en: one.starts_at for one in found}


def test_nothing_late_everything_as_planned(world: World) -> None:
    make_activity(world, "Race", NOON + HOUR, place=world.pier)

    assert starts(world, NOON) == {"Race": NOON + HOUR}


def test_a_late_start_pushes_what_follows_in_the_same_place(world: World) -> None:
    race = make_activity(world, "Race", NOON, place=world.pier)
    make_activity(world, "Prizes", NOON + HOUR, place=world.pier)
    make_activity(world, "Elsewhere", NOON + HOUR, place=world.hotel)

    move(race.pk, LATE, actor=world.wati, at=NOON)

    assert starts(world, NOON) == {
        "Race": LATE,
        "Prizes": LATE + HOUR,
        "Elsewhere": NOON + HOUR,
    }


def test_a_gap_soaks_up_what_it_can(world: World) -> None:
    race = make_activity(world, "Race", NOON, place=world.pier)
    make_activity(world, "Prizes", NOON + HOUR + 20 * MINUTE, place=world.pier)
    make_activity(world, "Dance", NOON + 4 * HOUR, place=world.pier)

    move(race.pk, LATE, actor=world.wati, at=NOON)

    assert starts(world, NOON) == {
        "Race": LATE,
        "Prizes": LATE + HOUR,
        "Dance": NOON + 4 * HOUR,
    }


def test_lateness_follows_the_people_to_another_place(world: World) -> None:
    race = make_activity(world, "Race", NOON, place=world.pier, who=(world.arunika,))
    make_activity(
        world, "Arunika's", NOON + HOUR, place=world.hotel, who=(world.arunika,)
    )
    make_activity(world, "Selaya's", NOON + HOUR, who=(world.selaya,))

    move(race.pk, LATE, actor=world.wati, at=NOON)

    assert starts(world, NOON) == {
        "Race": LATE,
        "Arunika's": LATE + HOUR,
        "Selaya's": NOON + HOUR,
    }


def test_what_is_for_all_holds_everybody(world: World) -> None:
    plenary = make_activity(world, "Plenary", NOON, is_for_all=True)
    make_activity(world, "Talk", NOON + HOUR, who=(world.selaya,))
    make_activity(world, "Side event", NOON + HOUR)

    move(plenary.pk, LATE, actor=world.wati, at=NOON)

    assert starts(world, NOON) == {
        "Plenary": LATE,
        "Talk": LATE + HOUR,
        "Side event": NOON + HOUR,
    }


def test_all_do_not_wait_for_one_delegation(world: World) -> None:
    talk = make_activity(world, "Talk", NOON, who=(world.selaya,))
    make_activity(world, "Plenary", NOON + HOUR, is_for_all=True)

    move(talk.pk, LATE, actor=world.wati, at=NOON)

    assert starts(world, NOON)["Plenary"] == NOON + HOUR


def test_what_was_planned_side_by_side_in_one_place_stays_so(world: World) -> None:
    one = make_activity(world, "East wing", NOON, place=world.hotel)
    make_activity(world, "West wing", NOON + HALF, place=world.hotel)

    move(one.pk, LATE, actor=world.wati, at=NOON)

    assert starts(world, NOON)["West wing"] == NOON + HALF


def test_what_has_not_begun_is_late_by_now(world: World) -> None:
    make_activity(world, "Race", NOON, place=world.pier)

    assert starts(world, NOON + 10 * MINUTE) == {"Race": NOON + 10 * MINUTE}


def test_a_whole_hour_of_silence_delays_nobody(world: World) -> None:
    make_activity(world, "Race", NOON, place=world.pier)
    make_activity(world, "Prizes", NOON + HOUR, place=world.pier)

    assert starts(world, NOON + HOUR) == {"Race": NOON, "Prizes": NOON + HOUR}


def test_what_runs_over_ends_now_at_the_earliest(world: World) -> None:
    race = make_activity(world, "Race", NOON, place=world.pier)
    make_activity(world, "Prizes", NOON + HOUR, place=world.pier)
    start(race.pk, actor=world.wati, at=NOON)

    found = forecast(world.event, TODAY, NOON + HOUR + 5 * MINUTE)

    assert [(one.starts_at, one.over) for one in found] == [
        (NOON, 5 * MINUTE),
        (NOON + HOUR + 5 * MINUTE, 5 * MINUTE),
    ]


def test_what_ended_early_makes_nothing_earlier(world: World) -> None:
    race = make_activity(world, "Race", NOON, place=world.pier)
    make_activity(world, "Prizes", NOON + HOUR, place=world.pier)
    start(race.pk, happened_at=NOON - 5 * MINUTE, actor=world.wati, at=NOON)
    wind_to(world.event, NOON + HALF)
    finish(race.pk, actor=world.wati, at=NOON + HALF)

    found = forecast(world.event, TODAY, NOON + HALF)

    assert [(one.late, one.over) for one in found] == [
        (-5 * MINUTE, -HALF),
        (timedelta(0), timedelta(0)),
    ]


def test_two_items_that_changed_places_do_not_wait_in_the_old_order(
    world: World,
) -> None:
    lunch = make_activity(world, "Lunch", NOON, place=world.hotel)
    talk = make_activity(world, "Talk", NOON + HOUR, place=world.hotel)
    move(talk.pk, NOON, actor=world.wati, at=NOON)
    move(lunch.pk, NOON + HOUR, actor=world.wati, at=NOON)

    assert starts(world, NOON) == {"Lunch": NOON + HOUR, "Talk": NOON}


def test_cancelled_and_dated_items_push_nothing(world: World) -> None:
    make_activity(world, "Cancelled", NOON, place=world.pier, state="cancelled")
    make_activity(world, "Some day", NOON, place=world.pier, precision="day")
    make_activity(world, "Race", NOON + HOUR, place=world.pier)

    assert starts(world, NOON) == {"Race": NOON + HOUR}


@pytest.mark.parametrize(
    ("zone", "day", "titles"),
    [  # 22:30 UTC on 1 May is 05:30 WIB and 06:30 WITA on 2 May
        ("UTC", date(2027, 5, 1), ["Late show"]),
        ("Asia/Jakarta", date(2027, 5, 2), ["Late show"]),
        ("Asia/Makassar", date(2027, 5, 2), ["Late show"]),
        ("Asia/Makassar", date(2027, 5, 1), []),
    ],
)
def test_the_day_is_the_day_where_the_event_is(
    world: World, zone: str, day: date, titles: list[str]
) -> None:
    world.event.zone = zone
    world.event.save()
    make_activity(world, "Late show", datetime.fromisoformat("2027-05-01T22:30Z"), HALF)

    found = forecast(world.event, day, NOON)

    assert [one.activity.title_en for one in found] == titles


def test_an_item_across_midnight_belongs_to_both_days(world: World) -> None:
    make_activity(world, "Ball", datetime.fromisoformat("2027-05-01T23:00Z"), 2 * HOUR)

    days = [date(2027, 5, day) for day in (1, 2, 3)]

    assert [len(forecast(world.event, day, NOON)) for day in days] == [1, 1, 0]


def test_what_still_runs_from_the_evening_before_pushes_the_morning(
    world: World,
) -> None:
    evening = NOON + 10 * HOUR
    ball = make_activity(world, "Ball", evening, 2 * HOUR, place=world.hotel)
    make_activity(world, "Night watch", evening + 2 * HOUR, place=world.hotel)
    wind_to(world.event, evening + 2 * HOUR + HALF)
    start(ball.pk, happened_at=evening, actor=world.wati, at=evening)

    found = forecast(world.event, TOMORROW, evening + 2 * HOUR + HALF)

    assert [(one.activity.title_en, one.late, one.over) for one in found] == [
        ("Ball", timedelta(0), HALF),
        ("Night watch", HALF, HALF),
    ]


def test_a_push_past_midnight_moves_the_next_day_too(world: World) -> None:
    evening = NOON + 10 * HOUR
    ball = make_activity(world, "Ball", evening, HOUR, place=world.hotel)
    watch = make_activity(world, "Night watch", evening + 2 * HOUR, place=world.hotel)
    round_ = make_activity(world, "Round", evening + 3 * HOUR, place=world.hotel)

    moved = apply_ripple(
        ball.pk, evening + 2 * HOUR, reason="", actor=world.wati, at=NOON
    )

    assert moved == (ball, watch, round_)
    assert starts_of(world, TOMORROW) == {
        "Ball": evening + 2 * HOUR,
        "Night watch": evening + 3 * HOUR,
        "Round": evening + 4 * HOUR,
    }


def test_an_item_moved_to_another_day_pushes_what_is_there(world: World) -> None:
    race = make_activity(world, "Race", NOON, place=world.pier)
    prizes = make_activity(world, "Prizes", NOON + 25 * HOUR, place=world.pier)

    shifts = ripple_of(race.pk, NOON + 24 * HOUR + HALF)

    assert [(one.activity, one.new) for one in shifts] == [
        (race, NOON + 24 * HOUR + HALF),
        (prizes, NOON + 25 * HOUR + HALF),
    ]


def test_two_places_of_two_zones_run_on_the_same_instant(world: World) -> None:
    world.pier.zone = "Asia/Jakarta"
    world.pier.save()
    race = make_activity(world, "Race", NOON, place=world.pier, who=(world.arunika,))
    make_activity(world, "Dinner", NOON + HOUR, place=world.hotel, who=(world.arunika,))

    move(race.pk, LATE, actor=world.wati, at=NOON)

    assert starts(world, NOON)["Dinner"] == LATE + HOUR


def test_a_private_item_is_neither_seen_nor_named_as_a_cause(world: World) -> None:
    secret = make_activity(
        world, "Secret", NOON, who=(world.arunika,), place=world.pier, is_private=True
    )
    make_activity(world, "Open", NOON + HOUR, place=world.pier)
    move(secret.pk, LATE, actor=world.wati, at=NOON)

    seen = {
        name: [
            (one.activity.title_en, one.cause)
            for one in forecast(world.event, TODAY, NOON, actor=actor)
        ]
        for name, actor in {"marco": world.marco, "bruna": world.bruna}.items()
    }

    assert seen == {
        "marco": [("Secret", None), ("Open", secret)],
        "bruna": [("Open", None)],
    }


def test_what_a_new_start_would_move_is_shown_and_nothing_is_saved(
    world: World,
) -> None:
    race = make_activity(world, "Race", NOON, place=world.pier)
    make_activity(world, "Prizes", NOON + HOUR, place=world.pier)
    make_activity(world, "Tea", NOON + HOUR)

    shifts = ripple_of(race.pk, LATE)

    assert [
        (one.activity.title_en, one.planned, one.old, one.new) for one in shifts
    ] == [
        ("Race", NOON, NOON, LATE),
        ("Prizes", NOON + HOUR, NOON + HOUR, LATE + HOUR),
    ]
    assert Activity.objects.exclude(expected_starts_at=None).count() == 0


def test_the_ripple_is_saved_in_one_act(world: World) -> None:
    race = make_activity(world, "Race", NOON, place=world.pier)
    prizes = make_activity(world, "Prizes", NOON + HOUR, place=world.pier)

    moved = apply_ripple(race.pk, LATE, reason="no wind", actor=world.wati, at=NOON)

    prizes.refresh_from_db()
    assert moved == (race, prizes)
    assert (prizes.begins, prizes.starts_at) == (LATE + HOUR, NOON + HOUR)
    assert Entry.objects.filter(verb="activity.moved").count() == 2


def test_what_runs_already_is_not_moved_by_a_ripple(world: World) -> None:
    race = make_activity(world, "Race", NOON, place=world.pier)
    prizes = make_activity(world, "Prizes", NOON + HOUR, place=world.pier)
    start(prizes.pk, actor=world.wati, at=NOON)

    assert apply_ripple(race.pk, LATE, reason="", actor=world.wati, at=NOON) == (race,)


@pytest.mark.parametrize("count", [2, 6])
def test_a_day_costs_the_same_queries_however_full_it_is(
    world: World, count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        make_activity(world, f"Item {number}", NOON + number * HOUR, place=world.pier)

    with django_assert_num_queries(2):  # type: ignore[operator]
        found = forecast(world.event, TODAY, NOON)

    assert len(found) == count
