"""What the log says and a browser keeps, and what they must not."""

import io
import logging

import pytest
from django.test import Client

from tests.web.pressing import seen_by
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


@pytest.mark.parametrize(
    "address", ["/room/", "/field/", "/files/lists/people.csv", "/api/feed", "/nosuch/"]
)
def test_no_browser_keeps_what_was_drawn_for_somebody(
    world: World, address: str
) -> None:
    answer = seen_by("wati").get(address)

    assert answer.headers.get("Cache-Control") == "private, no-store"


def test_what_is_for_everybody_may_be_kept(world: World) -> None:
    seen_by("wati").get("/room/")

    assert "no-store" not in Client().get("/api/openapi.json").headers.get(
        "Cache-Control", ""
    )
