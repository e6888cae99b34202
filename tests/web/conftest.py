"""The paper on the table, and the guest on its other side."""

import pytest
from django.test import Client

from tests.talks.paper import Paper, make_paper
from tests.web.pressing import seen_by
from tests.world import World, make_person, with_account


@pytest.fixture
def paper(world: World) -> Paper:
    return make_paper(world)


@pytest.fixture
def olav(world: World) -> Client:
    """A guest of Arunika with an account: the other side of the paper."""
    with_account(make_person("Olav", world.arunika.party, world.arunika))
    return seen_by("olav")
