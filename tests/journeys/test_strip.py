"""A landing is taken by the hand on the strip; what it breaks stands beside it."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, Enter

pytestmark = pytest.mark.browser

AN_HOUR = 1 / 18  # of the strip, from six to midnight


def drag(room: Page, code: str, hours: float) -> None:
    """Take the mark and let it go so many hours later."""
    hand = room.locator(f"a.mover[data-code={code}]")
    expect(hand).to_have_attribute("role", "slider")  # from now on it can be taken
    room.evaluate("document.fonts.ready.then(() => true)")  # and stands where it will
    mark = hand.locator("circle").bounding_box()
    strip = room.locator("svg.strip[data-from]").bounding_box()
    assert mark and strip
    x, y = mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2
    room.mouse.move(x, y)
    room.mouse.down()
    room.mouse.move(x + strip["width"] * AN_HOUR * hours, y, steps=4)
    room.mouse.up()


def test_dragged_by_ninety_minutes_it_shows_all_six_and_moves_by_one_press(
    enter: Enter,
) -> None:
    room = enter("coordinator", DESK, "en")

    drag(room, "ARN", 1.5)

    beside = room.locator("#aside[data-moving]")
    for words in (
        "press call",
        "must be at Ngurah Rai",
        "12 hours are the most",
        "Who greets",
        "must be kept until",
        "would not have arrived",
    ):
        expect(beside.locator("#breaks")).to_contain_text(words, timeout=90_000)
    expect(beside.locator("#way-0")).to_contain_text("DK 9004 TTN")
    beside.locator("#move").click()

    expect(room.locator("#aside")).to_contain_text("22:25")
    expect(room.locator("#aside")).to_contain_text("To confirm")
    expect(room.locator("a.mover[data-code=ARN]")).to_contain_text("22:25")


def test_the_arrow_keys_do_the_same_and_escape_puts_it_back(enter: Enter) -> None:
    room = enter("coordinator", DESK, "en")
    mark = room.locator("a.mover[data-code=VRN]")
    mark.focus()

    room.keyboard.press("Shift+ArrowRight")
    expect(mark).to_have_attribute("aria-valuetext", "VRN 22:00")
    room.keyboard.press("Escape")
    expect(mark).to_contain_text("21:30")
    room.keyboard.press("ArrowRight")
    room.keyboard.press("Enter")

    beside = room.locator("#aside[data-moving]")
    expect(beside.locator(".times .new")).to_contain_text("21:35", timeout=90_000)
    expect(beside).to_be_focused()
