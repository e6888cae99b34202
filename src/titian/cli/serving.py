"""Serving pages, alone or with the worker and the rehearsal beside them."""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Sequence
from types import FrameType

from titian.cli import parser
from titian.cli.keeping import prepare

SCENARIO = "g20-bali-2022"
STOP_SECONDS = 10


def web(words: Sequence[str]) -> int:
    """Serve the pages; several processes may share one database."""
    reader = parser("web")
    _address(reader)
    reader.add_argument("--workers", type=int, default=1)
    chosen = reader.parse_args(words)
    import uvicorn

    os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # read by the workers as they start
    uvicorn.run(
        "titian.asgi:application",
        host=chosen.host,
        port=chosen.port,
        workers=chosen.workers if chosen.workers > 1 else None,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=3,
        server_header=False,
    )
    return 0


def serve(words: Sequence[str]) -> int:
    """Tables up to date, then pages and worker until told to stop."""
    reader = parser("serve")
    _address(reader)
    reader.add_argument("--workers", type=int, default=1)
    chosen = reader.parse_args(words)
    prepare()
    pages = ["web", "--host", chosen.host, "--port", str(chosen.port)]
    return _together([[*pages, "--workers", str(chosen.workers)], ["work"]])


def demo(words: Sequence[str]) -> int:
    """The G20 evening: made on the first start, kept on the next ones."""
    reader = parser("demo")
    _address(reader)
    reader.add_argument("--no-browser", action="store_true")
    chosen = reader.parse_args(words)
    os.environ["TITIAN_DEMO"] = "1"
    prepare()
    _load_once()
    pages = ["web", "--host", chosen.host, "--port", str(chosen.port)]
    address = f"http://{chosen.host}:{chosen.port}/demo/"
    opener = threading.Thread(
        target=_announce, args=(address, chosen.no_browser), daemon=True
    )
    opener.start()
    return _together([pages, ["work"], ["rehearse", "--event", SCENARIO, "--play"]])


def _address(reader: argparse.ArgumentParser) -> None:
    reader.add_argument("--host", default="127.0.0.1")
    reader.add_argument("--port", type=int, default=8000)


def _load_once() -> None:
    from titian.cli.loading import ensure_demo_accounts, load_scenario
    from titian.kernel.models import Event

    if not Event.objects.filter(code=SCENARIO).exists():
        print("Loading the evening of 14 November 2022 …", flush=True)
        load_scenario(SCENARIO)
    ensure_demo_accounts(Event.objects.get(code=SCENARIO))


def _announce(address: str, quietly: bool) -> None:
    health = address.replace("/demo/", "/healthz")
    for _attempt in range(600):
        try:
            with urllib.request.urlopen(health, timeout=2):
                break
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    print(f"Titian is ready: {address}  (Ctrl+C stops it)", flush=True)
    if not quietly:
        webbrowser.open(address)


def _together(commands: Sequence[Sequence[str]]) -> int:
    """Run commands side by side; when one ends or we are told to, all end."""
    env = {"MALLOC_ARENA_MAX": "2", **os.environ}  # threads share heaps: a third less
    running = [
        subprocess.Popen([sys.executable, "-m", "titian.cli", *command], env=env)
        for command in commands
    ]
    told = threading.Event()

    def leave(_number: int, _frame: FrameType | None) -> None:
        told.set()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    while not told.is_set() and all(process.poll() is None for process in running):
        told.wait(0.3)
    codes = [_end(process) for process in running]
    return 0 if told.is_set() else max(abs(code) for code in codes)


def _end(process: "subprocess.Popen[bytes]") -> int:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return process.returncode
