"""The loop's acts a second, the red button, and a notice to many; beside bare peers.

    python benchmarks/loop.py [--clients 8] [--rounds 25] [--alarms 40] [--people 1500]

It makes a house of its own (SQLite, or the empty database of ``DATABASE_URL``) with the
Bali scenario. Eight clients take asks from the first word to the closing and make and
keep promises through ``/api/acts``; the peer is the same number of writers that commit
one bare row each to the same kind of database, at the same safety. An alarm is timed
from the red button to the control room's stream, beside an ordinary act to it. The
notice, and the way of an alarm to the leader's phone (a push service on this machine),
are ``notices.py``; its peer is a program that does nothing but hand so many letters to
the same mail server.
"""

import argparse
import json
import os
import smtplib
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

import notices
import pages
import psycopg

AT = "2022-11-14T19:40:00+08:00"
DUE = "2022-11-15T19:40:00+08:00"
PEOPLE = """
from titian.people.models import FocalPoint, Party
of = Delegation.objects.get(pk=delegation)
print(json.dumps({
    "delegation": delegation,
    "phones": [],
    "board": board,
    "guest": FocalPoint.objects.filter(delegation=of).first().person_id,
    "team": Party.objects.get(code="TRN").pk,
}))
"""


@dataclass
class Client:
    """One officer's phone and one desk, which take asks through the whole loop."""

    port: int
    officer: str
    desk: str
    made: dict[str, object]
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def act(self, cookie: str, command: str, subject: object, **more: object) -> int:
        """Send one act and note how long the answer took; the row's number."""
        said = {"key": str(uuid4()), "command": command, "subject": subject, "at": AT}
        if more.pop("by_word", False):
            said |= {"on_word_of": self.made["guest"], "means": "telephone"}
        said["arguments"] = more
        headers = {
            "Cookie": cookie,
            "X-CSRFToken": cookie.split("csrftoken=")[1].split(";")[0],
            "Content-Type": "application/json",
        }
        body = json.dumps({"acts": [said]})
        began = time.perf_counter()
        _status, answer = pages.ask(self.port, "POST", "/api/acts", body, headers)
        self.took[command].append(time.perf_counter() - began)
        outcome = json.loads(answer)[0]
        if outcome["outcome"] != "kept":
            raise ValueError(f"{command}: {outcome}")
        return int(outcome["subject"])

    def round(self) -> None:
        """An ask from the first word to its closing, and a promise that is kept."""
        place, mine, desk = self.made["delegation"], self.officer, self.desk
        ask = self.act(mine, "ask.ask", place, words="Two boats", by_word=True)
        team = {"team_id": self.made["team"], "gloss": "Dua perahu"}
        self.act(mine, "ask.pass_on", ask, **team)
        self.act(desk, "ask.hear", ask)
        self.act(desk, "ask.accept", ask)
        self.act(desk, "ask.tell", ask, words="Soon")
        self.act(desk, "ask.answer", ask, words="At pier B")
        self.act(mine, "ask.close", ask, by_word=True)
        one = self.act(mine, "promise.promise", place, words="A ramp", due_at=DUE)
        self.act(mine, "promise.keep", one)


def main() -> int:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--clients", type=int, default=8)
    reader.add_argument("--rounds", type=int, default=25)
    reader.add_argument("--alarms", type=int, default=40)
    reader.add_argument("--people", type=int, default=1500)
    chosen = reader.parse_args()
    pages.ACCOUNTS = pages.ACCOUNTS.rpartition("print(")[0] + PEOPLE
    found: dict[str, object] = {"load": os.getloadavg()[0]}
    with pages.house(2) as (port, made, _process):
        officer = pages.signed_in(port, "officer-arn")
        desk = pages.signed_in(port, "transport")
        clients = [
            Client(port, officer, desk, dict(made)) for _n in range(chosen.clients)
        ]
        found["acts"] = acts(clients, chosen.rounds)
        found["alarm"] = alarms(clients[0], chosen.alarms)
    if chosen.people:
        found["notice"] = notice(chosen.people)
    print(json.dumps(found, indent=1))
    return 0


