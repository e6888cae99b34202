"""Incomplete preferences give ranges, and the ranges are exact."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning.bargain_table import CABLES, HALL, PRESS, TALK
from titian.planning.bargain import Wishes, is_complete, profile, span, unsaid, worth
from titian.planning.check.ranges import violations

SORTED = {
    HALL.key: [["six"], ["four"], ["two"]],
    CABLES.key: [["now"], ["in two weeks"]],
    PRESS.key: [["apart"], ["together", "none"]],
}
BARS = {HALL.key: 6.0, CABLES.key: 3.0, PRESS.key: 1.0}
MIDDLE = ("four", "in two weeks", "apart")


def test_what_was_said_in_full_is_worth_one_number() -> None:
    wishes = Wishes(BARS, SORTED)

    assert is_complete(TALK, wishes)
    assert span(TALK, wishes, MIDDLE) == (0.4, 0.4)
    assert worth(TALK, profile(TALK, wishes), MIDDLE) == 400_000_000


def test_an_option_not_sorted_may_be_the_best_or_the_worst() -> None:
    wishes = Wishes(BARS, {**SORTED, HALL.key: [["six"], ["two"]]})

    assert unsaid(TALK, wishes) == (HALL.key,)
    assert span(TALK, wishes, MIDDLE) == (0.1, 0.7)


def test_an_issue_without_a_bar_may_matter_anything() -> None:
    wishes = Wishes({HALL.key: 6.0, CABLES.key: 3.0}, SORTED)

    low, high = span(TALK, wishes, MIDDLE)

    assert unsaid(TALK, wishes) == (PRESS.key,)
    assert (round(low, 4), round(high, 4)) == (0.3333, 0.6842)


def test_what_is_unacceptable_need_not_be_sorted() -> None:
    red = frozenset({(HALL.key, "two")})
    wishes = Wishes(BARS, {**SORTED, HALL.key: [["six"], ["four"]]}, red)

    assert is_complete(TALK, wishes)


@st.composite
def _said(draw: st.DrawFn) -> Wishes:
    """Some bars, some of the options in some order."""
    keys = [issue.key for issue in TALK.issues]
    bars = draw(st.dictionaries(st.sampled_from(keys), st.integers(0, 10)))
    groups = {
        issue.key: [
            [option]
            for option in draw(st.permutations(issue.options))
            if draw(st.booleans())
        ]
        for issue in TALK.issues
    }
    return Wishes(bars, groups)


@settings(max_examples=60, deadline=None)
@given(_said(), st.tuples(*(st.sampled_from(i.options) for i in TALK.issues)))
def test_both_ends_of_a_range_are_reached_and_never_passed(
    wishes: Wishes, package: tuple[str, ...]
) -> None:
    assert violations(TALK, wishes, package, span(TALK, wishes, package)) == ()
