"""The strip shows who holds a delegation, and a gap only where hours are guarded."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.people.cast import guard, make_duty, make_officer
from tests.scene import make_arrival
from tests.world import HOUR, NOON, World, make_party
from titian.kernel.questions import Change
from titian.people.models import Delegation, Duty
from titian.people.queries import broken_by, gaps, strip

MORNING = NOON - 12 * HOUR
NIGHT = NOON + 12 * HOUR


@pytest.fixture
def guarded(world: World) -> World:
    """Arunika lands at ten and is guarded from eight to eight."""
    guard(world)
    make_arrival(world, NOON - 2 * HOUR)
    return world


def drawn(world: World) -> list[tuple[str, str, int, int]]:
    """Kind, name, first and last hour of each segment of Arunika's day."""
    return [
        (
            one.kind.value,
            one.name,
            (one.starts_at - MORNING) // HOUR,
            (one.ends_at - MORNING) // HOUR,
        )
        for one in strip([world.arunika], MORNING, NIGHT)[world.arunika.pk]
    ]


def test_without_anybody_the_guarded_hours_are_a_gap(guarded: World) -> None:
    assert drawn(guarded) == [("gap", "", 10, 20)]


def test_before_the_landing_nothing_is_missing(guarded: World) -> None:
    make_duty(guarded.officer, guarded.arunika, NOON - 2 * HOUR, NOON + 8 * HOUR)

    assert drawn(guarded) == [("primary", "Marco", 10, 20)]


def test_a_level_without_a_package_has_no_guarded_hours(world: World) -> None:
    make_arrival(world, NOON - 2 * HOUR)

    assert drawn(world) == []


def test_who_is_with_them_hides_who_is_on_call(guarded: World) -> None:
    nora = make_officer(guarded, "Nora", "LO-2")
    call = Duty.Mode.ON_CALL
    make_duty(nora, guarded.arunika, MORNING, NIGHT, mode=call)
    make_duty(guarded.officer, guarded.arunika, NOON, NOON + 4 * HOUR)

    assert drawn(guarded) == [
        ("on_call", "Nora", 0, 10),
        ("gap", "", 10, 12),
        ("primary", "Marco", 12, 16),
        ("gap", "", 16, 20),
        ("on_call", "Nora", 20, 24),
    ]


def test_two_rows_of_one_officer_are_one_segment(guarded: World) -> None:
    make_duty(guarded.officer, guarded.arunika, NOON - 2 * HOUR, NOON)
    make_duty(guarded.officer, guarded.arunika, NOON, NOON + 8 * HOUR)

    assert drawn(guarded) == [("primary", "Marco", 10, 20)]


def test_a_withdrawn_duty_holds_nothing(guarded: World) -> None:
    duty = make_duty(guarded.officer, guarded.arunika, MORNING, NIGHT)
    duty.withdrawn_at = NOON
    duty.save()

    assert drawn(guarded) == [("gap", "", 10, 20)]


@pytest.mark.parametrize("traits", [{"status": "withdrawn"}, {"attendance": "virtual"}])
def test_who_does_not_come_is_not_guarded(
    guarded: World, traits: dict[str, str]
) -> None:
    Delegation.objects.update(**traits)

    assert gaps(guarded.event, MORNING, NIGHT) == []


def test_guests_there_before_their_officer_are_told_apart(guarded: World) -> None:
    make_duty(guarded.officer, guarded.arunika, NOON, NOON + 4 * HOUR)

    early, late = gaps(guarded.event, MORNING, NIGHT)

    assert (early.is_early, late.is_early) == (True, False)


def test_all_day_means_the_night_too(world: World) -> None:
    guard(world, 0, 0)
    make_arrival(world, NOON - 2 * HOUR)

    assert drawn(world) == [("gap", "", 10, 24)]


def test_the_number_of_queries_does_not_grow(guarded: World) -> None:
    def queries(delegations: list[Delegation]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            strip(delegations, MORNING, NIGHT)
        return len(asked)

    def all_of_them() -> list[Delegation]:
        return list(Delegation.objects.select_related("event", "party"))

    one = queries(all_of_them()[:1])
    for n in range(3):
        party = make_party(f"P{n}", f"Isle {n}", "state")
        isle = Delegation.objects.create(
            party=party, event=guarded.event, level="minister"
        )
        make_arrival(guarded, NOON, delegation=isle, code=f"I{n}")
        make_duty(guarded.officer, isle, NOON, NOON + HOUR)

    assert queries(all_of_them()) == one


def told(world: World) -> list[str]:
    change = Change("nothing", {}, world.wati, NOON - 2 * HOUR)
    return [one.sentence for one in broken_by(change)]


def test_before_the_cover_is_published_nothing_is_broken(guarded: World) -> None:
    assert told(guarded) == []


def test_early_guests_and_open_hours_are_told(guarded: World) -> None:
    make_duty(guarded.officer, guarded.arunika, NOON, NOON + 4 * HOUR)

    assert told(guarded) == [
        "On 1 May Arunika would be there before its LO is on duty.",
        "On 2 May Arunika would have guarded hours without an LO.",
        "On 3 May Arunika would have guarded hours without an LO.",
        "On 4 May Arunika would have guarded hours without an LO.",
    ]


def test_held_hours_break_nothing(guarded: World) -> None:
    make_duty(
        guarded.officer, guarded.arunika, NOON - 2 * HOUR, NOON + timedelta(days=4)
    )

    assert told(guarded) == []
