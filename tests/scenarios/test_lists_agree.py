"""The shipped summit: its lists agree with one another."""

import json
import subprocess
import sys
import tomllib
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from tests.scenarios.lists import BALI, LISTS, NOW, ROOT, keys, rows

MAKER = ["make_scenario.py", "invented_names.py", "estimated_ways.py", "names.toml"]
REFERENCES = [  # list, column, the list it points into, that list's key
    ("travel_times", "from", "places", "code"),
    ("travel_times", "to", "places", "code"),
    ("delegations", "party", "parties", "code"),
    ("delegations", "hotel", "places", "code"),
    ("participation", "party", "delegations", "party"),
    ("reported", "party", "delegations", "party"),
    ("people", "party", "parties", "code"),
    ("focal_points", "party", "delegations", "party"),
    ("focal_points", "person", "people", "code"),
    ("teams", "team", "parties", "code"),
    ("teams", "person", "people", "code"),
    ("officers", "leader", "officers", "code"),
    ("officers", "home", "places", "code"),
    ("assignments", "officer", "officers", "code"),
    ("assignments", "party", "delegations", "party"),
    ("vehicles", "driver", "people", "code"),
    ("vehicles", "party", "delegations", "party"),
    ("stays", "party", "delegations", "party"),
    ("stays", "place", "places", "code"),
    ("blocks", "place", "places", "code"),
    ("journeys", "party", "delegations", "party"),
    ("journeys", "airport", "places", "code"),
    ("programme", "place", "places", "code"),
    ("programme", "contact", "parties", "code"),
    ("placings", "item", "programme", "code"),
    ("placings", "party", "delegations", "party"),
    ("meetings", "party_a", "delegations", "party"),
    ("meetings", "party_b", "delegations", "party"),
    ("meetings", "place", "places", "code"),
    ("routing", "team", "parties", "code"),
    ("agreements", "party", "delegations", "party"),
    ("deliverables", "agreement", "agreements", "code"),
    ("deliverables", "owes", "parties", "code"),
    ("deliverables", "owed_to", "parties", "code"),
    ("deliverables", "handled_by", "parties", "code"),
    ("deliverables", "handler", "people", "code"),
    ("promises", "party", "delegations", "party"),
    ("promises", "owner_team", "parties", "code"),
    ("history", "party", "delegations", "party"),
    ("world", "party", "delegations", "party"),
]


@pytest.mark.parametrize("name", LISTS)
def test_every_row_has_as_many_cells_as_its_header(name: str) -> None:
    assert rows(name)
    assert not [row for row in rows(name) if None in row or None in row.values()]


@pytest.mark.parametrize("name", [name for name in LISTS if name != "sources"])
def test_every_row_says_how_it_is_known(name: str) -> None:
    assert keys(name, "basis") <= {"fact", "estimate", "synthetic"}


@pytest.mark.parametrize("name", [name for name in LISTS if name != "sources"])
def test_every_fact_has_a_source_and_every_source_is_listed(name: str) -> None:
    known = keys("sources", "key")

    for row in rows(name):
        cited = [key for key in row["source"].split(";") if key]
        assert set(cited) <= known, row
        assert cited or row["basis"] != "fact", row
        assert not cited or row["basis"] != "synthetic", row


def test_no_source_is_listed_that_nobody_cites() -> None:
    cited = {
        key
        for name in LISTS
        if name != "sources"
        for row in rows(name)
        for key in row["source"].split(";")
    }

    assert keys("sources", "key") - cited == {"field-g1"}  # of the total, SOURCES.md


@pytest.mark.parametrize(("name", "column", "other", "key"), REFERENCES)
def test_every_code_means_somebody(
    name: str, column: str, other: str, key: str
) -> None:
    assert keys(name, column) - {""} <= keys(other, key)


@pytest.mark.parametrize(
    ("name", "column"), [("programme", "participants"), ("routing", "informed")]
)
def test_every_code_of_a_cell_with_several_means_a_party(
    name: str, column: str
) -> None:
    words = {word for row in rows(name) for word in row[column].split(";")}

    assert {word for word in words if word.isupper()} <= keys("parties", "code")


def test_whoever_did_something_is_an_officer_or_on_file() -> None:
    known = keys("people", "code") | keys("officers", "code")
    told = [json.loads(row["args"]) for row in [*rows("history"), *rows("world")]]

    assert keys("history", "by") <= known
    assert {args["said_by"] for args in told if "said_by" in args} <= known
    assert keys("promises", "owner_person") - {""} <= known


