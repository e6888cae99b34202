"""Loading a scenario: the same reader and commands as any import; all or nothing."""

from pathlib import Path

import pytest

from tests.rehearsal.lagoon_summit import at, copy_of, lagoon, loaded
from titian.cli.loading import ensure_demo_accounts
from titian.exchange.history import Stumbled
from titian.exchange.loading import Spoiled, load
from titian.exchange.models import Import
from titian.exchange.scenario import NoScenario, find, shipped
from titian.kernel import clock
from titian.kernel.models import Document, Entry, Event
from titian.logistics.models import Journey
from titian.loop.models import Ask, Promise
from titian.people.models import Party, Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def counts() -> dict[str, int]:
    return {
        "events": Event.objects.count(),
        "entries": Entry.objects.count(),
        "imports": Import.objects.count(),
        "parties": Party.objects.count(),
        "people": Person.objects.count(),
        "asks": Ask.objects.count(),
    }


def test_an_event_comes_with_its_lists_its_history_and_its_clock() -> None:
    done = loaded()

    assert (done.rows, done.acts) == (30, 4)
    assert done.event.is_rehearsal
    assert done.event.clock_reads == at("18:00")
    assert done.event.clock_speed == 4
    assert clock.time_at(done.event) >= at("18:00")


def test_every_list_is_an_import_that_was_accepted_with_its_original() -> None:
    loaded()

    imports = Import.objects.order_by("pk")
    assert [one.sheet for one in imports] == list(lagoon().order)
    assert {one.state for one in imports} == {"accepted"}
    assert Document.objects.filter(kind="import").count() == len(lagoon().order)


def test_history_is_done_by_the_people_it_names_at_their_hours() -> None:
    loaded()

    ask = Ask.objects.get()
    assert (ask.state, ask.said_by.code) == ("in_hand", "ARN-F1")
    assert ask.said_at == at("15:30")
    said = Entry.objects.get(verb="ask.said")
    assert (said.actor_kind, said.word_means) == ("address", "telephone")
    assert said.heard_at - said.said_at < clock.SLACK
    assert Promise.objects.get().ask == ask


def test_a_second_loading_says_so_and_changes_nothing() -> None:
    loaded()
    before = counts()

    again = loaded()

    assert again.was_there
    assert counts() == before


def test_an_event_may_begin_at_an_earlier_hour() -> None:
    event = load(lagoon(), reads=at("14:00")).event

    assert event.clock_reads == at("14:00")
    assert Journey.objects.get(code="ARR-JPN").state == "scheduled"
    assert not Ask.objects.exists()


FIVE = "2027-05-01T17:00:00+08:00"


def _append(path: Path, line: str) -> None:
    path.write_text(path.read_text("utf-8") + line, "utf-8")


@pytest.mark.parametrize(
    ("name", "line", "error"),
    [
        ("journeys.csv", "ARR-X,XKX,arrival,,,scheduled,,AIR,synthetic\n", Spoiled),
        ("people.csv", '"half', Spoiled),
        ("history.csv", "2027-05-01T17:00:00+08:00,TRN-1,dance,,ARN,{}\n", Stumbled),
        (
            "history.csv",
            "2027-05-01T17:00:00+08:00,TRN-1,ask.close,vans,ARN,{}\n",
            Stumbled,
        ),
        (
            "history.csv",
            "2027-05-01T17:00:00+08:00,NOBODY,ask.hear,vans,ARN,{}\n",
            Stumbled,
        ),
        (
            "history.csv",
            "2027-05-01T17:00:00+08:00,TRN-1,ask.hear,vans,ARN,{\n",
            NoScenario,
        ),
        ("scenario.toml", "= broken", NoScenario),
    ],
)
def test_one_bad_line_and_nothing_is_loaded(
    tmp_path: Path, name: str, line: str, error: type[Exception]
) -> None:
    folder = copy_of(tmp_path)
    _append(folder / name, line)
    before = counts()

    with pytest.raises(error):
        load(find(folder))

    assert counts() == before


def test_a_list_that_is_missing_is_named(tmp_path: Path) -> None:
    folder = copy_of(tmp_path)
    (folder / "people.csv").unlink()

    with pytest.raises(NoScenario, match=r"people\.csv"):
        load(find(folder))


def test_an_unknown_scenario_is_told_with_those_there_are() -> None:
    with pytest.raises(NoScenario, match="g20-bali-2022"):
        find("moon")

    assert "g20-bali-2022" in shipped()


def test_the_demo_has_its_accounts_once() -> None:
    event = loaded().event

    made = ensure_demo_accounts(event)

    assert sorted(made) == [
        "coordinator",
        "officer",
        "officer-arn",
        "press",
        "protocol",
        "transport",
    ]
    assert ensure_demo_accounts(event) == []
    users = {p.user.username: p for p in Person.objects.exclude(user=None) if p.user}
    assert users["coordinator"].display == "Wayan Sudira"
    assert users["officer"].code == "LO-2"
    assert not any(p.user.has_usable_password() for p in users.values() if p.user)


def test_a_real_event_gets_no_demo_accounts() -> None:
    event = loaded().event
    event.clock_set_at = None

    with pytest.raises(ValueError, match="rehearsals only"):
        ensure_demo_accounts(event)
