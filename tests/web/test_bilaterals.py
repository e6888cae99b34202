"""The pages of bilaterals, pressed as they are drawn; and what they must not say."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.scene import make_activity
from tests.talks.twosome import LATE, WANTED, Twosome, make_twosome, now
from tests.web.pressing import buttons_of, form_with, seen_by
from tests.world import HOUR, NOON, World, make_party
from titian.foresight.commands.bilaterals import propose
from titian.foresight.models import Proposal
from titian.people.models import Delegation
from titian.talks.commands import bilaterals, free_hours
from titian.talks.models import Bilateral, FreeBusy

LIST, TIMETABLE = "/bilaterals/", "/bilaterals/timetable/"


@pytest.fixture
def two(world: World) -> Twosome:
    return make_twosome(world)


def press(client: Client, page: str, button: str, **filled: object) -> Any:
    """Fill in the form round the button of a page, and send it."""
    form = form_with(client.get(page).text, button)
    assert set(filled) <= form.names
    return client.post(form.action or page, form.values | filled)


def test_from_the_wish_to_the_hour_both_confirm(two: Twosome) -> None:
    two.room()
    marco, salim, wati = seen_by("marco"), seen_by("salim"), seen_by("wati")

    asked = press(
        marco,
        "/bilaterals/new/",
        "ask-bilateral",
        asking=two.world.arunika.pk,
        asked=two.world.selaya.pk,
        level="minister",
        minutes=30,
        people=8,
        press="closed",
        words="Oars",
    )
    page = asked["Location"]
    press(salim, page, "counter", minutes=45)
    press(marco, page, "agree")
    proposal = press(wati, TIMETABLE, "propose", way="solve")["Location"]
    press(wati, proposal, "accept")
    press(marco, page, "confirm")
    press(salim, page, "confirm")

    found = Bilateral.objects.get()
    assert (found.state, found.wish.minutes) == (Bilateral.State.CONFIRMED, 45)


def test_only_the_side_whose_turn_it_is_has_buttons(two: Twosome) -> None:
    page = f"{LIST}{two.asked().pk}/"

    marco, salim = (
        buttons_of(seen_by(who).get(page).text) for who in ("marco", "salim")
    )

    assert {"agree", "counter", "decline"} <= set(salim)
    assert not {"agree", "counter", "decline", "confirm"} & set(marco)


@pytest.mark.parametrize("who", ["bruna", "petra"])
def test_nobody_else_finds_the_request(two: Twosome, who: str) -> None:
    asked = two.asked()
    client = seen_by(who)

    assert client.get(f"{LIST}{asked.pk}/").status_code == 404
    assert "Selaya" not in client.get(LIST).text
    assert client.get(TIMETABLE).status_code == 403
    for noun in ("agreement", "refusal", "withdrawal", "confirmation", "wishes"):
        assert client.post(f"{LIST}{asked.pk}/{noun}/").status_code == 404


def test_a_late_answer_says_that_somebody_was_faster(two: Twosome) -> None:
    page = f"{LIST}{two.asked().pk}/"
    salim = seen_by("salim")
    old = form_with(salim.get(page).text, "decline")
    press(salim, page, "agree")

    answer = salim.post(old.action, old.values)

    assert answer.status_code == 409
    assert "faster" in answer.text


def test_hours_of_the_other_side_have_no_page(two: Twosome) -> None:
    span = free_hours.tell_hours(
        two.world.arunika.pk, NOON, NOON + HOUR, actor=two.marco, at=NOON
    )
    mine = f"{LIST}hours/{two.world.arunika.pk}/"

    assert seen_by("marco").get(mine).status_code == 200
    for who in ("salim", "wati", "bruna"):
        assert seen_by(who).get(mine).status_code == 404
        answer = seen_by(who).post(f"{LIST}hours/spans/{span.pk}/")
        assert answer.status_code == 404
    press(seen_by("marco"), mine, f"take-back-{span.pk}")
    assert not FreeBusy.objects.exists()


def no_time(two: Twosome, why: str) -> None:
    """Selaya has no time today, for a reason that nobody else may learn."""
    world = two.world
    if why == "told":
        free_hours.tell_hours(
            world.selaya.pk, NOON - 4 * HOUR, NOON + 8 * HOUR, actor=two.salim, at=NOON
        )
    elif why != "nothing":
        make_activity(
            world,
            why,
            NOON - 4 * HOUR,
            12 * HOUR,
            who=(world.selaya,),
            is_private=why == "Dentist",
        )


def test_the_other_side_reads_the_same_page_whatever_the_reason(two: Twosome) -> None:
    page = f"{LIST}{two.asked().pk}/"
    marco = seen_by("marco")
    pages: set[str] = set()
    for why in ("told", "Dentist"):
        no_time(two, why)
        pages.add(without_keys(marco.get(page).text))
        FreeBusy.objects.all().delete()
        two.world.event.activities.all().delete()

    assert len(pages) == 1
    assert "Dentist" not in pages.pop()


def test_no_page_of_the_planning_tells_busy_from_away(two: Twosome) -> None:
    two.room()
    two.agreed()
    wati = seen_by("wati")
    pages: set[str] = set()
    for why in ("told", "Dentist", "Gala"):
        for day in range(7):
            if why == "told":
                start = NOON + day * 24 * HOUR
                free_hours.tell_hours(
                    two.world.selaya.pk,
                    start - 4 * HOUR,
                    start + 8 * HOUR,
                    actor=two.salim,
                    at=NOON,
                )
            else:
                start = NOON + (day * 24 - 4) * HOUR
                item = make_activity(
                    two.world, f"{day} {why}", start, 12 * HOUR, who=(two.world.selaya,)
                )
                item.is_private = why == "Dentist"
                item.save()
        made = propose(two.world.event.pk, rounds=1, actor=two.world.wati, at=NOON)
        text = wati.get(f"{TIMETABLE}proposals/{made.pk}/").text
        pages.add(without_keys(text).replace(f"proposals/{made.pk}/", "proposals/n/"))
        FreeBusy.objects.all().delete()
        two.world.event.activities.all().delete()
        Proposal.objects.all().delete()

    assert len(pages) == 1


def test_who_would_lose_an_hour_stands_above_the_button(two: Twosome) -> None:
    room = two.room()
    lesser = two.placed(LATE)
    free_hours.tell_hours(
        two.world.selaya.pk,
        NOON,
        NOON + 8 * 24 * HOUR - HOUR * 130,
        actor=two.salim,
        at=NOON,
    )
    for day in range(8):
        free_hours.tell_hours(
            two.world.arunika.pk,
            NOON + (day * 24 - 10) * HOUR,
            NOON + (day * 24 + 10) * HOUR,
            actor=two.marco,
            at=NOON,
        )
    wati = seen_by("wati")

    page = wati.get(press(wati, TIMETABLE, "mend", way="mend")["Location"]).text

    assert room.place.name in page
    assert page.index('id="displaced"') < page.index('id="accept"')
    assert now(lesser).state == Bilateral.State.PLACED


def test_an_outdated_proposal_is_refused_on_its_page(two: Twosome) -> None:
    two.room()
    two.agreed()
    wati = seen_by("wati")
    page = press(wati, TIMETABLE, "propose", way="solve")["Location"]
    form = form_with(wati.get(page).text, "accept")
    no_time(two, "told")

    answer = wati.post(form.action, form.values)

    assert answer.status_code == 409
    assert "something has changed" in answer.text


def test_the_list_costs_as_many_queries_for_many_as_for_few(two: Twosome) -> None:
    two.placed()
    few = queries_of("marco")
    for name in ("Kelapa", "Durian", "Manggis"):
        party = make_party(name[:3].upper(), name, "state")
        other = Delegation.objects.create(party=party, event=two.world.event)
        bilaterals.ask(two.world.arunika.pk, other.pk, WANTED, actor=two.marco, at=NOON)

    assert queries_of("marco") == few


def queries_of(who: str) -> int:
    client = seen_by(who)
    with CaptureQueriesContext(connection) as caught:
        client.get(LIST)
    return len(caught)


def without_keys(page: str) -> str:
    """The page without what is new each time it is drawn."""
    page = re.sub(r'data-cursor="\d+"', "", page)
    page = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "key", page)
    return re.sub(r'(csrfmiddlewaretoken"? value=")[^"]+|nonce="[^"]+"', r"\1", page)
