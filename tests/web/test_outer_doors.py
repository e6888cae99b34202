"""What the house does not let itself be used for, and what it says when it breaks."""

import pytest
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.views.defaults import server_error

from tests.web.pressing import form_with, seen_by
from tests.world import World
from titian.web.sizes import MEGABYTE, WITH_FILES, WITHOUT

KEY = "6d1c3b1e-52a5-4b5f-9a59-0c8b1c8b1c8b"


@pytest.mark.parametrize(
    ("address", "kind", "most"),
    [
        ("/sign-in/login/", "application/x-www-form-urlencoded", WITHOUT),
        ("/files/", "multipart/form-data; boundary=x", WITH_FILES),
        ("/api/acts", "application/json", WITHOUT),
        ("/intake/push", "application/json", WITHOUT),
    ],
)
def test_more_than_is_taken_is_told_so_and_not_read(
    db: None, address: str, kind: str, most: int
) -> None:
    client = Client(headers={"accept-language": "en"})
    size = str(most * MEGABYTE + 1)  # of a body that nobody waits for

    much = client.post(address, b"{}", kind, headers={"content-length": size})
    little = client.post(address, b"{}", kind)

    assert (much.status_code, f"at most {most} MB" in much.text) == (413, True)
    assert little.status_code != 413


@pytest.mark.parametrize("size", ["-1", "many"])
def test_a_size_that_is_none_is_too_much(db: None, size: str) -> None:
    answer = Client().post(
        "/api/acts", b"", content_type="text/plain", headers={"content-length": size}
    )

    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("address", "letters"),
    [("anybody@elsewhere.example", 0), ("bruna@example.org", 1)],
)
def test_the_house_writes_to_addresses_it_knows_and_says_the_same(
    world: World, address: str, letters: int
) -> None:
    wati = seen_by("wati")
    form = form_with(wati.get("/sign-in/email/").text, "")

    answer = wati.post(
        "/sign-in/email/",
        {**form.values, "email": address, "action_add": ""},
        follow=True,
    )

    assert len(mail.outbox) == letters
    assert answer.status_code == 200
    assert f"Confirmation email sent to {address}" in answer.text


def test_a_forgotten_password_of_nobody_writes_to_nobody(world: World) -> None:
    answer = Client().post(
        "/sign-in/password/reset/", {"email": "anybody@elsewhere.example"}
    )

    assert (answer.status_code, mail.outbox) == (302, [])


@pytest.mark.parametrize(
    ("before", "to"),
    [
        ("http://testserver/room/?q=1", "http://testserver/room/?q=1"),
        ("https://evil.example/room/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_the_clock_leads_back_to_our_own_page_only(
    world: World, before: str, to: str
) -> None:
    answer = seen_by("wati").post(
        "/clock/", {"speed": "4", "key": KEY}, headers={"referer": before}
    )

    assert (answer.status_code, answer["location"]) == (302, to)


def test_what_broke_is_said_in_both_languages_without_the_database(db: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        answer = server_error(RequestFactory().get("/"))

    page = answer.content.decode()
    assert (answer.status_code, len(asked)) == (500, 0)
    for words in ("Ada yang tidak berjalan", "Something did not work", "pages.css"):
        assert words in page