def test_nobody_and_nothing_is_listed_twice() -> None:
    for name in ("parties", "places", "people", "officers", "journeys", "programme"):
        doubled = [
            code for code, n in Counter(r["code"] for r in rows(name)).items() if n > 1
        ]
        assert not doubled, name


def test_the_order_of_loading_names_every_list() -> None:
    said = tomllib.loads((BALI / "scenario.toml").read_text(encoding="utf-8"))

    apart = {"history", "world", "named_people"}
    own = {name for name in said["order"] if "/" not in name}
    assert own == set(LISTS) - apart
    assert datetime.fromisoformat(said["clock_reads"]) == NOW


def test_history_ends_before_the_evening_begins_and_runs_forwards() -> None:
    instants = [row["at"] for row in rows("history")]

    assert instants == sorted(instants)
    assert datetime.fromisoformat(instants[-1]) < NOW


def test_two_channels_have_run_out_and_all_others_hold() -> None:
    out = {
        row["party"]
        for row in rows("focal_points")
        if datetime.fromisoformat(row["valid_to"]) < NOW
    }

    assert out == {"VRN", "RGT"}
    assert keys("focal_points", "party") == keys("delegations", "party")


def test_every_delegation_has_one_agreed_primary_and_no_officer_is_two() -> None:
    agreed = [
        row
        for row in rows("assignments")
        if (row["role"], row["consent"]) == ("primary", "agreed")
    ]

    assert Counter(row["party"] for row in agreed) == Counter(
        keys("delegations", "party")
    )
    assert len({row["officer"] for row in agreed}) == len(agreed)
    assert len(rows("officers")) == 120


def test_one_leader_for_nine_officers() -> None:
    crews = Counter(row["leader"] for row in rows("officers") if row["leader"])

    assert set(crews.values()) == {9}
    assert sum(crews.values()) + len(crews) == 120


def test_nobody_with_arabic_is_free_on_the_evening_of_the_thirteenth() -> None:
    from_hour = datetime.fromisoformat("2022-11-13T20:00:00+08:00")
    to_hour = datetime.fromisoformat("2022-11-13T23:00:00+08:00")

    for row in rows("officers"):
        if any(f"ar:{level}" in row["languages"] for level in ("B2", "C1", "C2")):
            start, end = map(datetime.fromisoformat, row["unavailable"].split("/"))
            assert start <= from_hour
            assert end >= to_hour


def test_where_a_value_is_taken_it_is_one_of_several() -> None:
    values = Counter((row["party"], row["about"]) for row in rows("reported"))
    taken = Counter(
        (row["party"], row["about"], row["why_en"])
        for row in rows("reported")
        if row["taken"] == "yes"
    )

    assert min(values.values()) >= 2
    assert max(taken.values()) == 1
    assert all(row["why_en"] for row in rows("reported") if row["taken"] == "yes")


def test_the_arrival_that_is_shown_is_the_value_that_was_taken() -> None:
    landed = {row["code"]: row["landed_at"] for row in rows("journeys")}

    for row in rows("reported"):
        if row["about"] == "arrival" and row["taken"] == "yes" and ":" in row["value"]:
            day, clock = row["value"].replace(" Nov,", "").split()
            assert landed[f"ARR-{row['party']}"] == f"2022-11-{day}T{clock}:00+08:00"


def test_every_two_places_have_a_time_between_them() -> None:
    places = keys("places", "code")
    ways = {(row["from"], row["to"]) for row in rows("travel_times")}

    assert ways == {(one, other) for one in places for other in places if one != other}


def test_the_maker_gives_the_same_bytes_again(tmp_path: Path) -> None:
    copy = tmp_path / "src/titian/scenarios" / BALI.name
    copy.mkdir(parents=True)
    tools = tmp_path / "tools"
    tools.mkdir()
    for path in BALI.glob("*.csv"):
        (copy / path.name).write_bytes(path.read_bytes())
    for name in (
        "make_scenario.py",
        "invented_names.py",
        "estimated_ways.py",
        "names.toml",
    ):
        (tools / name).write_bytes((ROOT / "tools" / name).read_bytes())

    subprocess.run([sys.executable, tools / "make_scenario.py"], check=True)

    for name in ("people", "focal_points", "vehicles", "travel_times"):
        file = f"{name}.csv"
        assert (copy / file).read_bytes() == (BALI / file).read_bytes(), name
