"""Every link that a page draws leads somewhere for the reader to whom it is drawn."""

import re

import pytest
from django.test import Client

from tests.loop.stories import answered, passed, restated
from tests.scene import make_activity, make_arrival, make_duty
from tests.talks.paper import make_paper
from tests.web.pressing import indonesian
from tests.world import HOUR, NOON, World, seated
from titian.people.models import Seat

LINK = re.compile(r'(?:href|hx-get|data-src)="(/[^"#]*)"')
ELSEWHERE = ("/static/", "/live", "/sign-out")
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


@pytest.mark.parametrize("who", ["wati", "arif", "marco", "bruna", "petra", "eve"])
def test_no_link_leads_nowhere(world: World, who: str) -> None:
    make_arrival(world)
    make_duty(world, NOON, NOON + 8 * HOUR)
    make_activity(world, "Lunch", NOON + HOUR, place=world.pier, who=(world.arunika,))
    make_paper(world)
    passed(world)
    restated(world, where="pier B")
    answered(world)

    seated(world.event, "Arif", world.press, Seat.Role.AUDITOR)

    found = walked(indonesian(who), "/asks/" if who == "marco" else "/")

    assert len(found) > 3
    assert {link: status for link, status in found.items() if status != 200} == {}
