"""A longer search on the page: how far it is, and the button that ends it."""

from uuid import uuid4

import pytest

from tests.foresight.week import Week, make_week
from tests.web.pressing import form_with, indonesian, seen_by
from tests.world import NOON, World
from titian.foresight.commands.searching import look, look_for_cover
from titian.foresight.models import Proposal


@pytest.fixture
def wanted(world: World) -> Proposal:
    week: Week = make_week(world)
    return look_for_cover(week.world.event.pk, 60.0, actor=world.wati, at=NOON)


def test_it_is_asked_for_on_the_cover(world: World) -> None:
    make_week(world)
    wati = seen_by("wati")
    form = form_with(wati.get("/cover/").text, "search")

    page = wati.post(form.action, {**form.values, "minutes": "5"}, follow=True).text

    assert "It begins in a moment." in page
    assert Proposal.objects.get().search_seconds == 300


def test_how_far_it_is_then_the_button_then_the_plan(wanted: Proposal) -> None:
    told = {"rounds": 7, "share": 0.25, "best": [0, 0, 9, 12]}
    Proposal.objects.update(progress=told)
    wati, page_of = seen_by("wati"), f"/cover/proposals/{wanted.pk}/"
    page = wati.get(page_of).text
    form = form_with(page, "stop")

    stopped = wati.post(form.action, form.values, follow=True).text
    look(wanted.pk, is_mine=lambda: True, key=uuid4())
    over = wati.get(f"{page_of}progress/")

    assert "25 % of its time" in page and "7 rounds." in page
    assert "It stops at the next round" in stopped
    assert over.headers["HX-Redirect"] == page_of
    assert "Accept" in wati.get(page_of).text


def test_in_indonesian_as_well(wanted: Proposal) -> None:
    page = indonesian("wati").get(f"/cover/proposals/{wanted.pk}/").text

    assert "Berhenti, dan simpan" in page


def test_nobody_accepts_what_is_not_found_yet(wanted: Proposal) -> None:
    answer = seen_by("wati").post(
        f"/cover/proposals/{wanted.pk}/acceptance/", {"key": str(uuid4())}
    )

    assert answer.status_code == 409
