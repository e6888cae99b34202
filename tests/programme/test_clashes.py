"""Two hours that cannot both be kept."""

from typing import Any

import pytest

from tests.scene import make_activity, seat_at
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.actor import HOUSE
from titian.kernel.questions import Break, Change
from titian.programme.queries import broken_by
from titian.talks.models import Meeting

HALF = 30 * MINUTE


def broken(world: World) -> list[Break]:
    return sorted(broken_by(Change("", {}, HOUSE, NOON)))


def sentences(world: World) -> list[str]:
    return [one.sentence for one in broken(world)]


def test_a_delegation_cannot_be_at_two_places(world: World) -> None:
    team, _desk = seat_at(world, "PRO", "Paulo")
    make_activity(world, "Race", NOON, who=(world.arunika, world.selaya))
    tea = make_activity(world, "Tea", NOON + HALF, who=(world.arunika,))

    (found,) = broken(world)

    assert found == Break(
        5,
        NOON + HALF,
        "Arunika would be at “Race” and “Tea” at the same time.",
        "programme.activity",
        tea.pk,
    )
    assert (found.owner_team_id, found.concerns_id) == (team.pk, world.arunika.pk)


def test_what_is_for_all_takes_everybody(world: World) -> None:
    make_activity(world, "Plenary", NOON, is_for_all=True)
    make_activity(world, "Talk", NOON + HALF, who=(world.selaya,))

    assert sentences(world) == [
        "Selaya would be at “Plenary” and “Talk” at the same time."
    ]


def test_two_items_for_all_are_one_break(world: World) -> None:
    make_activity(world, "Plenary", NOON, is_for_all=True)
    make_activity(world, "Lunch", NOON + HALF, is_for_all=True)

    assert [(one.level, one.sentence) for one in broken(world)] == [
        (1, "Everybody would be at “Plenary” and “Lunch” at the same time.")
    ]


def test_a_place_does_not_hold_two_items(world: World) -> None:
    team, _desk = seat_at(world, "VEN", "Vera")
    make_activity(world, "Race", NOON, place=world.pier, who=(world.arunika,))
    make_activity(world, "Fireworks", NOON + HALF, place=world.pier)

    (found,) = broken(world)

    assert found.sentence == (
        "The pier would hold “Race” and “Fireworks” at the same time."
    )
    assert (found.level, found.owner_team_id) == (5, team.pk)


def test_one_after_the_other_is_no_clash(world: World) -> None:
    mine = (world.arunika,)
    make_activity(world, "Race", NOON, place=world.pier, who=mine)
    make_activity(world, "Prizes", NOON + HOUR, place=world.pier, who=mine)

    assert sentences(world) == []


@pytest.mark.parametrize(
    "traits",
    [{"state": "cancelled"}, {"state": "finished"}, {"precision": "day"}],
)
def test_what_is_off_over_or_dated_only_clashes_with_nothing(
    world: World, traits: dict[str, Any]
) -> None:
    make_activity(world, "Race", NOON, place=world.pier, who=(world.arunika,))
    make_activity(world, "Tea", NOON, place=world.pier, who=(world.arunika,), **traits)

    assert sentences(world) == []


def test_a_private_item_is_not_named(world: World) -> None:
    make_activity(world, "Race", NOON, who=(world.arunika,))
    make_activity(world, "Quiet", NOON, who=(world.arunika,), is_private=True)

    assert sentences(world) == [
        "Arunika would be at “Race” and “a private item” at the same time."
    ]


def test_a_meetings_people_are_watched_by_talks(world: World) -> None:
    mine = (world.arunika, world.selaya)
    make_activity(world, "Race", NOON, place=world.pier, who=mine)
    hour = make_activity(world, "Meeting", NOON, place=world.pier, who=mine)
    Meeting.objects.create(
        event=world.event, activity=hour, party_a=world.arunika, party_b=world.selaya
    )

    assert sentences(world) == [
        "The pier would hold “Race” and “Meeting” at the same time."
    ]


@pytest.mark.parametrize("count", [2, 8])
def test_asking_costs_the_same_however_full_the_day_is(
    world: World, count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        make_activity(world, f"Item {number}", NOON, who=(world.arunika,))

    with django_assert_num_queries(4):  # type: ignore[operator]
        broken(world)
