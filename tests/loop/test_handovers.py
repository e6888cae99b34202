"""Nobody ends duty before the relief has accepted what is open and both have signed."""

from uuid import uuid4

import pytest
from django.core import mail

from tests.loop.relieving import (
    Relief,
    accepted,
    all_accepted,
    begun,
    make_relief,
    states,
    taken,
)
from tests.loop.stories import all_done, passed, said
from tests.people.cast import make_duty
from tests.world import DETAILS, HOUR, MINUTE, NOON, World
from titian.kernel import compartments, journal
from titian.kernel.agreeing import disagreements
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Compartment, Entry
from titian.kernel.policy import Forbidden
from titian.kernel.sealing import unseal
from titian.logistics.commands import custody
from titian.logistics.models import Holding
from titian.loop.commands import asks, handover_items, handovers, promises
from titian.loop.handing import carried_now, left_of, left_open, lines_of
from titian.loop.holders import holds
from titian.loop.models import Ask, HandOver, HandOverItem, LeftOut, Promise
from titian.loop.queries import introduction_of, who_has_it
from titian.people.commands.leaving import StillOpen
from titian.people.models import Assignment, Duty, FocalPoint, Person, Seat
from titian.people.queries import Roster

S = HandOver.State
KIND = HandOverItem._meta.label_lower


@pytest.fixture
def relief(world: World) -> Relief:
    return make_relief(world)


def in_person(world: World) -> Promise:
    return promises.promise(
        world.arunika.pk, "A ramp", due_at=NOON + HOUR, actor=world.marco, at=NOON
    )


def test_the_list_names_asks_promises_and_things(world: World, relief: Relief) -> None:
    said(world)
    in_person(world)
    custody.take(world.arunika.pk, "key", "pier gate", 2, actor=world.marco, at=NOON)

    row = begun(world, relief)

    kinds = [one.carried.kind for one in lines_of(row)]
    assert kinds == ["ask", "promise", "custody"]
    assert row.items.count() == 3
    assert row.duty is not None and row.duty.officer == world.officer


def test_what_comes_later_joins_and_what_is_closed_leaves(
    world: World, relief: Relief
) -> None:
    first = said(world)
    row = begun(world, relief)
    all_accepted(row, relief)

    second = said(world)
    asks.withdraw(first.pk, actor=world.ingrid, at=NOON)

    (left,) = left_of(row)
    assert left.subject_id == second.pk
    with pytest.raises(StillOpen, match=second.code):
        handovers.hand_over(row.pk, actor=world.marco, at=NOON)


def test_what_is_exact_is_said_back_field_by_field(
    world: World, relief: Relief
) -> None:
    passed(world, Ask.Weight.EXACT)
    row = begun(world, relief)
    (one,) = carried_now(row)
    assert one.fields == DETAILS

    with pytest.raises(LeftOut):
        accepted(row, relief, one, where="")
    differs = accepted(row, relief, one, where="the hotel")
    assert differs.state == HandOverItem.State.QUESTIONED
    kinds = {each.field: each.kind for each in differs.differing(one.fields)}
    assert kinds == {"how_many": "same", "where": "differs", "when": "same"}
    assert accepted(row, relief, one).state == HandOverItem.State.ACCEPTED


def test_a_question_is_answered_before_it_is_accepted(
    world: World, relief: Relief
) -> None:
    said(world)
    row = begun(world, relief)
    (one,) = carried_now(row)
    args = (row.pk, *one.key)

    handover_items.question(*args, "Which pier?", actor=relief.actor, at=NOON)
    assert lines_of(row)[0].question == "Which pier?"
    with pytest.raises(Forbidden):
        handover_items.explain(*args, "B", actor=relief.actor, at=NOON)
    handover_items.explain(*args, "Pier B", actor=world.marco, at=NOON)

    (line,) = lines_of(row)
    assert (line.state, line.explained) == ("open", "Pier B")
    assert accepted(row, relief, one).state == "accepted"
    entry = Entry.objects.get(verb="handover.item_explained")
    assert (unseal(entry) or {}) == {"words": "Pier B"}
    assert "Pier" not in str(entry.facts)


def test_she_who_leaves_adds_what_no_list_knows(world: World, relief: Relief) -> None:
    row = begun(world, relief)

    word = "She shakes no hands"
    handover_items.add_word(row.pk, word, actor=world.marco, at=NOON)

    assert states(row) == {word: "open"}
    raw = HandOverItem.objects.values_list("words", flat=True).get()
    assert word not in raw
    with pytest.raises(Forbidden):
        handover_items.add_word(row.pk, "x", actor=relief.actor, at=NOON)


def test_a_changed_thing_is_read_anew(world: World, relief: Relief) -> None:
    ask = passed(world, Ask.Weight.EXACT)
    row = begun(world, relief)
    (before,) = carried_now(row)
    accepted(row, relief, before)
    Ask.objects.filter(pk=ask.pk).update(details=DETAILS | {"how_many": "3"})

    assert [one.state for one in lines_of(row)] == ["open"]
    with pytest.raises(StillOpen, match="changed meanwhile"):
        accepted(row, relief, before)
    with pytest.raises(StillOpen, match="not accepted"):
        handovers.hand_over(row.pk, actor=world.marco, at=NOON)


