"""The power goes while eight clients write: none is lost, none is doubled."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from uuid import uuid4

import pytest

pytestmark = pytest.mark.crash

CLIENTS, ACTS = 8, 1000
KILL_EVERY = 300
PREPARE = """
import django
django.setup()
from titian.cli.loading import ensure_demo_accounts
from titian.kernel.models import Event
from titian.people.models import Delegation
event = Event.objects.get()
ensure_demo_accounts(event)
print(Delegation.objects.get(event=event, party__code="ARN").pk)
"""
COUNT = """
import django, json
django.setup()
from titian.kernel import chain
from titian.kernel.models import Entry
from titian.loop.models import Promise
while chain.extend():
    pass
made = Promise.objects.filter(words__startswith="ramp ")
words = list(made.values_list("words", flat=True))
entries = Entry.objects.filter(verb="promise.made").exclude(key=None)
keys = [str(key) for key in entries.values_list("key", flat=True)]
print(json.dumps({"words": words, "keys": keys, "waiting": chain.verify()}))
"""


@dataclass
class House:
    """A server that is killed and started again on the same data."""

    env: dict[str, str]
    port: int
    process: "subprocess.Popen[bytes] | None" = None
    kept: set[str] = field(default_factory=set)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "titian.cli", "web", "--port", str(self.port)]
        self.process = subprocess.Popen(command, env=self.env, start_new_session=True)
        until(lambda: get(f"{self.address}/healthz"))

    def kill(self) -> None:
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def asked(self, code: str) -> str:
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, env=self.env, check=True, capture_output=True)
        return done.stdout.decode().strip().splitlines()[-1]


@pytest.fixture
def house(tmp_path: Path) -> House:
    env = {**os.environ, "TITIAN_HOME": str(tmp_path), "TITIAN_DEMO": "1"}
    env |= {"DJANGO_SETTINGS_MODULE": "titian.settings"}
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    for words in (["migrate"], ["load", "g20-bali-2022"]):
        command = [sys.executable, "-m", "titian.cli", *words]
        subprocess.run(command, env=env, check=True)
    return House(env, port)


def get(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2):
            return True
    except OSError:
        return False


def until(happens: Callable[[], bool]) -> None:
    for _attempt in range(300):
        if happens():
            return
        time.sleep(0.1)
    raise TimeoutError


class Client:
    """An officer's phone: it sends an act until the house has answered it."""

    def __init__(self, house: House) -> None:
        self.house, self.jar = house, CookieJar()
        handler = urllib.request.HTTPCookieProcessor(self.jar)
        self.opener = urllib.request.build_opener(handler)
        self.opener.open(f"{house.address}/demo/", timeout=10).read()
        self.send("/demo/officer/", b"", "application/x-www-form-urlencoded")
        self.opener.open(f"{house.address}/field/", timeout=10).read()

    def send(self, path: str, body: bytes, kind: str) -> bytes:
        token = next(c.value for c in self.jar if c.name == "csrftoken")
        headers = {"Content-Type": kind, "X-CSRFToken": str(token)}
        address = f"{self.house.address}{path}"
        request = urllib.request.Request(address, body, headers)
        with self.opener.open(request, timeout=20) as answer:
            return bytes(answer.read())

    def promise(self, delegation: int, number: int) -> None:
        key = str(uuid4())
        act = {
            "key": key,
            "command": "promise.promise",
            "subject": delegation,
            "at": "2022-11-14T19:40:00+08:00",
            "arguments": {
                "words": f"ramp {number}",
                "due_at": "2022-11-15T19:40:00+08:00",
            },
        }
        body = json.dumps({"acts": [act]}).encode()
        for _attempt in range(200):
            try:
                answer = json.loads(self.send("/api/acts", body, "application/json"))
            except (OSError, HTTPException):
                # The house is down, or was cut off in the middle of its answer:
                # the same act again, with its key.
                time.sleep(0.1)
                continue
            assert answer[0]["outcome"] == "kept", answer
            self.house.kept.add(key)
            return
        raise TimeoutError


def test_none_is_lost_and_none_is_doubled(house: House) -> None:
    delegation = int(house.asked(PREPARE))
    house.start()
    clients = [Client(house) for _client in range(CLIENTS)]
    done = threading.Event()

    def cut_the_power() -> None:
        for reached in range(KILL_EVERY, ACTS, KILL_EVERY):
            while len(house.kept) < reached and not done.is_set():
                time.sleep(0.01)
            if not done.is_set():
                house.kill()
                house.start()

    power = threading.Thread(target=cut_the_power)
    power.start()
    with ThreadPoolExecutor(CLIENTS) as phones:
        sent = [
            phones.submit(clients[n % CLIENTS].promise, delegation, n)
            for n in range(ACTS)
        ]
        for one in sent:
            one.result()
    done.set()
    power.join()
    house.kill()

    found = json.loads(house.asked(COUNT))
    assert sorted(found["words"]) == sorted(f"ramp {n}" for n in range(ACTS))
    assert house.kept <= set(found["keys"])
    assert found["waiting"] == 0
