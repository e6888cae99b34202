"""What each seat is told of the packages, and what it never is."""

from dataclasses import replace

import pytest

from tests.talks.bridge import Table
from tests.world import NOON
from titian.planning.bargain import Wishes
from titian.talks import secrecy
from titian.talks.commands import offers
from titian.talks.packages import Packages, contradiction, packages


def wishes(
    table: Table,
    oars: tuple[int, ...],
    towels: tuple[int, ...],
    bars: tuple[float, float],
) -> Wishes:
    """The options by their places, the best first, and a bar for either topic."""
    orders = ((table.oars, oars), (table.towels, towels))
    keys = [str(issue.pk) for issue, _order in orders]
    ranked = [
        [[str(table.option(issue, place))] for place in order]
        for issue, order in orders
    ]
    return Wishes(
        dict(zip(keys, bars, strict=True)), dict(zip(keys, ranked, strict=True))
    )


def lent(table: Table, ours: Wishes, theirs: Wishes) -> None:
    for actor, said in ((table.olav, ours), (table.eve, theirs)):
        secrecy.say_preferences(table.talk.pk, said, actor=actor, at=NOON)
    for actor in (table.olav, table.eve):
        secrecy.lend(table.talk.pk, True, actor=actor, at=NOON)


@pytest.fixture
def opposed(table: Table) -> Table:
    """Arunika cares for oars, Selaya for towels, in opposite orders."""
    lent(
        table,
        wishes(table, (2, 1, 0), (0, 1), (8, 2)),
        wishes(table, (0, 1, 2), (1, 0), (2, 8)),
    )
    return table


def told(table: Table, name: str) -> Packages:
    found = packages(table.talk, actor=getattr(table, name), at=NOON)
    assert found is not None
    return found


def test_the_trade_says_who_gives_what_in_words(opposed: Table) -> None:
    opposed.offered(opposed.olav, opposed.terms(0, 0))

    way = told(opposed, "olav").way

    assert way is not None
    assert [(one.topic, one.old, one.new) for one in way.a_gives] == [
        ("Towels", "ten", "twenty")
    ]
    assert [(one.topic, one.old, one.new) for one in way.b_gives] == [
        ("Oars", "two", "six")
    ]


@pytest.mark.parametrize(("name", "sides"), [("olav", {"a"}), ("eve", {"b"})])
def test_a_side_is_told_its_own_worth_and_no_number_of_the_other(
    opposed: Table, name: str, sides: set[str]
) -> None:
    opposed.offered(opposed.olav, opposed.terms(0, 0))

    found = told(opposed, name)

    assert found.way
    assert {frozenset(one.worth) for one in found.proposals} == {frozenset(sides)}
    assert {frozenset(one.point) for one in found.proposals} == {frozenset(sides)}
    assert set(found.way.left_lying) == set(found.way.today) == sides
    assert {one.side for one in found.slacks} == sides
    assert found.front == ()


def test_who_mediates_is_told_both(opposed: Table) -> None:
    found = told(opposed, "petra")

    assert {one.side for one in found.slacks} == {"a", "b"}
    assert len(found.front) >= 3
    assert found.proposals[0].terms == (("Oars", "six"), ("Towels", "twenty"))


def test_what_is_unsaid_makes_a_range_and_is_named(table: Table) -> None:
    lent(
        table,
        wishes(table, (2, 0), (0, 1), (8, 2)),
        wishes(table, (0, 1, 2), (1, 0), (2, 8)),
    )

    ours, theirs = told(table, "olav"), told(table, "eve")

    assert (ours.unsaid, theirs.unsaid) == (("Oars",), ())


def test_two_red_lines_that_leave_nothing_are_named(table: Table) -> None:
    key = str(table.towels.pk)
    ours, theirs = (
        replace(
            wishes(table, (2, 1, 0), (), (8, 2)),
            unacceptable=frozenset({(key, str(table.option(table.towels, place)))}),
        )
        for place in (0, 1)
    )
    lent(table, ours, theirs)

    clash = told(table, "olav").clash

    assert clash is not None
    assert [(wall.side, wall.kind, wall.topics) for wall in clash] == [
        ("a", "unacceptable", ("Towels",)),
        ("b", "unacceptable", ("Towels",)),
    ]


def test_who_refuses_every_option_of_a_topic_contradicts_the_talk(table: Table) -> None:
    key = str(table.towels.pk)
    both = frozenset((key, str(table.option(table.towels, place))) for place in (0, 1))

    assert contradiction(table.talk, "a", Wishes({}, {}, both)) == "Towels"
    assert contradiction(table.talk, "a", Wishes({}, {}, frozenset())) == ""


def test_what_is_agreed_is_given_and_no_longer_weighed(opposed: Table) -> None:
    part = offers.Terms([opposed.option(opposed.oars, 0)])
    made = opposed.offered(opposed.olav, part)
    offers.accept(made.pk, actor=opposed.eve, at=NOON)

    found = told(opposed, "petra")

    assert {one.terms[0] for one in found.proposals} == {("Oars", "two")}
