"""The officer's phone: what it keeps until the house has answered."""

import json

import pytest
from playwright.sync_api import Page, Request, expect

from tests.journeys.conftest import PHONE, Enter

pytestmark = pytest.mark.browser

FILL = """async ([count, journey]) => {
  const open = indexedDB.open("titian", 1);
  await new Promise((resolve) => { open.onsuccess = resolve; });
  const transaction = open.result.transaction("outbox", "readwrite");
  for (let order = 0; order < count; order += 1)
    transaction.objectStore("outbox").put({ key: crypto.randomUUID(), order,
      command: "journey.mark", subject: journey, at: new Date(0).toISOString(),
      arguments: { state: "landed" } });
  await new Promise((resolve) => { transaction.oncomplete = resolve; });
  open.result.close();
}"""

OFF = "() => { window.kept = fetch; window.fetch = () => Promise.reject(); }"
ON = "() => { window.fetch = kept; dispatchEvent(new Event('online')); }"
"""The signal goes and comes back, without the browser's own noise about it."""

ROUTINE = "Dua handuk lagi, tolong."
EXACT = "Ada yang alergi, kami perlu dokter."


def journey_of(page: Page) -> int:
    """The journey of the delegation that the phone shows."""
    found = page.request.get(page.url.replace("/field/", "/api/feed"))
    number: int = found.json()["journey"]["id"]
    return number


def test_the_wrong_button_is_undone_with_and_without_a_signal(enter: Enter) -> None:
    phone = enter("officer", PHONE)
    first = phone.locator("#tap-next").get_attribute("data-step")
    phone.locator("#tap-next").click()
    expect(phone.locator("#tap-next")).not_to_have_attribute("data-step", first or "")
    expect(phone.locator("[data-waiting='0']")).to_be_visible()
    phone.locator("#undo").click()
    expect(phone.locator("#tap-next")).to_have_attribute("data-step", first or "")
    expect(phone.locator("[data-waiting='0']")).to_be_visible()

    phone.evaluate(OFF)
    phone.locator("#tap-next").click()
    phone.locator("#undo").click()
    expect(phone.locator("#tap-next")).to_have_attribute("data-step", first or "")
    expect(phone.locator("[data-waiting='2']")).to_be_visible()
    phone.evaluate(ON)

    expect(phone.locator("[data-waiting='0']")).to_be_visible()
    expect(phone.locator("#tap-next")).to_have_attribute("data-step", first or "")
    expect(phone.locator("[role=alert]")).to_have_count(0)


def test_he_turns_to_another_delegation_and_the_phone_remembers(enter: Enter) -> None:
    phone = enter("officer", PHONE)
    expect(phone.locator("h1")).to_have_text("Jepang")
    phone.locator("#turn-ARN").click()
    expect(phone.locator("h1")).to_have_text("Republik Arunika")
    phone.reload()
    expect(phone.locator("h1")).to_have_text("Republik Arunika")
    expect(phone.locator("#turn-ARN")).to_have_attribute("aria-current", "true")

    phone.locator("#turn-JPN").click()
    expect(phone.locator("h1")).to_have_text("Jepang")
    phone.evaluate(OFF)
    phone.locator("#turn-ARN").click()
    expect(phone.locator("h1")).to_have_text("Republik Arunika")
    expect(phone.locator(".banner")).to_be_visible()


def test_one_tap_takes_what_the_plan_asks_and_one_is_declined(enter: Enter) -> None:
    room = enter("coordinator")
    room.goto(room.url.replace("/room/", "/cover/"))
    room.locator("form[action='/cover/proposals/'] button").click()
    room.locator("form[action$='/acceptance/'] button").first.click()

    phone = enter("officer", PHONE)
    phone.get_by_text("Siaga lewat telepon:").click()
    rows = phone.locator("[id^='decline-']")
    asked = rows.count()
    assert asked > 1
    rows.last.click()
    phone.locator("#reason").fill("Saya di acara lain")
    phone.locator("#decline button").click()
    expect(phone.locator("[id^='decline-']")).to_have_count(asked - 1)
    phone.locator("#agree-to-all").click()

    expect(phone.locator("#agree-to-all")).to_have_count(0)
    expect(phone.locator("[data-waiting='0']")).to_be_visible()
    expect(phone.locator("[role=alert]")).to_have_count(0)
    expect(phone.locator(".turning button")).to_have_count(asked + 1)


def test_a_routine_request_takes_two_taps_on_the_phone(enter: Enter) -> None:
    guest = enter("focal-point", PHONE)
    guest.locator("#words").fill(ROUTINE)
    guest.locator("form:has(#words) button").click()
    phone = enter("officer", PHONE)
    phone.locator("#turn-ARN").click()
    asked = phone.locator("div.pad.line", has_text=ROUTINE)

    asked.get_by_role("button").click()
    phone.locator("#send-on").click()

    expect(phone.locator("[data-waiting='0']")).to_be_visible()
    expect(phone.locator("[role=alert]")).to_have_count(0)
    expect(asked.locator(".btn-quiet")).to_be_visible()  # no longer his move


def test_an_exact_request_is_not_passed_on_without_a_field(enter: Enter) -> None:
    guest = enter("focal-point", PHONE)
    guest.locator("#words").fill(EXACT)
    guest.locator("form:has(#words) button").click()
    phone = enter("officer", PHONE)
    phone.locator("#turn-ARN").click()
    asked = phone.locator("div.pad.line", has_text=EXACT)
    asked.get_by_role("button").click()

    phone.locator("#send-on").click()
    expect(phone.locator("#who")).to_be_focused()
    phone.locator("#who").fill("Bibi")
    phone.locator("#send-on").click()

    expect(phone.locator("[data-waiting='0']")).to_be_visible()
    expect(asked.locator(".btn-quiet")).to_be_visible()


def test_a_long_outbox_is_sent_in_parts(enter: Enter) -> None:
    phone = enter("officer", PHONE)
    expect(phone.locator("#tap-next")).to_be_visible()
    sizes: list[int] = []

    def note(request: Request) -> None:
        if request.url.endswith("/api/acts"):
            sizes.append(len(json.loads(request.post_data or "")["acts"]))

    phone.on("request", note)
    phone.evaluate(FILL, [250, journey_of(phone)])
    phone.reload()

    expect(phone.locator("#tap-landed")).to_have_count(0)
    expect(phone.locator("[data-waiting='0']")).to_be_visible(timeout=20_000)
    assert sizes == [100, 100, 50]
