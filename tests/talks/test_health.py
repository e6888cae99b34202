"""Healthy, drifting or broken, and the sign that decided."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.world import HOUR, NOON
from titian.talks.health import Health, Signs, Standing, Why, health

TODAY = Signs(last_at=NOON - HOUR)


def test_nothing_amiss_and_a_word_today_is_healthy() -> None:
    assert health(TODAY, NOON) == Health(Standing.HEALTHY, Why.CALM)


@pytest.mark.parametrize(
    ("signs", "standing", "why"),
    [
        (replace(TODAY, unheard=1), Standing.BROKEN, Why.UNHEARD),
        (
            replace(TODAY, unmet_since=(NOON - 49 * HOUR,)),
            Standing.BROKEN,
            Why.LONG_UNMET,
        ),
        (replace(TODAY, unmet_since=(NOON - HOUR,)), Standing.DRIFTING, Why.OVERDUE),
        (replace(TODAY, disputed=1), Standing.DRIFTING, Why.DISPUTED),
        (replace(TODAY, unanswered=1), Standing.DRIFTING, Why.UNANSWERED),
        (replace(TODAY, dead_ends=1), Standing.DRIFTING, Why.DEAD_END),
        (
            replace(TODAY, last_at=NOON - timedelta(days=31)),
            Standing.DRIFTING,
            Why.SILENT,
        ),
        (replace(TODAY, last_at=None), Standing.DRIFTING, Why.SILENT),
    ],
)
def test_one_thing_amiss_names_itself(
    signs: Signs, standing: Standing, why: Why
) -> None:
    assert health(signs, NOON) == Health(standing, why, 1)


def test_what_is_not_due_yet_is_not_held_against_anybody() -> None:
    signs = replace(TODAY, unmet_since=(NOON + HOUR,))

    assert health(signs, NOON).standing == Standing.HEALTHY


def test_who_has_a_meeting_ahead_is_not_silent() -> None:
    signs = Signs(next_at=NOON + timedelta(days=90))

    assert health(signs, NOON).standing == Standing.HEALTHY


def test_what_is_broken_comes_before_what_drifts() -> None:
    signs = replace(TODAY, disputed=3, unheard=2)

    assert health(signs, NOON) == Health(Standing.BROKEN, Why.UNHEARD, 2)
