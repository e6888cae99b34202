"""A mailbox that a real server keeps, and addresses on file."""

from collections.abc import Iterator

import pytest

from tests.intake.imap import Box, mailbox


@pytest.fixture
def box() -> Iterator[Box]:
    with mailbox() as box:
        yield box
