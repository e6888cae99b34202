"""What holds for any talk, also for those nobody would have."""

from dataclasses import replace

from hypothesis import given, settings

from tests.planning.bargain_table import talks
from titian.planning.bargain import (
    Domain,
    Front,
    Kind,
    Profile,
    conflict,
    front,
    nano,
    points,
    supported,
    trade,
    worth,
)
from titian.planning.check.bargain import brute_supported, violations

MANY = settings(max_examples=60, deadline=None, derandomize=True)

type Talk = tuple[Domain, Profile, Profile]


def singled_out(found: Front, a: Profile, b: Profile) -> dict[str, tuple[float, float]]:
    chosen = points(found, (nano(a.reserve), nano(b.reserve)))
    return {code: (point.a, point.b) for code, point in chosen.items()}


@MANY
@given(talks())
def test_front_and_points_are_those_of_the_oracle(talk: Talk) -> None:
    found = front(*talk)
    chosen = points(found, (nano(talk[1].reserve), nano(talk[2].reserve)))

    assert violations(*talk, found.points, chosen) == ()


@MANY
@given(talks())
def test_supported_is_what_no_two_others_overtop(talk: Talk) -> None:
    found = front(*talk)

    pairs = zip(found.a.tolist(), found.b.tolist(), strict=True)
    assert [*supported(found)] == brute_supported(pairs)


@MANY
@given(talks())
def test_a_trade_never_takes_from_either_side(talk: Talk) -> None:
    domain, a, b = talk
    wide = front(domain, *(replace(side, unacceptable=frozenset()) for side in (a, b)))
    found = trade(wide, a, b, tuple(issue.options[0] for issue in domain.issues))

    assert found is not None
    assert min(found.left_lying) >= 0
    assert worth(domain, a, found.target.package) == nano(found.target.a)


@MANY
@given(talks())
def test_there_is_a_conflict_exactly_where_no_point_is(talk: Talk) -> None:
    chosen = singled_out(front(*talk), *talk[1:])

    assert (conflict(*talk) is None) == bool(chosen)


@MANY
@given(talks())
def test_no_side_is_named_for_a_red_line_it_does_not_have(talk: Talk) -> None:
    named = conflict(*talk)

    demands = (named.one, named.other) if named else ()
    lines = {"a": talk[1].unacceptable, "b": talk[2].unacceptable}
    for demand in demands:
        if demand.kind is Kind.UNACCEPTABLE:
            assert {key for key, _option in lines[demand.side]} >= {*demand.issues}
