"""A phone that rings: asked for by a tap, carried sealed, shown without a word.

The browser's maker is the one who is not here: Chromium subscribes at its maker's
service alone, so the subscription is the test's own and the service stands on this
machine. What it was given is opened with the subscription's key, and handed to the
real worker by the browser's own tools.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.channels.servers import Provider, provider, says
from tests.channels.test_push import Browser as Receiver
from tests.journeys.conftest import PHONE, _free_port, _titian, _wait_for

pytestmark = pytest.mark.browser

SUBSCRIBES = """(() => {
  let made = null;
  const worker = ServiceWorkerRegistration.prototype;
  const manager = {
    getSubscription: async () => made,
    subscribe: async (asked) => {
      if (!asked.userVisibleOnly || asked.applicationServerKey.length !== 65)
        throw new Error("asked wrongly");
      made = { endpoint: GIVEN.endpoint, toJSON: () => GIVEN,
        unsubscribe: async () => { made = null; return true; } };
      return made;
    },
  };
  Object.defineProperty(worker, "pushManager", { get: () => manager });
})()"""

ACCOUNT = """
import django
django.setup()
from django.contrib.auth.models import User
from titian.people.models import Assignment
held = Assignment.objects.filter(relieved_at=None, consent="agreed",
    officer__person__user__isnull=False).select_related("officer__person").first()
user = held.officer.person.user
user.set_password("a pier in the lagoon")
user.save()
print(user.username)
"""

CALL = """
import sys, django
django.setup()
from titian.kernel import clock
from titian.kernel.models import Event
from titian.loop.commands import roll
from titian.people.models import Assignment, Seat
from titian.people.queries import signed_in
event = Event.objects.get()
seat = Seat.objects.filter(role="coordinator", person__user__isnull=False).first()
hers = Assignment.objects.filter(officer__person__user__username=sys.argv[1])
roll.call_roll(event.pk, hers.values_list("delegation", flat=True), area="Lobi timur",
    actor=signed_in(seat.person.user), at=clock.time_at(event))
"""

STATE = """
import sys, django
django.setup()
from titian.channels.models import Delivery
print(Delivery.objects.get(ref=sys.argv[1]).state)
"""


ASK = """
import sys, django
django.setup()
from titian.kernel import clock
from titian.loop.commands import asks
from titian.people.models import Assignment, FocalPoint
from titian.people.queries import on_file
held = Assignment.objects.filter(officer__person__user__username=sys.argv[1])
point = FocalPoint.objects.filter(delegation__in=held.values("delegation")).first()
at = clock.time_at(point.delegation.event)
actor = on_file(point.person)
print(asks.ask(point.delegation_id, "Dua handuk", actor=actor, at=at).pk)
"""

GUEST = """
import django
django.setup()
from titian.briefing.commands import notices
from titian.briefing.wording import Wording
from titian.kernel import clock
from titian.kernel.models import Event
from titian.people.commands.links import make_link
from titian.people.models import FocalPoint, Seat
from titian.people.queries import signed_in
event = Event.objects.get()
seat = Seat.objects.filter(role="coordinator", person__user__isnull=False).first()
actor, at = signed_in(seat.person.user), clock.time_at(event)
point = FocalPoint.objects.filter(delegation__event=event).first()
make_link(point.person_id, point.delegation_id, token="lagoon" * 6, actor=actor, at=at)
words = Wording(title_en="Gate three is closed", title_id="Gerbang tiga ditutup",
    new_en="use gate five", new_id="lewat gerbang lima", reason_en="a rehearsal",
    reason_id="latihan")
