"""A timetable of bilaterals: proposed with reasons, accepted while it holds, mended."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.scene import make_activity, make_arrival
from tests.talks.twosome import WANTED, Twosome, make_twosome, now
from tests.world import HOUR, MINUTE, NOON, World, make_party
from titian.foresight.commands.bilaterals import accept, mend, propose
from titian.foresight.errors import WorldMovedOn
from titian.foresight.gather.bilaterals import common_hours, gather
from titian.foresight.models import Proposal
from titian.foresight.timetables import shown
from titian.kernel.policy import Forbidden
from titian.people.models import Delegation
from titian.programme.models import Activity
from titian.talks.commands import bilaterals, free_hours, hours
from titian.talks.models import Bilateral, FreeBusy, Wish

DAY = 24 * HOUR


@pytest.fixture
def two(world: World) -> Twosome:
    return make_twosome(world)


def proposed(two: Twosome) -> Proposal:
    return propose(two.world.event.pk, rounds=1, actor=two.world.wati, at=NOON)


def mended(two: Twosome) -> Proposal:
    return mend(two.world.event.pk, actor=two.world.wati, at=NOON)


def accepted(two: Twosome, proposal: Proposal) -> Proposal:
    return accept(proposal.pk, actor=two.world.wati, at=NOON)


def third(two: Twosome, name: str = "Kelapa", rank: str = "minister") -> Delegation:
    """Another invented delegation, as high as it is said."""
    party = make_party(name[:3].upper(), name, "state")
    return Delegation.objects.create(party=party, event=two.world.event, level=rank)


def agreed_with(
    two: Twosome, other: Delegation, wanted: bilaterals.Wanted = WANTED
) -> Bilateral:
    """Arunika and somebody else have agreed to meet."""
    asked = bilaterals.ask(
        two.world.arunika.pk, other.pk, wanted, actor=two.marco, at=NOON
    )
    Bilateral.objects.filter(pk=asked.pk).update(state="agreed", agreed_at=NOON)
    return now(asked)


def busy(two: Twosome, start: int, end: int, days: range = range(1)) -> None:
    """Selaya cannot be met from noon + start to noon + end, on these days."""
    for day in days:
        free_hours.tell_hours(
            two.world.selaya.pk,
            NOON + day * DAY + start * HOUR,
            NOON + day * DAY + end * HOUR,
            actor=two.salim,
            at=NOON,
        )


def test_what_is_agreed_is_given_an_hour_and_a_room(two: Twosome) -> None:
    two.room()
    request = two.agreed()

    accepted(two, proposed(two))

    meeting = now(request).meeting
    assert meeting is not None
    assert meeting.activity.place == two.world.pier
    assert meeting.activity.starts_at >= NOON


@pytest.mark.parametrize("who", ["marco", "salim", "bruna", "ingrid"])
def test_nobody_else_plans_or_accepts(two: Twosome, who: str) -> None:
    two.room()
    two.agreed()
    proposal = proposed(two)
    actor = two.salim if who == "salim" else getattr(two.world, who)

    with pytest.raises(Forbidden):
        propose(two.world.event.pk, actor=actor, at=NOON)
    with pytest.raises(Forbidden):
        accept(proposal.pk, actor=actor, at=NOON)


def test_without_a_room_large_enough_the_reason_is_the_room(two: Twosome) -> None:
    two.room(seats=4)
    two.agreed()

    (refusal,) = shown(proposed(two)).refusals

    assert refusal.sentence == "No room for bilaterals suits its size and its level."


def test_a_room_kept_for_heads_of_state_takes_no_ministers(two: Twosome) -> None:
    two.room(rank=1)
    two.agreed()

    assert [row["rule"] for row in proposed(two).gaps] == ["fit"]


def test_without_interpreters_the_reason_is_the_language(two: Twosome) -> None:
    two.room()
    two.agreed(replace(WANTED, asking_language="fr", asked_language="id"))
    before = proposed(two).gaps

    free_hours.set_interpreters(
        two.world.event.pk, "id", "fr", 1, actor=two.world.wati, at=NOON
    )

    assert [row["rule"] for row in before] == ["language"]
    assert proposed(two).gaps == []


def test_a_quarter_lies_between_two_meetings_in_a_room_and_of_a_side(
    two: Twosome,
) -> None:
    two.room()
    soon = replace(WANTED, earliest_at=NOON, latest_at=NOON + 75 * MINUTE)
    two.agreed(soon)
    agreed_with(two, third(two), soon)

    accepted(two, proposed(two))

    first, second = Activity.objects.order_by("starts_at")
    assert second.starts_at - first.ends_at == 15 * MINUTE


def test_who_loses_an_hour_is_named_before_anybody_accepts(two: Twosome) -> None:
    two.room()
    at_two = replace(WANTED, earliest_at=NOON + 2 * HOUR, latest_at=NOON + 150 * MINUTE)
    lesser = two.agreed(replace(at_two, level="other_guest"))
    accepted(two, proposed(two))
    higher = agreed_with(two, third(two), replace(at_two, level="head_of_state"))

    proposal = proposed(two)

    assert [one.bilateral for one in shown(proposal).displaced] == [lesser]
    assert now(lesser).state == Bilateral.State.PLACED
    accepted(two, proposal)
    states = [now(one).state for one in (lesser, higher)]
    assert states == [Bilateral.State.AGREED, Bilateral.State.PLACED]


def test_a_proposal_is_too_late_once_the_world_has_moved_on(two: Twosome) -> None:
    two.room()
    request = two.agreed()
    proposal = proposed(two)
    busy(two, 0, 5)

    with pytest.raises(WorldMovedOn):
        accepted(two, proposal)
    assert now(request).state == Bilateral.State.AGREED


def test_of_two_acceptances_one_is_too_late(two: Twosome) -> None:
    two.room()
    two.agreed()
    proposal = proposed(two)
    accepted(two, proposal)

    with pytest.raises(WorldMovedOn):
        accepted(two, proposal)
    assert Activity.objects.count() == 1


def test_whoever_runs_late_is_moved_with_nobody_else(two: Twosome) -> None:
    two.room()
    late = two.agreed(replace(WANTED, latest_at=NOON + DAY))
    other = agreed_with(two, third(two))
    accepted(two, proposed(two))
    begins = Activity.objects.get(meeting__bilateral=late).begins
    free_hours.tell_hours(
        two.world.selaya.pk,
        begins - HOUR,
        begins + 90 * MINUTE,
        actor=two.salim,
        at=NOON,
    )

    proposal = mended(two)

    assert [row["bilateral"] for row in proposal.changes] == [late.pk]
    accepted(two, proposal)
    moved = Activity.objects.get(meeting__bilateral=late).begins
    assert not begins - HOUR < moved < begins + 90 * MINUTE
    assert now(other).state == Bilateral.State.PLACED


def test_where_nothing_broke_mending_changes_nothing(two: Twosome) -> None:
    two.room()
    two.agreed()
    accepted(two, proposed(two))

    assert mended(two).changes == []


def test_who_withdrew_is_given_no_hour(two: Twosome) -> None:
    two.room()
    two.agreed()
    Delegation.objects.filter(pk=two.world.selaya.pk).update(status="withdrawn")

    assert gather(two.world.event, NOON).problem.meetings == ()


def test_what_lies_beside_the_slots_stays_where_it_was_put(two: Twosome) -> None:
    two.room()
    by_hand = two.agreed()
    hours.place(
        by_hand.pk,
        two.world.pier.pk,
        NOON + 65 * MINUTE,
        actor=two.world.wati,
        at=NOON,
    )

    gathered = gather(two.world.event, NOON)

    assert gathered.problem.meetings == ()
    slots = {
        s
        for span in gathered.problem.rooms[0].free
        for s in range(span.first, span.after)
    }
    at_one = gathered.days.slot_of(NOON + HOUR)
    assert at_one not in slots


def reasons_for_no_time(two: Twosome, why: str) -> None:
    """Selaya has no time all week, for a reason that is nobody's business."""
    world = two.world
    if why == "told so":
        busy(two, -12, 12, range(8))
    elif why == "not there yet":
        make_arrival(world, NOON + 9 * DAY, delegation=world.selaya)
    else:
        for day in range(8):
            make_activity(
                world,
                f"{day} {why}",
                NOON + day * DAY - 5 * HOUR,
                14 * HOUR,
                who=(world.selaya,),
                is_private=why == "private item",
            )


