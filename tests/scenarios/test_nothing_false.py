"""The shipped summit invents nothing about anybody real."""

import unicodedata
from collections import Counter

import pytest

from tests.scenarios.lists import NOW, invented_parties, keys, rows

SOMEBODYS = ["participation", "stays", "journeys", "agreements", "promises"]


def script_of(native: str) -> str:
    letter = next(letter for letter in native if letter.isalpha())
    return unicodedata.name(letter).partition(" ")[0]


def test_forty_five_delegations_are_real_and_fifteen_parties_are_not() -> None:
    kinds = {row["code"]: row["kind"] for row in rows("parties")}
    known = Counter(row["basis"] for row in rows("delegations"))
    invented = Counter(
        kinds[row["party"]]
        for row in rows("delegations")
        if row["basis"] == "synthetic"
    )

    assert known == {"fact": 45, "synthetic": 15}
    assert invented == {"state": 3, "media": 6, "sponsor": 3, "speaker": 2, "artist": 1}


def test_as_many_guests_are_named_as_are_expected() -> None:
    here = Counter(row["party"] for row in rows("people"))

    assert sum(int(row["expected"]) for row in rows("delegations")) == 12_750
    assert all(
        here[row["party"]] == int(row["expected"]) for row in rows("delegations")
    )


def test_guests_write_their_names_in_many_scripts() -> None:
    natives = [row["native"] for row in rows("people") if row["native"]]
    scripts = Counter(script_of(native) for native in natives)

    assert len(scripts) >= 12
    assert {"LATIN", "CJK", "HANGUL", "ARABIC", "DEVANAGARI", "KHMER"} <= scripts.keys()


def test_no_two_people_of_a_party_bear_the_same_name() -> None:
    names = Counter((row["party"], row["display"]) for row in rows("people"))

    assert max(names.values()) == 1


def test_no_invented_person_bears_a_public_name() -> None:
    public = {row["display"] for row in rows("people") if row["basis"] == "fact"}
    invented = {row["display"] for row in rows("people") if row["basis"] == "synthetic"}
    greeters = {
        name.strip()
        for row in rows("journeys")
        if row["basis"] == "fact"
        for name in row["greeters"].split(";")
    }

    assert not invented & (public | greeters)


def test_seats_are_told_of_the_invented_only() -> None:
    assert keys("placings", "party") <= invented_parties()
    assert keys("placings", "basis") == {"synthetic"}


def test_nobody_real_has_a_telephone_or_an_address() -> None:
    real = [row for row in rows("people") if row["basis"] == "fact"]

    assert len(real) == 45 + 4  # heads, and the companions who were named
    assert not [row for row in real if row["phone"] or row["email"]]


def test_every_telephone_and_address_is_plainly_invented() -> None:
    for row in [*rows("people"), *rows("officers")]:
        assert row["phone"].startswith(("+62 899 0000", "+999 000")) or not row["phone"]
        assert row["email"].endswith("@example.org") or not row["email"]


def test_asks_promises_agreements_and_acts_belong_to_invented_guests() -> None:
    for name in ("promises", "agreements", "history"):
        assert keys(name, "party") <= invented_parties()
    sent = {row["party"] for row in rows("world") if row["kind"] in ("ask", "mail")}
    assert sent <= invented_parties()


def test_private_and_unofficial_items_belong_to_invented_guests() -> None:
    for row in rows("programme"):
        if row["private"] == "yes" or row["official"] == "no":
            assert row["basis"] == "synthetic"
            assert set(row["participants"].split(";")) <= invented_parties()


@pytest.mark.parametrize("name", SOMEBODYS)
def test_nothing_invented_is_told_of_a_real_party(name: str) -> None:
    """But for one journey of Japan's, which is there to practise."""
    told = {
        row["party"]
        for row in rows(name)
        if row["basis"] == "synthetic" and not row.get("code", "").endswith("-X")
    }

    assert told <= invented_parties()


def test_what_is_there_to_practise_says_that_it_is_an_exercise() -> None:
    practised = [
        row
        for row in rows("journeys")
        if row["basis"] == "synthetic" and row["party"] not in invented_parties()
    ]

    assert [row["code"] for row in practised] == ["ARR-JPN-X"]
    assert practised[0]["detail"].startswith("Exercise")


def test_the_world_tells_real_parties_only_what_was_reported() -> None:
    real = [
        row
        for row in rows("world")
        if row["party"] not in invented_parties() and row["party"]
    ]

    assert real
    assert all(row["basis"] == "fact" or row["ref"] == "ARR-JPN-X" for row in real)


def test_the_world_never_answers_for_a_team() -> None:
    assert keys("world", "kind") <= {
        "landed",
        "changed_time",
        "mail",
        "ask",
        "cancelled",
        "unplanned_meeting",
        "withdrawn",
    }


def test_what_came_later_is_in_the_world_and_not_yet_in_the_lists() -> None:
    later = {row["ref"] for row in rows("world") if row["at"] > NOW.isoformat()}
    status = {row["code"]: row["status"] for row in rows("meetings")}
    attendance = {row["party"]: row["attendance"] for row in rows("delegations")}

    assert {"P10", "P12", "B18", "KHM"} <= later
    assert "P10" not in keys("programme", "code")
    assert (status["B18"], attendance["KHM"]) == ("planned", "in_person")
