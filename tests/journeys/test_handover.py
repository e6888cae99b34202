"""One officer hands Arunika over to the next, on two phones, and the guest is told."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.test_access import violations

pytestmark = pytest.mark.browser

OFF = "() => { window.kept = fetch; window.fetch = () => Promise.reject(); }"
ON = "() => { window.fetch = kept; dispatchEvent(new Event('online')); }"
KINDS = ("promise", "next")


def listed(page: Page) -> list[dict[str, Any]]:
    """What the phone's own feed says is handed over."""
    feed = page.request.get(page.url.replace("/field/", "/api/feed?delegation=-1"))
    shown = feed.json()["mine"]
    arunika = next(one["id"] for one in shown if one["code"] == "ARN")
    address = page.url.replace("/field/", f"/api/feed?delegation={arunika}")
    found: list[dict[str, Any]] = page.request.get(address).json()["handover"]["items"]
    return found


def of(one: dict[str, Any]) -> str:
    return f"{one['subject_kind'].replace('.', '-')}-{one['subject_id']}"


def settled(page: Page) -> None:
    """The house has answered all that this phone said, and refused none of it."""
    expect(page.locator("[data-waiting='0']")).to_be_visible()
    expect(page.locator("[role=alert]")).to_have_count(0)


def read_back(page: Page, one: dict[str, Any], **instead: str) -> None:
    """Every field said back, from the words above the form."""
    back = f"#back-{of(one)}"
    form = page.locator(f"details:has(> {back})")
    if form.get_attribute("open") is None:
        page.locator(back).click()
    for name, value in {**one["fields"], **instead}.items():
        page.locator(f"{back}-{name}").fill(value)
    page.locator(f"{back}-send").click()
    settled(page)


def test_an_officer_hands_over_and_leaves_only_then(enter: Enter) -> None:
    sari = enter("officer-arn", PHONE)
    sari.locator("#to-handover").click()
    sari.locator("#call-off").click()
    sari.get_by_text("Serahkan kepada Yoga Aditya").first.click()
    sari.locator("[id^='begin-']:visible").click()
    sari.locator("#to-handover").click()
    sari.locator("#word").fill("Beliau menyapa dengan anggukan.")
    sari.locator("#send-word").click()
    settled(sari)
    expect(sari.locator("#sign-stopped")).to_contain_text("Masih harus diterima")
    expect(sari.locator("#sign-it")).to_have_count(0)

    yoga = enter("officer", PHONE)
    yoga.locator("#turn-ARN").click()
    yoga.locator("#to-handover").click()
    assert violations(yoga) == []
    for kind in KINDS:
        yoga.locator(f"#all-{kind}").click()
        settled(yoga)
    exact = [one for one in listed(yoga) if one["fields"]]
    plain = [
        one for one in listed(yoga) if not one["fields"] and one["state"] == "open"
    ]
    first = exact[0]
    read_back(yoga, first, where="Di tempat lain")
    expect(yoga.locator(f"#item-{of(first)} del").first).to_be_visible()
    for one in exact:
        read_back(yoga, one)
    yoga.evaluate(OFF)
    for one in plain:
        yoga.locator(f"#accept-{of(one)}").click()
    expect(yoga.locator(f"[data-waiting='{len(plain)}']")).to_be_visible()
    yoga.evaluate(ON)
    settled(yoga)
    expect(yoga.locator("#sign-it")).to_have_count(0)
    width = yoga.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE[0]

    sari.locator("#sign-it").click()
    settled(sari)
    yoga.locator("#sign-it").click()
    settled(yoga)

    expect(sari.locator("#handing")).to_have_count(0)
    guest = enter("focal-point", PHONE)
    expect(guest.locator("#introduction")).to_contain_text("Yoga Aditya")
