"""Mail servers for the tests, and the settings that lead to them."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.channels.servers import PostOffice, post_office


def mailer(port: int) -> dict[str, object]:
    return {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 0.5},
        }
    }


@pytest.fixture
def office(settings: Settings) -> Iterator[PostOffice]:
    """A real mail server, and the house's letters go there."""
    with post_office() as office:
        settings.MAILERS = mailer(office.port)
        yield office


@pytest.fixture
def closed_office(settings: Settings) -> Callable[[], None]:
    """Nobody listens where the mail server was."""

    def close() -> None:
        with post_office() as office:
            port = office.port
        settings.MAILERS = mailer(port)

    return close
