"""Every page, in both languages and both schemes, passes axe's WCAG 2.2 AA rules."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import DESK, PHONE, Enter

pytestmark = pytest.mark.browser

AXE = Path("tests/vendor/axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK_PAGES = (
    "/room/",
    "/cover/",
    "/asks/",
    "/asks/new/",
    "/asks/1/",
    "/asks/rules/",
    "/programme/",
    "/activities/1/",
    "/activities/1/seats/",
    "/agreements/",
    "/agreements/1/",
    "/meetings/",
    "/permits/",
    "/people/",
    "/rules/",
    "/rules/1/",
    "/rules/?for=1",
    "/delegations/1/",
    "/files/",
    "/search/?q=ari",
    "/timeline/",
    "/timeline/lists/",
    "/timeline/lists/6/",
    "/incidents/",
    "/incidents/affected/?near=SEGARA",
    "/incidents/meeting/",
    "/hand-overs/",
    "/hand-overs/1/",
)


def violations(page: Page) -> list[str]:
    """What axe finds, one line each."""
    page.evaluate(AXE)
    found = page.evaluate(
        "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES
    )
    return [
        f"{page.url} {one['id']}: {node['html'][:160]}"
        for one in found["violations"]
        for node in one["nodes"][:2]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_desk(enter: Enter, language: str, scheme: str) -> None:
    page = enter("coordinator", DESK, language, scheme=scheme)
    base = page.url.removesuffix("/room/")
    found = []
    for address in DESK_PAGES:
        page.goto(base + address)
        found += violations(page)

    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("role", ["officer", "focal-point"])
def test_the_phone_and_the_guests_page(
    enter: Enter, role: str, language: str, scheme: str
) -> None:
    page = enter(role, PHONE, language, scheme=scheme)
    page.wait_for_selector("main section")

    assert violations(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide == PHONE[0]
