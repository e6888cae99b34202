"""How many pages a second, beside the limit of stack and machine, with streams open.

    python benchmarks/pages.py [--streams 300] [--seconds 5] [--workers 2] [--json]

It makes a house of its own (SQLite, or the empty database of ``DATABASE_URL``), loads
the Bali scenario, starts the web processes, opens the streams and asks for each page
from 16 connections. Every officer's phone is open, and of what is left a third are
control rooms, the rest second phones: as on the evening, an act reaches the boards
and a few phones, not everybody. ``/healthz`` in the same run is the limit: what a
page without content costs.
"""

import argparse
import http.client
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from http.cookiejar import CookieJar
from typing import TypedDict
from uuid import uuid4

CONNECTIONS = 16
ACCOUNTS = """
import django, json, sys
django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from titian.cli.loading import ensure_demo_accounts
from titian.kernel.models import Event
from titian.people.models import Delegation, Officer, Seat
event = Event.objects.get()
ensure_demo_accounts(event)
engine = import_module(settings.SESSION_ENGINE)
def cookie(person):
    if person.user is None:
        person.user = User.objects.create(username=f"measured-{person.pk}")
        person.save()
    session = engine.SessionStore()
    session[SESSION_KEY] = str(person.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
officers = Officer.objects.filter(event=event).select_related("person__user")
phones = [cookie(officer.person) for officer in officers.order_by("pk")]
keeper = Seat.objects.filter(event=event, role="coordinator").first().person
board = cookie(keeper)
delegation = Delegation.objects.get(event=event, party__code="ARN").pk
print(json.dumps({"delegation": delegation, "phones": phones, "board": board}))
"""


class Made(TypedDict):
    """What the house was given to be measured with."""

    delegation: int
    phones: list[str]
    board: str


@dataclass(frozen=True)
class Figure:
    """One page's figures."""

    name: str
    per_second: float
    median_ms: float
    p95_ms: float
    kilobytes: float


def main() -> int:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--streams", type=int, default=300)
    reader.add_argument("--seconds", type=float, default=5.0)
    reader.add_argument("--workers", type=int, default=2)
    reader.add_argument("--json", action="store_true")
    chosen = reader.parse_args()
    with house(chosen.workers) as (port, made, process):
        streams = [
            open_stream(port, cookie, 2 if cookie == made["board"] else 15)
            for cookie in listeners(made, chosen.streams)
        ]
        found, extra = measured(port, made["delegation"], chosen.seconds)
        extra["rss_mb"] = [rss_megabytes(pid) for pid in workers_of(process.pid)]
        extra["streams"] = len(streams)
        for stream in streams:
            stream.close()
    if chosen.json:
        print(json.dumps({"pages": [vars(one) for one in found], **extra}))
    else:
        show(found, extra)
    return 0


def measured(
    port: int, delegation: int, seconds: float
) -> tuple[list[Figure], dict[str, object]]:
    """Each page from sixteen connections, the list from one, acts, and the delay."""
    desk, officer = signed_in(port, "coordinator"), signed_in(port, "officer")
    guest = guests_page(port)
    people = f"/delegations/{delegation}/people/"
    pages = [
        ("healthz, the limit", "/healthz", ""),
        ("control room", "/room/", desk),
        ("one line of it", f"/room/lines/{delegation}/", desk),
        ("list of 50 of 12,750 people", people, desk),
        ("requests", "/asks/", desk),
        ("programme", "/programme/", desk),
        ("guest's page", guest, ""),
        ("officer's feed", "/api/feed", officer),
    ]
    found = [
        measure(name, partial(get, port, path, cookie), seconds)
        for name, path, cookie in pages
    ]
    alone = measure("list, one client", partial(get, port, people, desk), seconds, 1)
    found.append(alone)
    found.append(writes(port, officer, delegation, seconds))
    delay = commit_to_screen(port, officer, delegation)
    return found, {"commit_to_screen_p95_ms": delay}


def show(found: list[Figure], extra: dict[str, object]) -> None:
    """A line a page, beside the limit."""
    limit = found[0].per_second
    for one in found:
        ratio = one.per_second / limit
        print(
            f"{one.name:30} {one.per_second:7.1f}/s  median {one.median_ms:6.1f} ms"
            f"  p95 {one.p95_ms:6.1f} ms  {one.kilobytes:6.1f} kB  {ratio:6.3f} of it"
        )
    print(extra)


@contextmanager
def house(workers: int) -> "Iterator[tuple[int, Made, subprocess.Popen[bytes]]]":
    """A demo with so many web processes, thrown away afterwards."""
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "TITIAN_HOME": home, "TITIAN_DEMO": "1"}
        env |= {"DJANGO_SETTINGS_MODULE": "titian.settings"}
        titian = [sys.executable, "-m", "titian.cli"]
        for words in (["migrate"], ["load", "g20-bali-2022"]):
            subprocess.run([*titian, *words], env=env, check=True, stdout=sys.stderr)
        made = subprocess.run(
            [sys.executable, "-c", ACCOUNTS], env=env, check=True, capture_output=True
        )
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        web = [*titian, "web", "--port", str(port), "--workers", str(workers)]
        process = subprocess.Popen(web, env=env)
        try:
            _until(lambda: get(port, "/healthz", "") > 0)
            yield port, json.loads(made.stdout.splitlines()[-1]), process
        finally:
            process.terminate()
            process.wait(20)


