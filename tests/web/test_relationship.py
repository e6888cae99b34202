"""One page a pair: how it stands, in a sentence, and everything between the two."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.talks.paper import make_paper
from tests.web.pressing import indonesian, seen_by
from tests.web.test_ends import ingrid, point
from tests.world import HOUR, NOON, World
from titian.loop.models import Promise
from titian.talks.models import Deliverable


@pytest.fixture
def reached(world: World) -> World:
    """Arunika's channel has a living end on either side."""
    point(world.arunika, ingrid())
    return world


def address(world: World) -> str:
    return f"/delegations/{world.arunika.pk}/relationship/"


def page(world: World) -> str:
    return seen_by("wati").get(address(world)).text


def standing(text: str) -> str:
    return text.split('id="standing"')[1].split("</p>")[0]


def late(line: Deliverable) -> None:
    Deliverable.objects.filter(pk=line.pk).update(due_at=NOON - HOUR)


def promise(world: World, **traits: object) -> Promise:
    given: dict[str, object] = {
        "direction": "ours",
        "words": "A quiet room at the pier",
        "owner_team": world.boats,
        "made_at": NOON - 3 * HOUR,
        "due_at": NOON + HOUR,
        **traits,
    }
    return Promise.objects.create(event=world.event, delegation=world.arunika, **given)


def test_a_calm_pair_is_healthy_and_says_what_is_owed(reached: World) -> None:
    promise(reached)

    text = page(reached)

    assert "The relationship is healthy." in standing(text)
    assert "A quiet room at the pier" in text.split('id="owed-ours"')[1]


def test_a_word_broken_in_silence_breaks_it(reached: World) -> None:
    promise(reached, state="broken", settled_at=NOON - HOUR)

    assert "they have not heard it from us" in standing(page(reached))


def test_an_overdue_line_is_drift_in_both_languages(reached: World) -> None:
    late(make_paper(reached).boats)

    told = indonesian("wati").get(address(reached)).text
    assert "The relationship is drifting." in standing(page(reached))
    assert "Hubungan ini renggang." in standing(told)


def test_the_line_of_time_opens_each_thing_at_its_page(reached: World) -> None:
    paper = make_paper(reached)

    text = page(reached).split('id="time"')[1]

    assert f"/agreements/{paper.agreement.pk}/lines/1/" in text
    assert text.index("nowline") < text.index("Two boats")


@pytest.mark.parametrize("who", ["eve", "ingrid"])
def test_no_guest_reads_how_the_hosts_see_it(world: World, who: str) -> None:
    User.objects.get_or_create(username=who)

    assert seen_by(who).get(address(world)).status_code == 404


def test_a_settled_line_stands_where_it_was_settled(reached: World) -> None:
    boats = make_paper(reached).boats
    Deliverable.objects.filter(pk=boats.pk).update(
        state="accepted", settled_at=NOON - HOUR
    )

    text = page(reached).split('id="time"')[1]

    assert text.index("Two boats") < text.index("nowline")


def test_a_guest_gives_leave_on_her_page_and_the_officer_takes_it_back_on_her_word(
    world: World,
) -> None:
    hers = Client(headers={"accept-language": "en"})
    hers.post("/g/ingrid/leave/", {"word": "give", "key": uuid4()})
    assert "Do not pass it on" in hers.get("/g/ingrid/").text

    officer = seen_by("marco")
    said = {"word": "withdraw", "word_of": world.ingrid.person_id, "key": uuid4()}
    answer = officer.post(f"{address(world)}leave/", said)

    assert answer.status_code == 302
    assert "They have not allowed" in officer.get(address(world)).text


def test_the_desk_gives_no_leave_for_the_guests(world: World) -> None:
    answer = seen_by("wati").post(
        f"{address(world)}leave/", {"word": "give", "key": uuid4()}
    )

    assert answer.status_code == 403
    assert "Only the guests themselves" in answer.text
