"""Two ways to work a page: with a pointer, or with nothing but the keyboard."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import override

from playwright.sync_api import FileChooser, FilePayload, Locator, expect

FURTHEST = 400
WHERE = """(wanted) => {
  const here = document.activeElement;
  if (here === document.body) return { there: false, seen: true, name: "" };
  const rings = [here, here.parentElement].map((one) => getComputedStyle(one));
  return {
    there: here === wanted,
    seen: rings.some((r) => r.outlineStyle !== "none" && parseFloat(r.outlineWidth) > 1)
      && here.checkVisibility(),
    name: here.outerHTML.slice(0, 120),
  };
}"""


class Hands(ABC):
    """What a person does to a page."""

    @abstractmethod
    def press(self, target: Locator) -> None:
        """Follow the link or push the button."""

    @abstractmethod
    def write(self, target: Locator, words: str) -> None:
        """Put words where nothing stands yet."""

    @abstractmethod
    def choose(self, target: Locator, value: str) -> None:
        """Take one of the options."""

    @abstractmethod
    def later(self, target: Locator, hours: int, minute: str) -> None:
        """Put a moment some hours later on its day, and to this minute."""

    @abstractmethod
    def attach(self, target: Locator, file: FilePayload) -> None:
        """Bring a file of one's own."""


class Pointer(Hands):
    """Clicks and taps."""

    @override
    def press(self, target: Locator) -> None:
        target.click()

    @override
    def write(self, target: Locator, words: str) -> None:
        target.fill(words)

    @override
    def choose(self, target: Locator, value: str) -> None:
        target.select_option(value=value)

    @override
    def later(self, target: Locator, hours: int, minute: str) -> None:
        day, _, time = target.input_value().partition("T")
        target.fill(f"{day}T{int(time[:2]) + hours:02}:{minute}")

    @override
    def attach(self, target: Locator, file: FilePayload) -> None:
        target.set_input_files(file)


def _waits(_chooser: FileChooser) -> None:
    """Keeps the browser asking us, instead of the system, for a file."""


@dataclass
class Keys(Hands):
    """Tab, Enter, arrows and letters; every stop on the way must show where it is."""

    @override
    def press(self, target: Locator) -> None:
        self.reach(target)
        target.page.keyboard.press("Enter")

    @override
    def write(self, target: Locator, words: str) -> None:
        self.reach(target)
        target.page.keyboard.type(words)

    @override
    def choose(self, target: Locator, value: str) -> None:
        self.reach(target)
        target.page.keyboard.press("Home")
        for _option in range(FURTHEST):
            if target.input_value() == value:
                return
            target.page.keyboard.press("ArrowDown")
        raise AssertionError(f"No key brings {value} into {target}.")

    @override
    def later(self, target: Locator, hours: int, minute: str) -> None:
        """The field has parts; in every order of a date the hour is the fourth."""
        self.reach(target)
        keyboard = target.page.keyboard
        for key in ["Tab"] * 3 + ["ArrowUp"] * hours + ["Tab"]:
            keyboard.press(key)
        keyboard.type(minute)

    @override
    def attach(self, target: Locator, file: FilePayload) -> None:
        page = target.page
        page.on("filechooser", _waits)  # asked for now, it is in place before the key
        self.reach(target)
        with page.expect_file_chooser() as chosen:
            page.keyboard.press("Enter")
        chosen.value.set_files(file)
        page.remove_listener("filechooser", _waits)

    def reach(self, target: Locator) -> None:
        """Tab until the focus is on ``target``; fails when it never is, or hides."""
        expect(target).to_have_count(1)
        wanted = target.element_handle()
        hidden: list[str] = []
        for _stop in range(FURTHEST):
            here = target.page.evaluate(WHERE, wanted)
            hidden += [] if here["seen"] else [here["name"]]
            if here["there"]:
                assert hidden == [], hidden
                return
            target.page.keyboard.press("Tab")
        raise AssertionError(f"No number of tabs reaches {target}.")
