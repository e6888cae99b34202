"""The world every test may stand in."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from tests.standing_world import standing_world
from tests.world import World
from titian.talks import lookup
from titian.web.guest.remembered import shelf

# No example has a deadline: a busy machine is slow, and no fault of the example's.
_chosen = settings.get_profile(settings.get_current_profile_name())
settings.register_profile("house", _chosen, deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Tables made without migrations lack the one index that no model names."""
    with django_db_blocker.unblock():
        lookup.make_in(connection)


@pytest.fixture
def world(db: None) -> World:
    return standing_world()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are compared in English, unless a test asks in another language."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """No page outlives the rows it was drawn from."""
    shelf.clear()
