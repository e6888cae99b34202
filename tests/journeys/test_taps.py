"""How often each side presses for a request; seconds are printed, never asserted."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE, Enter
from tests.journeys.counting import Count, Side, exact, routine
from tests.journeys.test_phone import OFF, ON

pytestmark = pytest.mark.browser

WANTED = "Bantal tambahan, tolong."


@pytest.mark.parametrize(
    ("story", "taps"),
    [
        (routine, {"guest": 2, "officer": 2, "desk": 2}),
        # to be said back costs the officer and the desk what it is worth
        (exact, {"guest": 2, "officer": 4, "desk": 3}),
    ],
    ids=["routine", "exact"],
)
def test_each_side_presses_no_more_than_this(
    enter: Enter, story: Callable[[Count], list[Side]], taps: dict[str, int]
) -> None:
    guest, desk = enter("focal-point", PHONE), enter("transport", DESK)
    officer = enter("officer-arn", PHONE)
    desk.goto(desk.url.split("/", 3)[0] + "//" + desk.url.split("/")[2] + "/asks/")

    found = story(Count(guest, officer, desk))

    for side in found:
        print(f"{story.__name__} {side.name}: {side.taps} taps {side.seconds:.2f} s")
    assert {side.name: side.taps for side in found} == taps


def test_what_is_done_beside_is_kept_without_a_signal(enter: Enter) -> None:
    guest, officer = enter("focal-point", PHONE), enter("officer-arn", PHONE)
    guest.locator("#words").fill(WANTED)
    guest.locator("form:has(#words) button").click()
    row = officer.locator("div.pad.line", has_text=WANTED)
    expect(row).to_be_visible(timeout=10_000)

    officer.evaluate(OFF)
    row.get_by_role("button").click()
    officer.locator("#open-hurry").click()
    officer.locator("#do-hurry").click()
    row.get_by_role("button").click()
    expect(officer.locator("#open-hurry")).to_have_count(0)  # it is on its way
    officer.locator("#open-withdraw").click()
    officer.locator("#do-withdraw").click()
    expect(officer.locator("[data-waiting='2']")).to_be_visible()
    officer.evaluate(ON)

    expect(officer.locator("[data-waiting='0']")).to_be_visible()
    expect(row).to_have_count(0)
    expect(officer.locator("[role=alert]")).to_have_count(0)
