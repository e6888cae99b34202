"""A real house for a story: its own folder, server and worker, and a real browser."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.hands import Hands, Pointer

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIETLY = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK, PHONE, WALL = (1440, 900), (360, 740), (1920, 1080)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the whole demo in it; every house gets its own copy."""
    home = tmp_path_factory.mktemp("prepared")
    pause = ["rehearse", "--event", "g20-bali-2022", "--speed", "0"]
    for words in (["migrate"], ["load", "g20-bali-2022"], pause):
        subprocess.run(_titian(*words), env=_demo_at(home), check=True)
    accounts = [sys.executable, "-c", ACCOUNTS]
    subprocess.run(accounts, env=_demo_at(home), check=True)
    return home


_webs: dict[str, "subprocess.Popen[bytes]"] = {}


@contextmanager
def frozen(address: str) -> Iterator[None]:
    """The house at this address says nothing more, and does not hang up either."""
    web = _webs[address]
    web.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        web.send_signal(signal.SIGCONT)


@contextmanager
def opened(prepared: Path, home: Path) -> Iterator[str]:
    """The address of a demo that was just loaded; its clock stands still."""
    shutil.copytree(prepared, home)
    port = _free_port()
    running = [
        subprocess.Popen(_titian(*words), env=_demo_at(home))
        for words in (["web", "--port", str(port)], ["work"])
    ]
    address = f"http://127.0.0.1:{port}"
    _webs[address] = running[0]
    try:
        _wait_for(f"{address}/healthz")
        yield address
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(10)


@pytest.fixture(scope="module")
def house(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One house for all the tests of a file."""
    with opened(prepared, tmp_path_factory.mktemp("house") / "home") as address:
        yield address


def _demo_at(home: Path) -> dict[str, str]:
    env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    env |= {"TITIAN_HOME": str(home), "TITIAN_DEMO": "1"}
    return env | {"DJANGO_SETTINGS_MODULE": "titian.settings"}


def _titian(*words: str) -> list[str]:
    return [sys.executable, "-m", "titian.cli", *words]


ACCOUNTS = """
import django
django.setup()
from titian.cli.loading import ensure_demo_accounts
from titian.kernel.models import Event
ensure_demo_accounts(Event.objects.get())
"""


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str) -> None:
    for _attempt in range(300):
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(address)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; the test command installs it or says what is missing."""
    found = os.environ.get("TITIAN_BROWSER") or next(
        filter(None, map(shutil.which, CHROMIUM)), None
    )
    if found is None:
        pytest.fail("Install Chromium (Debian: apt-get install chromium).")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=str(Path(found)), args=list(QUIETLY)
        )
        yield chromium
        chromium.close()


type Enter = Callable[..., Page]


@pytest.fixture
def enter(browser: Browser, house: str) -> Iterator[Enter]:
    """Somebody's window: a role, a size, a language; faults fail the test."""
    faults: list[str] = []
    contexts = []

    def open_as(
        role: str,
        size: tuple[int, int] = DESK,
        language: str = "id",
        hands: Hands | None = None,
        scheme: str = "light",
    ) -> Page:
        locale = "id-ID" if language == "id" else "en-GB"
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=locale,
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda line: (
                faults.append(f"{page.url}: {line.text}")
                if line.type in {"error", "warning"}
                else None
            ),
        )
        page.goto(f"{house}/demo/")
        (hands or Pointer()).press(page.locator(f"form[action='/demo/{role}/'] button"))
        page.wait_for_url(lambda address: not address.endswith("/demo/"))
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert faults == []
