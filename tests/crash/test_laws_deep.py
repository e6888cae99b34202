"""The laws of the loop through many long evenings, others each time."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.loop.at_large import AtLarge
from tests.loop.test_handover_laws import HandingOver
from tests.loop.test_laws import DEEP
from tests.world import World

pytestmark = pytest.mark.crash


LONG = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    database=None,
    print_blob=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_the_laws_of_the_loop_hold_through_long_evenings(world: World) -> None:
    visited: Counter[tuple[str, str]] = Counter()

    run_state_machine_as_test(
        lambda: AtLarge(world, visited),  # type: ignore[arg-type]  # any factory will do
        settings=LONG,
    )

    assert len(DEEP - visited.keys()) <= 3


def test_the_laws_of_a_hand_over_hold_through_long_evenings(world: World) -> None:
    run_state_machine_as_test(
        lambda: HandingOver(world),  # type: ignore[arg-type]  # any factory will do
        settings=LONG,
    )
