"""A request for a bilateral: whose turn it is, who may, what it becomes."""

from dataclasses import replace
from uuid import UUID

import pytest

from tests.scene import wind_to
from tests.talks.paper import verbs, work_until
from tests.talks.twosome import LATE, LONGER, WANTED, Twosome, make_twosome, now
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.agreeing import disagreements
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.kernel.sealing import unseal
from titian.programme.commands import activities
from titian.programme.models import Activity
from titian.talks.commands import bilaterals, free_hours, hours, meetings, wishes
from titian.talks.models import Bilateral, Meeting
from titian.talks.policy import acts_for
from titian.talks.sight import spoken_for

ONCE = UUID(int=31)


@pytest.fixture
def two(world: World) -> Twosome:
    return make_twosome(world)


def test_a_request_passes_from_side_to_side_until_one_agrees(two: Twosome) -> None:
    asked = two.asked()
    bilaterals.counter(asked.pk, LONGER, actor=two.salim, at=NOON)
    agreed = bilaterals.agree(asked.pk, actor=two.marco, at=NOON)

    assert agreed.state == Bilateral.State.AGREED
    assert [wish.minutes for wish in agreed.wishes.all()] == [30, 45]


def test_who_spoke_last_does_not_answer_herself(two: Twosome) -> None:
    asked = two.asked()

    with pytest.raises(Forbidden, match="other side's turn"):
        bilaterals.agree(asked.pk, actor=two.marco, at=NOON)


@pytest.mark.parametrize("name", ["agree", "decline", "withdraw"])
def test_nobody_but_the_two_sides_answers(two: Twosome, name: str) -> None:
    asked = two.asked()

    with pytest.raises(Forbidden):
        getattr(bilaterals, name)(asked.pk, actor=two.world.bruna, at=NOON)
    assert now(asked).state == Bilateral.State.ASKED


def test_nobody_asks_for_a_delegation_but_its_own_people(two: Twosome) -> None:
    world = two.world
    strangers = {**world.nobodies(), "its counterpart's LO": two.salim}
    for who, actor in strangers.items():
        with pytest.raises(Forbidden):
            bilaterals.ask(
                world.arunika.pk, world.selaya.pk, WANTED, actor=actor, at=NOON
            )
        assert not Bilateral.objects.exists(), who


def test_a_guest_speaks_for_her_side_herself(two: Twosome) -> None:
    asked = two.asked()

    agreed = bilaterals.agree(asked.pk, actor=two.world.eve, at=NOON)

    assert agreed.state == Bilateral.State.AGREED


@pytest.mark.parametrize(
    "wanted",
    [
        replace(WANTED, minutes=20),
        replace(WANTED, minutes=75),  # an hour is the longest
        replace(WANTED, people=1),
        replace(WANTED, level="king"),
        replace(WANTED, asked_language="bahasa yang indah"),
        replace(WANTED, words="x\n" * 11),
        replace(WANTED, earliest_at=NOON, latest_at=NOON + 10 * MINUTE),
    ],
)
def test_a_wish_that_cannot_be_meant_is_said_in_a_sentence(
    two: Twosome, wanted: bilaterals.Wanted
) -> None:
    with pytest.raises(bilaterals.Senseless, match=r"\.$"):
        two.asked(wanted)


def test_there_is_one_live_request_between_two_whoever_asks(two: Twosome) -> None:
    first = two.asked()
    world = two.world
    with pytest.raises(bilaterals.Senseless):
        bilaterals.ask(
            world.selaya.pk, world.arunika.pk, WANTED, actor=two.salim, at=NOON
        )

    bilaterals.decline(first.pk, actor=two.salim, at=NOON)
    assert two.asked().pk != first.pk


def test_a_request_sent_twice_is_one(two: Twosome) -> None:
    world = two.world
    for _twice in range(2):
        bilaterals.ask(
            world.arunika.pk,
            world.selaya.pk,
            WANTED,
            actor=two.marco,
            at=NOON,
            key=ONCE,
        )

    assert Bilateral.objects.get().wishes.count() == 1


def test_the_topics_lie_in_the_journal_sealed(two: Twosome) -> None:
    two.asked()

    entry = Entry.objects.get(verb="bilateral.asked")
    assert "Oars" not in str(entry.facts)
    assert (unseal(entry) or {})["words"] == "Oars\nTowels"


def test_a_place_makes_the_meeting_and_its_hour_private_where_no_press_comes(
    two: Twosome,
) -> None:
    placed = two.placed()

    meeting = Meeting.objects.get()
    assert placed.meeting == meeting
    assert meeting.activity.is_private
    assert (meeting.activity.starts_at, meeting.activity.ends_at) == (
        LATE,
        LATE + 30 * MINUTE,
    )
    assert [point.words_en for point in meeting.agenda.all()] == ["Oars", "Towels"]


def test_only_who_keeps_the_rundown_gives_hours(two: Twosome) -> None:
    agreed = two.agreed()

    for actor in (two.marco, two.salim, two.world.bruna, two.world.ingrid):
        with pytest.raises(Forbidden):
            hours.place(agreed.pk, two.world.pier.pk, LATE, actor=actor, at=NOON)


def test_it_is_confirmed_when_both_have_said_so(two: Twosome) -> None:
    placed = two.placed()

    half = hours.confirm(placed.pk, actor=two.marco, at=NOON).state
    whole = hours.confirm(placed.pk, actor=two.salim, at=NOON).state

    assert (half, whole) == (Bilateral.State.PLACED, Bilateral.State.CONFIRMED)


