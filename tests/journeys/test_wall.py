"""The wall: read from eight metres, so nothing is small, cut or scrolled."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import WALL, Enter

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
