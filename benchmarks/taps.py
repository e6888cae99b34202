"""How many taps and seconds a request costs each side: a routine one, and an exact one.

    python benchmarks/taps.py [--runs 3] [--json]

The guest and the officer hold a phone of 360 px, the owning team sits at a desk; the
words are Indonesian. A tap is one press on a button or a link, with the seconds until
the page shows what follows. Typing is no tap and is not timed. The limit: two taps a
side for a routine request.
"""

import argparse
import json
import statistics
import sys
from collections.abc import Callable
from pathlib import Path

import pages
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.journeys.counting import Count, Side, exact, routine

type Story = Callable[[Count], list[Side]]

CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run"]
PHONE, DESK = (360, 740), (1440, 900)
LIMIT = 2


def main() -> int:
    """Count both stories and print the table."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--runs", type=int, default=3)
    reader.add_argument("--json", action="store_true")
    chosen = reader.parse_args()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        rows = [
            {"story": story.__name__, **row}
            for story in (routine, exact)
            for row in medians([once(browser, story) for _run in range(chosen.runs)])
        ]
        browser.close()
    if chosen.json:
        print(json.dumps(rows))
    else:
        show(rows)
    return int(any(r["story"] == "routine" and int(r["taps"]) > LIMIT for r in rows))


def once(browser: Browser, story: Story) -> list[Side]:
    """One request in a fresh house."""
    with pages.house(2) as (port, _made, _process):
        guest = entered(browser, port, "focal-point", PHONE)
        officer = entered(browser, port, "officer-arn", PHONE)
        desk = entered(browser, port, "transport", DESK)
        desk.goto(f"http://127.0.0.1:{port}/asks/")
        found = story(Count(guest, officer, desk))
        for page in (guest, officer, desk):
            page.context.close()
        return found


def entered(browser: Browser, port: int, role: str, size: tuple[int, int]) -> Page:
    """A window of the demo's role."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="id-ID"
    )
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{port}/demo/")
    page.locator(f"form[action='/demo/{role}/'] button").click()
    page.wait_for_url(lambda address: not address.endswith("/demo/"))
    return page


def medians(runs: list[list[Side]]) -> list[dict[str, str]]:
    """Each side's taps, the same in every run, and its median seconds."""
    found = []
    for sides in zip(*runs, strict=True):
        seconds = statistics.median(side.seconds for side in sides)
        taps = max(side.taps for side in sides)
        found.append(
            {"side": sides[0].name, "taps": str(taps), "seconds": f"{seconds:.2f}"}
        )
    return found


def show(rows: list[dict[str, str]]) -> None:
    """The table."""
    print(f"{'story':<10}{'side':<10}{'taps':>5}{'seconds':>10}")
    for row in rows:
        print(
            f"{row['story']:<10}{row['side']:<10}{row['taps']:>5}{row['seconds']:>10}"
        )


if __name__ == "__main__":
    sys.exit(main())
