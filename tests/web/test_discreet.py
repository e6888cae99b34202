"""What the log says, and what it must not."""

import io
import logging

import pytest
from django.test import Client

from tests.world import World


def test_the_log_does_not_say_a_guests_token(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.StringIO()
    monkeypatch.setattr(logging.getHandlerByName("stderr"), "stream", written)
    forged = Client(enforce_csrf_checks=True)

    answers = [forged.post("/g/ingrid/asks/"), forged.get("/g/guessed/")]

    assert [answer.status_code for answer in answers] == [403, 404]
    assert "/g/…/asks/" in written.getvalue()
    assert "ingrid" not in written.getvalue()
    assert "guessed" not in written.getvalue()
