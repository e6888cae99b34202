"""Hours are given and taken by a coordinator, and a refusal names the rule."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.people.cast import asked, make_duty, make_officer
from tests.world import HOUR, NOON, World
from titian.kernel import sealing
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.people.commands.duties import publish_duties, stand_in, withdraw_duty
from titian.people.commands.hours import Hours
from titian.people.fitness import Unfit
from titian.people.models import Absence, Assignment, Delegation, Duty, Officer


@pytest.fixture
def duty(world: World) -> Duty:
    """Marco holds Arunika from one to five."""
    return make_duty(world.officer, world.arunika, NOON + HOUR, NOON + 5 * HOUR)


@pytest.fixture
def nora(world: World) -> Officer:
    return make_officer(world, "Nora", "LO-2", speaks={"ar": "B2"})


def rules(world: World, duty: Duty, officer: Officer, reason: str = "") -> list[str]:
    with pytest.raises(Unfit) as refused:
        stand_in(duty.pk, officer.pk, reason=reason, actor=world.wati, at=NOON)
    return [rule.name for rule in refused.value.broken]


def held() -> list[tuple[str, object, object]]:
    rows = Duty.objects.filter(withdrawn_at=None).order_by("starts_at", "pk")
    return [(str(row.officer), row.starts_at, row.ends_at) for row in rows]


def test_another_officer_takes_the_hours(
    world: World, duty: Duty, nora: Officer
) -> None:
    stand_in(duty.pk, nora.pk, actor=world.wati, at=NOON)

    assert held() == [("Nora", NOON + HOUR, NOON + 5 * HOUR)]
    assert Assignment.objects.get(officer=nora).consent == "asked"


def test_what_is_over_stays_with_who_held_it(
    world: World, duty: Duty, nora: Officer
) -> None:
    stand_in(duty.pk, nora.pk, actor=world.wati, at=NOON + 2 * HOUR)

    assert held() == [
        ("Marco", NOON + HOUR, NOON + 2 * HOUR),
        ("Nora", NOON + 2 * HOUR, NOON + 5 * HOUR),
    ]


def test_nobody_is_in_two_places(world: World, duty: Duty, nora: Officer) -> None:
    make_duty(nora, world.selaya, NOON + 4 * HOUR, NOON + 6 * HOUR)

    assert rules(world, duty, nora) == ["double_booking"]
    assert rules(world, duty, nora, reason="She can run") == ["double_booking"]


def test_one_may_be_on_call_for_two(world: World, nora: Officer) -> None:
    call = Duty.Mode.ON_CALL
    make_duty(nora, world.selaya, NOON, NOON + 6 * HOUR, mode=call)
    duty = make_duty(
        world.officer, world.arunika, NOON + HOUR, NOON + 2 * HOUR, mode=call
    )

    stand_in(duty.pk, nora.pk, actor=world.wati, at=NOON)

    assert Duty.objects.filter(officer=nora, withdrawn_at=None).count() == 2


def test_the_language_is_asked_for(world: World, duty: Duty, nora: Officer) -> None:
    world.arunika.party.languages = ["fr"]
    world.arunika.party.save()

    assert rules(world, duty, nora) == ["language"]
    nora.person.languages = {"fr": "B1"}
    nora.person.save()
    assert rules(world, duty, nora) == ["language"]
    nora.person.languages = {"fr": "B2"}
    nora.person.save()
    stand_in(duty.pk, nora.pk, actor=world.wati, at=NOON)


def test_the_level_is_asked_for(world: World, duty: Duty, nora: Officer) -> None:
    nora.clearance = 7
    nora.save()

    assert rules(world, duty, nora) == ["level"]


def test_ten_hours_are_a_day(world: World, duty: Duty, nora: Officer) -> None:
    make_duty(nora, world.selaya, NOON - 6 * HOUR, NOON + HOUR)

    assert rules(world, duty, nora) == ["hours"]


def test_eleven_hours_of_rest_follow(world: World, duty: Duty, nora: Officer) -> None:
    make_duty(nora, world.selaya, NOON + 14 * HOUR, NOON + 15 * HOUR)

    assert rules(world, duty, nora) == ["rest"]


def test_one_day_in_seven_is_free(world: World, duty: Duty, nora: Officer) -> None:
    for day in range(1, 7):
        start = duty.starts_at + day * 24 * HOUR
        make_duty(nora, world.selaya, start, start + 4 * HOUR)

    assert rules(world, duty, nora) == ["day_off"]


def test_who_is_away_or_declined_is_not_overridden(
    world: World, duty: Duty, nora: Officer
) -> None:
    Absence.objects.create(officer=nora, starts_at=NOON, ends_at=NOON + 2 * HOUR)
    asked(nora, world.arunika, Assignment.Consent.DECLINED)

    assert rules(world, duty, nora, reason="Please") == ["consent", "absence"]


def test_rest_is_overridden_with_a_sealed_reason(
    world: World, duty: Duty, nora: Officer
) -> None:
    make_duty(nora, world.selaya, NOON + 14 * HOUR, NOON + 15 * HOUR)

    fresh = stand_in(
        duty.pk, nora.pk, reason="Nobody else is left", actor=world.wati, at=NOON
    )

    entry = Entry.objects.get(verb="duty.stood_in", subject_id=fresh.pk)
    assert entry.facts["overridden"] == ["rest"]
    assert sealing.unseal(entry) == {"override": "Nobody else is left"}


def test_only_a_coordinator_changes_hours(
    world: World, duty: Duty, nora: Officer
) -> None:
    hours = Hours(nora.pk, world.arunika.pk, NOON, NOON + HOUR)
    for actor in (world.marco, world.bruna, world.ingrid, *world.nobodies().values()):
        with pytest.raises(Forbidden):
            stand_in(duty.pk, nora.pk, actor=actor, at=NOON)
        with pytest.raises(Forbidden):
            withdraw_duty(duty.pk, actor=actor, at=NOON)
        with pytest.raises(Forbidden):
            publish_duties(world.event.pk, [hours], actor=actor, at=NOON)


def test_what_is_over_is_not_changed(world: World, duty: Duty, nora: Officer) -> None:
    later = NOON + 5 * HOUR

    with pytest.raises(IllegalMove):
        stand_in(duty.pk, nora.pk, actor=world.wati, at=later)
    with pytest.raises(IllegalMove):
        withdraw_duty(duty.pk, actor=world.wati, at=later)


def test_a_withdrawn_duty_leaves_a_gap(world: World, duty: Duty) -> None:
    withdraw_duty(duty.pk, actor=world.wati, at=NOON + 3 * HOUR)

    assert held() == [("Marco", NOON + HOUR, NOON + 3 * HOUR)]


def test_retries_change_nothing(world: World, duty: Duty, nora: Officer) -> None:
    first, second, third = uuid4(), uuid4(), uuid4()
    hours = Hours(world.officer.pk, world.selaya.pk, NOON, NOON + HOUR)

    for _time in range(2):
        given = stand_in(duty.pk, nora.pk, actor=world.wati, at=NOON, key=first)
    for _time in range(2):
        withdraw_duty(given.pk, actor=world.wati, at=NOON, key=second)
    for _time in range(2):
        publish_duties(world.event.pk, [hours], actor=world.wati, at=NOON, key=third)

    assert held() == [("Marco", NOON, NOON + HOUR)]


def test_a_plan_cuts_what_it_frees(world: World, duty: Duty, nora: Officer) -> None:
    middle = (NOON + 2 * HOUR, NOON + 3 * HOUR)

    publish_duties(
        world.event.pk,
        [Hours(nora.pk, world.arunika.pk, *middle)],
        [Hours(world.officer.pk, world.arunika.pk, *middle)],
        proposal_id=7,
        actor=world.wati,
        at=NOON,
    )

    assert held() == [
        ("Marco", NOON + HOUR, NOON + 2 * HOUR),
        ("Nora", *middle),
        ("Marco", NOON + 3 * HOUR, NOON + 5 * HOUR),
    ]
    assert Entry.objects.get(verb="cover.changed").concerns_id == world.arunika.pk


def test_a_plan_of_another_event_is_refused(world: World, nora: Officer) -> None:
    hour = timedelta(hours=1)

    with pytest.raises(Delegation.DoesNotExist):
        publish_duties(
            world.event.pk,
            [Hours(nora.pk, 0, NOON, NOON + hour)],
            actor=world.wati,
            at=NOON,
        )
    with pytest.raises(Officer.DoesNotExist):
        publish_duties(
            world.event.pk,
            [Hours(0, world.arunika.pk, NOON, NOON + hour)],
            actor=world.wati,
            at=NOON,
        )
