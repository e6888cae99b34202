"""One evening in Bali, on three screens: in either language, and without a mouse."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.conftest import DESK, PHONE, WALL, Enter, opened
from tests.journeys.hands import Hands, Keys, Pointer
from tests.journeys.test_room import faults_of

pytestmark = pytest.mark.browser

ASKED = "Deux voitures demain à six heures, devant l'hôtel."
FIELDS = {"who": "Presiden", "how_many": "2", "when": "Sel 06.00", "where": "Hotel"}
ANSWER = "Tiga mobil di pintu depan pukul 05.45"
RECEIPT = FilePayload(name="cars.txt", mimeType="text/plain", buffer=b"B 1, B 2")
LANDED = {"id": "mendarat 19.40", "en": "Landed 19:40"}


@dataclass
class Evening:
    """Who sits where, and how they work their pages."""

    enter: Enter
    hands: Hands
    language: str

    def open(self, role: str, size: tuple[int, int] = DESK) -> Page:
        return self.enter(role, size, self.language, self.hands)


@pytest.fixture
def house(prepared: Path, tmp_path: Path) -> Iterator[str]:
    """A house for each evening: what one leaves behind is not the next one's."""
    with opened(prepared, tmp_path / "home") as address:
        yield address


@pytest.mark.parametrize(
    ("language", "hands"),
    [("id", Pointer()), ("en", Pointer()), ("id", Keys())],
    ids=["Indonesian", "English", "keyboard alone"],
)
def test_the_evening(enter: Enter, language: str, hands: Hands) -> None:
    evening = Evening(enter, hands, language)
    room = evening.open("coordinator")

    accept_the_cover(evening, room)
    see_the_landing(evening, room)
    guest = ask_and_answer(evening)
    show_a_line_done(evening, guest)
    move_an_arrival(evening, room)

    wall = evening.open("coordinator", WALL)
    wall.goto(f"{wall.url}?face=wall")
    assert faults_of(wall) == []


def accept_the_cover(evening: Evening, room: Page) -> None:
    """The coordinator has a cover proposed, reads it, and puts it in force."""
    press = evening.hands.press
    press(room.locator(".note a[href='/cover/']"))
    press(room.locator("#propose"))
    fold = room.locator(".folds > li > details").first
    expect(fold).to_be_visible(timeout=30_000)
    press(fold.locator("summary").first)
    expect(fold.locator(".why").first).to_be_visible()
    press(room.locator("#accept"))

    expect(room.locator(".flash .note")).to_be_visible(timeout=30_000)
    expect(room.locator(".lane .ok").first).to_be_visible()
    press(room.locator("nav a[href='/room/']"))
    expect(room.locator(".note a[href='/cover/']")).to_have_count(0)


def see_the_landing(evening: Evening, room: Page) -> None:
    """One tap on the phone of Japan's officer is on the coordinator's open page."""
    line = room.locator("tr", has=room.get_by_role("rowheader", name="JPN"))
    expect(line).not_to_contain_text(LANDED[evening.language])
    room.wait_for_selector("html[data-live=open]")

    phone = evening.open("officer", PHONE)
    expect(phone.locator("#tap-next")).to_have_attribute("data-step", "landed")
    evening.hands.press(phone.locator("#tap-next"))

    expect(line).to_contain_text(LANDED[evening.language], timeout=2000)


def ask_and_answer(evening: Evening) -> Page:
    """A guest's words are passed on, said back, put right, answered and closed."""
    press, write = evening.hands.press, evening.hands.write
    guest = evening.open("focal-point", PHONE)
    write(guest.locator("#words"), ASKED)
    press(guest.locator("form:has(#words) button"))
    expect(guest.locator(".asks .w").first).to_have_text(ASKED)

    officer = evening.open("officer", PHONE)
    press(officer.locator("a[href='/asks/']"))
    press(officer.get_by_role("link", name=ASKED))
    pass_on(evening.hands, officer)

    transport = evening.open("transport")
    press(transport.get_by_role("link", name="Mobil untuk besok"))
    for name, words in FIELDS.items():
        heard = "3" if name == "how_many" else words
        write(transport.locator(f"#field-{name}"), heard)
    press(transport.locator("#restate"))
    expect(transport.locator("tr.differs ins")).to_have_text("3")

    expect(officer.locator("tr.differs ins")).to_have_text("3")  # it came by itself
    press(officer.locator("#move-confirm"))
    write(transport.locator("#words"), ANSWER)
    press(transport.locator("#answer"))

    answer = guest.locator(".answer", has_text=ANSWER)
    press(answer.locator("button"))
    done = guest.locator(".asks li", has_text=ASKED).locator("rect.done")
    expect(done).to_have_count(3)
    return guest


def pass_on(hands: Hands, page: Page) -> None:
    """The officer adds the meaning and hands the words to transport."""
    hands.write(page.locator("#title"), "Mobil untuk besok")
    hands.write(page.locator("#gloss"), "Dua mobil besok pukul enam")
    topic = page.locator("#topic option", has_text=re.compile("Transport")).first
    hands.choose(page.locator("#topic"), topic.get_attribute("value") or "")
    for name, words in FIELDS.items():
        hands.write(page.locator(f"#field-{name}"), words)
    hands.press(page.locator("form:has(#title) button"))
    expect(page.locator("form:has(#title)")).to_have_count(0)


def show_a_line_done(evening: Evening, guest: Page) -> None:
    """The transport desk shows two cars with a paper; the guest says: received."""
    hands = evening.hands
    transport = evening.open("transport")
    hands.press(transport.locator("nav a[href='/agreements/']"))
    hands.press(transport.locator("a:has-text('K-012')"))
    hands.press(transport.locator("a[href$='/lines/8/']"))
    hands.attach(transport.locator("#evidence-file"), RECEIPT)
    hands.write(transport.locator("#evidence-words"), "B 1, B 2")
    hands.press(transport.locator("#move-deliver"))
    expect(transport.locator("aside dd a")).to_contain_text("cars.txt")

    line = guest.locator("li", has_text="K-012/8")
    hands.press(line.locator("button[value=accept]"))
    expect(line.locator(".st-ok")).to_be_visible()
    expect(transport.locator("aside .st-ok")).to_be_visible()


def move_an_arrival(evening: Evening, room: Page) -> None:
    """Ninety minutes later: what it touches is seen first, asked, and confirmed."""
    press = evening.hands.press
    row = room.locator("tr", has=room.get_by_role("rowheader", name="VRN"))
    press(row.get_by_role("link"))
    move = room.locator("#aside[aria-label*='Veren'] a[href*='/expectation/']")
    press(move)
    expected = room.locator("#expected_at")
    expect(expected).to_have_value("2022-11-14T21:30")
    evening.hands.later(expected, 2, "00")
    expect(expected).to_have_value("2022-11-14T23:00")
    press(room.locator("form[method=get] .btn").last)

    expect(room.locator("#move")).to_be_visible()
    touched = room.locator("main ul.rows li").count()
    assert touched > 0
    press(room.locator("#move"))
    for left in range(touched, 0, -1):
        expect(room.locator(".confirm")).to_have_count(left)
        press(room.locator(".confirm").first)
    expect(room.locator(".confirm")).to_have_count(0)
