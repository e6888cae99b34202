"""Hand-overs on the desk: where each stands, what each side does, what guests see."""

import pytest
from django.test import Client

from tests.loop.relieving import Relief, all_accepted, begun, make_relief, taken
from tests.loop.stories import passed, said
from tests.web.pressing import buttons_of, form_with, indonesian, seen_by
from tests.world import DETAILS, HOUR, MINUTE, NOON, World
from titian.kernel import compartments
from titian.kernel.models import Compartment, Entry
from titian.loop.commands import handovers
from titian.loop.models import Ask, HandOver
from titian.people.models import Assignment, Duty, Seat


@pytest.fixture
def relief(world: World) -> Relief:
    return make_relief(world)


def page_of(client: Client, row: HandOver) -> str:
    return client.get(f"/hand-overs/{row.pk}/").text


def press(client: Client, page: str, button: str, **more: str) -> int:
    form = form_with(page, button)
    return client.post(form.action, {**form.values, **more}).status_code


def test_a_coordinator_begins_one_and_sees_how_much_is_left(
    world: World, relief: Relief
) -> None:
    said(world)
    wati = seen_by("wati")
    page = wati.get("/hand-overs/").text
    assert "ARN: Marco → Nora" in page

    assert press(wati, page, "begin") == 302

    page = wati.get("/hand-overs/").text
    assert "1 of 1 left" in page
    assert "begin" not in buttons_of(page)


def test_both_sides_go_through_it_and_sign(world: World, relief: Relief) -> None:
    ask = passed(world, Ask.Weight.EXACT)
    row = begun(world, relief)
    marco, nora = seen_by("marco"), seen_by("nora")

    early = press(marco, page_of(marco, row), "sign-out")
    assert early == 409
    heard = {f"heard-{name}": value for name, value in DETAILS.items()}
    accept = f"accept-ask-{ask.pk}"
    wrong = {**heard, "heard-where": "the hotel"}
    assert press(nora, page_of(nora, row), accept, **wrong) == 302
    assert "Read back as “the hotel”" in page_of(marco, row)
    explain = f"explain-ask-{ask.pk}"
    assert press(marco, page_of(marco, row), explain, words="At the pier") == 302
    assert press(nora, page_of(nora, row), accept, **heard) == 302
    assert press(marco, page_of(marco, row), "sign-out") == 302
    assert press(nora, page_of(nora, row), "sign-in") == 302

    row.refresh_from_db()
    assert row.state == HandOver.State.TAKEN
    assert "signed" in page_of(seen_by("wati"), row)


def test_a_refused_signature_names_what_is_left(world: World, relief: Relief) -> None:
    said(world)
    row = begun(world, relief)
    marco = seen_by("marco")
    form = form_with(page_of(marco, row), "sign-out")

    answer = marco.post(form.action, form.values)

    assert answer.status_code == 409
    assert "A-0001" in answer.text.split('id="problem"')[1][:300]


def test_each_sees_only_the_buttons_that_are_hers(world: World, relief: Relief) -> None:
    ask = said(world)
    row = begun(world, relief)

    seen = {
        name: buttons_of(page_of(seen_by(name), row))
        for name in ("marco", "nora", "wati")
    }

    key = f"ask-{ask.pk}"
    assert seen["marco"] == {"add-word", "sign-out", "call-off"}
    assert seen["nora"] == {f"accept-{key}", f"ask-{key}"}
    assert seen["wati"] == {"let-go", "call-off"}


def test_a_change_of_hands_that_nobody_began_is_named_and_begun_from_there(
    world: World, relief: Relief
) -> None:
    marco = Duty.objects.get(officer=world.officer)
    wati = seen_by("wati")
    assert 'id="due"' not in wati.get("/hand-overs/").text
    world.event.set_clock(reads=NOON + 90 * MINUTE, speed=0, real=NOON)
    world.event.save()

    page = wati.get("/hand-overs/").text
    assert "duty ends 14:00" in page
    assert press(wati, page, f"begin-{marco.pk}") == 302

    assert 'id="due"' not in wati.get("/hand-overs/").text
    assert HandOver.objects.get().incoming == relief.officer


def test_until_it_is_handed_over_the_room_names_who_was_there_first(
    world: World, relief: Relief
) -> None:
    Duty.objects.filter(officer=world.officer).update(
        overran_at=NOON + 2 * HOUR, ends_at=NOON + 3 * HOUR
    )
    world.event.set_clock(reads=NOON + 150 * MINUTE, speed=0, real=NOON)
    world.event.save()

    page = seen_by("wati").get(f"/delegations/{world.arunika.pk}/aside/").text

    assert "Marco" in page
    assert "Nora" not in page