rule = {"is": "delegation", "of": [point.delegation_id]}
draft = notices.compose(event.pk, notices.Composed(words, rule), actor=actor, at=at)
notices.send(draft.pk, actor=actor, at=at)
print(draft.copies.get(person=point.person_id).pk)
"""

READ = """
import sys, django
django.setup()
from titian.briefing.models import Copy
print(Copy.objects.get(pk=sys.argv[1]).read_at)
"""


@dataclass
class House:
    """A house that is no demo: its phones may be told."""

    address: str
    officer: str
    env: dict[str, str]
    service: Provider
    phone: Receiver = field(init=False)

    def __post_init__(self) -> None:
        self.phone = Receiver(self.service.address)

    def carried(self, kind: str) -> bytes:
        """What the service was given of this kind, as the browser opens it."""
        told = [self.phone.opens(call.body) for call in self.service.calls]
        return next((one for one in told if json.loads(one)["kind"] == kind), b"")

    def run(self, script: str, *words: str) -> str:
        """What a few lines inside the house print."""
        done = subprocess.run(
            [sys.executable, "-c", script, *words],
            env=self.env,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()


@pytest.fixture(scope="module")
def ringing(
    prepared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    home, port = tmp_path_factory.mktemp("ringing") / "home", _free_port()
    shutil.copytree(prepared, home)
    with provider(lambda _call: says(201, Location="/message/1")) as service:
        env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        env |= {
            "TITIAN_HOME": str(home),
            "TITIAN_VAPID_SUBJECT": "mailto:desk@example.org",
            "TITIAN_PUSH_SERVICES": service.address,
            "DJANGO_SETTINGS_MODULE": "titian.settings",
        }
        env.pop("TITIAN_DEMO", None)
        house = House(f"http://127.0.0.1:{port}", "", env, service)
        house.officer = house.run(ACCOUNT)
        words = (["web", "--port", str(port)], ["work"])
        running = [subprocess.Popen(_titian(*one), env=env) for one in words]
        try:
            _wait_for(f"{house.address}/healthz")
            yield house
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(10)


@pytest.fixture
def context(browser: Browser, ringing: House) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, locale="id-ID"
    )
    context.grant_permissions(["notifications"], origin=ringing.address)
    given = ringing.phone.subscription
    context.add_init_script(SUBSCRIBES.replace("GIVEN", f"({given})"))
    yield context
    context.close()


def signed_in(context: BrowserContext, house: House) -> Page:
    page = context.new_page()
    page.goto(f"{house.address}/sign-in/login/?next=/field/")
    page.locator("[name=login]").fill(house.officer)
    page.locator("[name=password]").fill("a pier in the lagoon")
    page.locator("#sign-in").click()
    expect(page.locator("#tell-me")).to_be_attached()
    return page


def delivered(context: BrowserContext, page: Page, house: House, said: bytes) -> None:
    """The browser's own tools hand the message to the worker.

    A browser may drop the first one while it is still making its own door to the
    screen, and push services send again: so does this, and a second one with the same
    tag takes the place of the first.
    """
    tools = context.new_cdp_session(page)
    found: list[Any] = []
    tools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(told["registrations"]),
    )
    tools.send("ServiceWorker.enable")
    until(lambda: bool(found), page)
    message = {
        "origin": house.address,
        "registrationId": found[0]["registrationId"],
        "data": said.decode(),
    }
    for _again in range(4):
        tools.send("ServiceWorker.deliverPushMessage", message)
        if _shown(page):
            return
    pytest.fail(f"The browser shows nothing of {message}.")


def _shown(page: Page) -> bool:
    """Whether it stands on the locked screen within a few seconds."""
    for _look in range(80):
        if page.evaluate(SHOWN):
            return True
        page.wait_for_timeout(100)
    return False


def until(true: Any, page: Page) -> None:
    """Wait, as long as a worker may take for its round on a busy machine."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        page.wait_for_timeout(100)


SHOWN = """async () => {
  const worker = await navigator.serviceWorker.getRegistration("/field/");
  const shown = await worker.getNotifications();
  return shown.map((one) => [one.title, one.body, one.data.to]);
}"""


MESSAGE = """navigator.serviceWorker.dispatchEvent(
  new MessageEvent("message", { data: { to: "TO" } }))"""


def test_from_the_tap_to_the_locked_screen_and_back(
    context: BrowserContext, ringing: House
) -> None:
    page = signed_in(context, ringing)
    workers = page.evaluate("navigator.serviceWorker.getRegistrations()")
    assert workers == []  # nothing is asked on arrival

    page.locator("#tell-me").click()
    expect(page.locator("#tell-no-more")).to_be_visible()
    ringing.run(CALL, ringing.officer)
    until(lambda: bool(ringing.carried("roll")), page)

    said = ringing.carried("roll")
    assert b"Lobi" not in said
    delivered(context, page, ringing, said)

    assert page.evaluate(SHOWN) == [
        ["Titian", "Absen darurat: buka Titian sekarang.", "/field/"]
    ]
    ref = json.loads(said)["key"]
    until(lambda: ringing.run(STATE, ref) == "delivered", page)
    told = page.locator("li", has_text="Lobi timur").first
    expect(told).to_be_visible()
    told.get_by_role("button", name="Sudah saya baca").click()
    expect(told).to_have_count(0)

    page.locator("#tell-no-more").click()
    expect(page.locator("#tell-me")).to_be_visible()


def test_a_preview_has_not_read_what_a_guest_reads(
    context: BrowserContext, ringing: House
) -> None:
    copy, address = ringing.run(GUEST), f"{ringing.address}/g/{'lagoon' * 6}/"
    for _preview in range(2):
        assert "Gerbang tiga" in context.request.get(address).text()
    assert ringing.run(READ, copy) == "None"

    page = context.new_page()
    page.goto(address)
    page.get_by_text("Gerbang tiga ditutup", exact=True).scroll_into_view_if_needed()

    until(lambda: ringing.run(READ, copy) != "None", page)


def test_what_was_opened_leads_to_the_request(
    context: BrowserContext, ringing: House
) -> None:
    ask = ringing.run(ASK, ringing.officer)
    page = signed_in(context, ringing)
    opened = MESSAGE.replace("TO", f"/field/#ask-{ask}")

    page.evaluate(opened)

    expect(page.locator("#back")).to_be_visible()
    expect(page.get_by_text("Dua handuk").first).to_be_visible()
    page.goto(f"{ringing.address}/field/?again#ask-{ask}")
    expect(page.locator("#back")).to_be_visible()
    assert "#" not in page.url