def test_both_sign_each_at_an_hour_of_their_own(world: World, relief: Relief) -> None:
    said(world)
    row = begun(world, relief)
    with pytest.raises(StillOpen):
        handovers.hand_over(row.pk, actor=world.marco, at=NOON)
    all_accepted(row, relief)
    with pytest.raises(IllegalMove):
        handovers.take_over(row.pk, actor=relief.actor, at=NOON)
    with pytest.raises(Forbidden):
        handovers.hand_over(row.pk, actor=relief.actor, at=NOON)

    handovers.hand_over(row.pk, actor=world.marco, at=NOON + MINUTE)
    over = handovers.take_over(row.pk, actor=relief.actor, at=NOON + 2 * MINUTE)

    assert (over.handed_at, over.taken_at) == (NOON + MINUTE, NOON + 2 * MINUTE)
    assert over.state == S.TAKEN


def test_what_was_promised_and_the_roster_pass_with_the_second_signature(
    world: World, relief: Relief
) -> None:
    promise = in_person(world)
    key = custody.take(world.arunika.pk, "key", actor=world.marco, at=NOON)

    taken(world, relief, at=NOON + HOUR)
    all_done(world, NOON + HOUR)

    promise.refresh_from_db()
    assert promise.owner_person == relief.officer.person
    assert Entry.objects.filter(verb="promise.passed_on").count() == 1
    first = Roster(world.arunika).at(NOON + HOUR + MINUTE)[0]
    assert (first.person, first.is_on_duty) == (relief.officer.person, True)
    assert Holding.objects.get(pk=key.pk).holder == relief.officer.person
    assert not holds(world.officer, world.arunika, NOON + HOUR)
    assert holds(relief.officer, world.arunika, NOON + HOUR)


def test_what_waits_for_the_officer_waits_for_who_took_over(
    world: World, relief: Relief
) -> None:
    ask = said(world)
    assert who_has_it(ask) == "Marco, LO"

    taken(world, relief)

    assert who_has_it(ask) == "Nora, LO"


def test_the_guests_hear_it_by_their_own_way(world: World, relief: Relief) -> None:
    ingrid = Person.objects.get(display="Ingrid")
    FocalPoint.objects.create(delegation=world.arunika, person=ingrid)
    row = begun(world, relief)
    handovers.hand_over(row.pk, actor=world.marco, at=NOON)
    all_done(world, NOON)
    assert "ingrid@example.org" not in [one.to[0] for one in mail.outbox]

    handovers.take_over(row.pk, actor=relief.actor, at=NOON)
    all_done(world, NOON)

    (told,) = [one for one in mail.outbox if one.to == ["ingrid@example.org"]]
    assert "Nora" in told.subject


def test_for_good_the_assignment_passes_too(world: World, relief: Relief) -> None:
    row = handovers.begin(
        world.arunika.pk,
        relief.officer.pk,
        is_for_good=True,
        actor=world.wati,
        at=NOON,
    )
    handovers.hand_over(row.pk, actor=world.marco, at=NOON)
    handovers.take_over(row.pk, actor=relief.actor, at=NOON)

    world.assignment.refresh_from_db()
    relief.assignment.refresh_from_db()
    assert world.assignment.relieved_at == NOON
    assert relief.assignment.role == Assignment.Role.PRIMARY


def test_a_relief_who_has_not_agreed_does_not_take_over(world: World) -> None:
    relief = make_relief(world, Assignment.Consent.ASKED)
    row = begun(world, relief)
    handovers.hand_over(row.pk, actor=world.marco, at=NOON)

    with pytest.raises(StillOpen, match="accompany"):
        handovers.take_over(row.pk, actor=relief.actor, at=NOON)


def test_guests_are_told_who_is_new_once_both_have_signed(
    world: World, relief: Relief
) -> None:
    row = begun(world, relief)
    handovers.hand_over(row.pk, actor=world.marco, at=NOON)
    assert introduction_of(world.arunika, NOON) is None

    handovers.take_over(row.pk, actor=relief.actor, at=NOON)
    assert introduction_of(world.arunika, NOON) == row
    assert introduction_of(world.arunika, NOON + 25 * HOUR) is None
    Assignment.objects.filter(pk=relief.assignment.pk).update(relieved_at=NOON)
    assert introduction_of(world.arunika, NOON) is None


def test_a_coordinator_lets_go_who_is_ill_and_the_list_stays_open(
    world: World, relief: Relief
) -> None:
    said(world)
    row = begun(world, relief)
    with pytest.raises(Forbidden):
        handovers.let_go(row.pk, "ill", actor=world.marco, at=NOON)
    with pytest.raises(handovers.NoRelief):
        handovers.let_go(row.pk, " ", actor=world.wati, at=NOON)

    gone = handovers.let_go(row.pk, "He has a fever", actor=world.wati, at=NOON)

    assert gone.state == S.LET_GO
    assert left_open(world.officer, world.arunika, NOON) == ""
    assert Roster(world.arunika).at(NOON)[0].person == relief.officer.person
    entry = Entry.objects.get(verb="handover.let_go")
    assert (unseal(entry) or {})["override"] == "He has a fever"
    assert entry.facts["left"] == 1
    with pytest.raises(StillOpen):
        handovers.take_over(row.pk, actor=relief.actor, at=NOON)
    all_accepted(row, relief)
    assert handovers.take_over(row.pk, actor=relief.actor, at=NOON).state == S.TAKEN


