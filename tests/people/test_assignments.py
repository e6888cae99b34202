"""An officer accompanies a delegation once both sides agree, and only she agrees."""

from uuid import uuid4

import pytest

from tests.people.cast import asked, make_duty, make_officer
from tests.world import HOUR, MINUTE, NOON, World, with_account
from titian.kernel import sealing
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.people.commands.assignments import (
    AlreadyAsked,
    Engaged,
    Reasonless,
    agree,
    ask_again,
    assign,
    decline,
    introduce,
    relieve,
)
from titian.people.models import Assignment, Duty
from titian.people.queries import engagements, shown_officers


def names_shown(world: World) -> list[str]:
    return [str(one.officer) for one in shown_officers(world.arunika)]


def held(world: World) -> list[tuple[object, object]]:
    duties = Duty.objects.filter(withdrawn_at=None).order_by("starts_at")
    return list(duties.values_list("starts_at", "ends_at"))


def test_the_guest_sees_the_name_only_when_both_agree(world: World) -> None:
    nora = make_officer(world, "Nora", "LO-2")
    actor = with_account(nora.person)

    assignment = assign(nora.pk, world.arunika.pk, "relief", actor=world.wati, at=NOON)
    assert names_shown(world) == ["Marco"]
    agree(assignment.pk, actor=actor, at=NOON)
    assert names_shown(world) == ["Marco", "Nora"]
    decline(assignment.pk, "Exams", actor=actor, at=NOON)
    assert names_shown(world) == ["Marco"]


def test_only_a_coordinator_assigns(world: World) -> None:
    nora = make_officer(world, "Nora", "LO-2")

    for actor in (world.marco, world.bruna, world.ingrid, *world.nobodies().values()):
        with pytest.raises(Forbidden):
            assign(nora.pk, world.arunika.pk, actor=actor, at=NOON)


def test_a_retry_asks_once(world: World) -> None:
    nora, key = make_officer(world, "Nora", "LO-2"), uuid4()

    first, second = (
        assign(nora.pk, world.arunika.pk, actor=world.wati, at=NOON, key=key)
        for _time in range(2)
    )

    assert first == second


def test_one_officer_is_not_given_to_two_delegations(world: World) -> None:
    with pytest.raises(Engaged, match="Marco is already the primary LO of Arunika"):
        assign(world.officer.pk, world.selaya.pk, actor=world.wati, at=NOON)


def test_hours_with_another_delegation_are_refused_by_name(world: World) -> None:
    make_duty(world.officer, world.arunika, NOON, NOON + 3 * HOUR)
    wanted = [(NOON + 2 * HOUR, NOON + 4 * HOUR)]

    with pytest.raises(
        Engaged, match=r"already with Arunika on 1 May 12[.:]00–15[.:]00"
    ):
        assign(
            world.officer.pk,
            world.selaya.pk,
            "relief",
            hours=wanted,
            actor=world.wati,
            at=NOON,
        )


def test_hours_that_only_touch_are_no_clash(world: World) -> None:
    make_duty(world.officer, world.arunika, NOON, NOON + 3 * HOUR)

    assign(
        world.officer.pk,
        world.selaya.pk,
        starts_at=NOON + 3 * HOUR,
        ends_at=NOON + 4 * HOUR,
        hours=[(NOON + 3 * HOUR, NOON + 4 * HOUR)],
        actor=world.wati,
        at=NOON,
    )

    together = [str(one.delegation) for one in engagements(world.officer)]
    assert sorted(together) == ["Arunika", "Selaya"]


def test_spans_that_follow_each_other_are_no_clash(world: World) -> None:
    world.assignment.ends_at = NOON
    world.assignment.save()

    assign(
        world.officer.pk,
        world.selaya.pk,
        starts_at=NOON,
        ends_at=NOON + HOUR,
        actor=world.wati,
        at=NOON,
    )

    assert Assignment.objects.filter(delegation=world.selaya).exists()


def test_a_coordinator_overrides_with_a_sealed_reason(world: World) -> None:
    assign(
        world.officer.pk,
        world.selaya.pk,
        reason="They sit in one hotel",
        actor=world.wati,
        at=NOON,
    )

    entry = Entry.objects.get(verb="officer.assigned")
    assert sealing.unseal(entry) == {"override": "They sit in one hotel"}
    assert "hotel" not in str(entry.facts)


def test_a_pair_is_asked_once(world: World) -> None:
    with pytest.raises(AlreadyAsked, match="already asked"):
        assign(world.officer.pk, world.arunika.pk, actor=world.wati, at=NOON)


def test_who_declined_is_asked_again_not_anew(world: World) -> None:
    decline(world.assignment.pk, "Exams", actor=world.marco, at=NOON)

    with pytest.raises(AlreadyAsked, match="Ask again"):
        assign(world.officer.pk, world.arunika.pk, actor=world.wati, at=NOON)
    again = ask_again(world.assignment.pk, actor=world.wati, at=NOON)

    assert again.consent == "asked"


