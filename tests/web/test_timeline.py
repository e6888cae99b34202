"""The line of time in the browser: red path, tick, slip, undo, templates."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.loop.drills import DAY, book, line, steps_of, timeline
from tests.loop.stories import all_done
from tests.scene import make_arrival
from tests.web.pressing import buttons_of, form_with, indonesian, seen_by
from tests.world import NOON, World
from titian.kernel.models import Event
from titian.loop.commands import playbooks
from titian.loop.models import Anchor, Playbook, Showing, Step

MAY_8 = NOON.replace(hour=0) + 7 * DAY


def later(world: World, days: float) -> None:
    """The event's clock reads so many days after noon."""
    Event.objects.filter(pk=world.event.pk).update(clock_reads=NOON + days * DAY)
    world.event.refresh_from_db()


def press(client: Client, page: str, button: str, **more: object) -> int:
    form = form_with(page, button)
    return client.post(form.action, {**form.values, **more}).status_code


def test_the_page_tells_the_cause_in_the_readers_language(world: World) -> None:
    timeline(world)
    later(world, 5)

    english = seen_by("wati").get("/timeline/").content.decode()
    indonesian_page = indonesian("wati").get("/timeline/").content.decode()

    assert "“Pontoon” (Boat desk) was due 3 May" in english
    assert "“pontoon (id)” (Boat desk) seharusnya selesai 3 Mei" in indonesian_page


def test_the_drawing_has_a_bar_for_each_step_and_one_red_line(world: World) -> None:
    timeline(world)
    later(world, 5)

    page = seen_by("wati").get("/timeline/?span=all").content.decode()

    assert page.count('class="tl-bar') == 4
    assert page.count('class="tl-path"') == 1
    assert "style=" not in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("state=all", {"Pontoon", "Boats", "Race", "Dinner"}),
        ("state=late", {"Pontoon", "Boats"}),
        ("state=open&owner=Kitchen", {"Dinner"}),
        ("state=red", {"Pontoon", "Boats", "Race"}),
        ("state=done", set()),
        ("state=nonsense&run=x&span=y", {"Pontoon", "Boats", "Race", "Dinner"}),
    ],
)
def test_the_list_shows_what_is_asked_for(
    world: World, asked: str, found: set[str]
) -> None:
    timeline(world)
    later(world, 5)

    answer = seen_by("wati").get(f"/timeline/?{asked}")

    assert {str(row.step) for row in answer.context["rows"]} == found


def test_the_team_ticks_its_step_and_takes_the_tick_back(world: World) -> None:
    step = timeline(world)["pontoon"]
    bruna = seen_by("bruna")

    page = bruna.get(f"/timeline/steps/{step.pk}/").content.decode()
    assert press(bruna, page, "move-tick", words="It floats") == 302
    page = bruna.get(f"/timeline/steps/{step.pk}/").content.decode()
    assert "by Bruna" in page
    assert press(bruna, page, "move-untick") == 302

    step.refresh_from_db()
    assert step.state == "open"


def test_a_photo_is_asked_for_and_given_back(world: World) -> None:
    step = timeline(world)["pontoon"]
    Step.objects.update(evidence=Showing.PHOTO)
    bruna = seen_by("bruna")
    page = bruna.get(f"/timeline/steps/{step.pk}/").content.decode()

    assert press(bruna, page, "move-tick", words="Trust me") == 422
    photo = SimpleUploadedFile("p.png", b"\x89PNG", content_type="image/png")
    assert press(bruna, page, "move-tick", file=photo) == 302

    shown = bruna.get(f"/timeline/steps/{step.pk}/evidence/")
    assert b"".join(shown.streaming_content) == b"\x89PNG"  # type: ignore[attr-defined]
    assert seen_by("eve").get(f"/timeline/steps/{step.pk}/evidence/").status_code == 404


def test_a_slip_shows_what_it_pushes_before_it_is_saved(world: World) -> None:
    step = timeline(world)["pontoon"]
    bruna = seen_by("bruna")

    asked = bruna.get(f"/timeline/steps/{step.pk}/slip/?to_at=2027-05-06T00:00")
    page = asked.content.decode()
    step.refresh_from_db()
    assert (step.due_at, "It pushes 1 step" in page) == (MAY_8 - 5 * DAY, True)
    assert press(bruna, page, "move-slip", words="The crane") == 302

    due = {one.code: one.due_at for one in Step.objects.all()}
    assert (due["pontoon"], due["boats"]) == (MAY_8 - 2 * DAY, MAY_8 - DAY)
    page = bruna.get(f"/timeline/steps/{step.pk}/").content.decode()
    assert press(bruna, page, "move-take_back_slip") == 302
    assert Step.objects.get(pk=step.pk).due_at == MAY_8 - 5 * DAY


def test_a_preview_that_is_no_longer_true_is_too_late(world: World) -> None:
    found = timeline(world)
    bruna = seen_by("bruna")
    address = f"/timeline/steps/{found['pontoon'].pk}/slip/?to_at=2027-05-06T00:00"
    page = bruna.get(address).content.decode()
    dinner = {"depends_on": ["pontoon"], "due_at": MAY_8 - 4 * DAY}
    Step.objects.filter(code="dinner").update(**dinner)

    assert press(bruna, page, "move-slip", words="The crane") == 409
    found["pontoon"].refresh_from_db()
    assert found["pontoon"].due_at == MAY_8 - 5 * DAY


