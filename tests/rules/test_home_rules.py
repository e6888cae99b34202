"""The rules of home states that come with the house: cited, and beside our own."""

import csv
from decimal import Decimal

from titian.exchange.scenario import SHIPPED
from titian.rules.matching import Applied, Rule, conflicts

LIST = SHIPPED / "home-rules" / "rules.csv"


def rows() -> list[dict[str, str]]:
    with LIST.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_one_of_them_says_where_it_was_read_and_in_both_languages() -> None:
    said = rows()

    assert len({row["jurisdiction"] for row in said}) == 12
    assert [r["topic"] for r in said if not r["source"].startswith("http")] == []
    assert [r["topic"] for r in said if not (r["text_en"] and r["text_id"])] == []
    assert {row["basis"] for row in said} == {"fact"}


def test_with_every_state_there_is_something_the_two_sides_do_not_agree_on() -> None:
    said = rows()
    rules = [
        Rule(
            number,
            whose=row["whose"],
            subject=row["subject"],
            stance=row["stance"],
            limit=Decimal(row["limit"] or 0),
            unit=row["unit"],
        )
        for number, row in enumerate(said)
    ]

    found = conflicts(Applied(rule, is_out_of_date=False) for rule in rules)

    theirs = {row["jurisdiction"] for row in said if row["whose"] == "theirs"}
    assert {said[one.theirs.number]["jurisdiction"] for one in found} == theirs
