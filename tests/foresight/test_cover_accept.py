"""A plan comes into force by a coordinator's word, while the world is as it was."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils.translation import override

from tests.foresight.week import DAY, LAST_NIGHT, MORNING, Week, make_week, proposal_of
from tests.people.cast import make_duty
from tests.world import HOUR, MINUTE, NOON, World, seated, with_account
from titian.foresight.commands.cover import accept, change_by_hand
from titian.foresight.errors import NotSound, WorldMovedOn
from titian.foresight.models import Proposal
from titian.foresight.plans import NoSuchChange
from titian.kernel.actor import HOUSE
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.logistics.models import Journey
from titian.people.commands.assignments import agree, decline
from titian.people.fitness import broken_rules
from titian.people.models import Assignment, Duty, Officer, Seat
from titian.people.queries import gaps, shown_officers


@pytest.fixture
def week(world: World) -> Week:
    return make_week(world)


def held() -> list[tuple[object, ...]]:
    rows = Duty.objects.filter(withdrawn_at=None).order_by("pk")
    return list(rows.values_list("officer", "delegation", "starts_at", "ends_at"))


def test_the_week_from_end_to_end(week: Week) -> None:
    world = week.world
    proposal = proposal_of(week)
    assert held() == []

    accept(proposal.pk, actor=world.wati, at=NOON)

    assert gaps(world.event, MORNING, LAST_NIGHT) == []
    for duty in Duty.objects.select_related("officer__person", "delegation__party"):
        assert broken_rules(duty.officer, duty, besides=duty) == ()
    coming = Duty.objects.filter(ends_at__gt=NOON)
    pairs = set(coming.values_list("officer", "delegation"))
    asked = set(Assignment.objects.values_list("officer", "delegation"))
    assert pairs <= asked
    proposal.refresh_from_db()
    assert (proposal.state, proposal.accepted_by_id) == (
        "accepted",
        world.wati.person_id,
    )


def test_nobody_is_asked_for_hours_that_are_over(week: Week) -> None:
    second_day = MORNING + DAY
    proposal = proposal_of(week, at=second_day)

    accept(proposal.pk, actor=week.world.wati, at=second_day)

    coming = Duty.objects.filter(ends_at__gt=second_day)
    pairs = set(coming.values_list("officer", "delegation"))
    asked = Assignment.objects.filter(consent="asked")
    assert set(asked.values_list("officer", "delegation")) <= pairs
    assert Duty.objects.filter(ends_at__lte=second_day).exists()


def test_guests_learn_the_name_when_the_officer_agrees(week: Week) -> None:
    world = week.world
    accept(proposal_of(week).pk, actor=world.wati, at=NOON)
    asked = Assignment.objects.filter(delegation=world.arunika).first()
    assert asked is not None
    assert shown_officers(world.arunika) == []

    agree(asked.pk, actor=with_account(asked.officer.person), at=NOON)

    assert [str(one.officer) for one in shown_officers(world.arunika)] == [
        str(asked.officer)
    ]


def test_only_a_coordinator_accepts(week: Week) -> None:
    world, proposal = week.world, proposal_of(week)
    auditor = seated(world.event, "Ari", world.press, Seat.Role.AUDITOR)
    for actor in (world.marco, world.bruna, auditor, *world.nobodies().values()):
        with pytest.raises(Forbidden):
            accept(proposal.pk, actor=actor, at=NOON)
        with pytest.raises(Forbidden):
            change_by_hand(proposal.pk, 0, world.officer.pk, actor=actor, at=NOON)
        if actor != HOUSE:
            with pytest.raises(Forbidden):
                proposal_of(week, actor=actor)

    assert held() == []


def test_who_declined_meanwhile_outdates_the_plan(week: Week) -> None:
    world, proposal = week.world, proposal_of(week)
    decline(world.assignment.pk, "Ill", actor=world.marco, at=NOON)

    with pytest.raises(WorldMovedOn):
        accept(proposal.pk, actor=world.wati, at=NOON)

    assert held() == []
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_a_moved_arrival_outdates_the_plan(week: Week) -> None:
    proposal = proposal_of(week)
    Journey.objects.filter(delegation=week.world.arunika, kind="arrival").update(
        expected_at=NOON + 90 * MINUTE
    )

    with pytest.raises(WorldMovedOn):
        accept(proposal.pk, actor=week.world.wati, at=NOON)
    with pytest.raises(WorldMovedOn):
        change_by_hand(
            proposal.pk, 0, week.world.officer.pk, actor=week.world.wati, at=NOON
        )


def test_time_alone_outdates_nothing(week: Week) -> None:
    proposal = proposal_of(week)

    accept(proposal.pk, actor=week.world.wati, at=NOON + 5 * HOUR)

    assert gaps(week.world.event, MORNING, LAST_NIGHT) == []


def test_of_two_coordinators_the_second_is_too_late(week: Week) -> None:
    world = week.world
    wayan = seated(world.event, "Wayan", world.press, Seat.Role.COORDINATOR)
    first, second = proposal_of(week), proposal_of(week, seed=7, actor=wayan)

    accept(first.pk, actor=world.wati, at=NOON)
    after = held()

    for proposal in (first, second):
        with pytest.raises(WorldMovedOn):
            accept(proposal.pk, actor=wayan, at=NOON)
    second.refresh_from_db()
    assert (held(), second.state) == (after, "outdated")


def test_a_retry_publishes_once(week: Week) -> None:
    proposal, key = proposal_of(week), uuid4()

    accept(proposal.pk, actor=week.world.wati, at=NOON, key=key)
    after = held()
    accept(proposal.pk, actor=week.world.wati, at=NOON, key=key)

    assert held() == after
    assert Entry.objects.filter(verb="proposal.accepted").count() == 1


def test_a_retry_proposes_once(week: Week) -> None:
    key = uuid4()

    first, second = (proposal_of(week, key=key) for _time in range(2))

    assert first == second
    assert Proposal.objects.count() == 1


def test_what_is_left_out_stays_as_it_was(week: Week) -> None:
    proposal = proposal_of(week)

    accept(proposal.pk, leave_out=(0, 2), actor=week.world.wati, at=NOON)

    assert len(held()) == len(proposal.changes) - 2
    assert Entry.objects.get(verb="proposal.accepted").facts["left_out"] == [0, 2]


@pytest.mark.parametrize("index", [-1, 10_000])
def test_a_change_there_is_not_cannot_be_left_out(week: Week, index: int) -> None:
    proposal = proposal_of(week)

    with pytest.raises(NoSuchChange):
        accept(proposal.pk, leave_out=(index,), actor=week.world.wati, at=NOON)

    assert held() == []


def attached_row(proposal: Proposal, week: Week) -> int:
    """The first change in which somebody is with Arunika."""
    return next(
        n
        for n, row in enumerate(proposal.changes)
        if row["delegation"] == week.world.arunika.pk and row["mode"] == "attached"
    )


def test_a_change_by_hand_that_breaks_a_rule_is_refused_by_name(week: Week) -> None:
    proposal = proposal_of(week)

    with override("en"), pytest.raises(NotSound) as refused:
        change_by_hand(
            proposal.pk,
            attached_row(proposal, week),
            week.world.officer.pk,
            actor=week.world.wati,
            at=NOON,
        )

    assert (
        "Marco does not speak a language that Arunika needs well enough."
        in refused.value.sentences
    )
    proposal.refresh_from_db()
    assert (
        proposal.changes[attached_row(proposal, week)]["new"] != week.world.officer.pk
    )


def test_a_change_by_hand_comes_into_force(week: Week) -> None:
    world, proposal = week.world, proposal_of(week)
    index, officer = fitting_change(proposal)

    change_by_hand(proposal.pk, index, officer.pk, actor=world.wati, at=NOON)
    accept(proposal.pk, actor=world.wati, at=NOON)

    row = Proposal.objects.get(pk=proposal.pk).changes[index]
    assert (row["new"], row["reason"]) == (officer.pk, {"by_hand": True})
    starts_at = datetime.fromisoformat(row["starts_at"])
    held = Duty.objects.get(delegation=row["delegation"], starts_at=starts_at)
    assert held.officer == officer


def fitting_change(proposal: Proposal) -> tuple[int, Officer]:
    """A change that the plan itself says another officer could take."""
    return next(
        (n, Officer.objects.get(pk=row["reason"]["runner_up"]))
        for n, row in enumerate(proposal.changes)
        if row["reason"]["runner_up"] and not row["reason"]["rule"]
    )


def test_a_change_by_hand_is_kept_once(week: Week) -> None:
    world, proposal, key = week.world, proposal_of(week), uuid4()
    index, officer = fitting_change(proposal)

    for _time in range(2):
        change_by_hand(
            proposal.pk, index, officer.pk, actor=world.wati, at=NOON, key=key
        )

    assert Entry.objects.filter(verb="proposal.changed").count() == 1


def test_a_later_plan_leaves_the_past_alone(week: Week) -> None:
    world = week.world
    accept(proposal_of(week).pk, actor=world.wati, at=NOON)
    later = NOON + DAY + 30 * MINUTE
    officer = Officer.objects.filter(
        duties__delegation=world.selaya, duties__starts_at__gt=later
    ).first()
    assert officer is not None
    assignment = Assignment.objects.get(officer=officer, delegation=world.selaya)
    actor = with_account(officer.person) if officer != world.officer else world.marco
    decline(assignment.pk, "Ill", actor=actor, at=later)
    before = held()

    proposal = proposal_of(week, at=later)
    accept(proposal.pk, actor=world.wati, at=later)

    past = [row for row in before if row[3] <= NOON + DAY]  # type: ignore[operator]
    assert [row for row in held() if row[3] <= NOON + DAY] == past  # type: ignore[operator]
    new = Duty.objects.filter(proposal_id=proposal.pk, withdrawn_at=None)
    assert new.exists()
    assert not new.filter(starts_at__lt=later).exists()
    assert not new.filter(officer=officer, delegation=world.selaya).exists()


def test_a_plan_with_nothing_to_do_changes_nothing(week: Week) -> None:
    accept(proposal_of(week).pk, actor=week.world.wati, at=NOON)

    again = proposal_of(week, at=NOON + timedelta(minutes=1))

    assert again.changes == []


def test_published_duties_of_another_hand_are_part_of_the_input(week: Week) -> None:
    proposal = proposal_of(week)
    make_duty(week.world.officer, week.world.selaya, NOON, NOON + HOUR)

    with pytest.raises(WorldMovedOn):
        accept(proposal.pk, actor=week.world.wati, at=NOON)


def test_a_plan_takes_nobody_off_a_duty_that_runs(week: Week) -> None:
    world = week.world
    speechless = make_duty(world.officer, world.arunika, NOON - HOUR, NOON + 2 * HOUR)

    accept(proposal_of(week).pk, actor=world.wati, at=NOON + MINUTE)

    speechless.refresh_from_db()
    assert speechless.withdrawn_at is None


def test_once_another_duty_runs_the_plan_is_too_late(week: Week) -> None:
    world = week.world
    make_duty(week.speakers[0], world.arunika, NOON + HOUR, NOON + 4 * HOUR)
    proposal = proposal_of(week)

    with pytest.raises(WorldMovedOn):
        accept(proposal.pk, actor=world.wati, at=NOON + 2 * HOUR)
