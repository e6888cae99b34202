"""What does not agree between the two sides: listed, and decided by nobody here."""

from datetime import date
from decimal import Decimal

import pytest

from titian.rules.matching import Applied, Clash, Facts, Rule, Why, applied, conflicts


def rule(number: int, stance: str, limit: int | None = None, unit: str = "") -> Rule:
    whose = "ours" if number == 1 else "theirs"
    measure = None if limit is None else Decimal(limit)
    return Rule(
        number, whose=whose, subject="gifts", stance=stance, limit=measure, unit=unit
    )


def clash(ours: Rule, theirs: Rule) -> list[tuple[Clash, int | None]]:
    found = conflicts([Applied(ours, False), Applied(theirs, False)])
    return [(one.clash, one.tighter) for one in found]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (rule(1, "allows"), rule(2, "forbids"), [(Clash.CONTRADICTION, None)]),
        (rule(1, "forbids"), rule(2, "limits", 5), [(Clash.CONTRADICTION, None)]),
        (rule(1, "requires"), rule(2, "limits", 5), [(Clash.LIMIT, None)]),
        (rule(1, "limits", 9, "USD"), rule(2, "limits", 5, "USD"), [(Clash.LIMITS, 2)]),
        (rule(1, "limits", 5, "USD"), rule(2, "limits", 5, "USD"), []),
        (rule(1, "limits", 9, "IDR"), rule(2, "limits", 5, "USD"), [("units", None)]),
        (rule(1, "reports", 30), rule(2, "limits", 5), [(Clash.REPORT, None)]),
        (rule(1, "reports"), rule(2, "reports"), []),  # both have it reported
        (rule(1, "informs"), rule(2, "forbids"), []),
        (rule(1, "forbids"), rule(2, "forbids"), []),
    ],
)
def test_two_sides_that_do_not_agree_are_named_and_no_winner_is(
    ours: Rule, theirs: Rule, expected: list[tuple[Clash, int | None]]
) -> None:
    assert clash(ours, theirs) == expected


def test_only_rules_in_force_about_one_subject_are_compared() -> None:
    ours, theirs = rule(1, "allows"), rule(2, "forbids")
    elsewhere = Rule(3, whose="theirs", subject="data", stance="forbids")

    found = conflicts([Applied(ours, False), Applied(theirs, True)])
    other = conflicts([Applied(ours, False), Applied(elsewhere, False)])

    assert (found, other) == ((), ())


def test_two_rules_of_one_side_are_that_sides_own_affair() -> None:
    first, second = rule(2, "allows"), rule(3, "forbids")

    assert conflicts([Applied(first, False), Applied(second, False)]) == ()


def test_a_rule_says_why_it_applies() -> None:
    from_ = date(2027, 5, 1)
    facts = Facts("KR", "state", from_, items=frozenset({"drone"}))
    theirs = Rule(1, whose="theirs", jurisdiction="Korea", audience="iso2:KR,JP")
    ours = Rule(2, jurisdiction="Indonesia", audience="item:drone -iso2:ID")

    found = applied([theirs, ours], facts)

    assert [one.because for one in found] == [
        (Why("home", "Korea"), Why("iso2", "KR")),
        (Why("country", "Indonesia"), Why("item", "drone"), Why("not", "ID")),
    ]
