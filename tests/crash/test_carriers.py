"""The worker is killed while it posts: each letter once, or twice by one number."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.channels.servers import PostOffice, post_office

pytestmark = pytest.mark.crash

ASKS, KILLS = 24, 3
ROOT = Path(__file__).resolve().parents[2]
PREPARE = f"""
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.loop.stories import passed
from tests.world import make_world
world = make_world()
for _ask in range({ASKS}):
    passed(world)
"""
LEASES_RUN_OUT = """
import django
django.setup()
from datetime import timedelta
from django.db.models.functions import Now
from titian.kernel.models import Consequence
Consequence.objects.filter(done_at=None).update(leased_until=Now() - timedelta(1))
"""
LEFT = """
import django
django.setup()
from titian.channels.models import Delivery
from titian.kernel.models import Consequence
told = Consequence.objects.filter(handler__startswith="titian.reactions.")
left = told.filter(done_at=None).count()
print(left, Delivery.objects.exclude(state="sent").count())
"""


@dataclass
class Worker:
    """A worker of a house of its own, whose letters go to the office."""

    env: dict[str, str]

    def runs(self, code: str) -> str:
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, env=self.env, check=True, capture_output=True)
        return done.stdout.decode().strip()

    def works_until(self, happens: Callable[[], bool], seconds: int = 12) -> None:
        """It works, and is killed the moment that something happens."""
        command = [sys.executable, "-m", "titian.cli", "work"]
        process = subprocess.Popen(command, env=self.env, start_new_session=True)
        try:
            for _attempt in range(seconds * 50):
                if happens():
                    return
                time.sleep(0.02)
            raise TimeoutError
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            self.runs(LEASES_RUN_OUT)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        office.thinks = 0.05
        yield office


@pytest.fixture
def worker(tmp_path: Path, office: PostOffice, own_database: str) -> Worker:
    env = {
        **os.environ,
        "DATABASE_URL": own_database,
        "TITIAN_HOME": str(tmp_path),
        "TITIAN_SMTP_URL": f"smtp://127.0.0.1:{office.port}",
        "DJANGO_SETTINGS_MODULE": "titian.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    worker = Worker(env)
    worker.runs(PREPARE)
    return worker


def numbers(office: PostOffice) -> Counter[str]:
    return Counter(str(letter["Message-ID"]).strip() for letter in office.letters)


def test_each_letter_goes_once_and_after_a_kill_twice_at_most(
    worker: Worker, office: PostOffice
) -> None:
    for kill in range(1, KILLS + 1):
        enough = len(office.letters) + 4
        worker.works_until(lambda enough=enough: len(office.letters) >= enough)  # type: ignore[misc]
        assert len(numbers(office)) < ASKS, f"too late to kill it {kill} times"

    worker.works_until(lambda: worker.runs(LEFT) == "0 0")

    told = numbers(office)
    assert len(told) == ASKS
    assert max(told.values()) <= 2
    assert sum(told.values()) <= ASKS + KILLS
