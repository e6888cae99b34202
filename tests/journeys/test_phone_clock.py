"""A phone whose clock is wrong by hours, and set to another zone."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser

WRONG = """(() => {
  const off = %d * 3600e3, Right = Date, now = Date.now;
  window.Date = class extends Right {
    constructor(...given) { given.length ? super(...given) : super(now() + off); }
    static now() { return now() + off; }
  };
})()"""


@pytest.mark.parametrize(
    ("hours", "zone"),
    [(0, "Asia/Makassar"), (7, "America/New_York"), (-30, "Pacific/Kiritimati")],
)
def test_it_shows_and_stamps_the_hour_of_the_event(
    browser: Browser, house: str, hours: int, zone: str
) -> None:
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]},
        locale="id-ID",
        timezone_id=zone,
    )
    context.add_init_script(WRONG % hours)
    phone = context.new_page()
    phone.goto(f"{house}/demo/")
    phone.locator("form[action='/demo/officer-arn/'] button").click()
    phone.wait_for_url("**/field/")
    event = phone.request.get(f"{house}/api/feed").json()["event"]
    reads = datetime.fromisoformat(event["now"])
    there = reads.astimezone(ZoneInfo(event["zone"])).strftime("%H.%M")
    expect(phone.locator("[data-clock]").first).to_have_text(there)

    with phone.expect_request("**/api/acts") as sent:
        phone.locator("#tap-next").click()

    assert abs(stamped(sent.value) - reads) < timedelta(minutes=1)
    expect(phone.locator("[data-waiting='0']")).to_be_visible()
    context.close()


def stamped(request: Request) -> datetime:
    """The hour that the phone gave to what was tapped."""
    [act] = json.loads(request.post_data or "")["acts"]
    return datetime.fromisoformat(act["at"])
