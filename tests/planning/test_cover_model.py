"""Problems that make no sense are refused, and every problem has one hash."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from tests.planning.cover_week import arunika, at, demand, duty, officer, problem
from titian.planning.cover import Duty, Officer, Role, Rules, Span, as_data, input_hash
from titian.planning.cover.model import cefr_rank

WATI = officer("wati")
MARCO = officer("marco", "B2")


@pytest.mark.parametrize(
    "make",
    [
        lambda: Span(at(2), at(2)),  # no time at all
        lambda: demand(3, 2),  # ends before it starts
        lambda: duty("wati", 3, 2),
        lambda: Span(datetime(2027, 5, 1), at(9)),  # noqa: DTZ001  # in which zone?
        lambda: Rules(step_minutes=7),  # does not divide the hour
        lambda: Rules(shortest=6),  # eleven hours could not be cut
        lambda: Rules(attached_window=200),
        lambda: Rules(rest=0),
        lambda: Rules(day_off=200),
        lambda: Rules(on_call_limit=0),
        lambda: problem([arunika(level=8)], []),
        lambda: problem([arunika(demand(70, 75))], []),  # after the last day
        lambda: problem([arunika(wanted=(("fr", "fluent"),))], []),
        lambda: problem([arunika(), arunika()], []),  # twice the same
        lambda: problem([], [WATI, WATI]),
        lambda: problem([], [officer("wati", "fluent")]),
        lambda: problem([], [officer("wati", held=(duty("marco", 1, 2),))]),
        lambda: problem([], [], order=("faces",)),
    ],
)
def test_what_makes_no_sense_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        make()


def test_the_order_of_posts_and_officers_does_not_change_the_hash() -> None:
    other = replace(arunika(), key="BEL")

    one = problem([arunika(), other], [WATI, MARCO])
    same = problem([other, arunika()], [MARCO, WATI])

    assert input_hash(one) == input_hash(same)


def test_any_change_changes_the_hash() -> None:
    one = problem([arunika()], [WATI])
    utc = timezone(timedelta(0))
    changed = [
        problem([arunika()], [MARCO]),
        problem([arunika(kept=("wati",))], [WATI]),
        problem([arunika()], [WATI], rules=Rules(rest=10)),
        replace(one, start=one.start.astimezone(utc)),  # 05:00 is another hour
    ]

    assert len({input_hash(p) for p in [one, *changed]}) == 5


def test_data_is_fit_for_json() -> None:
    found = as_data(duty("wati", 8, 16))

    assert found == {
        "post": "ARN",
        "officer": "wati",
        "start": "2027-05-01T00:00:00+00:00",
        "end": "2027-05-01T08:00:00+00:00",
        "mode": "attached",
        "role": "relief",
        "reason": None,
    }
    assert as_data(Officer("x", {"fr": "B2", "ar": "C1"}))["languages"] == {
        "ar": "C1",
        "fr": "B2",
    }


def test_levels_have_an_order() -> None:
    assert [cefr_rank(level) for level in ("A1", "C2", "fluent", "")] == [1, 6, 0, 0]


def test_role_and_reason_do_not_make_another_duty() -> None:
    one = duty("wati", 8, 16)

    assert isinstance(one, Duty) and one == replace(one, role=Role.PRIMARY)