def test_another_hour_has_to_be_confirmed_anew(two: Twosome) -> None:
    placed = two.placed()
    for actor in (two.marco, two.salim):
        hours.confirm(placed.pk, actor=actor, at=NOON)

    moved = hours.move(
        placed.pk, two.world.hotel.pk, LATE + HOUR, actor=two.world.wati, at=NOON
    )

    activity = Activity.objects.get()
    assert moved.state == Bilateral.State.PLACED
    assert (activity.begins, activity.place) == (LATE + HOUR, two.world.hotel)


def test_who_is_displaced_waits_again_and_has_no_ghost_on_the_rundown(
    two: Twosome,
) -> None:
    placed = two.placed()

    hours.displace(placed.pk, actor=two.world.wati, at=NOON)

    assert now(placed).state == Bilateral.State.AGREED
    assert Activity.objects.get().state == Activity.State.CANCELLED


def test_what_runs_is_neither_displaced_nor_withdrawn(two: Twosome) -> None:
    placed = two.placed(NOON + HOUR)
    wind_to(two.world.event, NOON + HOUR)
    activities.start(Activity.objects.get().pk, actor=two.world.wati, at=NOON + HOUR)

    with pytest.raises(IllegalMove):
        hours.displace(placed.pk, actor=two.world.wati, at=NOON + HOUR)
    with pytest.raises(IllegalMove):
        bilaterals.withdraw(placed.pk, actor=two.marco, at=NOON + HOUR)
    assert Activity.objects.get().state == Activity.State.RUNNING


def test_a_side_that_withdraws_frees_the_hour(two: Twosome) -> None:
    placed = two.placed()

    bilaterals.withdraw(placed.pk, actor=two.salim, at=NOON)

    assert now(placed).state == Bilateral.State.WITHDRAWN
    assert Meeting.objects.get().state == Meeting.State.CANCELLED


def test_two_hours_before_both_are_asked_again_and_silence_releases_the_hour(
    two: Twosome,
) -> None:
    placed = two.placed()
    for actor in (two.marco, two.salim):
        hours.confirm(placed.pk, actor=actor, at=NOON)

    work_until(two.world, LATE - 2 * HOUR)
    asked_again = now(placed).state
    hours.confirm(placed.pk, actor=two.marco, at=LATE - 2 * HOUR)
    work_until(two.world, LATE - HOUR)

    assert asked_again == Bilateral.State.PLACED
    assert list(disagreements(Bilateral)) == []
    assert now(placed).state == Bilateral.State.RELEASED
    assert Activity.objects.get().state == Activity.State.CANCELLED


def test_both_who_say_it_again_keep_their_hour(two: Twosome) -> None:
    placed = two.placed()
    work_until(two.world, LATE - 2 * HOUR)

    for actor in (two.marco, two.salim):
        hours.confirm(placed.pk, actor=actor, at=LATE - 2 * HOUR)
    work_until(two.world, LATE + HOUR)

    assert now(placed).state == Bilateral.State.CONFIRMED


def test_a_meeting_moved_meanwhile_is_not_released_at_its_former_hour(
    two: Twosome,
) -> None:
    placed = two.placed()
    hours.move(
        placed.pk, two.world.pier.pk, LATE + 6 * HOUR, actor=two.world.wati, at=NOON
    )

    work_until(two.world, LATE)

    assert now(placed).state == Bilateral.State.PLACED
    assert "bilateral.asked_again" not in verbs()


def test_hours_are_told_by_ones_own_people_and_seen_by_nobody_else(
    two: Twosome,
) -> None:
    world = two.world
    span = free_hours.tell_hours(
        world.arunika.pk, NOON, NOON + HOUR, actor=two.marco, at=NOON
    )

    with pytest.raises(Forbidden):
        free_hours.take_back_hours(span.pk, actor=two.salim, at=NOON)
    seen = type(span).objects
    assert span in seen.visible_to(two.marco)
    for actor in (two.salim, world.eve, world.wati, world.bruna):
        assert span not in seen.visible_to(actor)


def test_a_meeting_called_off_at_the_desk_takes_the_request_along(
    two: Twosome,
) -> None:
    placed = two.placed()

    meetings.call_off(
        Meeting.objects.get().pk, "A storm", actor=two.world.wati, at=NOON
    )
    work_until(two.world, NOON)

    assert now(placed).state == Bilateral.State.RELEASED


def test_what_an_erased_person_wrote_is_emptied_and_the_request_stays(
    two: Twosome,
) -> None:
    asked = two.asked()
    assert two.marco.person_id is not None

    wishes.forget_words_of(two.marco.person_id, at=NOON)

    assert (asked.wish.words, asked.wish.minutes) == ("", 30)


def test_who_acts_for_whom_is_the_same_for_one_and_for_many(two: Twosome) -> None:
    world = two.world
    people = (two.marco, two.salim, world.eve, world.ingrid, world.wati, world.bruna)
    for actor in (*people, world.for_ingrid, *world.nobodies().values()):
        if actor.on_word_of is None:
            one_by_one = {
                side.pk
                for side in (world.arunika, world.selaya)
                if acts_for(actor, side)
            }
            found = spoken_for(actor, world.event).values_list("pk", flat=True)
            assert set(found) == one_by_one, actor
