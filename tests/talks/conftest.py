"""The paper that every test of this room may look at."""

import pytest

from tests.talks.bridge import Table, make_table
from tests.talks.paper import Paper, make_paper
from tests.world import World


@pytest.fixture
def paper(world: World) -> Paper:
    return make_paper(world)


@pytest.fixture
def table(world: World) -> Table:
    return make_table(world)
