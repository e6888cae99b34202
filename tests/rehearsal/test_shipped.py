"""The scenario that comes with the house: it loads whole, and in time."""

import csv
import io
import time

import pytest

from tests.dump import everything_in_the_database
from titian.cli.rehearsing import rehearse
from titian.exchange.loading import load
from titian.exchange.scenario import find
from titian.people.models import Member, Person
from titian.rehearsal.world import Played, beginning, play

SECONDS_AT_MOST = 20


@pytest.mark.slow
@pytest.mark.django_db
def test_the_evening_in_bali_is_loaded_whole_in_time_and_nobodys_number_shows() -> None:
    """One loading, for it takes seconds: all is there, and a dump names no address."""
    scenario = find("g20-bali-2022")
    began = time.monotonic()

    done = load(scenario)

    assert time.monotonic() - began < SECONDS_AT_MOST
    assert done.event.delegations.count() == 60
    assert Member.objects.filter(delegation__event=done.event).count() == 12_750
    assert not Person.objects.filter(search="").exists()
    lists = [scenario.content("people"), scenario.content("officers")]
    told = set().union(*map(reached_in, lists))
    dump = everything_in_the_database()
    assert len(told) > 100
    assert "Osmaya" in dump, "it looks where the people are"
    assert [words for words in told if words in dump] == []


@pytest.mark.slow
@pytest.mark.django_db
def test_all_that_the_world_sends_in_bali_makes_sense_to_the_house() -> None:
    scenario = find("g20-bali-2022")
    event = load(scenario).event
    lines, after = scenario.world(), beginning(event)
    done = Played()
    for line in lines:
        event = rehearse(event.code, at=line.at, pause=True)
        if after and line.at > after:
            now = play(event, lines, after=after)
            done.sent += now.sent
            done.lost += now.lost
            done.too_late += now.too_late

    assert (done.lost, done.too_late) == ([], [])
    assert len(done.sent) == sum(
        line.at > scenario.reads for line in lines if scenario.reads
    )


def reached_in(content: bytes) -> set[str]:
    """Every telephone and address of a list of people."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return {row[name] for row in rows for name in ("phone", "email") if row[name]}
