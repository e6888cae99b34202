"""A landing at another hour: what breaks, three ways to mend it, one press."""

import pytest

from tests.foresight.week import Week, make_week, proposal_of
from tests.scene import make_car, make_trip
from tests.world import HOUR, MINUTE, NOON, World
from titian.foresight.arrivals import Outlook, moved
from titian.foresight.commands.arrivals import move_arrival
from titian.foresight.commands.cover import accept
from titian.foresight.errors import WorldMovedOn
from titian.foresight.plans import NoSuchChange
from titian.kernel.models import Entry
from titian.logistics.commands.transport import change_car
from titian.logistics.models import Journey, Trip, Vehicle
from titian.loop.models import Confirmation
from titian.people.commands.absences import report_absence
from titian.people.models import Duty

NIGHT = NOON + 9 * HOUR  # after the guarded hours: nobody is with them


@pytest.fixture
def week(world: World) -> Week:
    made = make_week(world, officers=22)
    accept(proposal_of(made).pk, actor=world.wati, at=NOON)
    return made


@pytest.fixture
def late(week: Week) -> Journey:
    """A minister who lands at nine in the evening, with one car of two."""
    journey = Journey.objects.get(code="A2")
    car = make_car(week.world, "SK 1", "Dede")
    make_trip(week.world, car, delegation=journey.delegation, journey=journey)
    busy = (NIGHT - HOUR / 2, NIGHT + HOUR)
    make_trip(week.world, car, busy, delegation=week.world.selaya)
    make_car(week.world, "SK 2", "Eko")
    return journey


def look(week: Week, journey: Journey) -> Outlook:
    return moved(journey, NIGHT, actor=week.world.wati, at=NOON)


def move(week: Week, journey: Journey, **more: object) -> Journey:
    given = {
        "mend": 0,
        "seen": look(week, journey).seen,
        "actor": week.world.wati,
        "at": NOON,
        **more,
    }
    return move_arrival(journey.pk, NIGHT, **given)  # type: ignore[arg-type]


def with_them(journey: Journey) -> bool:
    duties = Duty.objects.filter(
        delegation=journey.delegation, withdrawn_at=None, mode="attached"
    )
    return duties.filter(starts_at__lte=NIGHT, ends_at__gte=NIGHT + HOUR).exists()


def test_it_offers_an_officer_and_a_car_and_keeps_nothing(
    week: Week, late: Journey
) -> None:
    found = look(week, late)

    said = [one.sentence for one in found.breaks]
    assert any(one.startswith("No officer is on duty for Isle 0") for one in said)
    assert any(one.startswith("SK 1 would drive") for one in said)
    assert 0 < len(found.ways) <= 3
    assert all(one.cover and one.cars for one in found.ways)
    assert not with_them(late) and Journey.objects.get(pk=late.pk).expected_at is None


def test_one_press_moves_it_and_mends_both(week: Week, late: Journey) -> None:
    move(week, late)

    assert with_them(late)
    assert late.trips.get().vehicle.plate == "SK 2"
    asked = [one.sentence_en for one in Confirmation.objects.all()]
    assert not any("No officer" in one or "at the same time" in one for one in asked)
    assert any("SK 2 (Eko) must be at" in one for one in asked)
    assert Entry.objects.filter(verb="trip.changed").count() == 1


def test_moved_alone_everybody_it_touches_is_asked(week: Week, late: Journey) -> None:
    move(week, late, mend=None)

    asked = [one.sentence_en for one in Confirmation.objects.all()]
    assert any("No officer is on duty" in one for one in asked)
    assert not with_them(late)


def test_when_the_car_is_taken_meanwhile_nothing_is_kept(
    week: Week, late: Journey
) -> None:
    seen = look(week, late).seen
    other = Trip.objects.get(delegation=week.world.selaya)
    second = Vehicle.objects.get(plate="SK 2")
    change_car(other.pk, second.pk, actor=week.world.wati, at=NOON)

    with pytest.raises(WorldMovedOn):
        move(week, late, seen=seen)

    assert Journey.objects.get(pk=late.pk).expected_at is None


def test_when_the_officer_falls_ill_meanwhile_nothing_is_kept(
    week: Week, late: Journey
) -> None:
    found = look(week, late)
    way = found.ways[0].cover
    assert way is not None
    officer_id = next(row["new"] for row in way.changes if row["new"])
    hours = (NOON, NIGHT + 3 * HOUR)
    report_absence(officer_id, *hours, reason="ill", actor=week.world.wati, at=NOON)

    with pytest.raises(WorldMovedOn):
        move(week, late, seen=found.seen)


def test_a_way_that_was_not_shown_is_refused(week: Week, late: Journey) -> None:
    with pytest.raises(NoSuchChange):
        move(week, late, mend=7)


def test_a_minute_of_thinking_is_no_change_of_the_world(
    week: Week, late: Journey
) -> None:
    seen = look(week, late).seen

    move(week, late, seen=seen, at=NOON + MINUTE)

    assert with_them(late)


def test_an_officer_is_offered_no_cars_and_no_colleagues(
    week: Week, late: Journey
) -> None:
    world = week.world
    journey = Journey.objects.get(code="A1")  # Selaya, whom Marco accompanies

    found = moved(journey, NIGHT, actor=world.marco, at=NOON)

    assert found.breaks and not found.ways
