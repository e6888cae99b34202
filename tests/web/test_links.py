"""Every link that a page draws leads somewhere for the reader to whom it is drawn."""

import re

import pytest
from django.test import Client

from tests.loop.stories import answered, passed, restated
from tests.scene import make_activity, make_arrival, make_duty
from tests.talks.paper import make_paper
from tests.web.pressing import forms_of, indonesian
from tests.world import HOUR, NOON, World, seated
from titian.people.models import Seat

pytestmark = pytest.mark.slow

LINK = re.compile(r'(?:href|hx-get|data-src)="(/[^"#]*)"')
ELSEWHERE = ("/static/", "/live", "/sign-out")
LEAVING = ("/sign-out", "/language", "/clock")
MOST = 150


def links_of(page: str) -> set[str]:
    found = {link.replace("&amp;", "&") for link in LINK.findall(page)}
    return {link for link in found if not link.startswith(ELSEWHERE)}


def walked(client: Client, start: str) -> dict[str, int]:
    """Every address reached from ``start`` by links, with its answer."""
    found: dict[str, int] = {}
    waiting = [start]
    while waiting and len(found) < MOST:
        address = waiting.pop()
        if address in found:
            continue
        answer = client.get(address, follow=True)
        found[address] = answer.status_code
        if "text/html" in answer["content-type"]:
            waiting += sorted(links_of(answer.text))
    return found


def evening(world: World) -> None:
    """Something of everything."""
    make_arrival(world)
    make_duty(world, NOON, NOON + 8 * HOUR)
    make_activity(world, "Lunch", NOON + HOUR, place=world.pier, who=(world.arunika,))
    make_paper(world)
    passed(world)
    restated(world, where="pier B")
    answered(world)

    seated(world.event, "Arif", world.press, Seat.Role.AUDITOR)


@pytest.mark.parametrize("who", ["wati", "arif", "marco", "bruna", "petra", "eve"])
def test_no_link_leads_nowhere(world: World, who: str) -> None:
    evening(world)

    found = walked(indonesian(who), "/asks/" if who == "marco" else "/")

    assert len(found) > 3
    assert {link: status for link, status in found.items() if status != 200} == {}


@pytest.mark.parametrize("who", ["wati", "arif", "marco", "bruna", "petra", "eve"])
def test_no_button_is_drawn_to_be_refused(world: World, who: str) -> None:
    evening(world)
    client = indonesian(who)
    pages = walked(client, "/asks/" if who == "marco" else "/")

    answers: dict[str, int] = {}
    for address in sorted(one for one in pages if "/lists/" not in one):
        answer = client.get(address, follow=True)
        if "text/html" not in answer["content-type"]:
            continue  # a paper to be taken, which has no button
        for form in forms_of(answer.text):
            action = form.action or address
            if form.method != "post" or action.startswith(LEAVING):
                continue
            answers[action] = client.post(action, form.values).status_code

    assert answers
    refused = {link: status for link, status in answers.items() if status >= 400}
    assert set(refused.values()) <= {409, 422}, refused
