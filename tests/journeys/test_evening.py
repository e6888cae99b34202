"""One evening in Bali, on three screens, in either language."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE, WALL, Enter

pytestmark = pytest.mark.browser

WORDS = {
    "id": "Deux voitures demain à six heures, devant l'hôtel.",
    "en": "Une voiture de plus ce soir, s'il vous plaît.",
}
FIELDS = {"who": "Presiden", "how_many": "2", "when": "Sel 06.00", "where": "Hotel"}


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_guests_words_are_said_back_answered_and_closed(
    enter: Enter, language: str
) -> None:
    guest = enter("focal-point", PHONE, language)
    guest.locator("#words").fill(WORDS[language])
    guest.locator("form:has(#words) button").click()
    expect(guest.locator(".asks .w").first).to_have_text(WORDS[language])

    officer = enter("officer", PHONE, language)
    officer.goto(officer.url.replace("/field/", "/asks/"))
    officer.get_by_role("link", name=WORDS[language]).click()
    pass_on(officer)

    transport = enter("transport", DESK, language)
    transport.goto(officer.url)
    for name, words in FIELDS.items():
        transport.locator(f"#field-{name}").fill("3" if name == "how_many" else words)
    transport.locator("#restate").click()
    expect(transport.locator("tr.differs ins")).to_have_text("3")

    expect(officer.locator("tr.differs ins")).to_have_text("3")  # it came by itself
    officer.locator("#move-confirm").click()
    expect(transport.locator("#answer")).to_be_visible()
    transport.locator("#words").fill("Tiga mobil, pelat B 1 dan seterusnya")
    transport.locator("#answer").click()

    answer = guest.locator(".answer").first
    expect(answer).to_contain_text("Tiga mobil")
    answer.locator("button").click()
    expect(guest.locator(".asks li").first.locator("rect.done")).to_have_count(3)


def pass_on(page: Page) -> None:
    """The officer adds the meaning and hands the words to transport."""
    page.locator("#title").fill("Mobil untuk besok")
    page.locator("#gloss").fill("Dua mobil besok pukul enam")
    topic = page.locator("#topic option", has_text=re.compile("Transport")).first
    page.locator("#topic").select_option(value=topic.get_attribute("value"))
    for name, words in FIELDS.items():
        page.locator(f"#field-{name}").fill(words)
    page.locator("form:has(#title) button").click()
    expect(page.locator("form:has(#title)")).to_have_count(0)


def test_a_tap_on_the_phone_reaches_the_open_room(enter: Enter) -> None:
    room = enter("coordinator")
    line = room.locator("tr", has=room.get_by_role("rowheader", name="JPN"))
    expect(line).to_be_visible()
    room.wait_for_selector("html[data-live=open]")
    before = line.inner_text()

    phone = enter("officer", PHONE)
    phone.locator("#tap-next").click()

    expect(line).not_to_have_text(before, timeout=2000)


def test_moving_an_arrival_shows_what_it_touches_and_asks_them(enter: Enter) -> None:
    room = enter("coordinator")
    row = room.locator("tr", has=room.get_by_role("rowheader", name="VRN"))
    row.get_by_role("link").click()
    room.locator("#aside a[href*='/expectation/']").click()

    room.locator("#expected_at").fill("2022-11-14T23:00")
    room.locator("form[method=get] button").last.click()
    touched = room.locator("main ul.rows li").count()
    assert touched > 0
    room.locator("#move").click()

    expect(room.locator(".confirm")).to_have_count(touched)
    room.locator(".confirm").first.click()
    expect(room.locator(".confirm")).to_have_count(touched - 1)


def test_the_wall_reads_from_eight_metres(enter: Enter) -> None:
    wall = enter("coordinator", WALL)
    wall.goto(f"{wall.url}?face=wall")

    expect(wall.locator(".tile")).to_have_count(48)
    found = wall.evaluate(
        """() => ({
            tall: document.documentElement.scrollHeight,
            wide: document.documentElement.scrollWidth,
            small: [...document.querySelectorAll("body *")].filter((e) =>
                [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())
                && e.checkVisibility() && !e.closest(".sr")
                && parseFloat(getComputedStyle(e).fontSize) < 26)
                .map((e) => e.outerHTML),
        })"""
    )
    assert found == {"tall": 1080, "wide": 1920, "small": []}
