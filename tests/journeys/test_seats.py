"""A seat from the desk to the officer's phone and the guest's page, and offline."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.test_phone import OFF

pytestmark = pytest.mark.browser

DINNER = {"id": "Makan malam pribadi", "en": "Private dinner"}
LEAVE = {"id": "Berangkat", "en": "Leave"}
SAID = {
    "id": [
        "Hotel Segara",
        "Kursi: Terrace, tables 2–3 · Sea side",
        "Busana: Santai",
        "Penanggung jawab: Katering",
        "22.15",
    ],
    "en": [
        "Hotel Segara",
        "Seat: Terrace, tables 2–3 · Sea side",
        "Dress: Informal",
        "In charge there: Catering",
        "22:15",
    ],
}


@pytest.fixture(autouse=True)
def nobody_takes_pictures(enter: Enter) -> None:
    """The press call at the aircraft is off, so that dinner is among the next three."""
    desk = enter("coordinator")
    desk.goto(desk.url.replace("/room/", "/programme/?day=2022-11-14"))
    planned = desk.get_by_role("link", name="Sesi foto di tangga pesawat")
    if planned.count():  # the house is the same for all the stories of this file
        planned.click()
        desk.locator("#cancel_reason").fill("Hujan")
        desk.locator("#cancel").click()
        expect(desk.locator("#cancel")).to_have_count(0)


def dinner(page: Page, language: str) -> str:
    """All that the page says of the dinner."""
    row = page.locator("li.next", has_text=DINNER[language])
    expect(row).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE[0]
    return row.inner_text()


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_next_three_say_all_of_it_in_one_hand(enter: Enter, language: str) -> None:
    phone = enter("officer", PHONE, language)
    phone.locator("#turn-ARN").click()
    guest = enter("focal-point", PHONE, language)

    for page in (phone, guest):
        said = dinner(page, language)
        assert [one for one in SAID[language] if one not in said] == []
        assert LEAVE[language] not in said  # they sleep where they dine

    leaving = phone.locator("li.next", has_text=LEAVE[language])
    expect(leaving.first).to_be_visible()  # for the airport, where they land

    phone.evaluate(OFF)
    phone.locator("#turn-JPN").click()
    phone.locator("#turn-ARN").click()
    assert SAID[language][1] in dinner(phone, language)


def test_another_seat_reaches_the_phone_and_the_guest_while_they_look(
    enter: Enter,
) -> None:
    phone = enter("officer", PHONE)
    phone.locator("#turn-ARN").click()
    guest = enter("focal-point", PHONE)
    desk = enter("coordinator")
    desk.goto(desk.url.replace("/room/", "/programme/?day=2022-11-14"))
    desk.get_by_role("link", name=DINNER["id"]).click()
    desk.get_by_role("link", name="Siapa duduk di mana").click()
    row = desk.locator("ol.seats > li", has_text="ARN").first

    row.locator("input[name=seat]").fill("Pool side, table 5")
    row.locator("button[id^=save-]").click()

    for page in (phone, guest):
        expect(page.locator("li.next", has_text=DINNER["id"])).to_contain_text(
            "Pool side, table 5", timeout=10_000
        )
    expect(row.locator("input[name=seat]")).to_have_value("Pool side, table 5")
