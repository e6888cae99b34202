"""The world every test may stand in."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.world import World, make_world
from titian.web.guest.remembered import shelf


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
