"""A routine request and an exact one, from words to kept, and each tap on the way."""

import time
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

ROUTINE = "Sopir kami menunggu di mana?"
EXACT = "Kami perlu mobil tambahan besok pagi."
FIELDS = {"who": "Ketua", "how_many": "1", "when": "Sel 06.00", "where": "Hotel"}
ANSWER = "Di pintu samping, pukul 05.45."


@dataclass
class Side:
    """One side's taps and seconds; typing is no tap, and is counted in neither."""

    name: str
    taps: int = 0
    seconds: float = 0.0


@dataclass
class Count:
    """Three people with their pages, and what each of them had to press."""

    guest: Page
    officer: Page
    desk: Page
    sides: dict[str, Side] = field(default_factory=dict)

    def tap(self, side: str, target: Locator, shown: Locator) -> None:
        """Press, and wait until the page shows what follows."""
        began = time.perf_counter()
        target.click()
        expect(shown).to_be_visible(timeout=10_000)
        one = self.sides.setdefault(side, Side(side))
        one.taps += 1
        one.seconds += time.perf_counter() - began


def routine(count: Count) -> list[Side]:
    """Sent, passed on, taken and answered, closed: who pressed how often."""
    _send(count, ROUTINE)
    _pass_on(count, ROUTINE, {})
    count.tap("desk", _named(count.desk, ROUTINE), count.desk.locator("#answer"))
    _answer(count)
    _close(count, ROUTINE)
    return list(count.sides.values())


def exact(count: Count) -> list[Side]:
    """Sent, passed on, said back, confirmed, answered, closed."""
    desk, officer = count.desk, count.officer
    _send(count, EXACT)
    _pass_on(count, EXACT, FIELDS)
    count.tap("desk", _named(desk, EXACT), desk.locator("#restate"))
    for name, words in FIELDS.items():
        desk.locator(f"#field-{name}").fill(words)
    count.tap("desk", desk.locator("#restate"), desk.locator("#main"))
    row = officer.locator("div.pad.line", has_text=EXACT).get_by_role("button")
    expect(row).not_to_have_class("btn btn-quiet", timeout=10_000)  # it is his move
    count.tap("officer", row, officer.locator("#confirm"))
    count.tap("officer", officer.locator("#confirm"), _sent(officer))
    expect(desk.locator("#answer")).to_be_visible(timeout=10_000)
    _answer(count)
    _close(count, EXACT)
    return list(count.sides.values())


def _send(count: Count, words: str) -> None:
    guest = count.guest
    guest.locator("#words").fill(words)
    said = guest.locator(".asks .w", has_text=words)
    count.tap("guest", guest.locator("form:has(#words) button"), said)


def _pass_on(count: Count, words: str, details: dict[str, str]) -> None:
    officer = count.officer
    row = officer.locator("div.pad.line", has_text=words).get_by_role("button")
    count.tap("officer", row, officer.locator("#send-on"))
    for name, said in details.items():
        officer.locator(f"#{name}").fill(said)
    count.tap("officer", officer.locator("#send-on"), _sent(officer))


def _answer(count: Count) -> None:
    desk = count.desk
    desk.locator("#words").fill(ANSWER)
    answered = desk.locator("article.voice", has_text=ANSWER)
    count.tap("desk", desk.locator("#answer"), answered)


def _close(count: Count, words: str) -> None:
    own = count.guest.locator(".asks > li", has_text=words)
    button = own.locator("form[action$='/close/'] button")
    expect(button).to_be_visible(timeout=10_000)
    count.tap("guest", button, own.locator("rect.done").nth(2))


def _named(desk: Page, words: str) -> Locator:
    """The row of the queue, which comes by itself."""
    return desk.get_by_role("link", name=words)


def _sent(officer: Page) -> Locator:
    return officer.locator("[data-waiting='0']")
