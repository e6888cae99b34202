"""Every choice has its reason, and every gap says who came nearest."""

from dataclasses import replace

import pytest

from tests.planning.cover_week import (
    CALL,
    arunika,
    at,
    demand,
    duty,
    officer,
    problem,
)
from titian.planning.check.cover import violations
from titian.planning.cover import (
    RULES,
    Duty,
    Gap,
    Mode,
    Nearest,
    Plan,
    Post,
    Problem,
    Reason,
    impossible,
    relaxed,
    solve,
    why,
)
from titian.planning.cover.board import piece_of
from titian.planning.cover.explain import explained, reason, rebuilt
from titian.planning.search import Iterations

WATI = officer("wati")


def test_who_alone_is_fit_has_no_runner_up() -> None:
    asked = problem([arunika()], [WATI, officer("marco", "")])

    (one,) = solve(asked).duties

    assert one.reason == Reason("fr", "C1", met=False, fit=0, free=0)


def test_the_next_in_line_would_cost_so_much_more() -> None:
    asked = problem([arunika()], [WATI, officer("marco", "B2", travel_minutes=30)])

    (one,) = solve(asked).duties

    assert one.officer == "wati"
    assert one.reason == Reason(
        "fr",
        "C1",
        met=False,
        fit=1,
        free=1,
        runner_up="marco",
        regret=(("margin", 10),),
    )


def test_the_next_in_line_is_stopped_by_a_rule() -> None:
    tired = officer("marco", held=(duty("marco", -2, 0, post="ELSEWHERE"),))
    asked = problem([arunika()], [WATI, tired, officer("eve", away=[(8, 9)])])

    (one,) = solve(asked).duties

    assert one.reason == Reason(
        "fr", "C1", met=False, fit=2, free=0, runner_up="marco", rule="rest"
    )


def test_a_face_they_know_is_a_reason() -> None:
    asked = problem([arunika(demand(8, 16), demand(32, 40))], [WATI])

    first, second = solve(asked).duties

    assert first.reason and second.reason
    assert (first.reason.met, second.reason.met) == (False, True)


def test_who_met_them_before_the_event_is_known_from_the_start() -> None:
    (one,) = solve(problem([arunika(kept=("wati",))], [WATI])).duties

    assert one.reason and one.reason.met


def test_without_a_wanted_language_the_reason_names_none() -> None:
    (one,) = solve(problem([arunika(wanted=())], [officer("wati", "")])).duties

    assert one.reason and (one.reason.language, one.reason.cefr) == ("", "")


def test_one_may_ask_why_of_what_is_held() -> None:
    held = duty("wati", 8, 16)
    asked = problem([arunika()], [officer("wati", held=(held,)), officer("marco")])

    found = why(asked, solve(asked), held)

    assert (found.fit, found.free, found.runner_up) == (1, 1, "marco")


def test_why_is_not_asked_of_what_is_not_in_the_plan() -> None:
    asked = problem([arunika()], [WATI])

    with pytest.raises(ValueError, match="no such duty"):
        why(asked, solve(asked), duty("wati", 9, 10))


def test_a_gap_counts_the_first_rule_that_stops_each() -> None:
    crew = [
        officer("wati", "A2"),
        officer("marco", clearance=5),
        officer("petra", declined=("ARN",)),
        officer("eve", away=[(8, 16)]),
    ]

    (gap,) = solve(problem([arunika()], crew)).gaps

    assert gap.ruled_out == (
        ("language", 1),
        ("clearance", 1),
        ("declined", 1),
        ("away", 1),
    )
    assert gap.nearest == Nearest("eve", "away")


def test_the_nearest_would_be_free_from_an_hour_on() -> None:
    asked = problem([arunika(demand(8, 10))], [officer("wati", away=[(8, 9)])])

    (gap,) = solve(asked).gaps

    assert gap.nearest == Nearest("wati", "away", at(9))


def test_where_two_rules_stop_everybody_nobody_is_near() -> None:
    asked = problem([arunika()], [officer("wati", "A2", clearance=5)])

    (gap,) = solve(asked).gaps

    assert gap.nearest is None


def test_any_hours_may_be_asked_about() -> None:
    asked = problem(
        [
            arunika(),
        ],
        [WATI, officer("marco")],
    )

    found = impossible(asked, solve(asked), Gap("ARN", at(10), at(12), CALL))

    assert found.ruled_out == (("free", 1), ("busy", 1))
    assert found.mode is Mode.ON_CALL


def test_two_who_were_sent_at_once_are_both_busy() -> None:
    other = replace(arunika(), key="BEL")
    asked = problem([arunika(), other], [WATI, officer("marco")])
    both = (duty("wati", 8, 16), duty("marco", 8, 16))

    found = impossible(
        asked, replace(solve(asked), duties=both), Gap("BEL", at(8), at(16))
    )

    assert found.ruled_out == (("busy", 2),)


def test_a_gap_of_nobody_is_refused() -> None:
    asked = problem([arunika()], [WATI])

    with pytest.raises(ValueError, match="no post NOBODY"):
        impossible(asked, solve(asked), Gap("NOBODY", at(1), at(2)))


def test_a_plan_of_strangers_is_not_explained() -> None:
    asked = problem([arunika()], [WATI])
    plan = solve(problem([arunika()], [officer("marco")]))

    with pytest.raises(ValueError, match="marco or ARN is not known"):
        why(asked, plan, plan.duties[0])


def crowded() -> Problem:
    """A week in which not every hour finds somebody."""
    posts = [
        arunika(demand(8, 20), demand(20, 30, CALL), demand(32, 44)),
        Post("SEL", 4, (demand(6, 22), demand(30, 46))),
        Post("ISLE", 2, (demand(7, 19),), (("fr", "A2"),)),
    ]
    crew = [
        WATI,
        officer("marco", "B2", travel_minutes=30),
        officer("petra", "", held=(duty("petra", -20, -10, post="ELSEWHERE"),)),
        officer("eve", away=[(8, 12)], declined=("ISLE",)),
    ]
    return problem(posts, crew)


def test_one_post_alone_answers_as_all_of_them_do() -> None:
    asked = crowded()
    plan = solve(asked, stop=Iterations(20))
    roster = rebuilt(asked, plan.duties)
    board = roster.board

    assert plan.gaps
    for one in plan.duties:
        assert why(asked, plan, one) == reason(roster, board.piece(one))
    for gap in plan.gaps:
        span = board.grid.bounds(gap.start, gap.end)
        piece = piece_of(board.post_number[gap.post], *span, gap.mode)
        assert repr(impossible(asked, plan, gap)) == repr(explained(roster, piece))


def test_a_relaxation_is_what_the_checker_finds_and_no_more() -> None:
    asked = crowded()
    plan = solve(asked, stop=Iterations(20))

    for gap in plan.gaps:
        found = relaxed(asked, plan, gap)
        told = {one.key: broken_by(asked, plan, gap, one.key) for one in asked.officers}
        assert found.officer is not None
        assert set(found.rules) == told[found.officer]  # all of them, and each is one
        assert len(found.rules) == min(len(rules) for rules in told.values())


def broken_by(asked: Problem, plan: Plan, gap: Gap, who: str) -> set[str]:
    """The rules the independent checker names if they hold these hours as well."""
    codes = {rule.code for rule in RULES}
    taken = Duty(gap.post, who, gap.start, gap.end, gap.mode)
    with_it = replace(plan, duties=(*plan.duties, taken))
    found = violations(asked, with_it)
    return {one.code for one in found if one.code in codes and one.officer == who}
