"""The morning meeting: its agenda makes itself, and the next day tells what became."""

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.loop.drills import alarm, book, timeline
from tests.loop.stories import answered, said
from tests.web.pressing import form_with, indonesian, seen_by
from tests.world import HOUR, NOON, World
from titian.kernel.models import Event
from titian.loop.commands import asks, playbooks, promises
from titian.loop.coordination import last_meeting
from titian.loop.models import Ask, Lesson, Playbook, Step

DUE = "2027-05-02T07:30"


def meeting(who: str = "wati") -> str:
    return seen_by(who).get("/incidents/meeting/").content.decode()


def press(client: Client, button: str, **more: object) -> int:
    page = client.get("/incidents/meeting/").content.decode()
    form = form_with(page, button)
    return client.post(form.action, {**form.values, **more}).status_code


def next_morning(world: World) -> None:
    moment = datetime.fromisoformat("2027-05-02T08:00:00+00:00")
    Event.objects.filter(pk=world.event.pk).update(clock_reads=moment)


def put(world: World) -> Ask:
    given = {"words": "Cold breakfast", "owner_id": world.kitchen.pk, "due": DUE}
    more = {"delegation_id": world.arunika.pk}
    assert press(seen_by("wati"), "put-matter", **given, **more) == 302
    return Ask.objects.get()


def test_a_complaint_gets_one_owner_and_an_hour(world: World) -> None:
    ask = put(world)

    assert (ask.owner, ask.words) == (world.kitchen, "Cold breakfast")
    assert ask.due_at == datetime.fromisoformat("2027-05-02T07:30:00+00:00")
    assert ask.details == {"who": "Arunika"}
    assert not Ask.objects.visible_to(world.ingrid).exists()


def test_the_next_day_tells_what_is_still_open_and_what_was_closed(
    world: World,
) -> None:
    ask = answered(world)
    asks.close(ask.pk, actor=world.ingrid, at=NOON)
    put_ask = asks.ask(
        world.arunika.pk, "A pillow", actor=world.ingrid, at=NOON - 9 * HOUR
    )

    page = meeting()

    opened, closed = page.split('id="closed"')
    assert put_ask.code in opened
    assert "still open" in opened
    assert ask.code in closed


def test_from_names_who_said_it_and_through_whom(world: World) -> None:
    asks.ask(world.arunika.pk, "Two cars", actor=world.for_ingrid, at=NOON)

    assert "Ingrid, through Marco" in meeting()


def test_what_was_put_yesterday_is_late_today(world: World) -> None:
    put(world)
    next_morning(world)

    page = meeting()

    assert 'class="bad"' in page
    assert "still open" in page


def test_promises_of_the_day_and_late_steps_are_on_the_agenda(world: World) -> None:
    promises.promise(
        world.arunika.pk,
        "A boat at six",
        owner_team_id=world.boats.pk,
        due_at=NOON + HOUR,
        actor=world.bruna,
        at=NOON,
    )
    promises.promise(
        world.arunika.pk, "I call you", due_at=NOON + HOUR, actor=world.marco, at=NOON
    )
    timeline(world)
    next_morning(world)
    Step.objects.filter(code="dinner").update(due_at=NOON, owner=None)

    page = meeting()

    assert "A boat at six" in page
    assert "I call you" in page
    assert "Dinner" in page


def test_the_agenda_speaks_indonesian(world: World) -> None:
    said(world)

    page = indonesian("wati").get("/incidents/meeting/").content.decode()

    assert "Rapat pagi" in page


@pytest.mark.parametrize(
    ("who", "status"), [("wati", 200), ("petra", 200), ("marco", 403), ("eve", 403)]
)
def test_the_meeting_is_of_those_who_work_at_a_desk(
    world: World, who: str, status: int
) -> None:
    assert seen_by(who).get("/incidents/meeting/").status_code == status


def test_an_officer_is_not_led_to_the_meeting(world: World) -> None:
    page, desk = (seen_by(who).get("/incidents/").text for who in ("marco", "wati"))

    assert ["/incidents/meeting/" in one for one in (page, desk)] == [False, True]


def test_only_a_coordinator_puts_a_matter_to_a_team(world: World) -> None:
    page = meeting()
    form = form_with(page, "put-matter")
    given = {**form.values, "words": "Mine", "owner_id": world.kitchen.pk}

    assert seen_by("petra").post(form.action, given).status_code == 403
    assert (
        seen_by("wati").post(form.action, {**given, "due": "soon"}).status_code == 422
    )
    assert seen_by("wati").post(form.action, {**given, "words": ""}).status_code == 422


def test_a_lesson_goes_from_the_meeting_to_the_template(world: World) -> None:
    fire = book(world, Playbook.Kind.EMERGENCY, alarm="fire", code="fire")
    incident = alarm(world)
    wati = seen_by("wati")

    noted = {"what": "No key", "incident_id": incident.pk}
    assert press(wati, "note-lesson", **noted) == 302
    lesson = Lesson.objects.get()
    taking = {"owner_id": world.boats.pk, "playbook_id": fire.pk, "due": DUE}
    assert press(wati, f"take-up-{lesson.pk}", **taking) == 302
    assert press(wati, f"change-{lesson.pk}") == 422
    playbooks.write_card(fire.pk, card_en="Key", actor=world.wati, at=NOON)
    assert press(wati, f"change-{lesson.pk}") == 302
    assert press(wati, f"close-{lesson.pk}") == 302

    lesson.refresh_from_db()
    assert (lesson.state, lesson.incident, lesson.changed_to) == ("closed", incident, 2)


def test_a_lesson_that_is_none_is_not_found(world: World) -> None:
    wati = seen_by("wati")

    assert wati.post("/incidents/lessons/99/moves/close/").status_code == 404
    assert wati.post("/incidents/lessons/99/moves/sing/").status_code == 404


def test_the_agenda_costs_the_same_with_three_matters(world: World) -> None:
    wati = seen_by("wati")
    said(world)
    wati.get("/incidents/meeting/")
    with CaptureQueriesContext(connection) as one:
        wati.get("/incidents/meeting/")
    said(world)
    said(world)
    with CaptureQueriesContext(connection) as three:
        wati.get("/incidents/meeting/")

    assert len(three) == len(one)


@pytest.mark.parametrize(("hour", "day"), [("07:29", 30), ("07:31", 1), ("23:00", 1)])
def test_the_last_meeting_is_this_mornings_or_yesterdays(
    world: World, hour: str, day: int
) -> None:
    at = datetime.fromisoformat(f"2027-05-01T{hour}:00+00:00")

    assert last_meeting(world.event, at).day == day