def test_the_officer_alone_answers(world: World) -> None:
    nora = make_officer(world, "Nora", "LO-2")
    assignment = asked(nora, world.arunika)

    for actor in (world.wati, world.marco, world.ingrid, *world.nobodies().values()):
        with pytest.raises(Forbidden):
            agree(assignment.pk, actor=actor, at=NOON)
        with pytest.raises(Forbidden):
            decline(assignment.pk, "No", actor=actor, at=NOON)


def test_declining_needs_a_word(world: World) -> None:
    for reason in ("", "  ", "x" * 2001):
        with pytest.raises(Reasonless):
            decline(world.assignment.pk, reason, actor=world.marco, at=NOON)


def test_the_reason_is_sealed_as_hers(world: World) -> None:
    decline(world.assignment.pk, "My mother is ill", actor=world.marco, at=NOON)

    entry = Entry.objects.get(verb="officer.declined")
    assert sealing.unseal(entry) == {"reason": "My mother is ill"}
    assert entry.about_id == world.officer.person_id
    assert "mother" not in str(entry.facts)


def test_coming_duties_become_gaps_and_past_hours_stay(world: World) -> None:
    make_duty(world.officer, world.arunika, NOON - 2 * HOUR, NOON + 2 * HOUR)
    make_duty(world.officer, world.arunika, NOON + 5 * HOUR, NOON + 6 * HOUR)
    make_duty(world.officer, world.selaya, NOON + 7 * HOUR, NOON + 8 * HOUR)

    decline(world.assignment.pk, "Ill", actor=world.marco, at=NOON)

    assert held(world) == [
        (NOON - 2 * HOUR, NOON),
        (NOON + 7 * HOUR, NOON + 8 * HOUR),
    ]
    assert Entry.objects.get(verb="officer.declined").facts["freed"] == 2


def test_relieving_frees_her_too(world: World) -> None:
    make_duty(world.officer, world.arunika, NOON + HOUR, NOON + 2 * HOUR)

    relieved = relieve(world.assignment.pk, actor=world.wati, at=NOON)

    assert relieved.relieved_at == NOON
    assert held(world) == []
    with pytest.raises(IllegalMove):
        relieve(world.assignment.pk, actor=world.wati, at=NOON)
    with pytest.raises(IllegalMove):
        decline(world.assignment.pk, "Late", actor=world.marco, at=NOON)


def test_only_a_coordinator_relieves_and_asks_again(world: World) -> None:
    for actor in (world.marco, world.bruna, *world.nobodies().values()):
        with pytest.raises(Forbidden):
            relieve(world.assignment.pk, actor=actor, at=NOON)
        with pytest.raises(Forbidden):
            ask_again(world.assignment.pk, actor=actor, at=NOON)


def test_an_answer_twice_is_too_late(world: World) -> None:
    with pytest.raises(IllegalMove):
        agree(world.assignment.pk, actor=world.marco, at=NOON)


def test_a_retry_declines_once(world: World) -> None:
    key = uuid4()

    for _time in range(2):
        decline(world.assignment.pk, "Ill", actor=world.marco, at=NOON, key=key)

    assert Entry.objects.filter(verb="officer.declined").count() == 1


def test_retries_of_every_answer_change_nothing(world: World) -> None:
    nora = make_officer(world, "Nora", "LO-2")
    actor, assignment = with_account(nora.person), asked(nora, world.arunika)
    keys = [uuid4() for _act in range(4)]

    for _time in range(2):
        agree(assignment.pk, actor=actor, at=NOON, key=keys[0])
    for _time in range(2):
        introduce(assignment.pk, actor=actor, at=NOON, key=keys[1])
    decline(assignment.pk, "Ill", actor=actor, at=NOON)
    for _time in range(2):
        ask_again(assignment.pk, actor=world.wati, at=NOON, key=keys[2])
    for _time in range(2):
        relieve(assignment.pk, actor=world.wati, at=NOON, key=keys[3])

    assert Entry.objects.filter(key__in=keys).count() == 4


def test_the_first_meeting_is_written_down_once(world: World) -> None:
    introduce(world.assignment.pk, actor=world.marco, at=NOON)
    again = introduce(world.assignment.pk, actor=world.wati, at=NOON + MINUTE)

    assert again.introduced_at == NOON


def test_nobody_is_introduced_before_she_agrees(world: World) -> None:
    assignment = asked(make_officer(world, "Nora", "LO-2"), world.arunika)

    with pytest.raises(IllegalMove):
        introduce(assignment.pk, actor=world.wati, at=NOON)
    with pytest.raises(Forbidden):
        introduce(world.assignment.pk, actor=world.bruna, at=NOON)
