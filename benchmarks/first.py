"""How long until a cheap phone on a bad line shows something useful, and what it costs.

    python benchmarks/first.py [--runs 5] [--json]

Chromium at 360 px, slowed to 400 kbit/s, 400 ms a round trip and a quarter of the
processor. Useful is the guest's own next hour, and the officer's first milestone
button. Bytes are counted as they come over the line, for a first visit and for the
next one. The limits stand beside the figures: 3.0 s, 100 kB first, 20 kB after.
"""

import argparse
import json
import statistics
import sys
import time
from dataclasses import dataclass, field

import pages
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

LINE = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
SLOWER = 4
CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LIMITS = {"seconds": 3.0, "first_kb": 100, "again_kb": 20}


@dataclass
class Line:
    """What has come over the line since it was last asked."""

    bytes: int = 0
    requests: int = 0
    paths: list[str] = field(default_factory=list)

    def taken(self) -> tuple[float, int]:
        """Kilobytes and requests, and start again from nothing."""
        found = round(self.bytes / 1000, 1), self.requests
        self.bytes = self.requests = 0
        return found


def main() -> int:
    """Measure both pages and print them beside the limits."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--runs", type=int, default=5)
    reader.add_argument("--json", action="store_true")
    chosen = reader.parse_args()
    with pages.house(2) as (port, _made, _process), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        base = f"http://127.0.0.1:{port}"
        guest = base + pages.guests_page(port)
        officer = pages.signed_in(port, "officer")
        found = {
            "guest": runs(browser, chosen.runs, guest, "main ol li.next .b", ""),
            "officer": runs(
                browser,
                chosen.runs,
                f"{base}/field/",
                "main li.next, #tap-next",
                officer,
            ),
        }
        browser.close()
    if chosen.json:
        print(json.dumps({"limits": LIMITS, **found}))
    else:
        for name, figures in found.items():
            print(name, figures)
        print("limits", LIMITS)
    return 0


def runs(
    browser: Browser, times: int, address: str, useful: str, cookie: str
) -> dict[str, object]:
    """Medians over so many fresh phones."""
    each = [once(browser, address, useful, cookie) for _run in range(times)]
    return {
        key: round(statistics.median(one[key] for one in each), 2) for key in each[0]
    }


def once(browser: Browser, address: str, useful: str, cookie: str) -> dict[str, float]:
    """One fresh phone: the first visit, then the next one."""
    phone = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="id-ID", is_mobile=True
    )
    try:
        _sign_in(phone, address, cookie)
        page = phone.new_page()
        line = _slowed(phone, page)
        first = _until_useful(page, address, useful)
        page.wait_for_timeout(2500)  # what is fetched behind the first paint counts too
        first_kb, first_requests = line.taken()
        again = _until_useful(page, address, useful)
        page.wait_for_timeout(1500)
        again_kb, again_requests = line.taken()
        return {
            "first_s": first,
            "first_kb": first_kb,
            "first_requests": first_requests,
            "again_s": again,
            "again_kb": again_kb,
            "again_requests": again_requests,
        }
    finally:
        phone.close()


def _sign_in(phone: BrowserContext, address: str, cookie: str) -> None:
    origin = "/".join(address.split("/")[:3])
    for pair in filter(None, cookie.split("; ")):
        name, value = pair.split("=", 1)
        phone.add_cookies([{"name": name, "value": value, "url": origin}])


def _slowed(phone: BrowserContext, page: Page) -> Line:
    line = Line()
    devtools = phone.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", LINE)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def count(event: dict[str, float]) -> None:
        line.bytes += int(event["encodedDataLength"])
        line.requests += 1

    devtools.on("Network.loadingFinished", count)
    return line


def _until_useful(page: Page, address: str, useful: str) -> float:
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(useful).first.wait_for(state="visible", timeout=60_000)
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
