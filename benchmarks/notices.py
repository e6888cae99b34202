"""A notice to many people: last queued, last sent, and an alarm that comes meanwhile.

    python benchmarks/notices.py [--people 1500] [--workers 1] [--per-second 1000]

It makes a house of its own (SQLite, or ``DATABASE_URL``) with so many officers, starts
a mail server that counts and the workers, and sends one notice to all. When a fifth of
it has gone, an officer raises an alarm: it must not wait for the rest. Afterwards she
raises some more, each timed until her leader's phone rings: a push service on this
machine notes when it was handed the words.
"""

import argparse
import json
import os
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATIENCE_SECONDS = 600
ALARM, ALARMS = "ALARM-PROBE", 30


@dataclass
class Office:
    """What the mail server has taken: which Message-ID when, and the alarm's hour."""

    letters: Counter[str] = field(default_factory=Counter)
    last_at: float = 0.0
    alarm_at: float = 0.0

    def take(self, raw: bytes) -> None:
        """One letter; the alarm's is told from the others by its words."""
        now = time.monotonic()
        if ALARM.encode() in raw:
            self.alarm_at = self.alarm_at or now
            return
        number = next(x for x in raw.splitlines() if x.startswith(b"Message-ID"))
        self.letters[number.decode()] += 1
        self.last_at = now


class Talk(socketserver.StreamRequestHandler):
    """As much of SMTP as a letter needs."""

    office: Office

    def handle(self) -> None:
        """Say yes to everything, and count."""
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.office.take(b"".join(lines))
            self.wfile.write(b"250 fine\r\n")


class Ring(BaseHTTPRequestHandler):
    """A push service: it takes what it is handed and notes when."""

    rung: list[float]

    def do_POST(self) -> None:
        """The sealed words for one browser; whose, is in the address."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.rung.append(time.monotonic())
        self.send_response(201)
        self.send_header("Location", "/message/1")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the measure is what is printed."""


@contextmanager
def phones() -> Iterator[tuple[list[float], str]]:
    """A push service on this machine: when it was rung, and its address."""
    rung: list[float] = []
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), type("RingHere", (Ring,), {"rung": rung})
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield rung, f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()


def main() -> int:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--people", type=int, default=1500)
    reader.add_argument("--workers", type=int, default=1)
    reader.add_argument("--per-second", type=float, default=1000.0)
    chosen = reader.parse_args()
    with (
        tempfile.TemporaryDirectory() as home,
        post() as (office, port),
        phones() as (rung, service),
    ):
        os.environ |= {
            "TITIAN_HOME": home,
            "TITIAN_SMTP_URL": f"smtp://127.0.0.1:{port}",
            "TITIAN_EMAIL_PER_SECOND": str(chosen.per_second),
            "TITIAN_PUSH_SERVICES": service,
            "TITIAN_VAPID_SUBJECT": "mailto:desk@example.org",
            "DJANGO_SETTINGS_MODULE": "titian.settings",
        }
        titian = [sys.executable, "-m", "titian.cli"]
        subprocess.run([*titian, "migrate"], check=True, stdout=sys.stderr)
        workers = [subprocess.Popen([*titian, "work"]) for _ in range(chosen.workers)]
        try:
            found = measured(office, rung, service, chosen.people)
        finally:
            for worker in workers:
                worker.terminate()
                worker.wait(20)
    print(json.dumps({**vars(chosen), **found}))
    return 0