def test_an_hour_that_passes_unsigned_keeps_her_on_duty_and_calls_the_leaders(
    world: World, relief: Relief
) -> None:
    row = begun(world, relief)
    until = NOON + 2 * HOUR

    all_done(world, until + MINUTE)

    entry = Entry.objects.get(verb="handover.late")
    assert world.wati.person_id in entry.facts["called"]
    assert row.duty is not None
    assert Duty.objects.get(pk=row.duty.pk).ends_at == until + 30 * MINUTE
    handovers.call_off(row.pk, actor=world.wati, at=until + MINUTE)
    all_done(world, until + 3 * HOUR)
    assert Entry.objects.filter(verb="handover.late").count() == 1


def test_sealed_notes_are_named_to_who_may_open_them_and_to_nobody_else(
    world: World, relief: Relief
) -> None:
    medical = Seat.objects.create(
        event=world.event,
        person=relief.officer.person,
        team=world.boats,
    )
    assert world.ingrid.person_id is not None
    world.boats.code = "MED"
    world.boats.save()
    compartments.put_away(
        "Takes insulin",
        Compartment.MEDICAL,
        event=world.event,
        about=world.ingrid.person_id,
        concerns=world.arunika.pk,
        actor=relief.actor,
        at=NOON,
    )

    row = begun(world, relief)
    assert states(row) == {"Sealed note, medical, of 1 May": "open"}
    medical.delete()
    assert states(row) == {}


def test_only_the_two_and_a_coordinator_begin_and_only_one_at_a_time(
    world: World, relief: Relief
) -> None:
    args = (world.arunika.pk, relief.officer.pk)
    for actor in (*world.nobodies().values(), world.ingrid, world.bruna):
        with pytest.raises(Forbidden):
            handovers.begin(*args, actor=actor, at=NOON)
    with pytest.raises(handovers.NoRelief):
        handovers.begin(world.arunika.pk, world.officer.pk, actor=world.marco, at=NOON)
    row = handovers.begin(*args, actor=relief.actor, at=NOON)
    with pytest.raises(StillOpen, match="under way"):
        handovers.begin(*args, actor=world.wati, at=NOON)
    handovers.call_off(row.pk, actor=world.marco, at=NOON)
    assert handovers.begin(*args, actor=world.wati, at=NOON).state == S.OPEN


def test_a_retry_changes_nothing(world: World, relief: Relief) -> None:
    said(world)
    keys = [uuid4() for _each in range(4)]
    args = (world.arunika.pk, relief.officer.pk)
    for _time in range(2):
        row = handovers.begin(*args, actor=world.marco, at=NOON, key=keys[0])
    (one,) = carried_now(row)
    (mark,) = [each.mark for each in lines_of(row)]
    for _time in range(2):
        handover_items.accept(
            row.pk, *one.key, mark, actor=relief.actor, at=NOON, key=keys[1]
        )
    for _time in range(2):
        handovers.hand_over(row.pk, actor=world.marco, at=NOON, key=keys[2])
    for _time in range(2):
        handovers.take_over(row.pk, actor=relief.actor, at=NOON, key=keys[3])

    assert Entry.objects.filter(key__in=keys).count() == 4
    with pytest.raises(journal.KeyReused):
        handovers.call_off(row.pk, actor=world.marco, at=NOON, key=keys[0])


def test_rows_and_journal_agree(world: World, relief: Relief) -> None:
    said(world)
    taken(world, relief)

    assert list(disagreements(HandOver)) == []
    assert list(disagreements(HandOverItem)) == []
    HandOver.objects.update(state=S.OPEN)
    assert len(list(disagreements(HandOver))) == 1


def test_what_an_erased_person_said_is_forgotten(world: World, relief: Relief) -> None:
    row = begun(world, relief)
    handover_items.add_word(row.pk, "No hands", actor=world.marco, at=NOON)

    handover_items.forget_words_of(world.officer.person_id, at=NOON)

    assert HandOverItem.objects.get().words == ""


def test_after_a_hand_over_she_is_free_until_she_has_them_again(
    world: World, relief: Relief
) -> None:
    said(world)
    sentence = left_open(world.officer, world.arunika, NOON)
    assert sentence.startswith("Nobody has accepted these yet: A-0001")

    taken(world, relief)
    assert left_open(world.officer, world.arunika, NOON + MINUTE) == ""
    assert left_open(relief.officer, world.arunika, NOON + MINUTE) != ""
    make_duty(world.officer, world.arunika, NOON + 20 * HOUR, NOON + 30 * HOUR)
    assert left_open(world.officer, world.arunika, NOON + 21 * HOUR) != ""
