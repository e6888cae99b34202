"""Officer and guests have met twelve hours before they begin, or somebody is called."""

import pytest

from tests.loop.stories import all_done
from tests.people.cast import make_duty, make_officer
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.actor import FEED
from titian.kernel.models import Entry
from titian.logistics.commands import journeys
from titian.logistics.models import Journey
from titian.people.commands.assignments import agree, introduce
from titian.people.models import Assignment, Officer
from titian.people.queries.met import is_to_be_met, meeting_due_at, not_met

LANDING = NOON + 20 * HOUR


@pytest.fixture
def journey(world: World) -> Journey:
    return Journey.objects.create(
        event=world.event,
        delegation=world.arunika,
        code="ARR",
        kind=Journey.Kind.ARRIVAL,
        planned_at=LANDING,
        precision="minute",
    )


@pytest.fixture
def asked(world: World, journey: Journey) -> Assignment:
    """Marco is asked anew, and has a leader above him."""
    world.officer.leader = make_officer(world, "Tuti", "LO-3")
    world.officer.save()
    Assignment.objects.update(consent=Assignment.Consent.ASKED)
    world.assignment.refresh_from_db()
    return world.assignment


def called() -> list[int]:
    entry = Entry.objects.filter(verb="officer.not_met").first()
    found: list[int] = entry.facts["called"] if entry else []
    return found


def test_twelve_hours_before_the_landing_the_leader_and_the_house_are_called(
    world: World, asked: Assignment
) -> None:
    agree(asked.pk, actor=world.marco, at=NOON)
    assert meeting_due_at(asked) == LANDING - 12 * HOUR

    all_done(world, LANDING - 12 * HOUR - MINUTE)
    assert called() == []
    all_done(world, LANDING - 12 * HOUR + MINUTE)

    leader = Officer.objects.get(code="LO-3")
    assert called() == [leader.person_id, world.wati.person_id]
    assert not_met(world.event) == [asked]


def test_who_has_met_them_is_not_called_for(world: World, asked: Assignment) -> None:
    agree(asked.pk, actor=world.marco, at=NOON)
    introduce(asked.pk, actor=world.marco, at=NOON + HOUR)

    all_done(world, LANDING)

    assert called() == []


def test_met_late_it_leaves_the_control_room(world: World, asked: Assignment) -> None:
    agree(asked.pk, actor=world.marco, at=NOON)
    all_done(world, LANDING - 11 * HOUR)

    introduce(asked.pk, actor=world.marco, at=LANDING - 11 * HOUR)

    assert not_met(world.event) == []


def test_a_later_landing_leaves_them_more_time(
    world: World, asked: Assignment, journey: Journey
) -> None:
    agree(asked.pk, actor=world.marco, at=NOON)
    all_done(world, NOON)
    journeys.expect(journey.pk, LANDING + 6 * HOUR, actor=FEED, at=NOON)

    all_done(world, LANDING - 12 * HOUR + MINUTE)
    assert called() == []
    all_done(world, LANDING - 6 * HOUR + MINUTE)
    assert called() != []


def test_a_sooner_landing_is_watched_at_its_own_hour(
    world: World, asked: Assignment, journey: Journey
) -> None:
    agree(asked.pk, actor=world.marco, at=NOON)
    all_done(world, NOON)
    journeys.expect(journey.pk, LANDING - 6 * HOUR, actor=FEED, at=NOON)

    all_done(world, LANDING - 18 * HOUR + MINUTE)

    assert called() != []


def test_the_reliefs_hour_is_her_own_first_duty(world: World, journey: Journey) -> None:
    nora = make_officer(world, "Nora", "LO-2")
    relief = Assignment.objects.create(
        officer=nora, delegation=world.arunika, role=Assignment.Role.RELIEF
    )
    assert meeting_due_at(relief) is None
    make_duty(nora, world.arunika, NOON + 30 * HOUR, NOON + 36 * HOUR)

    assert meeting_due_at(relief) == NOON + 18 * HOUR


def test_guests_who_have_landed_are_not_asked_after(
    world: World, asked: Assignment
) -> None:
    agree(asked.pk, actor=world.marco, at=NOON)
    asked.refresh_from_db()

    assert is_to_be_met(asked, LANDING - MINUTE)
    assert not is_to_be_met(asked, LANDING)