def measured(
    office: Office, rung: list[float], service: str, people: int
) -> dict[str, float]:
    """Send the notice; raise the alarm on the way; wait for the last letter."""
    world = make_world(people, service)
    begun = time.monotonic()
    world.send()
    queued = time.monotonic()
    until(lambda: len(office.letters) >= people // 5)
    raised = time.monotonic()
    world.raise_alarm()
    until(lambda: office.alarm_at > 0)
    letters = people - 1  # the leader is told on her phone
    until(lambda: len(office.letters) >= letters)
    phone = until_the_leader_s_phone_rings(rung, world)
    return {
        "last_queued_s": round(queued - begun, 2),
        "last_sent_s": round(office.last_at - begun, 2),
        "letters_a_second": round(letters / (office.last_at - queued), 1),
        "alarm_s": round(office.alarm_at - raised, 2),
        "leader_phone_p95_s": phone,
        "sent_twice": sum(count - 1 for count in office.letters.values()),
    }


def until_the_leader_s_phone_rings(rung: list[float], world: "World") -> float:
    """From the red button to the push service: 95th percentile, in seconds."""
    time.sleep(1)  # what the alarm during the notice still rings
    took = []
    for _alarm in range(ALARMS):
        before = len(rung)
        raised = time.monotonic()
        world.raise_alarm()
        until(lambda before=before: len(rung) > before)  # type: ignore[misc]
        took.append(rung[before] - raised)
        time.sleep(0.1)
    return round(sorted(took)[int(len(took) * 0.95)], 3)


@dataclass
class World:
    """An event with so many officers, and what is done in it."""

    send: Callable[[], object]
    raise_alarm: Callable[[], object]


def make_world(people: int, service: str) -> World:
    """One delegation, a coordinator, and so many officers with an address each."""
    import django

    django.setup()
    from titian.briefing.commands import notices
    from titian.briefing.wording import Wording
    from titian.kernel import clock
    from titian.kernel.models import Event
    from titian.loop.commands import incidents
    from titian.people.queries import on_file

    event = Event.objects.create(code="many", name_en="Many", kind="games", zone="UTC")
    boss, officer, party, leader = make_people(event, people)
    subscribe(leader, service)
    words = Wording(title_en="Gate", new_en="Gate three is closed", reason_en="works")
    rule = {"is": "role", "of": ["officer"]}

    def send() -> None:
        composed = notices.Composed(words, rule, silence_minutes=0)
        doing = {"actor": on_file(boss), "at": clock.real_time()}
        notices.send(notices.compose(event.pk, composed, **doing).pk, **doing)

    def raise_alarm() -> None:
        actor, at = on_file(officer), clock.real_time()
        incidents.raise_alarm(party, "medical", words=ALARM, actor=actor, at=at)

    return World(send, raise_alarm)


def subscribe(person: Any, service: str) -> None:
    """Her browser wants to be told: keys as a browser makes them."""
    from cryptography.hazmat.primitives.asymmetric import ec

    from titian.briefing.commands import devices
    from titian.channels.envelopes import point, to_base64
    from titian.kernel import clock
    from titian.kernel.actor import Actor, Kind, Proof

    devices.subscribe(
        person.pk,
        endpoint=f"{service}/push/leader",
        p256dh=to_base64(point(ec.generate_private_key(ec.SECP256R1()))),
        auth=to_base64(os.urandom(16)),
        actor=Actor(Kind.PERSON, Proof.SIGNED_IN, person_id=person.pk),
        at=clock.real_time(),
    )


def make_people(event: Any, people: int) -> tuple[Any, Any, int, Any]:
    """The coordinator, the first officer, whom she accompanies, and her leader."""
    from titian.people.models import (
        Assignment,
        Delegation,
        Officer,
        Party,
        Person,
        Seat,
    )

    loc = Party.objects.create(code="LOC", name_en="Office", kind="team")
    med = Party.objects.create(code="MED", name_en="Medical", kind="team")
    guests = Party.objects.create(code="ARN", name_en="Arunika", kind="state")
    party = Delegation.objects.create(party=guests, event=event)
    boss = Person.objects.create(party=loc, display="Wati")
    Seat.objects.create(event=event, person=boss, team=loc, role="coordinator")
    first = Person.objects.create(party=loc, display="Leda", email="leader@example.org")
    leader = Officer.objects.create(person=first, event=event, code="LO-LEADER")
    nurse = Person.objects.create(party=med, display="Nia", email="nia@example.org")
    Seat.objects.create(event=event, person=nurse, team=med)
    rows = [
        Person(party=loc, display=f"LO {n}", email=f"lo{n}@example.org")
        for n in range(people - 1)  # the leader is an officer as well
    ]
    for row in rows:
        row.work_out()
    Person.objects.bulk_create(rows)
    officers = Officer.objects.bulk_create(
        Officer(person=row, event=event, code=f"LO-{n}") for n, row in enumerate(rows)
    )
    Officer.objects.filter(pk=officers[0].pk).update(leader=leader)
    Assignment.objects.create(officer=officers[0], delegation=party, consent="agreed")
    return boss, rows[0], party.pk, first


@contextmanager
def post() -> Iterator[tuple[Office, int]]:
    """A mail server on this machine, and what it has taken."""
    office = Office()
    talk = type("TalkHere", (Talk,), {"office": office})
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), talk)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield office, server.server_address[1]
    finally:
        server.shutdown()


def until(happens: Callable[[], bool]) -> None:
    """Wait for it, and not for ever."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not happens():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.02)


if __name__ == "__main__":
    raise SystemExit(main())
