"""Two thousand notices wait while a muster is called: the muster goes first."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.channels.servers import PostOffice, post_office
from tests.crash.test_carriers import ROOT, Worker, numbers

pytestmark = pytest.mark.crash

PEOPLE, MUSTERED = 2000, 40
BEFORE = 150
MUSTER = ("are your guests safe", "apakah tamu Anda selamat")
PREPARE = f"""
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.crash.crowded import make_crowd
make_crowd({PEOPLE}, {MUSTERED})
"""
CALL = """
import django
django.setup()
from tests.crash.crowded import call_the_roll
call_the_roll()
"""


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture
def worker(tmp_path: Path, office: PostOffice, own_database: str) -> Worker:
    """A house of its own."""
    env = {
        **os.environ,
        "DATABASE_URL": own_database,
        "TITIAN_HOME": str(tmp_path),
        "TITIAN_SMTP_URL": f"smtp://127.0.0.1:{office.port}",
        "TITIAN_EMAIL_PER_SECOND": "2000",
        "DJANGO_SETTINGS_MODULE": "titian.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    worker = Worker(env)
    worker.runs(PREPARE)
    return worker


def is_of_the_muster(office: PostOffice) -> list[bool]:
    """Of each letter in the order in which they came: whether it is the muster's."""
    subjects = [str(letter["Subject"]) for letter in office.letters]
    return [any(words in one for words in MUSTER) for one in subjects]


def all_have_come(office: PostOffice) -> bool:
    """Each letter once; one that came twice stands for no other."""
    every = PEOPLE + MUSTERED
    return len(office.letters) >= every and len(numbers(office)) >= every


def test_the_muster_overtakes_the_notices_and_nobody_gets_a_third_letter(
    worker: Worker, office: PostOffice
) -> None:
    called_after: list[int] = []

    def happens_and_calls() -> bool:
        if len(office.letters) >= BEFORE and not called_after:
            worker.runs(CALL)
            called_after.append(len(office.letters))
        return sum(is_of_the_muster(office)) >= MUSTERED // 2

    worker.works_until(happens_and_calls)  # and is killed in the middle of the muster
    worker.works_until(lambda: all_have_come(office), seconds=300)

    kinds = is_of_the_muster(office)
    first = kinds.index(True)
    assert first - called_after[0] <= 5, "a letter or two were under way"
    last = len(kinds) - kinds[::-1].index(True)
    between = kinds[first:last].count(False)
    assert between <= 5, f"{between} notices went before the muster was over"
    told = numbers(office)
    each = Counter(str(letter["To"]) for letter in office.letters)
    assert len(told) == PEOPLE + MUSTERED
    assert max(told.values()) <= 2
    assert sum(told.values()) <= PEOPLE + MUSTERED + 2
    assert len(each) == PEOPLE