def acts(clients: list[Client], rounds: int) -> dict[str, object]:
    """All rounds by all clients at once, and as many bare commits."""
    clients[0].round()  # the first one warms the house up
    clients[0].took.clear()
    began = time.perf_counter()
    with ThreadPoolExecutor(len(clients)) as pool:
        list(pool.map(lambda one: [one.round() for _n in range(rounds)], clients))
    seconds = time.perf_counter() - began
    each: dict[str, list[float]] = defaultdict(list)
    for client in clients:
        for command, took in client.took.items():
            each[command] += took
    every = [took for some in each.values() for took in some]
    bare = bare_commits(len(clients), len(every) // len(clients))
    return {
        "acts_a_second": round(len(every) / seconds, 1),
        "p95_ms": p95(every),
        "each_p95_ms": {command: p95(took) for command, took in each.items()},
        "bare_commits_a_second": round(bare, 1),
        "ratio": round(len(every) / seconds / bare, 3),
    }


def bare_commits(writers: int, each: int) -> float:
    """The peer: so many writers that commit one row at a time, a second."""
    address = os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory() as folder:
        write = _to_postgresql(address) if address else _to_sqlite(Path(folder))
        began = time.perf_counter()
        with ThreadPoolExecutor(writers) as pool:
            list(pool.map(write, [each] * writers))
        return writers * each / (time.perf_counter() - began)


def _to_postgresql(address: str) -> Callable[[int], None]:
    make = "CREATE TABLE IF NOT EXISTS bare (id bigserial PRIMARY KEY, words text)"
    with psycopg.connect(address, autocommit=True) as link:
        link.execute(make)

    def write(count: int) -> None:
        with psycopg.connect(address, autocommit=True) as link:
            for _n in range(count):
                link.execute("INSERT INTO bare (words) VALUES ('Two boats')")

    return write


def _to_sqlite(folder: Path) -> Callable[[int], None]:
    turn = threading.Lock()
    with sqlite3.connect(folder / "bare.sqlite3") as link:
        link.execute("PRAGMA journal_mode = WAL")
        link.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, words TEXT)")

    def write(count: int) -> None:
        link = sqlite3.connect(folder / "bare.sqlite3", timeout=30)
        link.execute("PRAGMA synchronous = FULL")
        for _n in range(count):
            with turn, link:
                link.execute("INSERT INTO bare (words) VALUES ('Two boats')")
        link.close()

    return write


def alarms(client: Client, times: int) -> dict[str, object]:
    """From the red button to the control room, beside an ordinary act, ms."""
    made, place = client.made, client.made["delegation"]
    board = str(made["board"])

    def press() -> None:
        client.act(client.officer, "incident.raise_alarm", place, kind="medical")

    def ordinary() -> None:
        client.act(client.officer, "promise.promise", place, words="A ramp", due_at=DUE)

    return {
        "control_room_p95_ms": heard(client.port, board, press, times),
        "ordinary_act_to_control_room_p95_ms": heard(
            client.port, board, ordinary, times
        ),
        "answer_p95_ms": p95(client.took["incident.raise_alarm"]),
    }


def heard(port: int, cookie: str, act: Callable[[], None], times: int) -> float | None:
    """Until news of the act stands on this stream: 95th percentile; none if never."""
    stream = pages.open_stream(port, cookie)
    stream.settimeout(5)
    time.sleep(1)
    stream.recv(65536)
    took = []
    try:
        for _turn in range(times):
            began = time.perf_counter()
            act()
            while b"data:" not in stream.recv(65536):
                pass
            took.append(time.perf_counter() - began)
            time.sleep(0.1)
    except TimeoutError:
        return None
    finally:
        stream.close()
    return p95(took)


@contextmanager
def another_database() -> Iterator[dict[str, str]]:
    """The environment with an empty database on the same server, where it has one."""
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        yield dict(os.environ)
        return
    name = f"beside_{uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name}".encode())
        yield {**os.environ, "DATABASE_URL": f"{address.rpartition('/')[0]}/{name}"}
        link.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def notice(people: int) -> dict[str, object]:
    """``notices.py`` in a house of its own, beside letters without a house."""
    beside = str(Path(__file__).with_name("notices.py"))
    command = [sys.executable, beside, "--people", str(people)]
    with another_database() as env:
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=env)
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    bare = bare_letters(people)
    ratio = float(str(found["letters_a_second"])) / bare
    return {**found, "bare_letters_a_second": round(bare, 1), "ratio": round(ratio, 3)}


def bare_letters(count: int) -> float:
    """The peer: one connection and one letter after another, a second."""
    with notices.post() as (office, port):
        began = time.perf_counter()
        for number in range(count):
            letter = EmailMessage()
            letter["From"], letter["To"] = "a@example.org", f"lo{number}@example.org"
            letter["Subject"], letter["Message-ID"] = "Gate", f"<{number}@bare>"
            letter.set_content("Gate three is closed")
            with smtplib.SMTP("127.0.0.1", port) as link:
                link.send_message(letter)
        notices.until(lambda: len(office.letters) >= count)
        return count / (time.perf_counter() - began)


def p95(took: list[float]) -> float:
    """The 95th percentile in milliseconds."""
    ordered = sorted(took)
    return round(1000 * ordered[int(len(ordered) * 0.95)], 1)


if __name__ == "__main__":
    raise SystemExit(main())