@pytest.mark.parametrize("to_at", ["", "tomorrow"])
def test_an_hour_that_cannot_be_read_is_said_so(world: World, to_at: str) -> None:
    step = timeline(world)["pontoon"]

    answer = seen_by("bruna").get(f"/timeline/steps/{step.pk}/slip/?to_at={to_at}")

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("who", "buttons"),
    [
        ("bruna", {"move-tick", "move-preview"}),
        ("wati", {"move-tick", "move-preview", "move-drop"}),
        ("petra", set()),
    ],
)
def test_each_sees_the_buttons_of_her_side(
    world: World, who: str, buttons: set[str]
) -> None:
    step = timeline(world)["pontoon"]

    page = seen_by(who).get(f"/timeline/steps/{step.pk}/").content.decode()

    assert {b for b in buttons_of(page) if b.startswith("move-")} == buttons


def test_a_forged_tick_is_forbidden_and_an_unseen_one_not_found(world: World) -> None:
    step = timeline(world)["pontoon"]
    page = seen_by("bruna").get(f"/timeline/steps/{step.pk}/").content.decode()

    assert press(seen_by("petra"), page, "move-tick") == 403
    assert press(seen_by("marco"), page, "move-tick") == 404
    assert press(seen_by("eve"), page, "move-tick") == 404


def test_a_move_that_is_none_is_not_found(world: World) -> None:
    step = timeline(world)["pontoon"]

    answer = seen_by("wati").post(f"/timeline/steps/{step.pk}/moves/explode/")

    assert answer.status_code == 404


def test_a_late_step_links_to_its_request(world: World) -> None:
    step = timeline(world)["pontoon"]
    later(world, 5)
    all_done(world, NOON + 5 * DAY)

    page = seen_by("wati").get(f"/timeline/steps/{step.pk}/").content.decode()

    assert "A-0001" in page


def test_the_list_costs_the_same_with_more_steps(world: World) -> None:
    found = timeline(world)
    wati = seen_by("wati")
    wati.get("/timeline/")
    with CaptureQueriesContext(connection) as few:
        wati.get("/timeline/")
    run = found["pontoon"].run
    for n in range(9):
        Step.objects.create(
            event=world.event,
            run=run,
            code=f"s{n}",
            what_en="More",
            anchor="start",
            offset=DAY,
            takes=DAY,
            owner=world.kitchen,
            due_at=MAY_8,
            planned_at=MAY_8,
        )
    with CaptureQueriesContext(connection) as many:
        wati.get("/timeline/")

    assert len(many) == len(few)


def test_the_officer_begins_the_arrival_list_for_her_delegation(world: World) -> None:
    arrival = book(world, Playbook.Kind.CHECKLIST, code="arrival")
    line(arrival, "car", -0.1, anchor=Anchor.ARRIVAL, owner=world.boats)
    journey = make_arrival(world)
    marco = seen_by("marco")

    page = marco.get(f"/timeline/lists/{arrival.pk}/").content.decode()
    assert press(marco, page, "run") == 302

    step = Step.objects.get()
    assert step.run.subject_id == journey.pk
    assert step.run.delegation == world.arunika


def test_a_coordinator_changes_a_template_and_the_others_do_not(world: World) -> None:
    fire = book(world, Playbook.Kind.EMERGENCY, alarm="fire", code="fire")
    wati = seen_by("wati")
    page = wati.get(f"/timeline/lists/{fire.pk}/").content.decode()
    given = {"code": "out", "what_en": "Out", "minutes": "2", "takes_minutes": "1"}

    assert press(wati, page, "write-line", anchor="alarm", **given) == 302
    assert press(wati, page, "write-card", card_en="Follow me") == 409  # an old page
    fresh = wati.get(f"/timeline/lists/{fire.pk}/").content.decode()
    assert press(wati, fresh, "write-card", card_en="Follow me") == 302
    fresh = wati.get(f"/timeline/lists/{fire.pk}/").content.decode()
    assert press(wati, fresh, "withdraw-out") == 302
    assert press(seen_by("petra"), fresh, "write-card", card_en="Mine") == 403

    fire.refresh_from_db()
    assert (fire.version, fire.card_en) == (4, "Follow me")


def test_guests_have_no_templates(world: World) -> None:
    fire = book(world, Playbook.Kind.EMERGENCY, alarm="fire", code="fire")

    assert seen_by("eve").get(f"/timeline/lists/{fire.pk}/").status_code == 404
    assert seen_by("marco").get("/timeline/lists/").status_code == 200


def test_a_list_under_way_is_chosen_by_its_number(world: World) -> None:
    timeline(world)
    other = book(world, Playbook.Kind.CHECKLIST)
    line(other, "car", -1, anchor=Anchor.START)
    run = playbooks.run(other.pk, actor=world.wati, at=NOON)

    answer = seen_by("wati").get(f"/timeline/?run={run.pk}&state=all")

    assert [str(row.step) for row in answer.context["rows"]] == ["Car"]
    assert set(steps_of(run)) == {"car"}
