"""Four points of a small talk, and what moves them."""

from dataclasses import replace

import pytest

from tests.planning.bargain_table import ARUNIKA, CABLES, HALL, HOSTS, TALK
from titian.planning.bargain import (
    SENTENCES,
    Domain,
    Issue,
    Profile,
    front,
    leeway,
    nano,
    points,
    supported,
    trade,
)

ONE = Domain((Issue("share", ("all", "most", "half", "none")),))
TAKER = Profile((1,), ((10, 8, 4, 0),))
GIVER = Profile((1,), ((0, 3, 5, 10),))


def test_each_rule_singles_out_its_own_package() -> None:
    chosen = points(front(ONE, TAKER, GIVER), (0, 0))

    packages = {code: point.package for code, point in chosen.items()}
    assert packages == {
        "nash": ("most",),
        "kalai": ("half",),
        "egalitarian": ("half",),
        "sum": ("most",),
    }


def test_each_rule_has_a_sentence() -> None:
    chosen = points(front(ONE, TAKER, GIVER), (0, 0))

    assert chosen.keys() == SENTENCES.keys()


def test_no_rule_gives_a_side_less_than_no_agreement() -> None:
    chosen = points(front(ONE, TAKER, GIVER), (0, nano(4)))

    assert min(point.b for point in chosen.values()) == 5


def test_a_package_in_a_dent_is_not_supported() -> None:
    found = front(ONE, TAKER, GIVER)

    assert supported(found) == (True, True, False, True)


def test_thirds_that_add_up_to_a_whole_are_no_second_point() -> None:
    domain = Domain(tuple(Issue(key, ("x", "y")) for key in "abc"))
    thirds = Profile((1 / 3,) * 3, ((1, 0),) * 3)
    other = Profile((0.1,) * 3, ((0, 0),) * 3)

    assert len(front(domain, thirds, other)) == 1


def test_a_thousand_topics_have_an_exact_front() -> None:
    domain = Domain(tuple(Issue(str(n), ("x", "y")) for n in range(1000)))
    left, right = (
        Profile((1,) * 1000, ((1, 0),) * 1000),
        Profile((1,) * 1000, ((0, 1),) * 1000),
    )

    assert len(front(domain, left, right)) == 1001


def test_a_trade_says_what_each_side_gives() -> None:
    found = trade(front(TALK, ARUNIKA, HOSTS), ARUNIKA, HOSTS, ("two", "now", "none"))

    assert found is not None
    assert [(step.issue, step.new) for step in found.a_gives] == [
        ("cable delivery", "in two weeks")
    ]
    assert [step.issue for step in found.b_gives] == ["hall hours"]


def test_an_offer_on_the_front_leads_to_itself() -> None:
    offer = front(TALK, ARUNIKA, HOSTS).point(1)

    found = trade(front(TALK, ARUNIKA, HOSTS), ARUNIKA, HOSTS, offer.package)

    assert found is not None
    assert (found.left_lying, found.target) == ((0, 0), offer)


def test_a_weight_may_move_just_as_far_as_the_proposal_stays() -> None:
    domain = Domain((HALL, CABLES))
    a = Profile((0.5, 0.5), ((0, 6, 10), (10, 0)))
    b = Profile((0.4, 0.6), ((10, 6, 0), (0, 10)))

    found = leeway(domain, a, b, side="a", issue="hall hours", rule="sum")

    assert (found.falls, found.rises) == (True, True)
    assert [found.low, found.high] == pytest.approx([0.4, 0.6], abs=1e-5)


def test_a_profile_must_fit_the_talk() -> None:
    with pytest.raises(ValueError, match="cable delivery"):
        front(TALK, replace(ARUNIKA, values=((0, 6, 10), (10,), (3, 10, 0))), HOSTS)
