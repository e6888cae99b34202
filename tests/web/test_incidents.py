"""The incident's page, the finder and the muster in the browser."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.loop.drills import alarm, fire_book, second_officer
from tests.scene import make_arrival
from tests.web.pressing import buttons_of, form_with, indonesian, seen_by
from tests.world import NOON, World
from titian.kernel.models import Entry
from titian.loop.commands import commanding, roll
from titian.loop.models import Incident, Lesson, Roll, RollAnswer
from titian.people.models import Party, Person


def press(client: Client, page: str, button: str, **more: object) -> int:
    form = form_with(page, button)
    return client.post(form.action, {**form.values, **more}).status_code


def page_of(client: Client, incident: Incident) -> str:
    return client.get(f"/incidents/{incident.pk}/").content.decode()


def commanded(world: World) -> Incident:
    return commanding.take_command(alarm(world).pk, actor=world.wati, at=NOON)


def test_a_coordinator_takes_command_and_says_how_it_stands(world: World) -> None:
    incident, wati = alarm(world), seen_by("wati")

    assert press(wati, page_of(wati, incident), "move-command") == 302
    told = press(wati, page_of(wati, incident), "move-update", words="All are out")
    assert told == 302

    page = page_of(wati, incident)
    assert "All are out" in page
    assert "due 12:15" in page


def test_the_page_says_it_in_indonesian(world: World) -> None:
    incident = commanded(world)

    page = indonesian("wati").get(f"/incidents/{incident.pk}/").content.decode()

    assert "Belum ada yang disetujui" in page
    assert "12.15" in page


def test_before_the_spokesperson_nothing_may_be_said_but_the_card(
    world: World,
) -> None:
    fire = fire_book(world)
    fire.card_en = "Leave with me by the stairs."
    fire.save()
    incident, petra = alarm(world), seen_by("petra")

    before = page_of(seen_by("marco"), incident)
    cleared = press(petra, page_of(petra, incident), "clear-words", say_en="A drill.")

    assert "Leave with me by the stairs." in before
    assert "Nothing is cleared yet" in before
    assert cleared == 302
    assert "Cleared by Petra" in page_of(seen_by("marco"), incident)


@pytest.mark.parametrize(
    ("who", "buttons"),
    [
        (
            "wati",
            {
                "move-update",
                "move-stabilise",
                "give-role",
                "save-particulars",
            },
        ),
        ("marco", set()),
        ("petra", {"clear-words"}),
    ],
)
def test_each_has_the_buttons_of_her_part(
    world: World, who: str, buttons: set[str]
) -> None:
    incident = commanded(world)

    page = page_of(seen_by(who), incident)

    assert {b for b in buttons_of(page) if not b.startswith("tick")} == buttons


def test_only_who_works_at_a_desk_is_led_to_the_meeting(world: World) -> None:
    assert "/incidents/meeting/" in seen_by("petra").get("/incidents/").content.decode()
    assert "/incidents/meeting/" not in (
        seen_by("marco").get("/incidents/").content.decode()
    )


def test_who_has_no_part_does_not_find_it(world: World) -> None:
    incident = alarm(world)

    assert seen_by("bruna").get(f"/incidents/{incident.pk}/").status_code == 404
    assert seen_by("eve").get(f"/incidents/{incident.pk}/").status_code == 404


def test_a_forged_command_is_forbidden_and_a_late_one_too_late(world: World) -> None:
    incident, wati = alarm(world), seen_by("wati")
    page = page_of(wati, incident)

    assert press(seen_by("marco"), page, "move-command") == 403
    commanding.take_command(incident.pk, actor=world.wati, at=NOON)
    commanding.stabilise(incident.pk, "Out", actor=world.wati, at=NOON)
    old = page_of(wati, incident)
    commanding.close(incident.pk, "Over", actor=world.wati, at=NOON)
    assert press(wati, old, "move-close", words="Over") == 409


def test_an_update_without_words_is_asked_for_them(world: World) -> None:
    incident, wati = commanded(world), seen_by("wati")

    assert press(wati, page_of(wati, incident), "move-update", words="") == 422


def test_particulars_roles_and_steps_are_written_on_the_page(world: World) -> None:
    fire_book(world)
    incident, wati = commanded(world), seen_by("wati")

    press(wati, page_of(wati, incident), "save-particulars", police_report="LP/7")
    page = page_of(wati, incident)
    press(wati, page, "give-role", role="log", person_id=world.bruna.person_id)
    form = form_with(page_of(wati, incident), "tick-embassy")
    ticked = wati.post(form.action, form.values)

    page = page_of(wati, incident)
    assert ticked["Location"] == f"/incidents/{incident.pk}/"
    assert 'value="LP/7"' in page
    assert "Bruna" in page[page.index('id="commander"') : page.index('id="say"')]
    assert "Wati ticked “Embassy”" in page


def test_an_incident_that_is_over_teaches_a_lesson_on_its_own_page(
    world: World,
) -> None:
    incident, wati = commanded(world), seen_by("wati")
    Incident.objects.update(state="closed", stable_at=NOON)
    form = form_with(page_of(wati, incident), "note-lesson")

    noted = wati.post(form.action, {**form.values, "what": "No key to the pier"})

    assert noted["Location"] == f"/incidents/{incident.pk}/"
    assert "No key to the pier" in page_of(wati, incident)
    assert Lesson.objects.get().incident == incident


def test_a_locked_note_opens_for_its_drawer_and_a_purpose(world: World) -> None:
    incident = commanded(world)
    medics = Party.objects.create(code="MED", name_en="Medics", kind="team")
    person = Person.objects.get(display="Petra")
    medics.seats.create(event=world.event, person=person)
    petra = seen_by("petra")

    note = {"compartment": "medical", "about": world.ingrid.person_id}
    locked = press(
        petra, page_of(petra, incident), "put-note", words="Broken wrist", **note
    )
    number = incident.notes.get().pk
    page = page_of(petra, incident)
    form = form_with(page, f"open-{number}")
    opened = petra.post(form.action, {**form.values, "purpose": "To treat"})

    assert locked == 302
    assert "Broken wrist" not in page
    assert "Broken wrist" in opened.content.decode()
    assert Entry.objects.filter(verb="note.opened").count() == 1
    theirs = page_of(seen_by("wati"), incident)
    assert "its drawer is not yours" in theirs
    assert "Broken wrist" not in theirs
    assert (
        seen_by("wati")
        .post(form.action, {**form.values, "purpose": "To know"})
        .status_code
        == 403
    )


def test_the_list_costs_the_same_with_three_incidents(world: World) -> None:
    alarm(world)
    wati = seen_by("wati")
    wati.get("/incidents/")

    with CaptureQueriesContext(connection) as one:
        wati.get("/incidents/")
    for kind in ("security", "quake"):
        alarm(world, kind)
    with CaptureQueriesContext(connection) as three:
        page = wati.get("/incidents/")

    assert len(page.context["incidents"]) == 3
    assert len(three) == len(one)


def test_the_roll_is_called_of_those_near_the_hotel(world: World) -> None:
    second_officer(world)
    make_arrival(world)
    world.arunika.stays.create(event=world.event, place=world.hotel)
    incident, wati = commanded(world), seen_by("wati")

    address = f"/incidents/affected/?near=INN&incident={incident.pk}"
    page = wati.get(address).content.decode()
    form = form_with(page, "call-roll")
    chosen = {"delegations": [world.arunika.pk], "area": "Lagoon Inn"}
    answer = wati.post(form.action, {**form.values, **chosen})

    call = Roll.objects.get()
    assert answer.status_code == 302
    assert (call.incident, call.area) == (incident, "Lagoon Inn")
    assert "Arunika" in page
    assert "Selaya" not in page[page.index('id="found"') :]


def test_the_silent_are_named_with_when_they_were_last_heard(world: World) -> None:
    second_officer(world)
    call = roll.call_roll(
        world.event.pk,
        [world.arunika.pk, world.selaya.pk],
        actor=world.wati,
        at=NOON,
    )
    marco = seen_by("marco")
    page = marco.get(f"/incidents/musters/{call.pk}/").content.decode()

    assert press(marco, page, "answer-ARN", word="safe", people="12") == 302

    told = seen_by("wati").get(f"/incidents/musters/{call.pk}/").content.decode()
    assert "1 silent" in told
    assert "1 of 2 safe" in told
    assert told.index("Selaya") < told.index("Arunika")
    assert "Selaya" not in page


def test_a_wrong_answer_is_said_so_and_a_stranger_finds_nothing(world: World) -> None:
    call = roll.call_roll(world.event.pk, [world.arunika.pk], actor=world.wati, at=NOON)
    marco = seen_by("marco")
    page = marco.get(f"/incidents/musters/{call.pk}/").content.decode()

    assert press(marco, page, "answer-ARN", word="fine") == 422
    assert press(seen_by("petra"), page, "answer-ARN") == 403
    assert seen_by("eve").get(f"/incidents/musters/{call.pk}/").status_code == 404
    assert RollAnswer.objects.get().word == ""


def test_a_call_is_stood_down_once(world: World) -> None:
    call = roll.call_roll(world.event.pk, [world.arunika.pk], actor=world.wati, at=NOON)
    wati = seen_by("wati")
    page = wati.get(f"/incidents/musters/{call.pk}/").content.decode()

    assert press(wati, page, "move-roll") == 302
    fresh = {**form_with(page, "move-roll").values}
    fresh["key"] = "11111111-1111-4111-8111-111111111111"
    again = wati.post(f"/incidents/musters/{call.pk}/moves/stand_down/", fresh)

    assert again.status_code == 409


def test_a_call_of_nobody_is_refused_with_a_sentence(world: World) -> None:
    wati = seen_by("wati")
    page = wati.get("/incidents/affected/?delegation=ARN").content.decode()
    form = form_with(page, "call-roll")

    answer = wati.post(form.action, form.values | {"delegations": []})

    assert answer.status_code == 422


def test_a_place_nobody_knows_is_said_so(world: World) -> None:
    answer = seen_by("wati").get("/incidents/affected/?near=MOON")

    assert answer.status_code == 422
