"""The room's faces: the wall from eight metres, the arrivals in one hand."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, WALL, Enter

pytestmark = pytest.mark.browser

FAULTS = """() => {
  const faults = [];
  const page = document.documentElement;
  if (page.scrollHeight > innerHeight || page.scrollWidth > innerWidth)
    faults.push(`scrolls: ${page.scrollWidth} x ${page.scrollHeight}`);
  for (const one of document.querySelectorAll("body *")) {
    const speaks = [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!speaks || !one.checkVisibility() || one.closest(".sr")) continue;
    if (parseFloat(getComputedStyle(one).fontSize) < 26)
      faults.push(`small: ${one.outerHTML}`);
    if (one.scrollWidth > one.clientWidth && one.clientWidth
        || one.scrollHeight > one.clientHeight + 8 && one.clientHeight)
      faults.push(`cut: ${one.outerHTML}`);
  }
  for (const tile of document.querySelectorAll(".tile")) {
    const edge = tile.getBoundingClientRect();
    for (const part of tile.querySelectorAll("*")) {
      const box = part.getBoundingClientRect();
      if (box.right > edge.right + 0.5 || box.bottom > edge.bottom + 0.5)
        faults.push(`outside its tile: ${part.outerHTML}`);
    }
  }
  return faults;
}"""


def faults_of(wall: Page) -> list[str]:
    """Everything on the wall that cannot be read from where people stand."""
    wall.evaluate("document.fonts.ready")
    found: list[str] = wall.evaluate(FAULTS)
    return found


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_word_on_the_wall_can_be_read(enter: Enter, language: str) -> None:
    wall = enter("coordinator", WALL, language)
    wall.goto(f"{wall.url}?face=wall")

    expect(wall.locator(".tile")).to_have_count(48)
    assert faults_of(wall) == []


OVERLAPS = """() => {
  const parts = [...document.querySelectorAll("#strips :is(li, h2, .n)")]
    .filter((one) => one.checkVisibility())
    .map((one) => ({ text: one.textContent.trim(), box: one.getBoundingClientRect() }));
  const faults = parts.filter(({ box }) => box.left < 0 || box.right > innerWidth);
  parts.forEach((one, i) => parts.slice(i + 1).forEach((other) => {
    if (one.box.left < other.box.right - 1 && other.box.left < one.box.right - 1
      && one.box.top < other.box.bottom - 1 && other.box.top < one.box.bottom - 1)
      faults.push({ text: `${one.text} / ${other.text}` });
  }));
  return faults.map((one) => one.text);
}"""


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_arrivals_can_be_read_on_a_phone(enter: Enter, language: str) -> None:
    room = enter("coordinator", PHONE, language)

    expect(room.locator(".landings li").first).to_be_visible()
    expect(room.locator("#strips .by-line")).to_be_hidden()
    assert room.evaluate(OVERLAPS) == []
    assert room.evaluate("document.documentElement.scrollWidth") == PHONE[0]
