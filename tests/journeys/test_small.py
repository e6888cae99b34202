"""The desk in one hand: nothing scrolls sideways, nothing lies under its neighbour."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.test_access import DESK_PAGES

pytestmark = pytest.mark.browser

OVERLAPS = """() => {
  const kinds = "main h1, main h2, main button, main nav a";
  const seen = [...document.querySelectorAll(kinds)]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !fixed(one));
  function fixed(one) {
    for (; one; one = one.parentElement)
      if (["fixed", "sticky", "absolute"].includes(getComputedStyle(one).position))
        return true;
    return false;
  }
  function words(one) {
    const range = document.createRange();
    range.selectNodeContents(one);
    return (one.matches("button") ? one : range).getBoundingClientRect();
  }
  const boxes = seen.map((one) => [one, words(one)]);
  const found = [];
  boxes.forEach(([one, a], i) => boxes.slice(i + 1).forEach(([other, b]) => {
    if (one.contains(other) || other.contains(one)) return;
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 1 && high > 1) found.push(`${one.innerText} × ${other.innerText}`);
  }));
  return found;
}"""


def faults(page: Page) -> list[str]:
    """What a thumb or an eye would trip over, one line each."""
    where = page.url.split("/", 3)[3]
    found = [f"{where}: {pair}" for pair in page.evaluate(OVERLAPS)]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return found if wide <= PHONE[0] else [*found, f"{where} is {wide} px wide"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_desk_fits_a_phone(enter: Enter, language: str) -> None:
    page = enter("coordinator", PHONE, language)
    base = page.url.removesuffix("/room/")
    found = []
    for address in DESK_PAGES:
        page.goto(base + address)
        found += faults(page)

    assert found == []


def test_the_marks_of_a_request_go_to_the_next_line(enter: Enter) -> None:
    page = enter("coordinator", PHONE, "id")
    page.goto(page.url.removesuffix("/room/") + "/asks/")
    page.locator("main a", has_text="Jalan pagi").first.click()
    marks = page.locator("#ask-marks")
    marks.locator(".dim").nth(1).evaluate(
        "one => one.textContent = 'Koordinasi pendampingan dan persandian'"
    )

    assert marks.locator(".tag").count() > 1
    assert faults(page) == []


def test_a_heading_under_its_button_would_be_found(enter: Enter) -> None:
    page = enter("coordinator", PHONE, "id")
    page.evaluate("""() => {
      const heading = document.querySelector("main h1, main h2");
      const button = document.createElement("button");
      button.textContent = "Over";
      button.style.marginTop = "-30px";
      button.style.display = "block";
      heading.style.maxWidth = "40px";
      heading.after(button);
    }""")

    assert any("Over" in one for one in faults(page))
