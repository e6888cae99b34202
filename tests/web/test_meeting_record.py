"""The record of a meeting on its page: report, decision, paper, a view that differs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.talks.table import called
from tests.web.pressing import form_with, seen_by
from tests.world import HOUR, NOON, World, make_person, with_account
from titian.talks.commands.meetings import hold, minute
from titian.talks.models import Meeting


@pytest.fixture
def held(world: World) -> Meeting:
    return hold(called(world).pk, actor=world.marco, at=NOON + HOUR)


def test_the_officer_writes_her_report_and_proposes_it_as_the_text(
    world: World, held: Meeting
) -> None:
    marco, page = seen_by("marco"), f"/meetings/{held.pk}/"
    report = held.reports.get()
    form = form_with(marco.get(page).text, f"write-{report.pk}")
    marco.post(form.action, form.values | {"words": "Oars are few"})

    form = form_with(marco.get(page).text, f"as-text-{report.pk}")
    marco.post(form.action, form.values)

    assert Meeting.objects.get().minutes == "Oars are few"


def test_a_guest_reads_no_report_and_says_what_differs(
    world: World, held: Meeting
) -> None:
    minute(held.pk, "The pier is shared", actor=world.marco, at=NOON + HOUR)
    with_account(make_person("Olav", world.arunika.party, world.arunika))
    olav, page = seen_by("olav"), f"/meetings/{held.pk}/"
    form = form_with(olav.get(page).text, "differ")

    answer = olav.post(form.action, form.values | {"words": "Half"}, follow=True)

    assert "Half" in answer.text
    assert f"write-{held.reports.get(kind='contact').pk}" not in answer.text


def test_a_decision_and_a_paper_stand_on_the_page(world: World, held: Meeting) -> None:
    marco, page = seen_by("marco"), f"/meetings/{held.pk}/"
    form = form_with(marco.get(page).text, "decide")
    marco.post(form.action, form.values | {"words": "Oars by June"})
    form = form_with(marco.get(page).text, "ask-paper")
    asked = {"title": "Draft on oars", "due_at": "2026-07-01T12:00"}
    marco.post(form.action, form.values | asked)
    handout = held.handouts.get()

    form = form_with(marco.get(page).text, f"bring-{handout.pk}")
    file = SimpleUploadedFile("oars.txt", b"oars")
    marco.post(form.action, form.values | {"file": file})

    assert "Oars by June" in marco.get(page).text
    read = marco.get(f"{page}papers/{handout.pk}/")
    assert b"".join(read) == b"oars"


@pytest.mark.parametrize("missing", ["decide", "ask-paper"])
def test_what_is_left_out_is_said(world: World, held: Meeting, missing: str) -> None:
    marco = seen_by("marco")
    form = form_with(marco.get(f"/meetings/{held.pk}/").text, missing)

    assert marco.post(form.action, form.values).status_code == 422
