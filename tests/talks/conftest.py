"""The paper that every test of this room may look at."""

import pytest

from tests.talks.paper import Paper, make_paper
from tests.world import World


@pytest.fixture
def paper(world: World) -> Paper:
    return make_paper(world)