def test_nobody_else_sees_it(world: World, relief: Relief) -> None:
    row = begun(world, relief)

    codes = {
        name: seen_by(name).get(f"/hand-overs/{row.pk}/").status_code
        for name in ("eve", "bruna", "petra")
    }

    assert codes == {"eve": 404, "bruna": 404, "petra": 404}


def test_the_ill_officer_is_let_go_with_a_reason(world: World, relief: Relief) -> None:
    said(world)
    row = begun(world, relief)
    wati = seen_by("wati")

    assert press(wati, page_of(wati, row), "let-go", reason="") == 422
    assert press(wati, page_of(wati, row), "let-go", reason="A fever") == 302

    row.refresh_from_db()
    assert row.state == HandOver.State.LET_GO
    assert "A fever" not in page_of(wati, row)


def test_a_sealed_note_is_opened_only_by_who_may_and_that_is_entered(
    world: World, relief: Relief
) -> None:
    Seat.objects.create(
        event=world.event, person=relief.officer.person, team=world.boats
    )
    world.boats.code = "MED"
    world.boats.save()
    assert world.ingrid.person_id is not None
    note = compartments.put_away(
        "Takes insulin",
        Compartment.MEDICAL,
        event=world.event,
        about=world.ingrid.person_id,
        concerns=world.arunika.pk,
        actor=relief.actor,
        at=NOON,
    )
    row = begun(world, relief)
    nora, marco = seen_by("nora"), seen_by("marco")
    assert "Takes insulin" not in page_of(nora, row)
    assert "A note in a drawer that is not yours" in page_of(marco, row)

    form = form_with(page_of(nora, row), f"open-{note.pk}")
    shown = nora.post(form.action, {**form.values, "purpose": "taking over"})
    refused = marco.post(form.action, {**form.values, "purpose": "curious"})

    assert "Takes insulin" in shown.text
    assert refused.status_code == 404
    assert Entry.objects.filter(verb="note.opened").count() == 1


def test_the_guest_reads_who_is_new_only_after_both_signatures(
    world: World, relief: Relief
) -> None:
    guest = Client(headers={"accept-language": "en"})
    row = begun(world, relief)
    all_accepted(row, relief)
    handovers.hand_over(row.pk, actor=world.marco, at=NOON)
    assert 'id="introduction"' not in guest.get("/g/ingrid/").text

    handovers.take_over(row.pk, actor=relief.actor, at=NOON)

    page = guest.get("/g/ingrid/").text
    assert "Nora is with you since" in page
    Assignment.objects.filter(pk=relief.assignment.pk).update(consent="asked")


def test_who_has_not_met_stands_in_the_control_room_until_they_have(
    world: World,
) -> None:
    Assignment.objects.update(meeting_missed_at=NOON)
    wati = seen_by("wati")
    assert 'id="rail-unmet"' in wati.get("/room/").text

    page = wati.get("/hand-overs/").text
    assert press(wati, page, f"met-{world.assignment.pk}") == 302

    assert 'id="rail-unmet"' not in wati.get("/room/").text
    assert Assignment.objects.get().introduced_at == NOON


def test_the_control_room_names_what_is_under_way(world: World, relief: Relief) -> None:
    begun(world, relief)

    assert "Marco → Nora" in seen_by("wati").get("/room/rail/").text


def test_what_is_over_stays_readable_without_its_words(
    world: World, relief: Relief
) -> None:
    said(world)
    row = taken(world, relief)

    page = page_of(seen_by("wati"), row)

    assert "What was handed over" in page
    assert "boats" not in page.split("<main")[1]


def test_the_page_speaks_indonesian(world: World, relief: Relief) -> None:
    said(world)
    row = begun(world, relief)

    page = indonesian("nora").get(f"/hand-overs/{row.pk}/").text

    assert "Terima" in page
    assert "Serah terima" in page


def test_a_coordinator_ends_a_duty_with_a_reason_and_not_without(
    world: World, relief: Relief
) -> None:
    said(world)
    wati = seen_by("wati")
    page = wati.get("/hand-overs/").text
    duty = Duty.objects.get(officer=world.officer)

    assert press(wati, page, "end-it", of=f"duty-{duty.pk}") == 409
    ill = {"of": f"duty-{duty.pk}", "reason": "He has a fever"}
    assert press(wati, page, "end-it", **ill) == 302

    assert Entry.objects.get(verb="duty.ended").facts["overridden"] is True
    assert "end-it" not in buttons_of(seen_by("marco").get("/hand-overs/").text)


def test_a_duty_that_runs_over_stands_in_red_with_who_waits(
    world: World, relief: Relief
) -> None:
    said(world)
    Duty.objects.filter(officer=world.officer).update(overran_at=NOON)

    wati = seen_by("wati")

    assert "Nora waits; Marco stays on duty" in wati.get("/hand-overs/").text
    assert "Not handed over since 12:00" in wati.get("/room/").text
