"""Who comes: a letter is noted on the delegation's page, and the counts follow."""

from uuid import uuid4

import pytest
from django.test import Client

from tests.scene import seat_at
from tests.web.pressing import buttons_of, form_with, indonesian, seen_by
from tests.world import World
from titian.people.models import Participation

LETTER = {"document": "Note 12/2027", "stated_on": "2027-04-02", "source": "embassy"}


def page(world: World) -> str:
    return f"/delegations/{world.arunika.pk}/"


def noted(client: Client, world: World, move: str, **given: str) -> int:
    form = form_with(client.get(page(world)).text, "state-step")
    sent = form.values | LETTER | {"move": move} | given
    return client.post(form.action, sent).status_code


def counted(client: Client, level: str) -> list[str]:
    """The cells of the level's row: invited, accepted, confirmed, … , coming."""
    text = client.get("/people/", headers={"hx-request": "true"}).text
    if f'id="count-{level}"' not in text:
        return []
    row = text.split(f'id="count-{level}"')[1].split("</tr>")[0]
    return [cell.split("</td>")[0].strip() for cell in row.split("<td>")[1:]]


@pytest.mark.parametrize("browser", [seen_by, indonesian])
def test_from_invited_to_withdrawn_each_with_its_paper(
    world: World, browser: object
) -> None:
    assert callable(browser)
    seat_at(world, "PRO", "Paulo")
    paulo = browser("paulo")

    for move, level in (
        ("accept", ""),
        ("confirm", ""),
        ("downgrade", "other_guest"),
        ("withdraw", ""),
    ):
        assert noted(paulo, world, move, level=level) == 302

    steps = world.arunika.participations.values_list("status", "level", "document")
    assert list(steps) == [
        ("accepted", "minister", "Note 12/2027"),
        ("confirmed", "minister", "Note 12/2027"),
        ("downgraded", "other_guest", "Note 12/2027"),
        ("withdrawn", "other_guest", "Note 12/2027"),
    ]
    text = paulo.get(page(world)).text
    assert text.count("Note 12/2027") == 4
    assert "embassy" in text


def test_the_counts_by_level_follow_at_once(world: World) -> None:
    wati = seen_by("wati")
    before = counted(wati, "minister")

    noted(wati, world, "accept")
    accepted = counted(wati, "minister")
    noted(wati, world, "downgrade", level="special_envoy")
    noted(wati, world, "downgrade", level="other_guest")

    assert before == ["2", "–", "–", "–", "–", "<b>2</b>"]
    assert accepted == ["1", "1", "–", "–", "–", "<b>2</b>"]
    assert counted(wati, "minister") == ["1", "–", "–", "–", "–", "<b>1</b>"]
    assert counted(wati, "other_guest") == ["–", "–", "–", "1", "–", "<b>1</b>"]


def test_the_page_of_delegations_hears_of_a_step(world: World) -> None:
    assert 'data-live="verb:delegation' in seen_by("wati").get("/people/").text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"document": " "}, "Name the letter or note that says so."),
        ({"stated_on": "soon"}, "Give the day that the paper bears."),
        ({"move": "vanish"}, "This step is not known here."),
        ({"move": "downgrade"}, "Say at which lower level the delegation comes."),
        ({"key": "old"}, "Send the form again."),
    ],
)
def test_what_is_missing_is_said_and_nothing_noted(
    world: World, given: dict[str, str], said: str
) -> None:
    wati = seen_by("wati")
    form = form_with(wati.get(page(world)).text, "state-step")

    answer = wati.post(form.action, form.values | LETTER | given)

    assert answer.status_code == 422
    assert said in answer.text
    assert not Participation.objects.exists()


def test_a_step_that_does_not_follow_is_409(world: World) -> None:
    wati = seen_by("wati")
    form = form_with(wati.get(page(world)).text, "state-step")
    noted(wati, world, "withdraw")

    late = wati.post(form.action, form.values | LETTER | {"move": "confirm"})

    assert late.status_code == 409
    world.arunika.refresh_from_db()
    assert world.arunika.status == "withdrawn"


def test_who_states_nothing_is_drawn_no_form_and_refused(world: World) -> None:
    given = LETTER | {"key": str(uuid4()), "move": "confirm"}

    for who, status in (("marco", 403), ("bruna", 403), ("eve", 404)):
        client = seen_by(who)
        shown = client.get(page(world))
        if shown.status_code == 200:
            assert "state-step" not in buttons_of(shown.text)
        assert client.post(f"{page(world)}participation/", given).status_code == status


def test_an_officer_counts_only_what_she_sees(world: World) -> None:
    assert counted(seen_by("marco"), "minister")[0] == "1"
