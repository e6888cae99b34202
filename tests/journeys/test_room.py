"""The room's faces: the wall from eight metres, the arrivals in one hand."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE, WALL, Enter, frozen

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


THREE_BEATS = """() => new Promise((heard) => {
  let beats = 0;
  const stream = new EventSource("/live?beat=2");
  stream.addEventListener("beat", () => ++beats === 3 && (stream.close(), heard()));
})"""


@pytest.mark.parametrize(("face", "size"), [("desk", DESK), ("wall", WALL)])
def test_a_house_that_falls_silent_shows_within_five_seconds(
    enter: Enter, house: str, face: str, size: tuple[int, int]
) -> None:
    room = enter("coordinator", size)
    room.goto(f"{house}/room/?face={face}")
    note, html = room.locator(".stale-note"), room.locator("html")
    expect(html).to_have_attribute("data-live", "open")
    room.evaluate(THREE_BEATS)
    expect(note).to_be_hidden()  # nothing happened, and the house was heard

    with frozen(house):
        expect(note).to_be_visible(timeout=5000)

    expect(note).to_be_hidden(timeout=10000)
