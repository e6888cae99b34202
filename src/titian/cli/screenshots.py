"""The pictures of the README, taken of a running demo by a real browser."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from titian.cli import parser

PICTURES = (
    ("control-room", "coordinator", (1440, 900)),
    ("officer", "officer", (360, 740)),
    ("guest", "focal-point", (360, 740)),
)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def main(words: Sequence[str]) -> int:
    """Take each picture of the demo at ``--address`` and keep it in ``--folder``."""
    reader = parser("screenshots")
    reader.add_argument("--address", default="http://127.0.0.1:8000")
    reader.add_argument("--folder", default="docs/screenshots")
    chosen = reader.parse_args(words)
    found = [path for name in CHROMIUM if (path := shutil.which(name))]
    if not found:
        print("The pictures need Chromium: install it first.", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    Path(chosen.folder).mkdir(parents=True, exist_ok=True)
    quietly = ["--no-sandbox", "--disable-gpu"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found[0], args=quietly)
        for name, role, (width, height) in PICTURES:
            page = browser.new_page(
                viewport={"width": width, "height": height}, locale="en-GB"
            )
            page.goto(f"{chosen.address}/demo/")
            page.locator(f"form[action='/demo/{role}/'] button").click()
            page.wait_for_timeout(1500)
            page.screenshot(path=f"{chosen.folder}/{name}.png")
        browser.close()
    return 0