def listeners(made: Made, streams: int) -> list[str]:
    """Whose streams are open: every phone, some boards, then phones again."""
    phones = made["phones"][:streams]
    boards = [made["board"]] * ((streams - len(phones)) // 3)
    again = made["phones"] * (streams // max(len(phones), 1))
    return [*phones, *boards, *again][:streams]


def _until(happens: Callable[[], bool]) -> None:
    for _attempt in range(300):
        try:
            if happens():
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError


_local = threading.local()


def get(port: int, path: str, cookie: str) -> int:
    """Ask once on this thread's own connection; the size of the answer in bytes."""
    status, body = ask(port, "GET", path, "", {"Cookie": cookie})
    if status != 200:
        raise ValueError(f"{path}: {status}")
    return len(body)


def ask(
    port: int, method: str, path: str, body: str, headers: dict[str, str]
) -> tuple[int, bytes]:
    """One request; a connection that had lain idle too long is opened anew."""
    for fresh in (False, True):
        link = None if fresh else getattr(_local, "link", None)
        if link is None:
            link = _local.link = http.client.HTTPConnection(
                "127.0.0.1", port, timeout=30
            )
        try:
            link.request(method, path, body or None, headers)
            answer = link.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            if fresh:
                raise OSError(path) from None
    raise OSError(path)


def measure(
    name: str, act: Callable[[], int], seconds: float, connections: int = CONNECTIONS
) -> Figure:
    """Do ``act`` from so many threads for so long."""
    act()
    took: list[float] = []
    sizes: list[int] = []
    end = time.perf_counter() + seconds

    def work() -> None:
        while time.perf_counter() < end:
            began = time.perf_counter()
            sizes.append(act())
            took.append(time.perf_counter() - began)

    threads = [threading.Thread(target=work) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took.sort()
    return Figure(
        name,
        round(len(took) / seconds, 1),
        round(1000 * took[len(took) // 2], 1),
        round(1000 * took[int(len(took) * 0.95)], 1),
        round(max(sizes) / 1000, 1),
    )


def signed_in(port: int, role: str) -> str:
    """The cookies of one of the demo's roles."""
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    base = f"http://127.0.0.1:{port}"
    opener.open(f"{base}/demo/").read()
    token = next(str(c.value) for c in jar if c.name == "csrftoken")
    request = urllib.request.Request(
        f"{base}/demo/{role}/", b"", {"X-CSRFToken": token}
    )
    opener.open(request).read()
    return "; ".join(f"{c.name}={c.value}" for c in jar)


def guests_page(port: int) -> str:
    """The path of a fresh guest's link."""
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    base = f"http://127.0.0.1:{port}"
    opener.open(f"{base}/demo/").read()
    token = next(str(c.value) for c in jar if c.name == "csrftoken")
    request = urllib.request.Request(
        f"{base}/demo/focal-point/", b"", {"X-CSRFToken": token}
    )
    return str(opener.open(request).geturl()).removeprefix(base)


def open_stream(port: int, cookie: str, beat: int = 15) -> socket.socket:
    """A live stream that stays open; ``beat`` is how often it wants a sign of life."""
    stream = socket.create_connection(("127.0.0.1", port))
    asked = (
        f"GET /live?beat={beat} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n"
    )
    stream.sendall(asked.encode())
    return stream


def post(port: int, cookie: str, delegation: int) -> int:
    """One act with its journal entry."""
    token = cookie.split("csrftoken=")[1].split(";")[0]
    act = {
        "key": str(uuid4()),
        "command": "promise.promise",
        "subject": delegation,
        "at": "2022-11-14T19:40:00+08:00",
        "arguments": {"words": "measured", "due_at": "2022-11-15T19:40:00+08:00"},
    }
    headers = {
        "Cookie": cookie,
        "X-CSRFToken": token,
        "Content-Type": "application/json",
    }
    _status, body = ask(port, "POST", "/api/acts", json.dumps({"acts": [act]}), headers)
    if json.loads(body)[0]["outcome"] != "kept":
        raise ValueError(body)
    return len(body)


def writes(port: int, cookie: str, delegation: int, seconds: float) -> Figure:
    """Acts a second, each with journal and live event at ``synchronous=FULL``."""
    return measure("one act", lambda: post(port, cookie, delegation), seconds)


def commit_to_screen(port: int, cookie: str, delegation: int) -> float:
    """From sending an act to its news on another's stream: 95th percentile, ms."""
    stream = open_stream(port, cookie)
    stream.settimeout(10)
    time.sleep(1)
    stream.recv(65536)
    delays = []
    for _turn in range(60):
        began = time.perf_counter()
        post(port, cookie, delegation)
        while b"data:" not in stream.recv(65536):
            pass
        delays.append(1000 * (time.perf_counter() - began))
        time.sleep(0.05)
    stream.close()
    delays.sort()
    return round(delays[int(len(delays) * 0.95)], 1)


def workers_of(pid: int) -> list[int]:
    """The processes that serve: uvicorn's children, or the one itself."""
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        children = [int(word) for word in file.read().split()]
    serving = [child for child in children if rss_megabytes(child) > 40]
    return serving or [pid]


def rss_megabytes(pid: int) -> float:
    """What the web process holds in memory."""
    with open(f"/proc/{pid}/statm") as file:
        pages = int(file.read().split()[1])
    return round(pages * resource.getpagesize() / 1e6, 1)


if __name__ == "__main__":
    sys.exit(main())