@pytest.mark.parametrize("why", ["told so", "private item", "not there yet", "met"])
def test_nobody_learns_why_a_side_has_no_time(two: Twosome, why: str) -> None:
    two.room()
    request = two.agreed()
    reasons_for_no_time(two, why)

    proposal = proposed(two)

    assert proposal.gaps == [
        {"bilateral": request.pk, "rule": "hour", "nearest": None, "in_the_way": []}
    ]
    assert shown(proposal).refusals[0].sentence == (
        "There is no hour left at which both sides can be met."
    )
    assert common_hours(request, NOON) == []


def test_free_hours_of_both_are_whole_quarters_and_no_more(two: Twosome) -> None:
    request = two.asked()
    free_hours.tell_hours(
        two.world.selaya.pk,
        NOON + 5 * MINUTE,
        NOON + HOUR + 5 * MINUTE,
        is_free=True,
        actor=two.salim,
        at=NOON,
    )

    today = [span for span in common_hours(request, NOON) if span[0] < NOON + DAY / 2]

    assert today == [(NOON + 15 * MINUTE, NOON + HOUR)]


def test_no_row_of_free_hours_has_room_for_a_reason() -> None:
    columns = {field.name for field in FreeBusy._meta.get_fields()}
    wish = {field.name for field in Wish._meta.get_fields()}

    assert columns == {"id", "delegation", "starts_at", "ends_at", "is_free"}
    assert "reason" not in wish


def test_gathering_costs_as_many_queries_for_many_as_for_few(
    two: Twosome,
) -> None:
    two.room()
    two.agreed()
    few = queries_of(two)
    for name in ("Kelapa", "Durian", "Manggis"):
        agreed_with(two, third(two, name))

    assert queries_of(two) == few


def queries_of(two: Twosome) -> int:
    with CaptureQueriesContext(connection) as caught:
        gather(two.world.event, NOON)
    return len(caught)
