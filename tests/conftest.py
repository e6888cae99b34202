"""The world every test may stand in."""

from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import settings

from tests.world import World, make_world
from titian.web.guest.remembered import shelf

# No example has a deadline: a busy machine is slow, and no fault of the example's.
_chosen = settings.get_profile(settings.get_current_profile_name())
settings.register_profile("house", _chosen, deadline=None)
settings.load_profile("house")


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are compared in English, unless a test asks in another language."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """No page outlives the rows it was drawn from."""
    shelf.clear()
