"""A template is run; its steps are ticked, slip, are late and come back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.loop.drills import DAY, alarm, book, fire_book, line, steps_of, timeline
from tests.loop.stories import all_done
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.loop.commands import playbooks, steps
from titian.loop.commands.asks import close
from titian.loop.commands.playbooks import NoAnchor, Waits
from titian.loop.commands.steps import NotShown
from titian.loop.models import Anchor, Ask, Playbook, Run, Showing, Step
from titian.loop.saying import BadHour
from titian.loop.steps import moves_open_to, red_of
from titian.people.models import Delegation, Seat

MAY_8 = NOON.replace(hour=0) + 7 * DAY
LATE = MAY_8 - 5 * DAY + HOUR


def test_running_a_timeline_gives_each_line_an_owner_and_an_hour(world: World) -> None:
    found = timeline(world)

    due = {code: (step.due_at, step.owner) for code, step in found.items()}
    assert due == {
        "pontoon": (MAY_8 - 5 * DAY, world.boats),
        "boats": (MAY_8 - 3 * DAY, world.boats),
        "race": (MAY_8, world.boats),
        "dinner": (MAY_8 - DAY, world.kitchen),
    }


def test_a_list_is_run_once_for_the_same_arrival(world: World) -> None:
    arrival = book(world, Playbook.Kind.CHECKLIST)
    line(arrival, "car", -1, anchor=Anchor.ARRIVAL)

    for _tap in range(2):
        playbooks.run(
            arrival.pk,
            moments={"arrival": NOON + 3 * DAY},
            delegation_id=world.arunika.pk,
            subject=("logistics.journey", 7),
            actor=world.marco,
            at=NOON,
        )

    assert (Run.objects.count(), Step.objects.get().due_at) == (1, NOON + 2 * DAY)


def test_an_anchor_that_moves_takes_the_open_steps_with_it(world: World) -> None:
    arrival = book(world, Playbook.Kind.CHECKLIST)
    line(arrival, "car", -1, anchor=Anchor.ARRIVAL)
    line(arrival, "hotel", 1, anchor=Anchor.ARRIVAL)
    run = playbooks.run(
        arrival.pk, moments={"arrival": NOON + 3 * DAY}, actor=world.wati, at=NOON
    )
    steps.tick(steps_of(run)["car"].pk, actor=world.wati, at=NOON)

    playbooks.move_anchor(run.pk, NOON + 5 * DAY, at=NOON)

    due = {code: step.due_at for code, step in steps_of(run).items()}
    assert due == {"car": NOON + 2 * DAY, "hotel": NOON + 6 * DAY}


def test_a_list_without_its_moment_says_which_is_missing(world: World) -> None:
    arrival = book(world, Playbook.Kind.CHECKLIST)
    line(arrival, "car", -1, anchor=Anchor.ARRIVAL)

    with pytest.raises(NoAnchor, match="arrival"):
        playbooks.run(arrival.pk, actor=world.wati, at=NOON)


@pytest.mark.parametrize("who", ["ingrid", "marco", "bruna", "eve"])
def test_only_a_coordinator_runs_the_timeline(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        playbooks.run(book(world).pk, actor=getattr(world, who), at=NOON)


def test_the_officer_runs_a_list_for_her_own_delegation_only(world: World) -> None:
    arrival = book(world, Playbook.Kind.CHECKLIST)

    with pytest.raises(Forbidden):
        playbooks.run(
            arrival.pk, delegation_id=world.selaya.pk, actor=world.marco, at=NOON
        )


def test_the_team_ticks_its_own_step(world: World) -> None:
    step = timeline(world)["pontoon"]

    done = steps.tick(step.pk, "It floats", actor=world.bruna, at=NOON)

    assert (done.state, done.done_at, done.words) == ("done", NOON, "It floats")
    assert done.done_by_id == world.bruna.person_id


@pytest.mark.parametrize("who", ["ingrid", "marco", "petra", "eve"])
def test_nobody_ticks_for_another_team(world: World, who: str) -> None:
    step = timeline(world)["pontoon"]

    with pytest.raises(Forbidden):
        steps.tick(step.pk, actor=getattr(world, who), at=NOON)


def test_two_taps_are_one_tick(world: World) -> None:
    step, key = timeline(world)["pontoon"], uuid4()

    for _tap in range(2):
        steps.tick(step.pk, actor=world.bruna, at=NOON, key=key)

    assert Entry.objects.filter(verb="step.ticked").count() == 1


def test_what_is_ticked_is_not_ticked_again(world: World) -> None:
    step = timeline(world)["pontoon"]
    steps.tick(step.pk, actor=world.bruna, at=NOON)

    with pytest.raises(IllegalMove):
        steps.tick(step.pk, actor=world.wati, at=NOON)


def test_a_tick_can_be_taken_back(world: World) -> None:
    step = timeline(world)["pontoon"]
    steps.tick(step.pk, "It floats", actor=world.bruna, at=NOON)

    back = steps.untick(step.pk, actor=world.bruna, at=NOON)

    assert (back.state, back.done_at, back.words) == ("open", None, "")


@pytest.mark.parametrize(
    ("evidence", "media_type"),
    [(Showing.PHOTO, "application/pdf"), (Showing.PHOTO, ""), (Showing.DOCUMENT, "")],
)
def test_a_step_that_asks_to_be_shown_is_not_done_by_words(
    world: World, evidence: str, media_type: str
) -> None:
    step = timeline(world)["pontoon"]
    Step.objects.update(evidence=evidence)

    with pytest.raises(NotShown):
        if media_type:
            steps.tick_with_file(
                step.pk,
                b"%PDF",
                name="a.pdf",
                media_type=media_type,
                actor=world.bruna,
                at=NOON,
            )
        else:
            steps.tick(step.pk, "Really", actor=world.bruna, at=NOON)


def test_a_photo_shows_who_did_it_and_when(world: World) -> None:
    step = timeline(world)["pontoon"]
    Step.objects.update(evidence=Showing.PHOTO)

    done = steps.tick_with_file(
        step.pk,
        b"\x89PNG",
        name="pontoon.png",
        media_type="image/png",
        actor=world.bruna,
        at=NOON,
    )

    assert done.shown is not None
    assert (done.shown.name, done.done_at) == ("pontoon.png", NOON)


def test_a_late_step_is_an_ask_to_its_team(world: World) -> None:
    step = timeline(world)["pontoon"]

    verbs = all_done(world, LATE)

    step.refresh_from_db()
    ask = Ask.objects.get()
    assert step.ask == ask
    assert (ask.owner, ask.state, ask.asked_by.category) == (
        world.boats,
        "passed",
        "house",
    )
    assert {"step.late", "ask.passed_on", "ask.left_waiting"} <= set(verbs)


def test_no_guest_sees_what_is_late_among_ourselves(world: World) -> None:
    timeline(world)
    all_done(world, LATE)

    seen = [
        who for who in ("ingrid", "eve") if Ask.objects.visible_to(getattr(world, who))
    ]

    assert seen == []
    assert set(Delegation.objects.visible_to(world.wati)) == {
        world.arunika,
        world.selaya,
    }


def test_ticking_a_late_step_answers_its_ask_and_the_coordinator_closes_it(
    world: World,
) -> None:
    step = timeline(world)["pontoon"]
    all_done(world, LATE)

    steps.tick(step.pk, "It floats", actor=world.bruna, at=LATE)

    ask = Ask.objects.get()
    assert (ask.state, ask.answer_words) == ("answered", "It floats")
    assert close(ask.pk, actor=world.wati, at=LATE).state == "closed"


def test_the_timer_that_runs_twice_makes_one_ask_even_without_a_coordinator(
    world: World,
) -> None:
    step, key = timeline(world)["pontoon"], uuid4()
    Seat.objects.filter(role=Seat.Role.COORDINATOR).delete()

    for _run in range(2):
        steps.miss_the_hour(step.pk, at=LATE, key=key)

    assert Entry.objects.filter(verb="step.late").count() == 1
    assert Ask.objects.count() == 0


def test_a_step_done_in_time_is_never_late(world: World) -> None:
    steps.tick(timeline(world)["pontoon"].pk, actor=world.bruna, at=NOON)

    all_done(world, LATE)

    assert Ask.objects.count() == 0


def test_a_slip_moves_what_it_pushes_and_is_watched_at_its_new_hour(
    world: World,
) -> None:
    found = timeline(world)
    to_at = MAY_8 - 2 * DAY

    pushes = steps.pushes_of(found["pontoon"], to_at)
    steps.slip(
        found["pontoon"].pk,
        to_at,
        "The crane is late",
        pushing=[push.code for push in pushes],
        actor=world.bruna,
        at=NOON,
    )

    due = {step.code: step.due_at for step in Step.objects.all()}
    assert [push.code for push in pushes] == ["boats"]
    assert (due["pontoon"], due["boats"], due["race"]) == (to_at, to_at + DAY, MAY_8)
    all_done(world, LATE)
    assert Ask.objects.count() == 0


def test_a_slip_that_would_push_more_than_was_shown_is_too_late(world: World) -> None:
    step = timeline(world)["pontoon"]

    with pytest.raises(IllegalMove):
        steps.slip(step.pk, MAY_8, "Later", pushing=[], actor=world.bruna, at=NOON)


def test_a_slip_into_the_past_is_refused(world: World) -> None:
    step = timeline(world)["pontoon"]

    with pytest.raises(BadHour):
        steps.slip(step.pk, NOON - HOUR, "Earlier", actor=world.bruna, at=NOON)


def test_a_slip_taken_back_gives_every_pushed_step_its_hour_again(
    world: World,
) -> None:
    found = timeline(world)
    before = {code: step.due_at for code, step in found.items()}
    steps.slip(found["pontoon"].pk, MAY_8 + DAY, "Later", actor=world.bruna, at=NOON)

    steps.take_back_slip(found["pontoon"].pk, actor=world.bruna, at=NOON)

    assert {step.code: step.due_at for step in Step.objects.all()} == before
    with pytest.raises(IllegalMove):
        steps.take_back_slip(found["pontoon"].pk, actor=world.bruna, at=NOON)


def test_the_red_path_says_its_cause_in_both_languages(world: World) -> None:
    timeline(world)

    found = red_of(Step.objects.all(), world.event, MAY_8 - 2 * DAY - HOUR)

    assert found is not None
    path, (english, indonesian) = found
    assert path.codes == ("pontoon", "boats")
    assert english.startswith("“Pontoon” (Boat desk) was due 3 May")
    assert indonesian.startswith("“pontoon (id)” (Boat desk)")


def test_a_dropped_step_holds_nothing_up(world: World) -> None:
    found = timeline(world)

    steps.drop(found["pontoon"].pk, "A pier instead", actor=world.wati, at=NOON)

    assert red_of(Step.objects.all(), world.event, LATE) is None
    assert steps.restore(found["pontoon"].pk, actor=world.wati, at=NOON).state == "open"


def test_the_team_may_not_drop_its_step(world: World) -> None:
    with pytest.raises(Forbidden):
        steps.drop(timeline(world)["pontoon"].pk, "No", actor=world.bruna, at=NOON)


@pytest.mark.parametrize(
    ("who", "moves"),
    [
        ("bruna", ["tick", "slip"]),
        ("wati", ["tick", "drop", "slip"]),
        ("marco", []),
        ("petra", []),
    ],
)
def test_each_has_the_buttons_of_its_side(
    world: World, who: str, moves: list[str]
) -> None:
    step = timeline(world)["pontoon"]

    assert moves_open_to(getattr(world, who), step) == moves


@pytest.mark.parametrize(
    ("who", "count"), [("wati", 4), ("petra", 4), ("marco", 0), ("ingrid", 0)]
)
def test_who_keeps_a_seat_sees_the_timeline(world: World, who: str, count: int) -> None:
    timeline(world)

    assert Step.objects.visible_to(getattr(world, who)).count() == count


def test_changing_a_template_makes_a_new_version_and_leaves_what_is_under_way(
    world: World,
) -> None:
    timeline(world)
    playbook = Playbook.objects.get()

    playbooks.write_line(
        playbook.pk,
        "crane",
        what_en="Crane ordered",
        minutes=-9 * 1440,
        anchor=Anchor.START,
        depends_on=["pontoon"],
        actor=world.wati,
        at=NOON,
    )

    playbook.refresh_from_db()
    assert (playbook.version, playbook.lines.count(), Step.objects.count()) == (2, 5, 4)


def test_a_line_never_waits_for_what_is_not_there(world: World) -> None:
    with pytest.raises(Waits):
        playbooks.write_line(
            book(world).pk,
            "a",
            what_en="A",
            minutes=0,
            depends_on=["b"],
            actor=world.wati,
            at=NOON,
        )


def test_an_alarm_begins_its_playbook_with_clocks_from_the_alarm(world: World) -> None:
    fire_book(world)

    incident = alarm(world)

    assert incident.run is not None
    found = steps_of(incident.run)
    assert found["count"].due_at == NOON + 8 * MINUTE
    assert found["out"].owner_person_id == world.marco.person_id
    assert incident.run.delegation == world.arunika


def test_a_step_of_an_emergency_not_done_in_time_goes_up(world: World) -> None:
    fire_book(world)
    alarm(world)

    all_done(world, NOON + timedelta(minutes=9))

    late = Step.objects.exclude(ask=None).values_list("code", flat=True)
    assert sorted(late) == ["count", "out"]
