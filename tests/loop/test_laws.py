"""Whatever people do, late, twice and in any order: the laws of the loop hold."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.loop.at_large import AtLarge
from tests.world import World

DEEP = {
    ("said", "pass_on"),
    ("said", "pass_on_private"),
    ("passed", "accept"),
    ("passed", "restate"),
    ("passed", "bounce"),
    ("passed", "make_exact"),
    ("passed", "merge"),
    ("merged", "unmerge"),
    ("restated", "confirm"),
    ("in_hand", "tell"),
    ("in_hand", "pause"),
    ("in_hand", "bounce"),
    ("in_hand", "answer"),
    ("answered", "close"),
    ("answered", "reopen"),
    ("closed", "reopen"),
    ("open", "keep"),
    ("open", "break_off"),
    ("broken", "give_word"),
    ("draft", "send"),
    ("queued", "acknowledge"),
    ("sent", "acknowledge"),
    ("sent", "withdraw"),
}
"""What the run must have come to: at that stage of a matter, that act succeeded."""


@pytest.mark.slow
def test_the_laws_of_the_loop_hold_and_matters_get_far(world: World) -> None:
    """Always the same run; the deep one of the crash suite is another each time."""
    visited: Counter[tuple[str, str]] = Counter()

    run_state_machine_as_test(
        lambda: AtLarge(world, visited),  # type: ignore[arg-type]  # any factory will do
        settings=settings(
            max_examples=7,
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert DEEP - visited.keys() == set()
