"""A routine request needs at most two presses of each side: open it, and do it."""

from dataclasses import dataclass
from uuid import uuid4

from django.test import Client

from tests.loop.stories import passed, said
from tests.web.pressing import form_with, forms_of, seen_by
from tests.world import NOON, World
from titian.loop.commands import asks
from titian.loop.models import Ask, Topic


@dataclass
class Presses:
    """Somebody's hand: opening a row of the list, pressing a button."""

    client: Client
    count: int = 0

    def open(self, ask: Ask) -> str:
        """The row of the list is pressed."""
        assert f"/asks/{ask.pk}/" in self.client.get("/asks/").text
        self.count += 1
        text: str = self.client.get(f"/asks/{ask.pk}/").text
        return text

    def press(self, page: str, ending: str, **typed: str) -> None:
        """The one button of this form is pressed, with what was typed before."""
        (form,) = [one for one in forms_of(page) if one.action.endswith(f"/{ending}/")]
        self.count += 1
        answer = self.client.post(form.action, form.values | typed)
        assert answer.status_code == 302


def test_a_routine_request_crosses_in_two_presses_a_side(world: World) -> None:
    Topic.objects.create(
        event=world.event,
        code="food",
        name_en="Food",
        team=world.kitchen,
        order=1,
    )
    Topic.objects.create(
        event=world.event,
        code="boats",
        name_en="Boats",
        team=world.boats,
        keywords=["boats"],
        order=2,
    )
    ask = said(world)

    officer, team = Presses(seen_by("marco")), Presses(seen_by("bruna"))
    officer.press(officer.open(ask), "pass_on")
    team.press(team.open(ask), "answer", words="At pier B, with oars")
    closing = Presses(seen_by("marco"))
    closing.press(closing.open(ask), "close")

    ask.refresh_from_db()
    assert (ask.state, ask.owner) == ("closed", world.boats)
    assert [officer.count, team.count, closing.count] == [2, 2, 2]


def test_the_guest_closes_with_one_press(world: World) -> None:
    ask = passed(world)
    asks.accept(ask.pk, actor=world.bruna, at=NOON)
    asks.answer(ask.pk, "At pier B", actor=world.bruna, at=NOON)
    guest = Client()
    (form,) = [
        one
        for one in forms_of(guest.get("/g/ingrid/").text)
        if one.action.endswith("/close/")
    ]

    guest.post(form.action, form.values)

    ask.refresh_from_db()
    assert ask.state == "closed"


def test_taken_and_answered_at_once_twice_is_once(world: World) -> None:
    ask, bruna = passed(world), seen_by("bruna")
    form = form_with(bruna.get(f"/asks/{ask.pk}/").text, "answer")

    for _time in range(2):
        answer = bruna.post(form.action, form.values | {"words": "At pier B"})

    ask.refresh_from_db()
    assert (answer.status_code, ask.state) == (302, "answered")
    assert ask.holder_id == world.bruna.person_id


def test_an_exact_request_is_not_answered_before_it_is_said_back(world: World) -> None:
    ask, bruna = passed(world, Ask.Weight.EXACT), seen_by("bruna")
    page = bruna.get(f"/asks/{ask.pk}/").text

    answer = bruna.post(
        f"/asks/{ask.pk}/moves/answer/", {"key": str(uuid4()), "words": "Yes"}
    )

    ask.refresh_from_db()
    assert "answer" not in {
        button for form in forms_of(page) for button in form.buttons
    }
    assert (answer.status_code, ask.state) == (409, "passed")
