"""Which rules apply: pure, on three-line data."""

from datetime import date

import pytest

from titian.rules.matching import Facts, Reader, Rule, UnknownAudience, applied

MAY = date(2027, 5, 1)


def text(**known: object) -> Rule:
    """A guest's rule of the country, unless something else is said."""
    usual: dict[str, object] = {"number": 1, "jurisdiction": "Indonesia"}
    return Rule(**(usual | known))  # type: ignore[arg-type]


def facts(**known: object) -> Facts:
    usual: dict[str, object] = {
        "iso2": "SG",
        "kind": "state",
        "on": MAY,
        "arrives_on": date(2027, 4, 30),
        "leaves_on": date(2027, 5, 3),
        "places": frozenset({"Nusa Dua, Bali"}),
    }
    return Facts(**(usual | known))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (text(), [False]),  # a rule without days holds always
        (text(valid_from=date(2027, 5, 3)), [False]),  # begins on the last day
        (text(valid_from=date(2027, 5, 4)), []),  # begins after the stay
        (text(valid_to=MAY), [False]),  # its last day is today
        (text(valid_to=date(2027, 4, 30)), [True]),  # ended during the stay
        (text(valid_to=date(2027, 4, 29)), []),  # ended before the stay
        (text(side="both"), [False]),
        (text(side="host"), []),  # the committee's duty, not the guest's
        (text(jurisdiction="Bali / Denpasar"), [False]),
        (text(jurisdiction="The Nusa Dua, Bali"), [False]),
        (text(jurisdiction="general"), [False]),
        (text(jurisdiction=""), [False]),
        (text(jurisdiction="Jakarta"), []),
        (text(audience="asean"), [False]),
        (text(audience="-asean"), []),
        (text(audience="iso2:JP,SG"), [False]),
        (text(audience="iso2:JP"), []),
        (text(audience="kind:media,sponsor"), []),
        (text(audience="asean -kind:media"), [False]),  # all conditions hold
    ],
)
def test_a_rule_applies_and_says_when_it_is_past(
    rule: Rule, expected: list[bool]
) -> None:
    found = applied([rule], facts())

    assert [match.is_out_of_date for match in found] == expected


def test_the_officer_also_reads_what_the_host_must_arrange() -> None:
    found = applied([text(side="host"), text()], facts(reader=Reader.OFFICER))

    assert [match.rule.side for match in found] == ["host", "guest"]


def test_where_the_places_are_not_known_nothing_is_hidden() -> None:
    found = applied([text(jurisdiction="Jakarta")], facts(places=frozenset()))

    assert len(found) == 1


def test_a_stay_without_end_is_the_day_of_the_question() -> None:
    standing = facts(arrives_on=None, leaves_on=None)

    found = applied([text(valid_from=date(2027, 5, 2)), text(valid_to=MAY)], standing)

    assert [match.rule.valid_to for match in found] == [MAY]


@pytest.mark.parametrize("audience", ["everybody", "age:21", "-nobody"])
def test_an_audience_nobody_can_read_is_an_error_not_an_empty_room(
    audience: str,
) -> None:
    with pytest.raises(UnknownAudience):
        applied([text(audience=audience)], facts())
